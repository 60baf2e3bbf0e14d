"""The file system and the user of a container without Docker: a mount namespace as `unshare` makes it, for who is root.

Read-only but for volumes and tmpfs of the sizes in docker-compose.yml, an ordinary user, no capabilities, no new privileges.
Network and processes are those of the machine.
"""

import os
import re
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STAGE = "/mnt"
DEFAULTS = {"SITREP_UID": "1000", "SITREP_GID": "1000"}


def possible() -> bool:
    """Return whether this process may make mounts and change its user."""
    return sys.platform == "linux" and os.geteuid() == 0


def user(service: dict[str, Any]) -> tuple[int, int]:
    """Return the user and the group of a service of docker-compose.yml, with its defaults."""
    numbers = re.sub(r"\$\{(\w+):-(\d+)\}", lambda found: DEFAULTS.get(found[1], found[2]), service["user"])
    uid, gid = numbers.split(":")
    return int(uid), int(gid)


def contained(
    service: dict[str, Any], argv: Sequence[str], *, directory: Path, readable: Iterable[Path], writable: Iterable[Path]
) -> list[str]:
    """Return how a command is started as in the container of a service.

    `directory` has everything of this test; `readable` is what stands for the image (interpreter, packages, jars), `writable` is
    what stands for its volumes.
    """
    uid, gid = user(service)
    there = list(dict.fromkeys([directory, ROOT, Path(sys.base_prefix), Path(sys.prefix), *readable]))
    covers = dict.fromkeys(str(cover) for path in there for cover in _closed(path))
    lines = ["set -eu", f"mount -t tmpfs tmpfs {STAGE}"]
    for number, path in enumerate(there):
        lines += [f"mkdir {STAGE}/{number}", f"mount --rbind {shlex.quote(str(path))} {STAGE}/{number}"]
    for cover in covers:
        lines.append(f"mount -t tmpfs -o mode=755 tmpfs {shlex.quote(cover)}")
    for mount in service.get("tmpfs", ()):
        place, _, options = mount.partition(":")
        lines += [f"mkdir -p {place}", f"mount -t tmpfs -o {options} tmpfs {place}"]
    lines.append("umask 022")
    for number, path in enumerate(there):
        place = shlex.quote(str(path))
        lines += [f"mkdir -p {place}", f"mount --rbind {STAGE}/{number} {place}", f"mount -o remount,bind,ro {place}"]
    for path in writable:
        place = shlex.quote(str(path))
        lines += [f"mount --bind {place} {place}", f"mount -o remount,bind,rw {place}"]
    if service.get("read_only"):
        lines.append("mount -o remount,bind,ro /")
    drop = "--inh-caps=-all --ambient-caps=-all --bounding-set=-all --no-new-privs --pdeathsig=KILL"
    lines.append(f'exec setpriv --reuid={uid} --regid={gid} --clear-groups {drop} -- "$@"')
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", "\n".join(lines), "container", *argv]


def _closed(path: Path) -> list[Path]:
    """Return the directories on the way to a path that another user may not pass, the outermost of them."""
    for parent in reversed(path.parents):
        if not parent.stat().st_mode & 0o001:
            return [parent]
    return []
