"""What an attribution is: a content with who says it, in which words, and who passes it on."""

from dataclasses import dataclass

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import Cue
from services.enrich.language.claims.spans import Range


@dataclass(frozen=True)
class Attributed:
    """One content with the token that heads its speaker (None where nobody is named), its cue, and who passed it on.

    `hearsay`: it is only said to be so, and by whom is left open ("is reported to have crossed the border").
    """

    content: Range
    head: Token
    speaker: Token | None
    cue: Range
    verb: Cue | None
    via: Token | None = None
    hearsay: bool = False
