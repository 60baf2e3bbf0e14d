"""The base of everything that goes over the wire, and how it becomes bytes."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class WireModel(BaseModel):
    """A frozen value, strict in its types; unknown fields are ignored when read and never written."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", ser_json_inf_nan="null")

    def to_bytes(self) -> bytes:
        """Return the value as UTF-8 JSON: declared fields only, in declaration order, so equal values are equal bytes."""
        return self.model_dump_json().encode("utf-8")


def hex_digits(length: int) -> StringConstraints:
    """Return the constraint of a lower-case hexadecimal string of exactly `length` digits."""
    return StringConstraints(pattern=rf"^[0-9a-f]{{{length}}}$")


ArticleId = Annotated[str, hex_digits(32)]
RejectionId = Annotated[str, hex_digits(32)]
ClaimId = Annotated[str, hex_digits(16)]
Sha256 = Annotated[str, hex_digits(64)]
Offset = Annotated[int, Field(ge=0, description="Unicode code points into article.text")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
