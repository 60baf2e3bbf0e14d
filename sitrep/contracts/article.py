"""What ingest says: an article with its text, or one more sighting of a text that is already published."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from sitrep.contracts import identity
from sitrep.contracts.model import ArticleId, Sha256, Share, WireModel
from sitrep.contracts.published import Published, PublishedSource

ADDED = ("authors", "modified")
"""Fields that messages have had since the second cut of the contract."""

Line = Annotated[str, Field(max_length=2000)]


class Sighting(WireModel):
    """Where and as which bytes a text was seen.

    `key` is the path in the inbox or the URL (NFC, case kept; `#line=12`, `#item=guid`, `!/member` for parts).
    `sha256` and `size` (bytes) are of the file, or of the part of it; `mtime` is RFC 3339 or null, and anchors nothing.
    """

    uri: str
    key: str
    sha256: Sha256
    size: Annotated[int, Field(ge=0, le=2**63 - 1)]
    mtime: str | None = None

    @property
    def sighting_id(self) -> str:
        """Return the 16 hex digits that name this sighting."""
        return identity.sighting_id(self.key, self.sha256)


class _Text(WireModel):
    article_id: ArticleId
    text: Annotated[str, Field(min_length=1, max_length=200_000)]


class Described(WireModel):
    """Everything that is known of an article except its text: what a sighting message and an article share."""

    article_id: ArticleId
    title: Annotated[str, Field(max_length=1000)] | None = None
    language: Annotated[str, Field(max_length=35)] | None = None
    language_confidence: Share | None = None
    encoding: str
    encoding_confidence: Share
    publisher: Line | None = None
    byline: Line | None = None
    credit: Line | None = None
    url: Line | None = None
    authors: tuple[Line, ...] = ()
    published: Published | None = None
    published_from: PublishedSource | None = None
    modified: Published | None = None
    sighting: Sighting
    recipe: Annotated[int, Field(ge=1, description="version of the text normalisation")]
    canary: bool = False
    warnings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _published_has_a_source(self) -> Self:
        if (self.published is None) != (self.published_from is None):
            raise ValueError("published and published_from are given together or not at all")
        return self


class SightingMessage(Described):
    """One more sighting of an article already published: every field of the article except the text."""

    @property
    def fields_id(self) -> str:
        """Return 32 hex digits over the fields, which decide between two that are as believable.

        A field that was added to the contract counts only where it says something, so that what was stored before keeps its id.
        """
        silent = {name for name in ADDED if getattr(self, name) == type(self).model_fields[name].default}
        return identity.event_id(self.model_dump_json(exclude=silent).encode("utf-8"))


class Article(Described, _Text):
    """One text, normalised; `article_id` is derived from it and every offset downstream counts in it."""

    @model_validator(mode="after")
    def _id_is_of_the_text(self) -> Self:
        if self.article_id != identity.article_id(self.text):
            raise ValueError("article_id is not the hash of the text")
        return self

    def seen_again(self) -> SightingMessage:
        """Return this article's sighting as a message without the text."""
        return SightingMessage.model_validate(self.model_dump(exclude={"text"}))
