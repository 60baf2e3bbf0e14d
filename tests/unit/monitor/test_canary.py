"""The canary: each minute's is another article, it tells what it is, and what is missing of it is named."""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.monitor.app import clear, drop
from services.monitor.canary import Found, canary, missing

MINUTE = datetime(2024, 11, 29, 14, 5, 59, tzinfo=UTC)


def test_no_two_are_the_same_article() -> None:
    one = canary(MINUTE)
    assert one == canary(MINUTE)
    assert len({one.article_id, canary(MINUTE.replace(second=1)).article_id, canary(MINUTE.replace(minute=6)).article_id}) == 3
    assert json.loads(one.sidecar) == {"canary": True, "published": "2024-11-29", "publisher": "Sitrep"}
    assert "14:05 UTC on 29 November 2024" in one.text


@pytest.mark.parametrize(
    ("places", "speakers", "lacks"),
    [
        (("Geneva",), ("United Nations", None), None),
        ((), ("United Nations",), "entities"),
        (("Genoa",), ("United Nations",), "entities"),
        (("Geneva",), (None,), "claims"),
        (("Geneva",), (), "claims"),
    ],
)
def test_what_is_missing_is_named(places: tuple[str, ...], speakers: tuple[str | None, ...], lacks: str | None) -> None:
    assert missing(Found(places, speakers)) == lacks


def test_a_canary_is_dropped_whole_with_its_sidecar_and_cleared_away(tmp_path: Path) -> None:
    one = canary(MINUTE)
    drop(tmp_path, one)
    assert sorted(path.name for path in (tmp_path / "canary").iterdir()) == [
        "20241129T140559.txt",
        "20241129T140559.txt.meta.json",
    ]
    assert (tmp_path / one.name).read_text() == one.text
    (tmp_path / "_done").mkdir()
    done = tmp_path / "_done" / "canary"
    (tmp_path / "canary").rename(done)
    for name, age in (("20241128T140559.txt", 7200), ("20241129T140459.txt", 60)):
        (done / name).touch()
        os.utime(done / name, (time.time() - age, time.time() - age))
    assert clear(tmp_path, one, whole=False)
    assert len(list(done.iterdir())) == 3, "only what is old is gone"
    assert clear(tmp_path, one, whole=True)
    assert [path.name for path in done.iterdir()] == ["20241129T140459.txt"]
    (done / "20241129T140459.txt").unlink()
    assert not clear(tmp_path, one, whole=True), "it is not in _done yet"
    assert not done.exists()
    assert not clear(tmp_path, one, whole=True)
