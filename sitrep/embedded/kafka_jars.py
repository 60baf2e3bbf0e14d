"""Kafka's jars: downloaded once from Maven, each checked against deploy/kafka.lock, moved into place when whole."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sitrep.embedded.procs import StackError
from sitrep.runtime.locks import DirectoryLock

Progress = Callable[[int, int, str], None]
"""Called with the number of jars that are there, the number wanted, and the name of the last one."""


@dataclass(frozen=True)
class Jar:
    """One jar: its Maven coordinate (group:artifact:version) and the SHA-256 of its bytes."""

    coordinate: str
    sha256: str

    @property
    def filename(self) -> str:
        """Return the name of its file."""
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"


def read_lock(path: Path) -> list[Jar]:
    """Return the jars of a lock file: lines of `sha256 group:artifact:version`, comments with #."""
    lines = (line.split() for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return [Jar(coordinate, sha256) for sha256, coordinate in lines]


def jar_directory(cache: Path, lock: Path, progress: Progress) -> Path:
    """Return the directory with all jars of the lock file, downloading what is missing.

    Several processes may ask at once; a download that was killed goes on where it was. Raises StackError.
    """
    jars = read_lock(lock)
    name = "kafka-" + hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    whole = cache / name
    if whole.is_dir():
        return whole
    cache.mkdir(parents=True, exist_ok=True)
    guard = DirectoryLock(cache / f"{name}.lock")
    guard.wait()
    try:
        if not whole.is_dir():
            partial = cache / f"{name}.partial"
            partial.mkdir(exist_ok=True)
            for number, jar in enumerate(jars, 1):
                _ensure(jar, partial)
                progress(number, len(jars), jar.filename)
            shutil.rmtree(partial / "repository", ignore_errors=True)
            partial.rename(whole)
    except OSError as problem:
        raise StackError(f"Kafka cannot be put into {cache}: {problem.strerror or problem}; free some space there "
                         "or name another directory in SITREP_CACHE") from problem  # fmt: skip
    finally:
        guard.release()
    return whole


def _ensure(jar: Jar, partial: Path) -> None:
    """Bring one jar into the directory, unless it is there and whole. A bad one is fetched a second time, not a third."""
    target = partial / jar.filename
    for _attempt in range(2):
        if target.is_file() and _sha256(target) == jar.sha256:
            return
        target.unlink(missing_ok=True)
        _download(jar, partial / "repository", target)
    if _sha256(target) != jar.sha256:
        target.unlink()
        raise StackError(f"{jar.filename} from Maven is not the file that deploy/kafka.lock names; "
                         "try again later, and do not go on if it stays so")  # fmt: skip


def _download(jar: Jar, repository: Path, target: Path) -> None:
    # Imported here because it takes a second, and is needed on the first run only.
    from jgo.maven import MavenContext  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    shutil.rmtree(repository, ignore_errors=True)  # what a killed run left there cannot be trusted
    group, artifact, version = jar.coordinate.split(":")
    context = MavenContext(repo_cache=repository, local_repos=[], timeout=60)
    try:
        downloaded = context.project(group, artifact).at_version(version).artifact().resolve()
    except (RequestException, RuntimeError) as problem:
        raise StackError(f"{jar.filename} cannot be fetched from Maven ({type(problem).__name__}); "
                         "check the network, then start again: what is there already is kept") from problem  # fmt: skip
    Path(downloaded).replace(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
