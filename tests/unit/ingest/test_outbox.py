"""What is said of an article that was seen before: whatever the order, the same in the end."""

import sqlite3
import time
from itertools import permutations
from pathlib import Path

import pytest

from services.ingest.journal import Journal, open_journal
from services.ingest.outbox import Known, messages
from sitrep.contracts.article import Article, Sighting, SightingMessage
from sitrep.contracts.merge import merge
from sitrep.contracts.published import PublishedFrom
from tests.support.make import article


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def seen(key: str, published: str | None = None, source: PublishedFrom | None = None, **fields: str) -> Article:
    made = article(key="x", published=published, published_from=source, **fields)
    return made.model_copy(update={"sighting": Sighting(uri=f"inbox:{key}", key=key, sha256="0" * 64, size=1)})


COPIES = [
    seen("a.txt"),
    seen("b.txt", "2024-11-30", PublishedFrom.HEADER, publisher="B"),
    seen("c.txt", "2024-11-29", PublishedFrom.HEADER, title="C"),
    seen("d.txt", "2024-12-01", PublishedFrom.SIDECAR),
]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=lambda order: "".join(map(str, order)))
@pytest.mark.parametrize("batches", [1, 4])
def test_last_article_has_the_merged_fields_in_any_order(journal: Journal, order: tuple[int, ...], batches: int) -> None:
    said: list[Article | SightingMessage] = []
    known = Known(journal)
    for position in order:
        now = messages(COPIES[position], known)
        said += now
        if batches > 1:
            journal.record([], [now[0]])
            known = Known(journal)
    last = [message for message in said if isinstance(message, Article)][-1]
    best = merge(copy.seen_again() for copy in COPIES)
    assert (last.published, last.published_from) == (best.published, best.published_from)
    assert {m.sighting.key for m in said} == {"a.txt", "b.txt", "c.txt", "d.txt"}
    assert isinstance(said[0], Article)


def test_same_sighting_again_is_only_a_sighting(journal: Journal) -> None:
    known = Known(journal)
    assert messages(COPIES[1], known) == [COPIES[1]]
    assert messages(COPIES[1], known) == [COPIES[1].seen_again()]


def test_many_copies_of_one_text_take_no_time(journal: Journal) -> None:
    known = Known(journal)
    began = time.process_time()
    for number in range(2000):
        messages(seen(f"{number}.txt", "2024-11-30", PublishedFrom.HEADER), known)
    assert time.process_time() - began < 5


def test_journal_believes_the_better_of_two_that_differ(journal: Journal) -> None:
    one = seen("a.txt", "2024-11-30", PublishedFrom.HEADER).seen_again()
    two = seen("a.txt", "2024-11-29", PublishedFrom.HEADER).seen_again()
    for first, second in ((one, two), (two, one)):
        journal.record([], [first])
        journal.record([], [second])
        assert journal.sightings(one.article_id) == [two]


def test_journal_of_before_has_the_rank_of_defaults_as_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    journal = Journal(path)
    of_the_run = seen("a.txt", "2024-11-30", PublishedFrom.DEFAULTS)
    journal.record([], [of_the_run, seen("b.txt", "2024-11-30", PublishedFrom.DATELINE).seen_again()])
    with sqlite3.connect(path) as db:
        db.execute("UPDATE sightings SET sort = '6' || substr(sort, 2) WHERE sort LIKE '7|%'")
        db.execute("PRAGMA user_version = 0")
    for _ in range(2):
        Journal(path)
        with sqlite3.connect(path) as db:
            assert sorted(row[0][0] for row in db.execute("SELECT sort FROM sightings")) == ["5", "7"]


def test_damaged_journal_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"this is no database, and it is longer than a header of one" * 100)
    journal = open_journal(path)
    assert not journal.complete
    assert (tmp_path / "damaged-journal.sqlite").exists()
