"""Ingest on a real directory and a real broker: writers that take their time, copies, and a memory that was lost."""

import shutil
import sqlite3
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from sitrep.contracts import RAW, Article, SightingMessage
from sitrep.contracts.headers import Headers
from sitrep.contracts.identity import article_id
from tests.support import topics
from tests.support.service import Place, Service, tick_until


def said(place: Place, id_: str) -> list[Article | SightingMessage]:
    """Return what is on news.raw of one article, in order."""
    found: list[Article | SightingMessage] = []
    for record in topics.read_all(place.broker.bootstrap, RAW):
        if record.key == id_.encode():
            model = Article if Headers.read(record.headers).type == "sitrep.article.v1" else SightingMessage
            found.append(model.model_validate_json(record.value))
    return found


def done(place: Place, *names: str) -> bool:
    return all((place.inbox / "_done" / name).exists() for name in names)


def test_nothing_half_written_is_published(place: Place) -> None:
    words = [f"word{n} " for n in range(10)]
    kept_open, appended = f"Kept open {place.directory.name}: ", f"Appended {place.directory.name}: "

    def keep_open() -> None:
        with (place.inbox / "open.txt").open("w") as file:
            for number, word in enumerate([kept_open, *words]):
                file.write(word)
                file.flush()
                # A slow writer is what this is about; once it pauses for longer than a file needs to count as settled.
                time.sleep(1.5 if number == 5 else 0.1)

    def append() -> None:
        for word in [appended, *words]:
            with (place.inbox / "appended.txt").open("a") as file:
                file.write(word)
            time.sleep(0.1)

    with Service("ingest", place) as service:
        writers = [threading.Thread(target=keep_open), threading.Thread(target=append)]
        for writer in writers:
            writer.start()
        tick_until([service], lambda: done(place, "open.txt", "appended.txt"), 30, "both files are taken")
        for writer in writers:
            writer.join()
    published = [
        Article.model_validate_json(r.value).text
        for r in topics.read_all(place.broker.bootstrap, RAW)
        if Headers.read(r.headers).type == "sitrep.article.v1" and place.directory.name.encode() in (r.value or b"")
    ]
    assert sorted(published) == sorted([(kept_open + "".join(words)).strip(), (appended + "".join(words)).strip()])


def test_copies_are_sightings_and_a_better_date_says_the_article_again(place: Place) -> None:
    text = f"Shelling near Rivertown, {place.directory.name}."
    id_ = article_id(text)
    with ExitStack() as stack:
        services = [stack.enter_context(Service(name, place)) for name in ("store", "enrich", "ingest")]
        ingest = services[2]
        (place.inbox / "first.txt").write_text(text)
        tick_until(services, lambda: done(place, "first.txt"), 30, "the first is done")
        # The journal is lost, and made anew from the topic.
        ingest.kill()
        shutil.rmtree(place.directory / "data" / "ingest")
        tick_until(services, (place.directory / "data/ingest/journal.sqlite").exists, 20, "it is made anew")
        (place.inbox / "copy.txt").write_text(text + "\r\n")
        tick_until(services, lambda: done(place, "copy.txt"), 30, "the copy is done")
        assert [type(message) for message in said(place, id_)] == [Article, SightingMessage]
        (place.inbox / "dated.txt").write_text(f" date 2024-11-30 {text}")
        tick_until(services, lambda: done(place, "dated.txt"), 30, "the dated copy is done")
        messages = said(place, id_)
        assert [type(message) for message in messages] == [Article, SightingMessage, SightingMessage, Article]
        assert messages[-1].published == "2024-11-30"

        def stored() -> bool:
            row = place.database.rows("SELECT published FROM articles WHERE article_id = %s", id_)
            keys = place.database.rows("SELECT key FROM sightings WHERE article_id = %s ORDER BY key", id_)
            return row == [("2024-11-30",)] and keys == [("copy.txt",), ("dated.txt",), ("first.txt",)]

        tick_until(services, stored, 30, "all is stored")
        journal = sqlite3.connect(place.directory / "data/ingest/journal.sqlite")
        states = journal.execute("SELECT key, state FROM transitions WHERE article_id = ? ORDER BY n", (id_,)).fetchall()
        journal.close()
    assert states == [(key, "published") for key in ("first.txt", "copy.txt", "dated.txt")]


def test_second_ingest_on_one_inbox_is_refused(place: Place) -> None:
    with Service("ingest", place) as first:
        tick_until([first], lambda: "watching" in first.said(), 20, "the first watches")
        other = Place(place.directory / "other", place.broker, place.database, extra={"SITREP_INBOX": str(place.inbox)})
        with Service("ingest", other, restart=False) as second:
            tick_until([second], lambda: second.exits == [78], 20, "the second is refused")
            assert "another Sitrep takes files out of" in second.said()


def test_file_that_cannot_go_to_its_place_does_not_stop_the_others(place: Place) -> None:
    Path(place.inbox / "_done").mkdir()
    (place.inbox / "_done/x").write_text("a file where a directory should be")
    (place.inbox / "x").mkdir()
    (place.inbox / "x/y.txt").write_text(f"Report under x, {place.directory.name}.")
    (place.inbox / "z.txt").write_text(f"Report beside x, {place.directory.name}.")
    with Service("ingest", place) as service:
        tick_until([service], lambda: done(place, "z.txt") and list(place.inbox.glob("_done/y~*.txt")), 30, "both are done")
        assert service.exits == []
