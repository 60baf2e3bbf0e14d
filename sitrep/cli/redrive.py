"""`sitrep rejected redrive`: what was refused and mended since is sent again, each in the way that it came.

A file goes back from `_rejected/` into the inbox; a record is read again from where it stands on its topic and sent once more.
Each is noted in the table `redrives` after it is confirmed. What was sent again is not sent a second time unless that is asked
for, and never more than LIMIT times: what is refused again and again would go round for ever.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import psycopg
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from psycopg.rows import dict_row

from services.ingest import names
from services.ingest.inbox import DONE, INBOX, REJECTED, Inbox
from sitrep.cli.kafka import cluster, silent
from sitrep.cli.printable import printable
from sitrep.cli.problem import Problem
from sitrep.cli.rejected import IN_ORDER, Refused
from sitrep.cli.running import Running
from sitrep.contracts import identity
from sitrep.contracts.topics import ALL, MAX_RECORD
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.kafka import Publisher, Record
from sitrep.runtime.outcomes import Retry

Row = dict[str, Any]
Connection = psycopg.Connection[Any]
LIMIT = 3
LOCK = 7_305_021_045
"""Number of the advisory lock that keeps two runs apart; any constant does."""
FETCH_SECONDS = 10.0
SAY_EVERY = 100
_NOTE = "INSERT INTO redrives (rejection_id, attempt, run, way, at) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class Plan:
    """What is to be sent again, and what is not and why."""

    rows: list[Row]
    left: list[tuple[Row, str]]


@dataclass(frozen=True)
class How:
    """How it is done: also what was sent again before, or only said, how many a second at most, and told as JSON."""

    again: bool
    dry_run: bool
    rate: float
    as_json: bool


def run_redrive(data: Path, which: Refused, how: How, *, inbox: Path | None, postgres: str, bootstrap: str) -> int:
    """Send again what is meant; return 1 where something of it could not be. Raises Problem."""
    running = Running.on(data)
    try:
        with closing(running.connect(postgres or running.uri("writer"))) as connection:
            connection.autocommit = True
            _may_note(connection)
            plan = _plan(connection, which, again=how.again)
            say = _teller(how.as_json)
            for row, why in plan.left:
                say(row, f"left: {why}")
            if not how.dry_run:
                return _send_planned(connection, plan, how.rate, say, cluster(running, bootstrap), inbox or running.inbox)
            for row in plan.rows:
                say(row, f"would be sent again to {_way(row)}")
            return 0
    except psycopg.Error as problem:
        raise Problem(f"Postgres: {str(problem).splitlines()[0]}; what was sent until then is noted") from problem


def _send_planned(
    connection: Connection, plan: Plan, rate: float, say: Callable[[Row, str], None], kafka: Cluster, inbox: Path | None
) -> int:
    run = f"redrive-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    try:
        failed = asyncio.run(_send_all(connection, plan.rows, run, kafka, inbox, rate, say))
    except BrokenPipeError:  # whoever read this is gone
        return 1
    except (KafkaError, OSError, Retry, TimeoutError) as problem:
        raise silent(kafka, problem) from problem
    sent = len(plan.rows) - failed
    sys.stderr.write(f"{sent} sent again ({run}), {failed} could not be, {len(plan.left)} left as they are\n")
    return 1 if failed else 0


def _may_note(connection: Connection) -> None:
    """Raise Problem before anything is sent where it could not be noted, or where somebody else is at it."""
    query = "SELECT has_table_privilege('redrives', 'INSERT') AND current_setting('transaction_read_only') = 'off'"
    try:
        allowed = connection.execute(query).fetchone()
    except psycopg.errors.UndefinedTable:
        raise Problem("the schema of this database is not that of this version of Sitrep; run `sitrep migrate`") from None
    if not allowed or not allowed[0]:
        raise Problem(
            "what is sent again has to be noted, and this user may not; connect as sitrep_writer (--postgres)", code=2
        )
    mine = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    if not mine or not mine[0]:
        raise Problem("somebody else is sending again at this moment; wait until that has ended")


def _teller(as_json: bool) -> Callable[[Row, str], None]:
    def say(row: Row, what: str) -> None:
        if as_json:
            said = {"rejection_id": row["rejection_id"], "key": row["key"], "code": row["code"], "outcome": what}
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{row['rejection_id'][:12]}  {row['code']:<20} {printable(row['key'])}: {what}\n")

    return say


def _plan(connection: Connection, which: Refused, *, again: bool) -> Plan:
    with connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(IN_ORDER.encode(), which.parameters()).fetchall()
    if which.ids and not found:
        raise Problem(f"there is no rejection {', '.join(which.ids)} among those that are meant")
    plan = Plan([], [])
    for row in found:
        if row["state"] == "stored":
            plan.left.append((row, "it is stored meanwhile"))
        elif row["state"] == "dismissed":
            plan.left.append((row, "it was dismissed"))
        elif row["redriven"] >= LIMIT:
            plan.left.append((row, f"it was sent again {LIMIT} times already, and refused each time"))
        elif row["redriven"] and not again:
            plan.left.append((row, "it was sent again before; --again does so once more"))
        else:
            plan.rows.append(row)
    return plan


def _way(row: Row) -> str:
    return row["topic"] or "the inbox"


async def _send_all(
    connection: Connection,
    rows: Sequence[Row],
    run: str,
    kafka: Cluster,
    inbox: Path | None,
    rate: float,
    say: Callable[[Row, str], None],
) -> int:
    """Send again one after the other, `rate` a second at most, and return how many could not be."""
    failed = 0
    files = _Files(inbox)
    loop = asyncio.get_running_loop()
    began = loop.time()
    publisher, reader = Publisher(kafka, "sitrep-redrive"), _Reader(kafka)
    try:
        for number, row in enumerate(rows):
            await asyncio.sleep(max(0.0, began + number / rate - loop.time()))  # the rate that was asked for
            at = datetime.now(UTC)  # before it is sent: what comes of it is later
            why = files.put_back(row) if row["topic"] is None else await _send(reader, publisher, row, run)
            if why:
                failed += 1
                say(row, f"not sent: {why}")
                continue
            connection.execute(_NOTE, (row["rejection_id"], row["redriven"] + 1, run, _way(row), at))
            say(row, f"sent again to {_way(row)}")
            if (number + 1) % SAY_EVERY == 0:
                sys.stderr.write(f"  … {number + 1:,} of {len(rows):,}\n")
    finally:
        await publisher.close()
        await reader.close()
    return failed


class _Reader:
    """Reads single records; it connects when the first is asked for."""

    def __init__(self, kafka: Cluster) -> None:
        self._kafka = kafka
        self._consumer: AIOKafkaConsumer | None = None

    async def read(self, topic: str, partition: int, offset: int) -> "ConsumerRecord[Any, Any] | None":
        """Return the record at an offset, or None where it is no longer on the topic."""
        consumer = await self._started()
        place = TopicPartition(topic, partition)
        begins, ends = await consumer.beginning_offsets([place]), await consumer.end_offsets([place])
        if not begins[place] <= offset < ends[place]:
            return None
        consumer.assign([place])
        consumer.seek(place, offset)
        found = await asyncio.wait_for(consumer.getone(place), FETCH_SECONDS)
        return found if found.offset == offset else None

    async def _started(self) -> AIOKafkaConsumer:
        if self._consumer is None:
            consumer = AIOKafkaConsumer(**self._kafka.options, enable_auto_commit=False, max_partition_fetch_bytes=MAX_RECORD)
            await consumer.start()
            self._consumer = consumer
        return self._consumer

    async def close(self) -> None:
        """Let go of the connection."""
        if self._consumer is not None:
            await self._consumer.stop()


async def _send(reader: _Reader, publisher: Publisher, row: Row, run: str) -> str:
    """Send a record once more, as it stands on its topic; return why that cannot be, empty where it is done."""
    topic = next((topic for topic in ALL if topic.name == row["topic"]), None)
    if topic is None:
        return f"there is no topic {row['topic']}"
    found = await reader.read(row["topic"], row["partition"], row["offset"])
    if found is None:
        return "its record is no longer on the topic"
    value = found.value or b""
    if row["sha256"] and identity.content_sha256(value) != row["sha256"]:
        return "another record stands in its place"
    kept = [(name, said or b"") for name, said in found.headers if name != "sitrep_run"]
    await publisher.publish(
        [Record(topic, (found.key or b"").decode("utf-8", "replace"), value, [*kept, ("sitrep_run", run.encode())])]
    )
    return ""


class _Files:
    """The files of an inbox that were refused, by rejection; each is put back once, however many of its parts are meant."""

    def __init__(self, inbox: Path | None) -> None:
        self._inbox = None if inbox is None else Inbox(inbox)
        self._places = {} if inbox is None else dict(_refused_files(inbox))
        self._back: set[tuple[str, str]] = set()

    def put_back(self, row: Row) -> str:
        """Put the file of a refusal back into the inbox; return why that cannot be, empty where it is done."""
        place = self._places.get(row["rejection_id"])
        if self._inbox is None or place is None:
            return "its file is no more in _rejected/ or _done/; drop it again"
        if place in self._back:
            return ""
        try:
            why = self._put_back(self._inbox, *place, _path(row))
        except OSError as problem:
            return f"its file cannot be moved: {problem.strerror}"
        if not why:
            self._back.add(place)
        return why

    @staticmethod
    def _put_back(inbox: Inbox, area: str, path: str, target: str) -> str:
        """Put a file back where it came from, its sidecar first; nothing that is there already is replaced."""
        if inbox.exists(INBOX, target):
            return f"the inbox has another file {target}; it would be taken for this one"
        beside, described = names.sidecar_path(path), names.sidecar(target)
        if described is not None and inbox.exists(area, beside):
            inbox.put_back(beside, area, described)  # one that was put there meanwhile is the mended one, and stays
        if not inbox.put_back(path, area, target):
            return f"the inbox has another file {target}; it would be taken for this one"
        inbox.remove(area, names.error_path(path))
        return ""


def _path(row: Row) -> str:
    """Return the path under which a refused file, or the file of a refused part, was dropped."""
    return os.fsdecode(unquote_to_bytes(row["uri"].removeprefix("inbox:").partition("#")[0].partition("!")[0]))


def _refused_files(inbox: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each rejection that an error file names, with the area and the path of its file."""
    for area in (DONE, REJECTED):
        root = inbox / area
        for file in root.rglob("*"):
            path = str(file.relative_to(root))
            error = root / names.error_path(path)
            if path.endswith(names.ERROR_SUFFIX) or file.is_symlink() or not error.is_file() or not file.is_file():
                continue
            try:
                told = json.loads(error.read_text("utf-8"))["errors"]
            except (OSError, ValueError, KeyError):
                continue
            yield from ((one["rejection_id"], (area, path)) for one in told)
