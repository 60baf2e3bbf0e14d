"""Settings: one frozen object per service, read once from `SITREP_*` variables and passed down."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

PREFIX = "SITREP_"
FILE = "_FILE"


class SettingsError(Exception):
    """A setting cannot be used; the message names the variable and says what is wrong with it."""


def with_files(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables, and for each SITREP_X_FILE the content of that file as SITREP_X, without white space around it.

    So that a secret is a file, which nobody else can read, and not in the environment. Raises SettingsError.
    """
    found = dict(environ)
    for name, path in environ.items():
        wanted = name.removesuffix(FILE)
        if not (name.startswith(PREFIX) and name.endswith(FILE) and path) or environ.get(wanted):
            continue
        try:
            found[wanted] = Path(path).read_text("utf-8").strip()
        except (OSError, ValueError) as problem:
            raise SettingsError(f"{name}: {path} cannot be read: {problem}") from None
    return found


class Settings(BaseModel):
    """A frozen settings object; each field is the variable SITREP_<FIELD>."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> Self:
        """Return the settings found in `environ`; an empty variable counts as absent. Raises SettingsError."""
        found = with_files(environ)
        given = {name: found.get(PREFIX + name.upper(), "") for name in cls.model_fields}
        try:
            return cls.model_validate({name: value for name, value in given.items() if value != ""})
        except ValidationError as problem:
            raise SettingsError(_sentence(problem)) from None

    def environ(self) -> dict[str, str]:
        """Return the variables that `load` would read these settings from."""
        values = {PREFIX + name.upper(): getattr(self, name) for name in type(self).model_fields}
        return {name: str(value) for name, value in values.items() if value is not None}


def _sentence(problem: ValidationError) -> str:
    parts = []
    for error in problem.errors(include_url=False):
        if not error["loc"]:  # of several settings together
            parts.append(error["msg"].removeprefix("Value error, "))
            continue
        name = PREFIX + str(error["loc"][0]).upper()
        secret = name.endswith(("PASSWORD", "URI", "KAFKA_CA"))
        value = "" if secret else f" (it is {error['input']!r})"
        parts.append(
            f"{name} is not set"
            if error["type"] == "missing"
            else f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}{value}"
        )
    return "; ".join(parts)
