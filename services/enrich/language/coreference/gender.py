"""Whether a person is a man or a woman, where a given name or a word beside the name says it."""

from functools import cache
from typing import Literal

from services.enrich.language.tables import word_lists

Gender = Literal["m", "f"]


@cache
def _lists() -> dict[str, frozenset[str]]:
    return word_lists("given_names.tsv")


def title_gender(before: str) -> Gender | None:
    """Return the gender that a title right before a name says: "Mr", "Mrs"."""
    words = before.split()
    title = words[-1].strip(".").lower() if words else ""
    return "m" if title in {"mr", "sir"} else "f" if title in {"mrs", "ms", "miss", "mme", "madame"} else None


def gender(name: str, before: str = "", behind: str = "") -> Gender | None:
    """Return the gender of a person by name, with the words right before and behind it; None where nothing tells."""
    around = {word.strip(".,").lower() for word in (*before.split()[-2:], *behind.split()[:2])}
    if around & _lists()["man"]:
        return "m"
    if around & _lists()["woman"]:
        return "f"
    first = name.split(maxsplit=1)[0].lower() if name.split() else ""
    man, woman = first in _lists()["m"], first in _lists()["f"]
    return None if man == woman else "m" if man else "f"
