"""Who speaks: a name is its entity, a pronoun is who spoke before, anything else is its words."""

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import SPEECH
from services.enrich.language.claims.mentions import Mentions
from services.enrich.language.claims.phrases import speaker_phrase
from services.enrich.language.coreference.pronouns import NEUTER, PERSONAL, Pronouns
from sitrep.contracts.enriched import Entity, Speaker

FIRST_PERSON = frozenset({"we", "i"})


class Speakers:
    """Resolves the speakers of one document; it is asked for them in the order of the text."""

    def __init__(self, mentions: Mentions, pronouns: Pronouns, text: str) -> None:
        self._mentions, self._pronouns, self._text = mentions, pronouns, text
        self._previous: Speaker | None = None

    def resolve(self, head: Token) -> Speaker:
        """Return the speaker that a token heads; a pronoun may stand for this one from now on."""
        if (antecedent := self._pronoun(head)) is not None:
            return antecedent
        self._previous = self.named(head)
        return self._previous

    def resolve_via(self, head: Token) -> Speaker:
        """Return who only passes something on, for whom no pronoun stands afterwards."""
        return self._pronoun(head) or self.named(head)

    def named(self, head: Token) -> Speaker:
        """Return the speaker as the text names it here."""
        span = speaker_phrase(head)
        entity = self._mentions.speaker_at(span.root.idx)
        return Speaker(
            name=entity.name if entity is not None else " ".join(span.text.split()),
            text=self._text[span.start_char : span.end_char],
            start=span.start_char,
            end=span.end_char,
            entity_id=None if entity is None else entity.entity_id,
        )

    def _pronoun(self, head: Token) -> Speaker | None:
        """Return a pronoun as whom it stands for; None for anything else, or where nobody fits."""
        if head.lower_ not in SPEECH["pronoun"]:
            return None
        if head.lower_ in FIRST_PERSON:
            return None if self._previous is None else self._as(head, self._previous.name, self._previous.entity_id)
        antecedent = self._antecedent(head)
        return None if antecedent is None else self._as(head, antecedent.name, antecedent.entity_id)

    def _antecedent(self, head: Token) -> Entity | Speaker | None:
        """Return whom a pronoun stands for: who spoke before, where that agrees with it, else a name that does.

        A name whose gender is known goes before a speaker whose gender is not, and a speaker who is only described (and named
        later than the last such name) before all.
        """
        word, previous = head.lower_, self._previous
        candidates = self._pronouns.antecedents(word, head.idx)
        sure = [entity for entity in candidates if self._pronouns.certain(word, entity)]
        if previous is not None and previous.entity_id is None:
            nearest = max((self._pronouns.last_named(entity, head.idx) for entity in sure or candidates), default=-1)
            if word == "it" or (word not in NEUTER and (previous.start or 0) > nearest) or not candidates:
                return previous
        spoke = next((entity for entity in candidates if previous is not None and entity.entity_id == previous.entity_id), None)
        if word in PERSONAL and sure and (spoke is None or not self._pronouns.certain(word, spoke)):
            return sure[0]
        named = candidates[0] if candidates and (word in PERSONAL or word in NEUTER) else None
        return spoke or named

    @staticmethod
    def _as(head: Token, name: str, entity_id: str | None) -> Speaker:
        return Speaker(name=name, text=head.text, start=head.idx, end=head.idx + len(head.text), entity_id=entity_id)
