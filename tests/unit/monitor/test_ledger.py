"""The ledger sees what is lost, and only that."""

from pathlib import Path

from aiokafka import TopicPartition

from services.ingest.journal import Journal as Writer
from services.ingest.journal import Transition
from services.monitor.ledger import Intake, Journal, Line, Stored, made_up
from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, REJECTED_TOPIC
from tests.support.make import article

AT = "2024-11-30T00:00:00Z"


def flow(raw: tuple[int, int], enriched: tuple[int, int], rejected: tuple[int, int]) -> dict[TopicPartition, tuple[int, int]]:
    names = (RAW.name, ENRICHED_TOPIC.name, REJECTED_TOPIC.name)
    return {TopicPartition(name, 0): bounds for name, bounds in zip(names, (raw, enriched, rejected), strict=True)}


def lines(intake: Intake | None, stored: Stored, *bounds: tuple[int, int]) -> dict[Stage, Line]:
    return {line.stage: line for line in made_up(intake, flow(*bounds), stored)}


def test_nothing_is_missing_where_everything_is_stored_refused_or_waits() -> None:
    intake = Intake(published=10, refused=2, unfinished=1, claimed=1)
    # Ten on news.raw, two of them not read; seven enriched, one of them not stored; one refused by enrich, two by ingest.
    stored = Stored(by_enrich=1, by_others=2, missing=4, refused=1)
    found = lines(intake, stored, (8, 10), (6, 7), (3, 3))
    assert [line.remainder for line in found.values()] == [0, 0, 0]
    assert found[Stage.INGEST].counts() == {"inputs": 13, "outputs": 10, "rejected": 2, "waiting": 1, "remainder": 0}
    assert found[Stage.STORE].counts() == {"inputs": 10, "outputs": 6, "rejected": 1, "waiting": 3, "remainder": 0}


def test_a_record_that_enrich_acknowledged_without_an_answer_is_missing() -> None:
    found = lines(Intake(10, 0, 0, 0), Stored(0, 0, 1, 0), (10, 10), (9, 9), (0, 0))
    assert found[Stage.ENRICH].remainder == 1
    assert found[Stage.STORE].remainder == 1


def test_a_report_that_is_not_a_row_is_missing_although_records_were_repeated() -> None:
    found = lines(Intake(10, 0, 0, 0), Stored(0, 0, 1, 0), (10, 10), (14, 14), (0, 0))
    assert found[Stage.ENRICH].remainder == 0
    assert found[Stage.STORE].remainder == 1


def test_what_is_sent_again_and_refused_again_is_not_missing() -> None:
    # Nine enriched, one refused, sent again and refused again: eleven records, two refusals of one row.
    found = lines(Intake(10, 0, 0, 0), Stored(by_enrich=1, by_others=0, missing=1, refused=1), (11, 11), (9, 9), (2, 2))
    assert [line.remainder for line in found.values()] == [0, 0, 0]


def test_without_a_journal_only_enrich_has_a_line() -> None:
    assert set(lines(None, Stored(0, 0, 0, 0), (3, 3), (3, 3), (0, 0))) == {Stage.ENRICH}


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
    assert lines(intake, Stored(0, 2, 0, 0), (1, 1), (1, 1), (2, 2))[Stage.INGEST].remainder == 1
    writer.record([Transition(AT, "c.txt", "claimed"), Transition(AT, "c.txt", "rejected", rejection_id="3")])
    assert journal.read() == Intake(published=1, refused=3, unfinished=0, claimed=0)
    # One that is not whole yet is given back again and again, and then its writer takes it away.
    writer.record([Transition(AT, "d.json", state) for state in ("claimed", "released") * 3])
    assert journal.read() == Intake(published=1, refused=3, unfinished=0, claimed=0)
    assert list(journal.pending.values()) == [(seen.article_id, seen.sighting.sighting_id)]
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
