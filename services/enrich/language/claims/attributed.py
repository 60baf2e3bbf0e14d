"""What an attribution is: a content with who says it, in which words, and who passes it on."""

from dataclasses import dataclass

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import Cue, Polarity
from services.enrich.language.claims.spans import Range


@dataclass(frozen=True)
class Attributed:
    """One content with the token that heads its speaker (None where nobody is named), its cue, and who passed it on.

    `stance` is what the attribution makes of the content, whatever stands in it: "is said to have crossed the border" is
    uncertain; None leaves it to the content.
    """

    content: Range
    head: Token
    speaker: Token | None
    cue: Range
    verb: Cue | None
    via: Token | None = None
    stance: Polarity | None = None
