"""`sitrep backup`, `restore` and `reset`: everything that is known as one file, brought back, or put aside.

A backup is a tar file: the database as pg_dump writes it, the journal of intake, and the records that were on their way
through Kafka, so that nothing is lost that had left the inbox. It can be made while Sitrep runs.
"""

import asyncio
import base64
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import psycopg.conninfo
from aiokafka.errors import KafkaError

from services.store.migrate import NewerSchemaError, migrate, migrations
from sitrep.cli.export import whole
from sitrep.cli.opened import servers_of
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.cli.started import started
from sitrep.contracts.topics import ALL
from sitrep.embedded import postgres
from sitrep.embedded.layout import Layout, make_passwords
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.inflight import FLOW, Ranges, records, uncommitted
from sitrep.runtime.kafka import Publisher, Record
from sitrep.runtime.locks import DirectoryLock, LockedError
from sitrep.runtime.outcomes import Retry

FORMAT = 1
DUMP, JOURNAL, WAITING, MANIFEST = "postgres.dump", "journal.sqlite", "waiting.jsonl", "manifest.json"
TOGETHER = 500


def run_backup(data: Path, file: Path) -> int:
    """Write everything that is known on a data directory into one file. Raises Problem."""
    if file.is_dir():
        raise Problem(f"{file} is a directory; name the file to write", code=2)
    with servers_of(data) as servers, whole(file) as temporary, tempfile.TemporaryDirectory(dir=file.absolute().parent) as name:
        made = Path(name)
        # In this order nothing slips through: a record that is committed after it was looked for is in the dump, which is later.
        _copy_journal(data, made / JOURNAL)
        try:
            waiting = asyncio.run(_write_waiting(servers.kafka, made / WAITING))
        except (KafkaError, OSError, TimeoutError) as problem:
            raise Problem(f"Kafka does not answer: {problem}") from problem
        sys.stderr.write("Dumping the database …\n")
        _program("pg_dump", servers.owner, "--format=custom", "--no-owner", f"--file={made / DUMP}")
        try:
            counts = _counts(servers.owner)
        except psycopg.Error as problem:
            raise Problem(f"Postgres does not answer: {str(problem).splitlines()[0]}") from problem
        _write_manifest(made, {**counts, "waiting": waiting})
        with tarfile.open(temporary, "w") as tar:
            for part in (MANIFEST, DUMP, JOURNAL, WAITING):
                if (made / part).exists():
                    tar.add(made / part, part)
    sys.stderr.write(f"{counts['articles']:,} articles and {waiting:,} records on their way are in {file}\n")
    return 0


def _copy_journal(data: Path, target: Path) -> None:
    journal = data / "ingest" / "journal.sqlite"
    if journal.exists():
        with closing(sqlite3.connect(journal, timeout=30)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)


async def _write_waiting(kafka: Cluster, target: Path) -> int:
    ranges: Ranges = await uncommitted(kafka, FLOW)
    count = 0
    with target.open("w", encoding="utf-8") as file:
        async for record in records(kafka, ranges):
            said = {
                "topic": record.topic,
                "key": (record.key or b"").decode("utf-8", "replace"),
                "value": None if record.value is None else base64.b64encode(record.value).decode(),
                "headers": [[name, base64.b64encode(value or b"").decode()] for name, value in record.headers],
            }
            file.write(json.dumps(said) + "\n")
            count += 1
    return count


def _program(name: str, uri: str, *arguments: str) -> None:
    """Run a program of Postgres on a database. Raises Problem with what it says where it fails."""
    told = psycopg.conninfo.conninfo_to_dict(uri)
    secret = str(told.pop("password", ""))
    command = [str(postgres.binary(name)), "--dbname", psycopg.conninfo.make_conninfo("", **told), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PGPASSWORD": secret})
    if done.returncode != 0:
        raise Problem(f"{name} failed: {done.stderr.strip()[-500:]}")


def _counts(uri: str) -> dict[str, Any]:
    with closing(psycopg.connect(uri)) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT max(number) FROM public.sitrep_migrations)"
        ).fetchone()
    articles, migration = row or (0, 0)
    return {"articles": articles, "migration": migration}


