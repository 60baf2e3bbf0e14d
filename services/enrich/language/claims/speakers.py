"""Who speaks: a name is its entity, a pronoun is who spoke before, anything else is its words."""

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import SPEECH
from services.enrich.language.claims.mentions import Mentions
from services.enrich.language.claims.phrases import speaker_phrase
from sitrep.contracts.enriched import Speaker


class Speakers:
    """Resolves the speakers of one document; it is asked for them in the order of the text."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions
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
            text=span.text,
            start=span.start_char,
            end=span.end_char,
            entity_id=None if entity is None else entity.entity_id,
        )

    def _pronoun(self, head: Token) -> Speaker | None:
        """Return a pronoun as who spoke before; None for anything else, or where nobody did."""
        if head.lower_ not in SPEECH["pronoun"] or self._previous is None:
            return None
        return Speaker(
            name=self._previous.name,
            text=head.text,
            start=head.idx,
            end=head.idx + len(head.text),
            entity_id=self._previous.entity_id,
        )
