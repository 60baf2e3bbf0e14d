"""Which languages are read: the one place that says it, for the pipeline and for whoever tells people.

`read` in `data/languages.tsv` says that the pipeline reads texts of a language. The model, the words and the rules are English,
so that another language needs these of its own as well.
"""

from dataclasses import dataclass
from functools import cache

from services.enrich.language.tables import rows

SURE = 0.5
"""Confidence in a language from which on a text is taken to be in it."""

READ_IN_DOUBT = "en"
"""The language that a text in Latin letters is read as where nobody can tell."""


@dataclass(frozen=True)
class Language:
    """A language with its English name, whether it is written in Latin letters, and whether it is read."""

    name: str
    latin: bool
    read: bool


@dataclass(frozen=True)
class Reading:
    """What is done with a text: `read` as which language (None: stored, not read), and a warning where that needs one."""

    language: str | None
    warning: str | None = None


@cache
def languages() -> dict[str, Language]:
    """Return the languages that have a name here, by ISO 639 code."""
    return {row["code"]: Language(row["name"], row["script"] == "latin", row["read"] == "yes") for row in rows("languages.tsv")}


def languages_read() -> str:
    """Return the names of the languages that are read, for people."""
    return ", ".join(language.name for language in languages().values() if language.read)


def primary(tag: str) -> str:
    """Return the code of the language in a BCP 47 tag: "en" of "en-GB"."""
    return tag.replace("_", "-").partition("-")[0].lower()


def language_name(tag: str | None) -> str:
    """Return the English name of a language, for people; its tag where it has no name here."""
    if tag is None:
        return "an unknown language"
    known = languages().get(primary(tag))
    return tag if known is None else known.name


def reading(tag: str | None, confidence: float | None) -> Reading:
    """Return what is done with a text of a language that is known with some confidence (0 to 1; null is none).

    A text whose language is in doubt is read as English if it may be in Latin letters, with a warning: most are, and
    a report of names alone is in none that anybody could tell.
    """
    if tag is None:
        return Reading(READ_IN_DOUBT)
    code = primary(tag)
    known = languages().get(code)
    if known is not None and known.read:
        return Reading(code, None if confidence is None or confidence >= SURE else _in_doubt(tag, confidence, code))
    if (confidence or 0.0) < SURE and (known is None or known.latin):
        return Reading(READ_IN_DOUBT, _in_doubt(tag, confidence or 0.0, READ_IN_DOUBT))
    return Reading(None, not_read(tag))


def not_read(tag: str | None) -> str:
    """Return what is said of a text in a language that is not read."""
    return f"stored, not read: {language_name(tag)}"


def _in_doubt(tag: str, confidence: float, read_as: str) -> str:
    return f"the language is in doubt ({language_name(tag)}, {confidence:.2f}); it was read as {languages()[read_as].name}"
