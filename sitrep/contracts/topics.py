"""The topics and the message types on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sitrep.contracts.article import Article, SightingMessage
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.events import Receipt, Rejection, Retraction
from sitrep.contracts.model import WireModel
from sitrep.contracts.relations import Correction, Relation

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class MessageType:
    """A ce_type and the model of its value."""

    name: str
    model: type[WireModel]


ARTICLE = MessageType("sitrep.article.v1", Article)
SIGHTING = MessageType("sitrep.sighting.v1", SightingMessage)
ENRICHED = MessageType("sitrep.enriched.v1", EnrichedArticle)
RETRACTED = MessageType("sitrep.retracted.v1", Retraction)
RESTORED = MessageType("sitrep.restored.v1", Retraction)
REJECTED = MessageType("sitrep.rejected.v1", Rejection)
RECEIPT = MessageType("sitrep.receipt.v1", Receipt)
RELATED = MessageType("sitrep.related.v1", Relation)
CORRECTED = MessageType("sitrep.corrected.v1", Correction)


@dataclass(frozen=True)
class Topic:
    """One topic: the types that it carries, and the largest record (bytes) that it takes."""

    name: str
    types: tuple[MessageType, ...]
    max_record: int
    compacted: bool = False
    partitions: int = 6
    config: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        config = {
            "retention.ms": "-1",
            "max.message.bytes": str(self.max_record),
            "cleanup.policy": "compact" if self.compacted else "delete",
        }
        object.__setattr__(self, "config", MappingProxyType(config))

    def model_of(self, type_name: str) -> type[WireModel] | None:
        """Return the model of a ce_type, or None where the topic does not carry it."""
        return next((t.model for t in self.types if t.name == type_name), None)


RAW = Topic("news.raw", (ARTICLE, SIGHTING), max_record=2 * MIB)
ENRICHED_TOPIC = Topic("news.enriched", (ENRICHED, SIGHTING, RETRACTED, RESTORED, CORRECTED), max_record=8 * MIB)
REJECTED_TOPIC = Topic("news.rejected", (REJECTED,), max_record=2 * MIB)
RECEIPTS = Topic("news.receipts", (RECEIPT,), max_record=64 * KIB, compacted=True)
RELATED_TOPIC = Topic("news.related", (RELATED,), max_record=64 * KIB, compacted=True)
CORRECTIONS = Topic("news.corrections", (CORRECTED,), max_record=64 * KIB)

ALL = (RAW, ENRICHED_TOPIC, REJECTED_TOPIC, RECEIPTS, RELATED_TOPIC, CORRECTIONS)
MAX_RECORD = max(topic.max_record for topic in ALL)
