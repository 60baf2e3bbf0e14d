"""The ledger sees what is lost, and only that."""

from pathlib import Path

import pytest
from aiokafka import TopicPartition

from services.ingest.journal import Journal as Writer
from services.ingest.journal import Transition
from services.monitor.ledger import Intake, Journal, Line, Missing, Sighting, lost, made_up
from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, REJECTED_TOPIC
from tests.support.make import article

AT = "2024-11-30T00:00:00Z"


def flow(raw: tuple[int, int], enriched: tuple[int, int], rejected: tuple[int, int]) -> dict[TopicPartition, tuple[int, int]]:
    names = (RAW.name, ENRICHED_TOPIC.name, REJECTED_TOPIC.name)
    return {TopicPartition(name, 0): bounds for name, bounds in zip(names, (raw, enriched, rejected), strict=True)}


def lines(
    intake: Intake | None, absent: list[Missing], *bounds: tuple[int, int], answered: set[str] | None = None
) -> dict[Stage, Line]:
    return {line.stage: line for line in made_up(intake, flow(*bounds), absent, answered)}


def gone(*ids: str, by: Stage | None = None) -> list[Missing]:
    return [Missing(Sighting(id_, "s", "k"), by) for id_ in ids]


def test_nothing_is_missing_where_everything_is_stored_refused_or_waits() -> None:
    intake = Intake(published=10, refused=2, unfinished=1, claimed=1)
    # Ten published, two of them not read; seven enriched, one of them not stored; one refused by enrich, two by ingest.
    absent = [*gone("a", by=Stage.ENRICH), *gone("b", "c", "d")]
    bounds = ((8, 10), (6, 7), (3, 3))
    assert lost(flow(*bounds), absent) == []
    found = lines(intake, absent, *bounds)
    assert [line.remainder for line in found.values()] == [0, 0, 0]
    assert found[Stage.INGEST].counts() == {"inputs": 13, "outputs": 10, "rejected": 2, "waiting": 1, "remainder": 0}
    assert found[Stage.ENRICH].counts() == {"inputs": 10, "outputs": 7, "rejected": 1, "waiting": 2, "remainder": 0}
    assert found[Stage.STORE].counts() == {"inputs": 7, "outputs": 6, "rejected": 0, "waiting": 1, "remainder": 0}


@pytest.mark.parametrize("enriched", [9, 14], ids=["once", "others done twice"])
@pytest.mark.parametrize("refused", [[], gone("x", by=Stage.ENRICH)], ids=["nothing refused", "one refused again"])
@pytest.mark.parametrize(
    ("answered", "remainders"),
    [(set(), [0, 1, 0]), ({"a"}, [0, 0, 1]), (None, [0, 0, 1])],
    ids=["enrich", "store", "not looked"],
)
def test_what_is_nowhere_is_missing_at_the_stage_that_lost_it(
    enriched: int, refused: list[Missing], answered: set[str] | None, remainders: list[int]
) -> None:
    absent = [*gone("a"), *refused]
    bounds = ((10, 10), (enriched, enriched), (3, 3))
    assert lost(flow(*bounds), absent) == gone("a")
    found = lines(Intake(10, 0, 0, 0), absent, *bounds, answered=answered)
    assert [line.remainder for line in found.values()] == remainders


def test_without_a_journal_nothing_is_known() -> None:
    assert lines(None, [], (3, 3), (3, 3), (0, 0)) == {}


def test_the_journal_knows_claims_without_an_outcome(tmp_path: Path) -> None:
    data, inbox = tmp_path / "data", tmp_path / "inbox"
    claimed = inbox / "_claimed"
    claimed.mkdir(parents=True)
    journal = Journal(data, inbox)
    assert journal.read() is None
    writer = Writer(data / "ingest" / "journal.sqlite")
    assert journal.read() is None, "it is just being made"
    writer.mark_complete()
    writer.record(
        [Transition(AT, "a.txt", "claimed"), Transition(AT, "b.jsonl", "claimed"), Transition(AT, "c.txt", "claimed")]
    )
    for name in ("a.txt", "b.jsonl", "c.txt", "c.txt.meta.json", ".lock"):
        (claimed / name).touch()
    assert journal.read() == Intake(published=0, refused=0, unfinished=3, claimed=3)
    seen = article(key="a.txt")
    writer.record([Transition(AT, "a.txt", "published", article_id=seen.article_id)], [seen])
    (claimed / "a.txt").unlink()
    refused = [Transition(AT, f"b.jsonl#line={n}", "rejected", rejection_id=str(n)) for n in (1, 2, 2)]
    writer.record(refused)
    (claimed / "b.jsonl").unlink()
    assert journal.read() == Intake(published=1, refused=2, unfinished=1, claimed=1)
    (claimed / "c.txt").unlink()  # somebody took it away
    intake = journal.read()
    assert intake == Intake(published=1, refused=2, unfinished=1, claimed=0)
    assert lines(intake, [], (1, 1), (1, 1), (2, 2))[Stage.INGEST].remainder == 1
    writer.record([Transition(AT, "c.txt", "claimed"), Transition(AT, "c.txt", "rejected", rejection_id="3")])
    assert journal.read() == Intake(published=1, refused=3, unfinished=0, claimed=0)
    # One that is not whole yet is given back again and again, and then its writer takes it away.
    writer.record([Transition(AT, "d.json", state) for state in ("claimed", "released") * 3])
    assert journal.read() == Intake(published=1, refused=3, unfinished=0, claimed=0)
    assert list(journal.pending.values()) == [Sighting(seen.article_id, seen.sighting.sighting_id, "a.txt")]
    writer.close()


def test_a_name_that_only_begins_alike_is_no_outcome(tmp_path: Path) -> None:
    (tmp_path / "inbox" / "_claimed").mkdir(parents=True)
    writer = Writer(tmp_path / "data" / "ingest" / "journal.sqlite")
    writer.mark_complete()
    claims = [Transition(AT, "a", "claimed"), Transition(AT, "a.txt", "claimed")]
    writer.record([*claims, Transition(AT, "a.txt", "published"), Transition(AT, "ab", "rejected", rejection_id="1")])
    intake = Journal(tmp_path / "data", tmp_path / "inbox").read()
    assert intake is not None
    assert intake.unfinished == 1
    writer.close()
