"""Names with the word behind them that says what they are: "Idlib province", "the Golo reservoir", "Bulengo and Lushagala camps"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.enrich.language.entities.found import PLACES, Found
from services.enrich.language.entities.heads import Head, heads
from services.enrich.language.knowledge.gazetteer import gazetteer
from services.enrich.language.knowledge.lexicon import lexicon
from services.enrich.language.tables import word_lists

_JOINT = re.compile(r",? (?:and|or) (?:the )?|, (?:the )?|/")
_NEXT_WORDS = re.compile(r" ([A-Za-z-]+)(?: ([A-Za-z-]+))?(?: ([A-Za-z-]+))?(?: ([A-Za-z-]+))?")
_ANY = re.compile(r"(?:^|\W)(?:an?|one|some|any|every|another)\s+\Z", re.IGNORECASE)
_LISTS = word_lists("around_names.tsv")
NOT_BEHIND_STATE = _LISTS["not_behind_state"]
WEAK = _LISTS["weak_head"]
"""Heads that a town's name only describes: "a Nikopol school"; with any other name they are part of it: "al-Shifa hospital"."""


def with_heads(text: str, found: Sequence[Found]) -> list[Found]:
    """Return the mentions with their heads."""
    limits = [one.start for one in found[1:]] + [len(text)]
    made = [_with_head(text, one, limit) for one, limit in zip(found, limits, strict=False)]
    for index in range(len(made) - 1, -1, -1):  # from the last name to the first: the head stands behind the last
        word = _NEXT_WORDS.match(text, made[index].end)
        shared = heads().of_several(word[1].lower()) if word is not None else None
        while shared is not None and _can_be(text, made[index], *shared):
            one = made[index]
            made[index] = replace(one, head=shared[1], full=f"{one.name(text)} {shared[0]}", entry=None)
            if index == 0 or not _JOINT.fullmatch(text, made[index - 1].end, one.start):
                break
            index -= 1  # noqa: PLW2901 - back over the names that share the head
    return made


def _with_head(text: str, one: Found, limit: int) -> Found:
    inner = text[one.start : one.end].lower().split()
    for size in (3, 2, 1) if one.entry is None else ():
        phrase = " ".join(inner[-size:])
        head = heads().after.get(phrase) if len(inner) > size else None
        if head is not None and _can_be(text, one, phrase, head):
            return replace(one, bare=one.end - len(phrase) - 1, head=head)
    words = _NEXT_WORDS.match(text, one.end)
    for size in (3, 2, 1) if words is not None else ():
        assert words is not None  # noqa: S101 - for mypy
        if words[size] is None or words.end(size) > limit:
            continue
        phrase = " ".join(word for word in words.groups()[:size] if word).lower()
        head = heads().after.get(phrase)
        behind = (words[size + 1] or "").lower()
        if head is not None and _can_be(text, one, phrase, head) and not (phrase == "state" and behind in NOT_BEHIND_STATE):
            return replace(one, end=words.end(size), bare=one.end, head=head, entry=None)
    return one


def _can_be(text: str, one: Found, phrase: str, head: Head) -> bool:
    """Return whether a name can be that of a facility, province or river: no country, people, body or person is."""
    if (
        one.head is not None
        or one.label in {"EVENT", "LAW", "WORK_OF_ART", "PRODUCT"}
        or _ANY.search(text[max(0, one.start - 10) : one.start])
    ):
        return False
    entry = one.entry
    if entry is not None and (entry.label == "NORP" or entry.category == "country"):
        # "Rakhine State", whose people are the Rakhine; "Niger state", which is in Nigeria
        return head.category == "province" and any(named.category == "province" for named in lexicon().named(one.name(text)))
    if entry is not None:
        return entry.label == "GPE"
    if one.label == "GPE" and phrase in WEAK and gazetteer().exact(one.name(text)):
        return False
    if head.label == "GPE" and any(named.category == head.category for named in lexicon().named(one.name(text))):
        return True
    return one.label in PLACES or head.label == "FAC" or (head.label == "GPE" and one.label == "PERSON")
