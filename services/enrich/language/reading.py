"""What is read in which language: the one place that says it, for the pipeline and for whoever tells people.

Only `data/languages.tsv` has to change where another language is read, beside the rules for it.
"""

from dataclasses import dataclass
from functools import cache

from services.enrich.language.tables import rows, values

SURE = 0.5
"""Confidence in a language from which on a text is taken to be in it."""

READ_IN_DOUBT = "en"
"""The language that a text in Latin letters is read as where nobody can tell."""


@dataclass(frozen=True)
class Language:
    """A language with its English name, whether it is written in Latin letters, and what is read in its texts."""

    name: str
    latin: bool
    read: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """What is done with a text: `read` as which language (None: stored, not read), and a warning where that needs one."""

    language: str | None
    warning: str | None = None


@cache
def languages() -> dict[str, Language]:
    """Return the languages that have a name here, by ISO 639 code."""
    return {
        row["code"]: Language(row["name"], row["script"] == "latin", frozenset(values(row["read"])))
        for row in rows("languages.tsv")
    }


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
