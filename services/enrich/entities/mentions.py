"""Where something is named: what the model tags, mended, and the names that it missed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast, get_args

from spacy.tokens import Doc, Span, Token

from services.enrich.entities.heads import Head, heads, titles
from services.enrich.knowledge.entries import Entry
from services.enrich.knowledge.gazetteer import gazetteer
from services.enrich.knowledge.lexicon import lexicon
from services.enrich.knowledge.names import fold, plain
from sitrep.contracts.enriched import EntityLabel

LABELS = frozenset(get_args(EntityLabel))
PLACES = frozenset({"GPE", "LOC", "FAC"})
POSSESSIVE = ("'s", "\u2019s", "'", "\u2019")
WHERE = frozenset(
    ["in", "near", "at", "from", "to", "into", "around", "outside", "toward", "towards", "across", "inside", "within", "reach",
     "reached", "enter", "entered", "entering", "via", "throughout", "capture", "captured", "capturing", "seize", "seized",
     "seizing", "retake", "retook", "recapture", "recaptured", "overran", "besieged", "shelled", "bombed"]
)  # fmt: skip
PLACE_NOUNS = frozenset(
    ["city", "town", "village", "port", "capital", "province", "region", "district", "north", "south", "east", "west", "hamlet",
     "northeast", "northwest", "southeast", "southwest", "outskirts", "suburbs", "outside", "centre", "center", "settlement"]
)  # fmt: skip
_BRACKETED = re.compile(r"\s*\(\s*(?:the )?[\"\u201c']?([A-Z][A-Za-z0-9.&-]{1,9})[\"\u201d']?\s*[),]")
_JOINT = re.compile(r",? (?:and|or) (?:the )?|, (?:the )?|/")
_NEXT_WORDS = re.compile(r" ([A-Za-z-]+)(?: ([A-Za-z-]+))?(?: ([A-Za-z-]+))?")
_LEADS = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(WHERE | {'of'}))}) (?=[A-Z])", re.IGNORECASE)
_OPENING = frozenset([":", "\u201c", '"', "\n\n", "\u2014", "\u2013", "-", "\u2022"])
_CONNECTING = frozenset(["al", "el", "de", "del", "da", "di", "bin", "ibn", "van", "von", "ash", "as", "an", "der", "ul"])


@dataclass(frozen=True)
class Found:
    """One name in a text. `bare` ends where the name proper does: "Idlib province" is Idlib, with a head that says of what.

    `full` is the name with a head that it shares: each of "the Bulengo and Lushagala camps".
    """

    start: int
    end: int
    label: EntityLabel
    entry: Entry | None = None
    head: Head | None = None
    bare: int = 0
    tagged: bool = True
    full: str = ""

    def name(self, text: str) -> str:
        """Return the name without its head."""
        return " ".join(text[self.start : self.bare or self.end].split())


def find(doc: Doc, text: str) -> list[Found]:
    """Return the mentions of a document in order, without overlap."""
    tagged = [one for span in doc.ents if span.label_ in LABELS and (one := _trimmed(span))]
    known = [Found(hit.start, hit.end, hit.entry.label, hit.entry) for hit in lexicon().find(text)]
    tagged = [one for one in tagged if not _is_word(doc, one, text) and not _is_known_with_words(text, one, known)]
    found = _apart([*known, *tagged])
    found = _apart([*found, *_acronyms(text, found), *_looked_for(doc, text, found)])
    found = _apart([*found, *_repeated(text, found)])
    return _with_heads(text, _joined(text, found))


def _trimmed(span: Span) -> Found | None:
    """Return a span without article, title, direction, possessive and white space; None if nothing is left."""
    doc, start, end = span.doc, span.start, span.end
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in POSSESSIVE or not _says(doc[end - 1])):
        end -= 1
    while start < end - 1 and (doc[start].is_space or _stays_outside(span, doc[start])):
        start += 1
    trimmed = doc[start:end]
    if not any(c.isalnum() for c in trimmed.text) or trimmed.text.lower() == "the":
        return None
    return Found(trimmed.start_char, trimmed.end_char, cast("EntityLabel", span.label_))


def _is_known_with_words(text: str, one: Found, known: Sequence[Found]) -> bool:
    """Return whether the model tags a known name together with words that are no part of it: "UN migration agency"."""
    inside = [hit for hit in known if one.start <= hit.start and hit.end <= one.end]
    rest, at = "", one.start
    for hit in inside:
        rest, at = rest + text[at : hit.start], hit.end
    rest = (rest + text[at : one.end]).removeprefix("the ")
    words = rest.lower().split()
    return bool(inside) and rest != "" and rest == rest.lower() and not (words and words[-1] in heads().after)


def _says(token: Token) -> bool:
    return any(character.isalnum() for character in token.text) or token.text == "."


def _stays_outside(span: Span, token: Token) -> bool:
    word = token.lower_.rstrip(".")
    if word == "the" or not _says(token) or (token.pos_ == "ADP" and token.is_title):
        return True
    if span.label_ == "PERSON":
        return word in titles()
    return span.label_ in {"GPE", "LOC", "ORG", "FAC"} and token.text.islower() and word not in _CONNECTING


def _is_word(doc: Doc, found: Found, text: str) -> bool:
    """Return whether what the model tags is a common word that only stands at the beginning of a sentence or headline."""
    surface = text[found.start : found.end]
    if surface.islower():
        return found.label not in {"NORP", "LANGUAGE"}
    if surface.lower() in titles() or surface.lower() in heads().after or surface in heads().last:
        return True
    if not surface.isalpha() or surface.isupper():
        return False
    span = doc.char_span(found.start, found.end)
    if span is None or not (span[0].is_sent_start or span.start == 0 or doc[span.start - 1].text in _OPENING):
        return False
    if span[0].pos_ != "PROPN" and found.label != "NORP":
        return True
    return _commoner_small(doc, surface)


def _commoner_small(doc: Doc, word: str) -> bool:
    """Return whether a word is found more often in lower case, by its place in the model's table of vectors."""
    vectors, strings = doc.vocab.vectors, doc.vocab.strings
    small, large = (vectors.key2row.get(strings[form]) if form in strings else None for form in (word.lower(), word))
    return small is not None and (large is None or small < large) and small < 8000


