"""Names of the data files in a text, as far as the text itself does not say that something else is meant by them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from services.enrich.language.entities.context import placed
from services.enrich.language.entities.found import Found, apart
from services.enrich.language.knowledge.lexicon import Forms, Hit, lexicon
from services.enrich.language.knowledge.names import fold, plain

_BRACKETED = re.compile(r"\s*\(\s*(?:the )?[\"\u201c']?([A-Z][A-Za-z0-9.&-]{1,9})[\"\u201d']?\s*[),]")


def known(doc: Doc, text: str, tagged: Sequence[Found]) -> list[Found]:
    """Return what the data files name in a text. A longer name in the text goes before a part of it that they know."""
    parts, folded = _parts_of_names(text, tagged), fold(text)
    single = {one.start: one.label for one in tagged if " " not in text[one.start : one.end]}
    return [
        _in_place(doc, hit)
        for hit in lexicon().find(text)
        if not _hyphenated(text, hit) and not _is_part(folded, hit, parts, single.get(hit.start))
    ]


def _hyphenated(text: str, hit: Hit) -> bool:
    """Return whether a hit is only a part of a hyphenated name: the AU of PORT-AU-PRINCE, the Duck of Duck-soo."""
    left = hit.start > 0 and text[hit.start - 1] == "-"
    right = text[hit.end : hit.end + 1] == "-" and text[hit.end + 1 : hit.end + 2].isalpha()
    person = hit.entry.label == "PERSON" and right and not text.startswith(("-led", "-backed", "-era"), hit.end)
    return (left and right) or person


def _parts_of_names(text: str, tagged: Sequence[Found]) -> dict[str, set[str]]:
    """Return the last words, and the first ones, of the longer names of persons that the data files do not know."""
    found: dict[str, set[str]] = {"last": set(), "first": set()}
    for one in tagged:
        words = fold(text[one.start : one.end]).split()
        if one.label == "PERSON" and len(words) > 1:
            found["last"].add(words[-1])
            found["first"].add(words[0])
    return found


def _is_part(folded: str, hit: Hit, parts: dict[str, set[str]], tag: str | None) -> bool:
    """Return whether a word is the name of somebody whom the text calls by a longer one that is not the entry's."""
    word = folded[hit.start : hit.end]
    if " " in word or not (word in parts["last"] or word in parts["first"]):
        return False
    own = {form for form in hit.entry.forms if plain(form).endswith(" " + plain(word))}
    if hit.entry.label == "PERSON" and any(fold(form) in folded for form in own):
        return False
    if hit.entry.category == "country" or hit.entry.label == "ORG":
        return tag == "PERSON"
    return word in parts["last"] or tag == "PERSON"


def _in_place(doc: Doc, hit: Hit) -> Found:
    """Return a hit as a mention; a people that is named where a place stands is the province of its name: "in Amhara"."""
    entry = hit.entry
    if entry.label == "NORP" and any(one.category == "province" for one in lexicon().named(entry.name)):
        span = doc.char_span(hit.start, hit.end)
        if span is not None and placed(doc, span.start, span.end):
            return Found(hit.start, hit.end, "GPE", tagged=False)
    return Found(hit.start, hit.end, entry.label, entry)


def defined(text: str, found: Sequence[Found]) -> list[Found]:
    """Return the mentions with the short names that the text itself defines: "Reporters Without Borders (RSF)".

    They stand for the long name in the whole text, whatever else the data files call so.
    """
    short: Forms[Found] = Forms()
    names: set[str] = set()
    for one in found:
        match = _BRACKETED.match(text, one.end)
        if match is not None and (abbreviates(match[1], text[one.start : one.end]) or _is_foreign(match[1], one)):
            short.add(match[1], one)
            names.add(match[1])
    if not names:
        return list(found)
    others = [one for one in found if text[one.start : one.end] not in names]
    return apart([*others, *_short_forms(text, short)])


def _is_foreign(short: str, long_: Found) -> bool:
    """Return whether an acronym behind the name of a body is of its name in another language: "Reporters Without Borders (RSF)"."""
    other = next((entry for entry in lexicon().named(short) if entry.label == "ORG"), None)
    return long_.label == "ORG" and short.isupper() and len(short) <= 6 and (other is None or other.category != "media")


def _short_forms(text: str, short: Forms[Found]) -> Iterator[Found]:
    for start, end, long_ in short.find(fold(text)):
        name = long_.full or long_.name(text)
        yield replace(long_, start=start, end=end, bare=0, head=None, tagged=False, full=name)


def abbreviates(short: str, name: str) -> bool:
    """Return whether a word is made of the first letters of a name, but for one of them."""
    letters = [word[0].lower() for word in re.findall(r"[A-Za-z]+", name)]
    wanted = [character.lower() for character in short if character.isalpha()]
    position = 0
    for letter in letters:
        if position < len(wanted) and letter == wanted[position]:
            position += 1
    return len(wanted) >= 2 and position >= len(wanted) - 1 and len(wanted) <= len(letters) + 1
