"""How names are compared: `plain` for the same name written differently, `skeleton` for the same sound transliterated differently."""

import re
import unicodedata
from functools import lru_cache

from services.enrich.language.tables import rows, word_lists

_DASHES = re.compile("[-\u2010-\u2015/]")
_QUOTES = str.maketrans(dict.fromkeys("‘’ʼʻʾʿ`´′", "'") | dict.fromkeys("‐‑‒–", "-"))
_ARTICLES = word_lists("around_names.tsv")["article"]
_SOUNDS = [(row["written"], row["sound"]) for row in rows("sounds.tsv")]


def fold(text: str) -> str:
    """Return a text of the same length in which apostrophes and hyphens of every kind are the plain ones."""
    return text.translate(_QUOTES)


@lru_cache(maxsize=4_000)
def plain(name: str) -> str:
    """Return a name without case, accents, apostrophes, full stops and the article; hyphens are spaces."""
    ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _DASHES.sub(" ", re.sub("['`.,]", "", ascii_)).split()
    return " ".join(word for word in words if word != "the")


@lru_cache(maxsize=4_000)
def skeleton(name: str) -> str:
    """Return what is left of a name when spellings of one sound are one: Saraqeb and Saraqib, Al-Numan and an-Nu'man."""
    words = plain(name).split()
    kept = "".join(word for word in words if word not in _ARTICLES) or "".join(words)
    for written, sound in _SOUNDS:
        kept = kept.replace(written, sound)
    kept = re.sub(r"(.)\1+", r"\1", kept)
    return kept.rstrip("h") or kept


def slug(name: str) -> str:
    """Return a name as it stands in an id."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