def _apart(found: Iterable[Found]) -> list[Found]:
    """Return mentions without overlap: the longer one wins, then the one that is in the data files."""
    order = sorted(found, key=lambda one: (one.start - one.end, one.entry is None, not one.tagged, one.start))
    taken: set[int] = set()
    kept = []
    for one in order:
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _acronyms(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the short names that stand in brackets behind a long one: "Hayat Tahrir al-Sham (HTS)"."""
    for one in found:
        match = _BRACKETED.match(text, one.end)
        if match is not None and abbreviates(match[1], text[one.start : one.end]):
            yield replace(one, start=match.start(1), end=match.end(1), tagged=False)


def abbreviates(short: str, name: str) -> bool:
    """Return whether a word is made of the first letters of a name, but for one of them."""
    letters = [word[0].lower() for word in re.findall(r"[A-Za-z]+", name)]
    wanted = [character.lower() for character in short if character.isalpha()]
    position = 0
    for letter in letters:
        if position < len(wanted) and letter == wanted[position]:
            position += 1
    return len(wanted) >= 2 and position >= len(wanted) - 1 and len(wanted) <= len(letters) + 1


def _looked_for(doc: Doc, text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield capitalised words behind a preposition of place that nothing tags: names of villages that the model never saw."""
    taken = {position for one in found for position in range(one.start, one.end)}
    for match in _LEADS.finditer(text):
        first = None if match.end() in taken else doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
        if first is None or first.start == 0 or not leads_to_place(doc[first.start - 1]):
            continue
        start = end = first.start
        while end < len(doc) and _could_be_name(doc[end]) and doc[end].idx not in taken:
            end += 1
        span = doc[start:end]
        followed = end < len(doc) and doc[end].idx in taken and doc[end].pos_ == "PROPN"  # "to President Assad": a title
        if end > start and len(span.text) > 2 and not followed and not _is_common(doc, span):
            yield Found(span.start_char, span.end_char, "GPE", tagged=False)


def leads_to_place(token: Token) -> bool:
    """Return whether what stands behind a word is a place: "near", "the town of", "captured"."""
    if token.lower_ == "of":
        return token.i > 0 and token.nbor(-1).lower_ in PLACE_NOUNS
    return token.lower_ in WHERE


def _could_be_name(token: Token) -> bool:
    number = token.ent_type_ in {"", "CARDINAL", "ORDINAL"}  # which the model takes a strange name for
    return number and token.text[0].isupper() and token.is_alpha and (token.pos_ == "PROPN" or not token.is_stop)


def _is_common(doc: Doc, span: Span) -> bool:
    return len(span) == 1 and (span[0].is_stop or _commoner_small(doc, span.text) or span.text.lower() in titles())


def _joined(text: str, found: Sequence[Found]) -> list[Found]:
    """Return the mentions with those made one that are parts of one name: "Khairpur" and "Nathan Shah"."""
    made: list[Found] = []
    for one in found:
        last = made[-1] if made else None
        near = last is not None and one.start == last.end + 1 and text[last.end] == " "
        if last is not None and near and last.label in PLACES and gazetteer().exact(text[last.start : one.end]):
            made[-1] = Found(last.start, one.end, "GPE", tagged=last.tagged)
        else:
            made.append(one)
    return made


def _with_heads(text: str, found: Sequence[Found]) -> list[Found]:
    """Return the mentions with the word behind them that says what they are: "Idlib province", "the Golo reservoir"."""
    made = [_with_head(text, one) for one in found]
    for index in range(len(made) - 1, -1, -1):  # from the last name to the first: the head stands behind the last
        word = _NEXT_WORDS.match(text, made[index].end)
        shared = heads().of_several(word[1].lower()) if word is not None else None
        while shared is not None and _can_be(made[index], shared[1]):
            one = made[index]
            made[index] = replace(one, head=shared[1], full=f"{one.name(text)} {shared[0]}")
            if index == 0 or not _JOINT.fullmatch(text, made[index - 1].end, one.start):
                break
            index -= 1  # noqa: PLW2901 - back over the names that share the head
    return made


def _with_head(text: str, one: Found) -> Found:
    inner = text[one.start : one.end].lower().split()
    for size in (3, 2, 1) if one.entry is None else ():
        head = heads().after.get(" ".join(inner[-size:])) if len(inner) > size else None
        if head is not None and _can_be(one, head):
            return replace(one, bare=one.end - len(" ".join(inner[-size:])) - 1, head=head)
    words = _NEXT_WORDS.match(text, one.end)
    for group in (3, 2, 1) if words is not None else ():
        assert words is not None  # noqa: S101 - for mypy
        if words[group] is None:
            continue
        phrase = " ".join(word for word in words.groups()[:group] if word).lower()
        head = heads().after.get(phrase)
        if head is not None and _can_be(one, head):
            return replace(one, end=words.end(group), bare=one.end, head=head, entry=None)
    return one


def _can_be(one: Found, head: Head) -> bool:
    """Return whether a name can be that of a facility, province or river: no country, people, body or person is."""
    if one.head is not None or one.label in {"EVENT", "LAW", "WORK_OF_ART", "PRODUCT"}:
        return False
    if one.entry is not None and one.entry.label == "NORP":  # "Rakhine State", whose people are the Rakhine
        return head.category == "province" and any(entry.label == "GPE" for entry in lexicon().named(one.entry.name))
    if one.entry is not None:
        return one.entry.label == "GPE" and one.entry.category != "country"
    return one.label in PLACES or head.label in {"FAC", "GPE"}


def _repeated(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield every further place where a name that was found somewhere stands."""
    forms: dict[str, Found] = {}
    for one in found:
        surface = fold(text[one.start : one.bare or one.end])
        if not surface[:1].isupper() or len(surface) < 3 or one.label in {"LAW", "WORK_OF_ART"}:
            continue
        if one.entry is None:
            forms.setdefault(surface, one)
        surname = surface.rpartition(" ")[2]
        if one.label == "PERSON" and surname != surface and len(surname) > 3 and surname[0].isupper():
            forms.setdefault(surname, one)
    if not forms:
        return
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    taken = {one.start for one in found}
    for match in re.finditer(rf"(?<!\w)(?:{alternatives})(?!\w)", fold(text)):
        if match.start() not in taken:
            like = forms[match[0]]
            yield Found(match.start(), match.end(), like.label, like.entry, tagged=False)


def key(one: Found, text: str) -> str:
    """Return what two mentions of one thing have in common."""
    if one.entry is not None and one.head is None:
        return one.entry.entity_id
    return plain(one.name(text)) + ("" if one.head is None else f" {one.head.category}")
