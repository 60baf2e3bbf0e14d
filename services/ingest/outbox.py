"""What is sent for a batch of steps: an article when it is new, a sighting when its text is known already."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.ingest.journal import Journal, Transition
from services.ingest.work import FileWork, Finished, Ready, Refused, Step
from sitrep.contracts import headers
from sitrep.contracts.article import Article, Described, SightingMessage
from sitrep.contracts.codes import Stage
from sitrep.contracts.events import Rejection
from sitrep.contracts.merge import believability, merge
from sitrep.contracts.topics import ARTICLE, RAW, REJECTED, REJECTED_TOPIC, SIGHTING
from sitrep.runtime.kafka import Record


@dataclass
class Batch:
    """Records to be confirmed together, and what is written down and moved after that."""

    records: list[Record] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)
    sightings: list[Described] = field(default_factory=list)
    finished: list[FileWork] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)


def messages(article: Article, known: list[SightingMessage]) -> list[Article | SightingMessage]:
    """Return what is to be said of an article of which these sightings are known.

    The first time the article; then the sighting alone, and where that changes the best publish date, the article
    again with the fields of all sightings, to be enriched on that date.
    """
    seen = article.seen_again()
    others = [s for s in known if s.sighting.sighting_id != seen.sighting.sighting_id]
    if not known:
        return [article]
    before, after = min(known, key=believability), min([*others, seen], key=believability)
    if (after.published, after.published_from) == (before.published, before.published_from):
        return [seen]
    merged = merge([*others, seen])
    # The merged fields are not those of the sighting that they come with, so that one speaks for itself first.
    own = [s for s in others if s.sighting.sighting_id == merged.sighting.sighting_id]
    return [seen, *own, Article.model_validate({**merged.model_dump(), "text": article.text})]


def batch(steps: list[Step], journal: Journal, at: Callable[[], str]) -> Batch:
    """Return the batch of these steps, with each article's sightings taken from the journal and from this batch."""
    made = Batch()
    fresh: dict[str, list[SightingMessage]] = {}
    for step in steps:
        match step:
            case Ready(article=article):
                known = fresh.setdefault(article.article_id, []) or journal.sightings(article.article_id)
                said = messages(article, known)
                fresh[article.article_id] = [*known, article.seen_again()]
                made.records += [record(message, at()) for message in said]
                made.sightings.append(said[0])
                made.transitions.append(_published(article, at()))
            case Refused(rejection=rejection):
                made.rejected.append(rejection)
                made.records.append(_refusal(rejection))
                made.transitions.append(_rejected(rejection))
            case Finished(work=work):
                made.finished.append(work)
    return made


def record(message: Article | SightingMessage, at: str) -> Record:
    """Return the record of an article or a sighting."""
    value = message.to_bytes()
    type_ = ARTICLE if isinstance(message, Article) else SIGHTING
    head = headers.write(value, type_, Stage.INGEST, at=at, trace=message.article_id)
    return Record(RAW, message.article_id, value, head)


def _refusal(rejection: Rejection) -> Record:
    value = rejection.to_bytes()
    return Record(REJECTED_TOPIC, rejection.record_key, value, headers.write(value, REJECTED, Stage.INGEST, at=rejection.at))


def _published(article: Article, at: str) -> Transition:
    seen = article.sighting
    return Transition(at, seen.key, "published", seen.sha256, seen.size, article.article_id, seen.sighting_id)


def _rejected(rejection: Rejection) -> Transition:
    return Transition(
        rejection.at,
        rejection.key,
        "rejected",
        rejection.sha256,
        rejection.size,
        rejection_id=rejection.rejection_id,
        detail=rejection.code,
    )
