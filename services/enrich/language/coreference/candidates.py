"""What a pronoun or a description may stand for: names and noun phrases, with kind, number, gender and how salient they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.lexicon import PEOPLE
from services.enrich.language.claims.phrases import speaker_phrase
from services.enrich.language.coreference.gender import Gender, gender
from sitrep.contracts.enriched import Entity

Kind = Literal["person", "people", "body"]
NAMED_KINDS: dict[str, Kind] = {"PERSON": "person", "ORG": "body", "GPE": "body", "NORP": "people"}
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True)
class Candidate:
    """A name or a noun phrase. `entity` is what it names, None for a description; `subject` is 2 in a main clause, 1 in another."""

    head: Token
    span: Span
    kind: Kind
    plural: bool
    gender: Gender | None
    entity: Entity | None
    subject: int

    @property
    def name(self) -> str:
        """The canonical name, or the words of a description."""
        return self.entity.name if self.entity is not None else " ".join(self.span.text.split())


def candidates(doc: Doc, entities: Sequence[Entity]) -> list[Candidate]:
    """Return the candidates of a document in the order of the text."""
    text = doc.text
    genders = {entity.entity_id: _gender_of(text, entity) for entity in entities if entity.label == "PERSON"}
    named = list(_named(doc, entities, genders))
    taken = {token.i for candidate in named for token in candidate.span}
    return sorted([*named, *_described(doc, taken)], key=lambda candidate: candidate.head.i)


def _named(doc: Doc, entities: Sequence[Entity], genders: dict[str, Gender | None]) -> Iterator[Candidate]:
    for entity in entities:
        for mention in entity.mentions:
            kind = NAMED_KINDS.get(mention.label)
            span = doc.char_span(mention.start, mention.end, alignment_mode="contract") if kind else None
            if kind is None or span is None or len(span) == 0:
                continue
            plural = kind == "people" or span.root.tag_ == "NNPS"
            yield Candidate(span.root, span, kind, plural, genders.get(entity.entity_id), entity, _subject(span.root))


def _described(doc: Doc, taken: set[int]) -> Iterator[Candidate]:
    for token in doc:
        if token.pos_ != "NOUN" or token.i in taken or token.dep_ in {"compound", "amod", "nmod"}:
            continue
        kind = _kind(token)
        if kind is None or token.dep_ == "appos":
            continue
        if any(child.dep_ == "appos" and child.ent_type_ == "PERSON" for child in token.children):
            continue  # the name stands for it
        plural = token.tag_ in {"NNS", "NNPS"} or kind == "people"
        yield Candidate(token, speaker_phrase(token, alone=True), kind, plural, _noun_gender(token), None, _subject(token))


def _kind(noun: Token) -> Kind | None:
    lemma = noun.lemma_.lower()
    if any(lemma in PEOPLE[key] for key in ("man", "woman", "person")):
        return "person"
    if lemma in PEOPLE["people"]:
        return "people"
    return "body" if lemma in PEOPLE["body"] else None


def _noun_gender(noun: Token) -> Gender | None:
    """Return the gender of a noun, or of a noun in apposition to it: "the admiral, an uncle of hers"."""
    lemmas = {noun.lemma_.lower(), *(child.lemma_.lower() for child in noun.children if child.dep_ == "appos")}
    man, woman = bool(lemmas & PEOPLE["man"]), bool(lemmas & PEOPLE["woman"])
    return None if man == woman else "m" if man else "f"


def _subject(head: Token) -> int:
    top = head
    while top.dep_ == "conj" and top.head != top:
        top = top.head
    if top.dep_ not in SUBJECTS:
        return 0
    return 2 if top.head.dep_ in {"ROOT", "conj"} else 1


def _gender_of(text: str, entity: Entity) -> Gender | None:
    for mention in entity.mentions:
        before, behind = text[max(0, mention.start - 24) : mention.start], text[mention.end : mention.end + 4]
        name = mention.text if " " in mention.text else entity.name
        if (known := gender(name, before, behind if behind.startswith("\u2019s") else "")) is not None:
            return known
    return gender(entity.name)
