"""What happens, by the words that say it: the sense of each verb and noun in its frame, who acts and who is affected."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from services.enrich.language.claims.lexicon import PEOPLE
from services.enrich.language.claims.roles import (
    SUBJECTS,
    agents,
    agents_of_noun,
    of_noun,
    patients,
    targets_of_noun,
)
from services.enrich.language.claims.spans import Range
from services.enrich.language.entities.found import PLACES
from services.enrich.language.tables import rows, values, word_lists
from sitrep.contracts.enriched import ClaimType

CLASSES = word_lists("noun_classes.tsv")
KNOWN = frozenset().union(*CLASSES.values())
HUMAN = PEOPLE["man"] | PEOPLE["woman"] | PEOPLE["person"] | PEOPLE["people"]
COMPLEMENTS = frozenset({"advcl", "acomp", "attr", "oprd", "advmod", "prt", "ccomp", "xcomp", "amod"})
NAMED_BODIES = frozenset({"ORG", "PERSON", "WORK_OF_ART", "LAW", "PRODUCT", "GPE", "LOC", "FAC"})
AS_SUBJECT = SUBJECTS | {"nsubjpass"}
INNER = frozenset({"relcl", "acl", "advcl", "csubj"})

EVENTFUL = frozenset({"assault", "casualty", "pact", "toll"})
"""Classes of nouns that are of it only in a sense that is an event: no "war of words" and no "blast of cold air"."""

WITHOUT_PARTS = frozenset({"abstract", "measure"})
"""Classes to which a share of something does not belong because that does."""

PREPOSITIONS = frozenset({"prep", "prt", "advmod", "dative", "agent"})

_SENSES = "sitrep_senses"
"""Where a document keeps the senses of its words, by their index."""

Rank = Literal["head", "object", "subject", "inner"]


@dataclass(frozen=True)
class Event:
    """A word that says what happens; `rank` says how central it is to a clause.

    `head` is the clause's verb, `object` hangs on it as its object or complement, `subject` as its subject; the rest is `inner`.
    """

    token: Token
    type: ClaimType
    rank: Rank
    roles: str

    def actors(self) -> list[Token]:
        """Return the nouns of who acts."""
        if self.token.pos_ not in {"VERB", "AUX"}:
            return list(agents_of_noun(self.token))
        return [] if self.roles == "undergo" else agents(self.token)

    def affected(self) -> list[Token]:
        """Return the nouns of who or what is affected."""
        if self.token.pos_ not in {"VERB", "AUX"}:
            return list(targets_of_noun(self.token))
        if self.roles == "undergo":
            return agents(self.token) or patients(self.token)
        found = patients(self.token)
        return [target for noun in found for target in targets_of_noun(noun)] if self.roles == "noun" else found


@dataclass(frozen=True)
class Sense:
    """A row of the lexicon: a type (None: no event) and the frame that a word must stand in to have this sense."""

    type: ClaimType | None
    frame: tuple[Callable[[Token], bool], ...]
    roles: str

    def fits(self, token: Token) -> bool:
        """Return whether a word stands in the frame."""
        return all(term(token) for term in self.frame)


def events(doc: Doc, content: Range, head: Token) -> list[Event]:
    """Return what happens in a clause, the most central first; `head` is its verb, or the noun of a phrase."""
    found = []
    senses = [(token, sense) for token in doc[content.start : content.end] if (sense := sense_of(token)) is not None]
    figures = {token for token, sense in senses if sense.type is None}
    for token, sense in senses:
        if sense.type is not None and (
            token.pos_ == "VERB" or token.dep_ in AS_SUBJECT or not figures.intersection((token.head, token.head.head))
        ):
            found.append(Event(token, sense.type, _rank(token, head), sense.roles))
    order = ("head", "object", "subject", "inner")
    return sorted(found, key=lambda event: (order.index(event.rank), event.token.i))


def sense_of(token: Token) -> Sense | None:
    """Return the sense of a word in its frame; None where the lexicon has none that fits."""
    if token.lemma not in LEMMAS and not token.is_title and not token.is_upper:
        return None
    if token.dep in AUXILIARY:
        return None
    known: dict[int, Sense | None] = token.doc.user_data.setdefault(_SENSES, {})  # asked several times for each clause
    if token.i not in known:
        known[token.i] = _sense(token)
    return known[token.i]


def _sense(token: Token) -> Sense | None:
    if token.pos_ in {"VERB", "AUX"} or (
        token.tag_ in {"VBN", "VBG"} and token.dep_ in {"ROOT", "conj", "acl", "amod", "advcl"}
    ):
        lemma = token.lemma_.lower()
        particles = [child.lower_ for child in token.children if child.dep_ == "prt"]
        keys = [*(f"{lemma} {particle}" for particle in particles), lemma]
        return next((sense for key in keys for sense in VERBS.get(key, ()) if sense.fits(token)), None)
    if token.pos_ in {"NOUN", "ADJ"} or (token.pos_ == "PROPN" and token.ent_type_ not in NAMED_BODIES):
        lemma = _noun_lemma(token)
        if token.dep_ == "compound" and token.head.i > token.i and lemma in NOUNS:
            return next((sense for sense in NOUNS[lemma] if sense.fits(token)), None) if _names_event(token.head) else None
        return next((sense for sense in NOUNS.get(lemma, ()) if sense.fits(token)), None)
    return None


def _names_event(noun: Token) -> bool:
    """Return whether a compound is about the event that its first noun names: "rocket attack", and not "attack helicopter"."""
    return _noun_lemma(noun) in NOUNS


def _noun_lemma(noun: Token) -> str:
    """Return the lemma of a noun, of one too that the model takes for a name because it is capitalised: "Clashes broke out"."""
    if noun.pos_ != "PROPN" or noun.ent_type_ in NAMED_BODIES:
        return noun.lemma_.lower()
    word = noun.lower_
    return next(
        (form for form in (word, word.removesuffix("s"), word.removesuffix("es")) if form in NOUNS or form in KNOWN), word
    )


def _rank(token: Token, head: Token) -> Rank:
    if token in {head, _central(head)}:
        return "head"
    at = token
    for _ in range(8):
        if at.dep_ in INNER and at != token:
            return "inner"
        if at.head == head:
            if at.dep_ in SUBJECTS or at.dep_ == "nsubjpass":
                return "subject" if token.dep_ not in INNER else "inner"
            return "object" if at.dep_ not in INNER and token.dep_ not in INNER else "inner"
        if at.head == at:
            break
        at = at.head
    return "inner"


def _central(head: Token) -> Token:
    """Return the verb that a verb of phase or of hearsay stands before: "is continuing to hold", "is known to have crossed"."""
    for _ in range(3):
        inner = next((child for child in head.children if child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"}), None)
        if inner is None or head.lemma_.lower() not in CLASSES["phase"]:
            return head
        head = inner
    return head


def is_of_class(token: Token, name: str) -> bool:
    """Return whether a noun is of a class of the lexicon."""
    lemma = _noun_lemma(token)
    if lemma in CLASSES["part"] and name not in WITHOUT_PARTS and (whole := next(of_noun(token, "of"), None)) is not None:
        return is_of_class(whole, name)
    if name.startswith("word:"):
        return lemma in _words(name)
    if name == "not_event":
        return lemma in NOUNS and ((sense := sense_of(token)) is None or sense.type is None)
    if name in EVENTFUL and is_of_class(token, "not_event"):
        return False
    listed = CLASSES[name] if name in CLASSES else PEOPLE.get(name, frozenset())
    return lemma in listed or token.lower_ in listed or (name in BUILT_IN and BUILT_IN[name](token))


def _is_human(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ == "NUM" or lemma in CLASSES["amount"]:  # "dozens of houses" are no people
        of = list(of_noun(token, "of"))
        return not of or any(_is_human(one) for one in of)
    named = token.ent_type_ in {"PERSON", "NORP"} or token.lower_ in CLASSES["person_pronoun"]
    return named or lemma in HUMAN or lemma in CLASSES["force"]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(values(name.removeprefix("word:")))


def _is_place(token: Token) -> bool:
    return token.ent_type_ in PLACES or (token.pos_ == "PROPN" and token.dep_ not in SUBJECTS)


BUILT_IN: dict[str, Callable[[Token], bool]] = {
    "human": _is_human,
    "civilian": lambda token: token.pos_ == "NUM" and token.dep_ not in {"nummod", "pobj"},
    "ground": _is_place,
    "home": _is_place,
    "force": lambda token: token.ent_type_ in {"NORP", "ORG"} or token.lower_ == "forces",
    "body": lambda token: token.ent_type_ in {"ORG", "GPE", "NORP"},
    "named": lambda token: token.ent_type_ == "PERSON",
}
"""Classes that have more than the words of their list."""


def _term(text: str) -> Callable[[Token], bool]:
    """Return what a term of a frame asks of a word. Raises ValueError for a term that there is none of."""
    if text == "no_obj":
        return lambda verb: not patients(verb)
    name, negated, value = text.partition("!=") if "!=" in text else text.partition("=")
    if name in {"prep", "prt", "comp"} and not negated.startswith("!"):
        return _has_word(name, frozenset(value.split(",")))
    if name not in NOUNS_OF:
        raise ValueError(f"there is no term {text!r} of a frame")
    nouns = NOUNS_OF[name]
    if value == "none":
        return lambda verb: not any(True for _ in nouns(verb))
    if negated == "!=":
        return lambda word: not any(is_of_class(noun, value) for noun in nouns(word))
    return lambda word: any(is_of_class(noun, value) for noun in nouns(word))


def _has_word(name: str, words: frozenset[str]) -> Callable[[Token], bool]:
    """Return whether a verb has one of some words as its preposition, particle or complement."""
    if name == "comp":
        return lambda verb: any(
            child.dep_ in COMPLEMENTS and (child.lower_ in words or child.lemma_.lower() in words) for child in verb.children
        )
    fits: Callable[[Token], bool] = _is_particle if name == "prt" else lambda child: child.dep_ in PREPOSITIONS
    return lambda verb: any(child.i > verb.i and child.lower_ in words and fits(child) for child in verb.children)


def _behind_prepositions(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"prep", "agent"}:
            yield from (one for one in child.children if one.dep_ in {"pobj", "pcomp"})


def _is_particle(token: Token) -> bool:
    return token.dep_ in {"prt", "advmod"} or (
        token.dep_ == "prep" and not any(child.dep_ == "pobj" for child in token.children)
    )


def _possessors(noun: Token) -> Iterator[Token]:
    yield from (child for child in noun.children if child.dep_ == "poss")
    yield from of_noun(noun, "of")


def _around_noun(noun: Token) -> Iterator[Token]:
    yield from (child for child in noun.children if child.dep_ in {"compound", "amod", "nmod", "poss"})
    yield from of_noun(noun, "of", "on", "against", "in", "from", "by", "for", "between")


NOUNS_OF: dict[str, Callable[[Token], Iterable[Token]]] = {
    "obj": patients,
    "subj": agents,
    "pobj": _behind_prepositions,
    "noun": _around_noun,
    "of": _possessors,
}
"""Terms of a frame that ask for a class of noun, with the nouns that they ask about."""


@cache
def _senses(part: str) -> dict[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for row in rows("events.tsv"):
        if row["part"] != part:
            continue
        type_ = None if row["type"] == "-" else cast("ClaimType", row["type"])
        sense = Sense(type_, tuple(_term(term) for term in row["frame"].split()), row["roles"])
        for lemma in values(row["lemmas"]):
            found.setdefault(lemma, []).append(sense)
    return {lemma: tuple(senses) for lemma, senses in found.items()}


VERBS, NOUNS = _senses("verb"), _senses("noun")
AUXILIARY = frozenset(get_string_id(role) for role in ("aux", "auxpass"))
LEMMAS = frozenset(get_string_id(lemma.partition(" ")[0]) for lemma in (*VERBS, *NOUNS))
"""The words of the lexicon as spaCy numbers them, so that all others are passed over without a look at their letters."""
