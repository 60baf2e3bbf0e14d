"""What is said on the wire. `from sitrep.contracts import EnrichedArticle` is all that a consumer needs.

A record's value is UTF-8 JSON of the model that its `ce_type` header names:

    EnrichedArticle.model_validate_json(record.value)
"""

from sitrep.contracts.article import Article, Described, Sighting, SightingMessage
from sitrep.contracts.codes import SENTENCES, RejectionCode, Stage
from sitrep.contracts.enriched import (
    Alternative,
    Claim,
    DateExpression,
    EnrichedArticle,
    Enrichment,
    Entity,
    Interval,
    Mention,
    Quantity,
    Span,
    Speaker,
    TextSpan,
)
from sitrep.contracts.events import Receipt, Rejection, Retraction
from sitrep.contracts.merge import precedence
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.topics import ALL as TOPICS
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, RECEIPTS, REJECTED_TOPIC

__all__ = [
    "ENRICHED_TOPIC",
    "RAW",
    "RECEIPTS",
    "REJECTED_TOPIC",
    "SENTENCES",
    "TOPICS",
    "Alternative",
    "Article",
    "Claim",
    "DateExpression",
    "Described",
    "EnrichedArticle",
    "Enrichment",
    "Entity",
    "Interval",
    "Mention",
    "PublishedFrom",
    "Quantity",
    "Receipt",
    "Rejection",
    "RejectionCode",
    "Retraction",
    "Sighting",
    "SightingMessage",
    "Span",
    "Speaker",
    "Stage",
    "TextSpan",
    "precedence",
]
