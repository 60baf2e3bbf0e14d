"""What is sent for a batch of steps: an article when it is new, a sighting when its text is known already."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.ingest.journal import Journal, Transition
from services.ingest.work import Claimed, FileWork, Finished, Ready, Refused, Released, Step
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


class Known:
    """What is known of the sightings of articles: in the journal, and in the batch that is being made."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._best: dict[str, SightingMessage | None] = {}
        self._fresh: dict[str, dict[str, SightingMessage]] = {}

    def best(self, article_id: str) -> SightingMessage | None:
        """Return the most believable sighting of an article so far, or None where it is new."""
        if article_id not in self._best:
            self._best[article_id] = next(iter(self._journal.sightings(article_id, most=1)), None)
        return self._best[article_id]

    def all(self, article_id: str) -> dict[str, SightingMessage]:
        """Return all sightings of an article so far, by id."""
        known = {seen.sighting.sighting_id: seen for seen in self._journal.sightings(article_id)}
        for id_, seen in self._fresh.get(article_id, {}).items():
            known[id_] = better(known.get(id_), seen)
        return known

    def add(self, seen: SightingMessage) -> None:
        """Note one more sighting."""
        fresh = self._fresh.setdefault(seen.article_id, {})
        fresh[seen.sighting.sighting_id] = better(fresh.get(seen.sighting.sighting_id), seen)
        self._best[seen.article_id] = better(self.best(seen.article_id), seen)


def better(known: SightingMessage | None, seen: SightingMessage) -> SightingMessage:
    """Return the more believable of two, by a rule that does not ask which came first."""
    return seen if known is None else min(known, seen, key=lambda s: (believability(s), s.fields_id))


def messages(article: Article, known: Known) -> list[Article | SightingMessage]:
    """Return what is to be said of an article, and note its sighting as known.

    The first time the article; then the sighting alone, and where that changes the best publish date, the article
    again with the fields of all sightings, to be enriched on that date.
    """
    seen = article.seen_again()
    before = known.best(article.article_id)
    known.add(seen)
    after = better(before, seen)
    if before is None:
        return [article]
    if (after.published, after.published_from) == (before.published, before.published_from):
        return [seen]
    sightings = known.all(article.article_id)
    merged = merge(sightings.values())
    # The merged fields are not those of the sighting that they come with, so that one speaks for itself first.
    own = sightings[merged.sighting.sighting_id]
    first = [seen] if own == seen else [seen, own]
    return [*first, Article.model_validate({**merged.model_dump(), "text": article.text})]


def batch(steps: list[Step], journal: Journal, at: Callable[[], str], seconds: float) -> Batch:
    """Return the batch of these steps; `seconds` is what reading them took, which is shared out over the records."""
    made = Batch()
    known = Known(journal)
    each = seconds / max(1, len(steps))
    for step in steps:
        match step:
            case Claimed(work=work, at=when):
                made.transitions.append(Transition(when, work.key, "claimed", size=work.found.signature.size))
            case Ready(article=article):
                said = messages(article, known)
                made.records += [record(message, at(), each, step.work.ready) for message in said]
                made.sightings.append(said[0])
                made.transitions.append(_published(article, at()))
            case Refused(rejection=rejection):
                made.rejected.append(rejection)
                made.records.append(_refusal(rejection, each))
                made.transitions.append(_rejected(rejection))
            case Released(work=work, at=when):
                made.transitions.append(Transition(when, work.key, "released"))
            case Finished(work=work):
                made.finished.append(work)
    return made


def record(message: Article | SightingMessage, at: str, seconds: float, ready: str) -> Record:
    """Return the record of an article or a sighting; `ready` is when its file was whole."""
    value = message.to_bytes()
    type_ = ARTICLE if isinstance(message, Article) else SIGHTING
    head = headers.write(value, type_, Stage.INGEST, at=at, trace=message.article_id, seconds=seconds, ready=ready)
    return Record(RAW, message.article_id, value, head)


def _refusal(rejection: Rejection, seconds: float) -> Record:
    value = rejection.to_bytes()
    head = headers.write(value, REJECTED, Stage.INGEST, at=rejection.at, trace=rejection.rejection_id, seconds=seconds)
    return Record(REJECTED_TOPIC, rejection.record_key, value, head)


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
