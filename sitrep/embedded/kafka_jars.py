"""Kafka's jars: downloaded once from Maven, each checked against kafka.lock, moved into place when whole.

`python -m sitrep.embedded.kafka_jars CACHE` downloads what is missing.
"""

import hashlib
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from sitrep.embedded.procs import StackError
from sitrep.runtime.locks import DirectoryLock

KAFKA_LOCK = Path(__file__).with_name("kafka.lock")


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

    def is_in(self, directory: Path) -> bool:
        """Return whether the jar is in a directory, whole."""
        try:
            with (directory / self.filename).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except FileNotFoundError:
            return False


class Jars:
    """The jars of one lock file, and where they are in the cache."""

    def __init__(self, cache: Path, lock: Path = KAFKA_LOCK) -> None:
        self.cache = cache
        self.wanted = read_lock(lock)
        name = "kafka-" + hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
        self.directory = cache / name
        self.partial = cache / f"{name}.partial"

    def whole(self) -> bool:
        """Return whether all of them are there and none is damaged. Raises OSError."""
        return self.directory.is_dir() and all(jar.is_in(self.directory) for jar in self.wanted)

    def there(self) -> int:
        """Return how many have been downloaded so far."""
        return len(list(self.partial.glob("*.jar")))

    def fetch(self) -> None:
        """Bring what is missing; several processes may do so at once. A download that was cut off goes on where it was.

        Raises StackError.
        """
        guard = DirectoryLock(self.cache / f"{self.directory.name}.lock")
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            guard.wait()
            if self.whole():
                return
            if self.directory.is_dir():  # something in it was damaged: the rest is kept
                shutil.rmtree(self.partial, ignore_errors=True)
                self.directory.rename(self.partial)
            self.partial.mkdir(exist_ok=True)
            for jar in self.wanted:
                _ensure(jar, self.partial)
            shutil.rmtree(self.partial / "repository", ignore_errors=True)
            self.partial.rename(self.directory)
        except OSError as problem:
            raise StackError(
                f"Kafka cannot be put into {self.cache}: {problem.strerror or problem}; free some space there, "
                "or name another directory in SITREP_CACHE"
            ) from problem
        finally:
            guard.release()


def read_lock(path: Path) -> list[Jar]:
    """Return the jars of a lock file: lines of `sha256 group:artifact:version`, comments with #."""
    lines = (line.split() for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return [Jar(coordinate, sha256) for sha256, coordinate in lines]


def _ensure(jar: Jar, partial: Path) -> None:
    """Bring one jar into the directory, unless it is there and whole. A bad one is fetched a second time, not a third."""
    for _attempt in range(2):
        if jar.is_in(partial):
            return
        (partial / jar.filename).unlink(missing_ok=True)
        _download(jar, partial / "repository", partial / jar.filename)
    if not jar.is_in(partial):
        (partial / jar.filename).unlink()
        raise StackError(
            f"{jar.filename} from Maven is not the file that kafka.lock names; try again later, and do not go on if it stays so"
        )


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
        raise StackError(
            f"{jar.filename} cannot be fetched from Maven ({type(problem).__name__}); check the network, then start "
            "again: what is there already is kept"
        ) from problem
    Path(downloaded).replace(target)


def main(cache: str) -> int:
    """Download what is missing into `cache`; the last line of output says why where that is not possible."""
    try:
        Jars(Path(cache)).fetch()
    except StackError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
