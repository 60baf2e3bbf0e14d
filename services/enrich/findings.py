"""What a language process says of a chunk besides its results: how long it took, and what there was in it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Self

from sitrep.contracts.enriched import EnrichedArticle

LANGUAGES = ("en", "ar", "de", "es", "fa", "fr", "he", "it", "pl", "pt", "ru", "sw", "tr", "uk", "zh")
"""Languages that are counted by name; the others are counted together, so that the label is bounded."""


@dataclass(frozen=True)
class Findings:
    """Seconds by component, and counts over the articles of a chunk. Canaries are not counted: they never change."""

    seconds: float = 0.0
    components: dict[str, float] = field(default_factory=dict)
    tokens: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return them as a line."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, line: bytes) -> Self:
        """Return what such a line says."""
        return cls(**json.loads(line))


KINDS = ("entities", "unresolved", "dates", "claims", "undated")


def count(articles: Sequence[EnrichedArticle]) -> tuple[dict[str, int], dict[str, int]]:
    """Return what there is in articles, by kind, and how many are in which language."""
    found = dict.fromkeys(KINDS, 0)
    languages: Counter[str] = Counter()
    for one in articles:
        if one.article.canary:
            continue
        found["entities"] += len(one.entities)
        found["unresolved"] += sum(entity.entity_id.startswith("local:") for entity in one.entities)
        found["dates"] += len(one.dates)
        found["claims"] += len(one.claims)
        found["undated"] += one.article.published is None
        language = (one.article.language or "none").split("-")[0].lower()
        languages[language if language in {*LANGUAGES, "none"} else "other"] += 1
    return found, dict(languages)