def _write_manifest(directory: Path, about: dict[str, Any]) -> None:
    parts = {path.name: _sha256(path) for path in sorted(directory.iterdir())}
    manifest = {"format": FORMAT, "made": datetime.now(UTC).isoformat(timespec="seconds"), **about, "sha256": parts}
    (directory / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_restore(file: Path, data: Path) -> int:
    """Make a data directory of a backup; one that has something in it is left as it is. Raises Problem."""
    data = data.resolve()
    if data.exists() and not data.is_dir():
        raise Problem(f"{data} is no directory")
    if data.exists() and any(data.iterdir()):
        raise Problem(f"{data} is in use; name another --data, or put it aside with `sitrep reset`")
    if data.is_mount():
        raise Problem(f"{data} is a volume, which cannot be replaced as a whole; name a directory in it")
    making = data.with_name(f".{data.name}.restoring")
    _clear(making)
    try:
        making.mkdir(parents=True)
        with tempfile.TemporaryDirectory(dir=data.parent) as name:
            manifest = _unpack(file, Path(name))
            _fill(making, Path(name))
        if data.exists():
            data.rmdir()
        making.replace(data)  # whole or not at all: what was killed half way is not found by anything
    except (OSError, psycopg.Error, NewerSchemaError) as problem:
        raise Problem(f"{file} cannot be restored to {data}: {problem}") from problem
    finally:
        shutil.rmtree(making, ignore_errors=True)
    sys.stderr.write(f"{manifest['articles']:,} articles of {manifest['made']} are in {data}; `sitrep up` goes on from there\n")
    return 0


def _unpack(file: Path, target: Path) -> dict[str, Any]:
    """Unpack a backup and return its manifest. Raises Problem where it is none, or is damaged; OSError without room for it."""
    try:
        with tarfile.open(file) as tar:
            tar.extractall(target, filter="data")
        manifest: dict[str, Any] = json.loads((target / MANIFEST).read_text("utf-8"))
        damaged = [name for name, sha256 in manifest["sha256"].items() if _sha256(target / name) != sha256]
        newer = manifest["format"] != FORMAT or manifest["migration"] > migrations()[-1][0]
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError, tarfile.TarError) as problem:
        raise Problem(f"{file} is no backup of Sitrep, or is damaged: {problem}") from problem
    if damaged:
        raise Problem(f"{file} is damaged: {', '.join(damaged)} is not what was written")
    if newer:
        raise Problem(f"{file} was made by a newer Sitrep; restore it with that one")
    return manifest


def _clear(making: Path) -> None:
    """Remove what a restore that was killed has left."""
    if making.exists():
        lock = DirectoryLock(Layout(making).lock)
        try:
            lock.acquire()
        except LockedError:
            raise Problem(f"another restore is at work in {making}") from None
        lock.release()
        shutil.rmtree(making)


def _fill(making: Path, parts: Path) -> None:
    layout = Layout(making)
    make_passwords(layout)
    with started(making, inbox=parts / "inbox") as stack:
        sys.stderr.write("Restoring the database …\n")
        owner = stack.uri("owner")
        with closing(psycopg.connect(owner, autocommit=True)) as connection:
            connection.execute("DROP SCHEMA sitrep CASCADE")
            connection.execute("DROP TABLE public.sitrep_migrations")
        _program("pg_restore", owner, "--no-owner", "--exit-on-error", "--single-transaction", str(parts / DUMP))
        migrate(owner)
        try:
            asyncio.run(_publish(Cluster(stack.bootstrap), parts / WAITING))
        except Retry as problem:
            raise Problem(f"what was on its way cannot be published: {problem}") from problem
    if (parts / JOURNAL).exists():
        (making / "ingest").mkdir()
        shutil.copyfile(parts / JOURNAL, making / "ingest" / JOURNAL)
    layout.state.unlink(missing_ok=True)  # it names the place where this was made


async def _publish(kafka: Cluster, waiting: Path) -> None:
    topics = {topic.name: topic for topic in ALL}
    publisher = Publisher(kafka, "sitrep-restore")
    batch: list[Record] = []
    try:
        with waiting.open(encoding="utf-8") as file:
            for line in file:
                said = json.loads(line)
                headers = [(name, base64.b64decode(value)) for name, value in said["headers"]]
                batch.append(Record(topics[said["topic"]], said["key"], base64.b64decode(said["value"] or ""), headers))
                if len(batch) == TOGETHER:
                    await publisher.publish(batch)
                    batch = []
        await publisher.publish(batch)
    finally:
        await publisher.close()


def run_reset(data: Path, *, yes: bool, delete: bool) -> int:
    """Put a data directory aside, or delete it, so that the next start begins with nothing. Raises Problem."""
    data = data.resolve()
    if not data.is_dir() or not any(data.iterdir()):
        raise Problem(f"there is nothing on {data}")
    if not Layout(data).lock.exists():
        raise Problem(f"{data} is no data directory of Sitrep; nothing was touched")
    lock = DirectoryLock(Layout(data).lock)
    try:
        lock.acquire()
    except LockedError:
        raise Problem(f"Sitrep runs on {data}; stop it first") from None
    inbox = Running.on(data).inbox
    what = "deleted for good" if delete else "put aside"
    if not yes and not _agreed(f"Everything that is stored on {data} will be {what}; the inbox stays as it is. Go on? [y/N] "):
        raise Problem("nothing was changed")
    if delete:
        shutil.rmtree(data)
        sys.stderr.write(f"{data} is deleted.\n")
    else:
        aside = data.with_name(f"{data.name}.{datetime.now(UTC):%Y%m%dT%H%M%S}")
        try:
            data.rename(aside)
        except OSError as problem:
            raise Problem(f"{data} cannot be put aside: {problem.strerror}") from problem
        sys.stderr.write(f"It is in {aside} now; to undo this: mv {aside} {data}\n")
    if inbox is not None and (inbox / "_done").is_dir():
        sys.stderr.write(f"To read the reports again: mv {inbox / '_done'}/* {inbox}/\n")
    return 0


def _agreed(question: str) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise Problem("this needs an answer, and there is nobody to ask; say it with --yes", code=2)
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
