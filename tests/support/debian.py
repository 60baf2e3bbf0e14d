"""Programs that only Debian packages have (Prometheus, kcat), unpacked into the cache: nothing is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sitrep.embedded.layout import cache_directory

SCRIPT = Path(__file__).with_name("fetch_debs.sh")


def unpacked(*packages: str) -> Path:
    """Return the directory that Debian packages are unpacked in; skip the test (marked `apt`) where there is no apt."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        pytest.skip("apt-get and dpkg are needed")
    target = cache_directory(os.environ) / "debian" / "+".join(packages)
    if not target.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([str(SCRIPT), str(target), *packages], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return target


def library_path(root: Path) -> str:
    """Return the value of LD_LIBRARY_PATH for programs that are unpacked there."""
    return ":".join(str(path) for path in sorted(root.glob("usr/lib/*-linux-gnu")))
