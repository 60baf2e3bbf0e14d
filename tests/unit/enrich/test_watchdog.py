"""When a worker counts as stalled."""

import pytest

from services.enrich.watchdog import Judge, Progress, Seen

ME, OTHER = "sitrep-enrich-0", "sitrep-enrich-1"


def judge(patience: float = 60.0) -> Judge:
    return Judge(ME, patience, Progress(finished_at=-1000.0))


def seen(committed: dict[int, int], owners: dict[str, set[int]] | None = None) -> Seen:
    given = {ME: {0, 1}} if owners is None else owners
    return Seen({0: 100, 1: 100}, committed, {owner: frozenset(parts) for owner, parts in given.items()})


@pytest.mark.parametrize(
    ("owners", "stalled"),
    [
        ({ME: {0, 1}}, True),
        ({}, True),
        ({ME: {1}, OTHER: {0}}, False),
        ({ME: set(), OTHER: {0, 1}}, False),
    ],
    ids=["mine", "thrown out of the group", "another's", "idle by right"],
)
def test_judge_with_lag_on_a_partition_that_stands_still(owners: dict[str, set[int]], stalled: bool) -> None:
    watching = judge()
    there = {0: 40, 1: 100}
    assert not watching.stalled(seen(there, owners), 0)
    assert not watching.stalled(seen(there, owners), 59)
    assert watching.stalled(seen(there, owners), 61) is stalled


def test_judge_sees_one_still_partition_beside_one_that_moves() -> None:
    watching = judge()
    for second in range(0, 61, 10):
        assert not watching.stalled(seen({0: 40, 1: second}), second)
    assert watching.stalled(seen({0: 40, 1: 70}), 70)


def test_judge_is_content_without_lag() -> None:
    watching = judge()
    assert not watching.stalled(seen({0: 100, 1: 100}), 0)
    assert not watching.stalled(seen({0: 100, 1: 100}), 10_000)


def test_judge_counts_a_finished_article_and_a_retry_as_life() -> None:
    watching = judge()
    assert not watching.stalled(seen({0: 1, 1: 1}), 0)
    watching.progress.finished_at = 50
    assert not watching.stalled(seen({0: 1, 1: 1}), 100)
    watching.progress.retrying = True
    assert not watching.stalled(seen({0: 1, 1: 1}), 200)
    watching.progress.retrying = False
    assert not watching.stalled(seen({0: 1, 1: 1}), 250)
    assert watching.stalled(seen({0: 1, 1: 1}), 261)


def test_judge_begins_anew_after_the_broker_was_silent() -> None:
    watching = judge()
    assert not watching.stalled(seen({0: 1, 1: 1}), 0)
    watching.forget()
    assert not watching.stalled(seen({0: 1, 1: 1}), 100)
    assert watching.stalled(seen({0: 1, 1: 1}), 161)
