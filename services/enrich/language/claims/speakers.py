"""Who speaks: a name is its entity, a pronoun or a description is what it stands for, anything else is its words."""

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import SPEECH
from services.enrich.language.claims.mentions import Mentions
from services.enrich.language.claims.phrases import speaker_phrase
from services.enrich.language.coreference.candidates import Candidate
from services.enrich.language.coreference.resolve import Coreference
from sitrep.contracts.enriched import Speaker

FIRST_PERSON = frozenset({"we", "i", "my", "our"})


class Speakers:
    """Resolves the speakers of one document; it is asked for them in the order of the text."""

    def __init__(self, mentions: Mentions, coreference: Coreference, text: str) -> None:
        self._mentions, self._coreference, self._text = mentions, coreference, text
        self._previous: Speaker | None = None
        self._spoke: Candidate | None = None
        self.considered: dict[int, list[tuple[float, Candidate]]] = {}
        """What was considered for each pronoun, by its token: the candidates with their points."""

    def resolve(self, head: Token) -> Speaker:
        """Return the speaker that a token heads; a pronoun may stand for this one from now on."""
        if is_pronoun(head):
            return self._pronoun(head)
        self._previous = self.named(head)
        self._spoke = Candidate(
            head, speaker_phrase(head), "person", False, None, self._mentions.speaker_at(speaker_phrase(head).root.idx), 0
        )
        return self._previous

    def resolve_via(self, head: Token) -> Speaker:
        """Return who only passes something on, for whom no pronoun stands afterwards."""
        return self._pronoun(head) if is_pronoun(head) else self.named(head)

    def named(self, head: Token) -> Speaker:
        """Return the speaker as the text names it here."""
        span = speaker_phrase(head)
        joint = any(token.dep_ == "cc" for token in span)
        entity = None if joint else self._mentions.speaker_at(span.root.idx)
        if entity is None and not joint and (again := self._coreference.described(head)) is not None:
            entity = again.entity
        words = " ".join(span.text.split())
        return Speaker(
            name=entity.name if entity is not None else words,
            text=self._text[span.start_char : span.end_char],
            start=span.start_char,
            end=span.end_char,
            entity_id=None if entity is None else entity.entity_id,
        )

    def _pronoun(self, head: Token) -> Speaker:
        """Return a pronoun as whom it stands for; its own word where nobody, or more than one, fits."""
        if head.lower_ in FIRST_PERSON:
            previous = self._previous
            return self._as(head, head.text, None) if previous is None else self._as(head, previous.name, previous.entity_id)
        self.considered[head.i] = ranked = self._coreference.ranked(head, self._spoke)
        antecedent = self._coreference.chosen(head, ranked)
        if antecedent is None:
            return self._as(head, head.text, None)
        entity = antecedent.entity
        self._previous = self._as(head, antecedent.name, None if entity is None else entity.entity_id)
        self._spoke = antecedent
        return self._previous

    @staticmethod
    def _as(head: Token, name: str, entity_id: str | None) -> Speaker:
        return Speaker(name=name, text=head.text, start=head.idx, end=head.idx + len(head.text), entity_id=entity_id)


def is_pronoun(head: Token) -> bool:
    """Return whether a speaker is named by a word that stands for another."""
    return head.lower_ in SPEECH["pronoun"]
