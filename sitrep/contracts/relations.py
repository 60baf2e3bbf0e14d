"""Relations between claims, and corrections by people. Nothing writes these messages yet; their form is fixed."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from sitrep.contracts import identity
from sitrep.contracts.enriched import ClaimType, EntityId, TextSpan, Unit, What
from sitrep.contracts.events import INT64
from sitrep.contracts.growable import Growable
from sitrep.contracts.model import ArticleId, ClaimId, Share, WireModel, hex_digits

RelationId = Annotated[str, hex_digits(16)]
Seq = Annotated[int, Field(ge=0, le=INT64)]
Corrected = Annotated[
    Literal[
        "speaker", "via", "type", "polarity", "background", "quantities", "places", "when", "said", "actors", "affected",
        "origins", "destinations", "merged_into", "split_from",
    ],
    Growable(),
]  # fmt: skip


OF_ENTITIES = frozenset({"merged_into", "split_from"})


class ClaimRef(WireModel):
    """A claim of an article."""

    article_id: ArticleId
    claim_id: ClaimId


class Question(WireModel):
    """What two claims both answer: type, what befell or was done, to how many of what, where, and between which dates."""

    type: ClaimType
    what: What | None = None
    of: Unit | None = None
    place: EntityId | None = None
    earliest: date | None = None
    latest: date | None = None


class Cause(WireModel):
    """What changed a relation: an article, a retraction or restoration of one, or a correction; `id` is of the article or entity."""

    kind: Literal["article", "retraction", "correction"]
    id: str


class Relation(WireModel):
    """How two claims stand to each other; nobody is said to be right.

    For `supersedes` and for order `a_first`, `a` is the earlier claim; else it is the one with the smaller id.
    `independent` is null where one of the speakers is only described. The highest `seq` of a `relation_id` counts.
    """

    relation_id: RelationId
    a: ClaimRef
    b: ClaimRef
    relation: Literal["same_origin", "supersedes", "contradicts", "corroborates"]
    independent: bool | None
    order: Literal["a_first", "unknown"]
    newer_count: bool = False
    when_from: Literal["claims", "published"]
    score: Share
    question: Question
    why: str
    present: bool
    seq: Seq
    cause: Cause

    @model_validator(mode="after")
    def _is_of_its_claims(self) -> Self:
        first, second = sorted((self.a.claim_id, self.b.claim_id))
        if self.relation_id != identity.relation_id(first, second):
            raise ValueError("relation_id is not the hash of the two claims")
        if self.relation != "supersedes" and self.order == "unknown" and self.a.claim_id != first:
            raise ValueError("where neither is the earlier, a is the claim with the smaller id")
        return self


class Correction(WireModel):
    """A person's correction of one field, of a claim of an article or of an entity.

    `quoted` are the words of the article that it is about, by which the claim is recognised after another enrichment.
    It applies where the field still has the old value; the highest `seq` (microseconds since 1970) wins.
    """

    article_id: ArticleId | None = None
    quoted: TextSpan | None = None
    entity_id: EntityId | None = None
    field: Corrected
    old: JsonValue = None
    new: JsonValue = None
    who: str
    why: str
    at: str
    seq: Seq

    @model_validator(mode="after")
    def _has_one_subject(self) -> Self:
        if (self.article_id is None) == (self.entity_id is None):
            raise ValueError("a correction is about an article or about an entity")
        if (self.article_id is None) != (self.quoted is None):
            raise ValueError("a correction of an article quotes it, and one of an entity does not")
        if (self.field in OF_ENTITIES) != (self.entity_id is not None):
            raise ValueError(f"{self.field} is not a field of {'an entity' if self.entity_id else 'a claim'}")
        return self

    @property
    def record_key(self) -> str:
        """Return the key of the record: the article's id on `news.enriched`, the entity's on `news.corrections`."""
        key = self.article_id or self.entity_id
        assert key is not None  # noqa: S101 - for mypy; the validator holds it
        return key
