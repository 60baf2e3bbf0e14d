"""What an attribution is: a content with who says it, in which words, and who passes it on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import Cue, Polarity
from services.enrich.language.claims.spans import Range

Rule = Literal[
    "clause", "around", "infinitive", "phrase", "passive", "tally", "noun", "adjective", "preposition", "label", "quotation",
    "continuation", "narrated",
]  # fmt: skip
"""Which rule finds a claim, by the name of what it goes by. The article's own statements are `narrated`."""


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
    rule: Rule = "clause"


def by_rule(rule: Rule, attributed: Iterable[Attributed]) -> Iterator[Attributed]:
    """Yield attributions as what a rule finds."""
    yield from (replace(one, rule=rule) for one in attributed)
