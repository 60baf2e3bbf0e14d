"""Which candidate a pronoun or a description stands for: the most salient one before it that agrees; none where that is open."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from services.enrich.language.coreference.candidates import Candidate, candidates
from services.enrich.language.coreference.gender import Gender
from services.enrich.language.entities.found import PLACES
from services.enrich.language.tables import rows, values
from sitrep.contracts.enriched import Entity

PERSONAL: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
NEUTER = frozenset({"it", "its"})
PLURAL = frozenset({"they", "them", "their", "both"})
PLACE_NOUNS = {row["noun"]: frozenset(values(row["categories"])) for row in rows("place_nouns.tsv")}
REACH = 5
"""Sentences before a pronoun in which its antecedent may stand."""

FAR, SUBJECT, SPOKE, SURE, QUOTED, DEPENDENT = 1.5, 1.0, 2.5, 1.5, 1.5, 1.0
"""What a sentence of distance costs, what being a subject (twice in a main clause), the last speaker, and of the gender that is
asked for adds, and what standing in a quotation, or depending on another noun, costs."""

OPEN = 0.25
"""Points between two candidates under which nobody can tell which it is."""


class Coreference:
    """The candidates of one document, asked in the order of the text."""

    def __init__(self, doc: Doc, entities: Sequence[Entity], quotes: Sequence[tuple[int, int]]) -> None:
        self._all = candidates(doc, entities)
        self._starts = [candidate.head.i for candidate in self._all]
        self._sentence = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
        self._quoted = quotes
        self._places = list(_places(doc, entities))
        self._place_starts = [start for start, _ in self._places]

    def antecedent(self, pronoun: Token, last_speaker: Candidate | None) -> Candidate | None:
        """Return what a pronoun stands for; None where nothing fits, or two fit equally well."""
        return self.chosen(pronoun, self.ranked(pronoun, last_speaker))

    def chosen(self, pronoun: Token, ranked: Sequence[tuple[float, Candidate]]) -> Candidate | None:
        """Return which of the candidates that agree with a pronoun it stands for; None where two fit equally well."""
        if pronoun.lower_ in {"former", "latter"}:
            return self._of_two(pronoun)
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < OPEN):
            return None
        return ranked[0][1]

    def ranked(self, pronoun: Token, last_speaker: Candidate | None) -> list[tuple[float, Candidate]]:
        """Return the candidates that agree with a pronoun, each with its points, the most salient first."""
        word = pronoun.lower_
        scores: dict[str, tuple[float, Candidate]] = {}
        for candidate in self._before(pronoun):
            if not _agrees(word, candidate):
                continue
            score = self._score(word, pronoun, candidate, last_speaker)
            key = candidate.name.lower()
            if key not in scores or score > scores[key][0]:
                scores[key] = (score, candidate)
        return sorted(scores.values(), key=lambda pair: (pair[0], pair[1].head.i), reverse=True)

    def described(self, head: Token) -> Candidate | None:
        """Return the body that a definite description names again by its noun: "the ministry"; None where there are two."""
        definite = any(child.lower_ in {"the", "that", "this"} for child in head.children if child.dep_ == "det")
        qualified = any(child.dep_ in {"amod", "compound", "poss", "nmod"} for child in head.children)
        if not definite or qualified or head.tag_ != "NN":
            return None
        noun = head.lemma_.lower()
        named = {
            candidate.entity.entity_id: candidate
            for candidate in self._before(head, reach=None)
            if candidate.entity is not None and candidate.kind == "body" and noun in candidate.entity.name.lower().split()
        }
        return next(iter(named.values())) if len(named) == 1 else None

    def place(self, head: Token) -> Entity | None:
        """Return the place that "there" or a definite description names again: "the town"; None where none was named near."""
        noun = head.lemma_.lower()
        kinds = PLACE_NOUNS.get(noun)
        if kinds is None:
            return None
        definite = any(child.lower_ in {"the", "that", "this"} for child in head.children if child.dep_ == "det")
        qualified = any(child.dep_ in {"amod", "compound", "poss", "nmod", "prep", "nummod"} for child in head.children)
        if noun != "there" and (not definite or qualified or head.tag_ != "NN"):
            return None
        sentence = self._sentence[head.i]
        for start, entity in reversed(self._places[: bisect_left(self._place_starts, head.i)]):
            if sentence - self._sentence[start] > REACH:
                return None
            if entity.category in kinds:
                return entity
        return None

    def _before(self, token: Token, reach: int | None = REACH) -> Iterator[Candidate]:
        sentence = self._sentence[token.i]
        for candidate in reversed(self._all[: bisect_left(self._starts, token.i)]):
            if reach is not None and sentence - self._sentence[candidate.head.i] > reach:
                return
            yield candidate

    def _score(self, word: str, pronoun: Token, candidate: Candidate, last_speaker: Candidate | None) -> float:
        distance = self._sentence[pronoun.i] - self._sentence[candidate.head.i]
        score = -FAR * distance + SUBJECT * candidate.subject
        if last_speaker is not None and candidate.name == last_speaker.name:
            score += SPOKE
        if (word in PERSONAL and candidate.gender == PERSONAL[word]) or (word in PLURAL and candidate.plural):
            score += SURE
        if word in PLURAL and candidate.kind == "body" and not candidate.plural:
            score -= SURE
        if any(start < candidate.head.idx < end for start, end in self._quoted):
            score -= QUOTED
        if candidate.head.dep_ in {"poss", "pobj", "appos"}:
            score -= DEPENDENT
        return score

    def _of_two(self, word: Token) -> Candidate | None:
        """Return the first or the second of the two names in the sentence before, for "the former" and "the latter"."""
        sentence = self._sentence[word.i]
        named = [c for c in self._before(word, reach=1) if c.entity is not None and self._sentence[c.head.i] == sentence - 1]
        named = sorted((c for c in named if c.subject), key=lambda c: c.head.i)
        return None if len(named) != 2 else named[0 if word.lower_ == "former" else 1]


def _places(doc: Doc, entities: Sequence[Entity]) -> Iterator[tuple[int, Entity]]:
    """Yield the places that a document names, each with its first token, in the order of the text."""
    named = [(mention, entity) for entity in entities if entity.label in PLACES for mention in entity.mentions]
    for mention, entity in sorted(named, key=lambda pair: pair[0].start):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and span.root.dep_ not in {"compound", "poss", "amod", "nmod"}:  # "the Idlib health directorate"
            yield span.start, entity


def _agrees(word: str, candidate: Candidate) -> bool:
    if word in PERSONAL:
        return candidate.kind == "person" and not candidate.plural and candidate.gender in {None, PERSONAL[word]}
    if word in NEUTER:
        return candidate.kind == "body" and not candidate.plural
    return candidate.plural or (candidate.kind == "body" and candidate.entity is not None)
