"""Our own disks: what is their trouble and never an input's, and whether there is room on them."""

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

PASSING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""Errors of the disk or the system, which pass: what they hit is tried again in place."""

LEAST = 1024 * 1024
"""Bytes without which nothing can be written down."""


def check(directories: Iterable[Path]) -> None:
    """Return if there is space in each directory, and in that for temporary files. Raises OSError that says where there is none."""
    for directory in (*directories, Path(tempfile.gettempdir())):
        try:
            status = os.statvfs(directory)
        except FileNotFoundError:  # the inbox, of which others speak
            continue
        if status.f_bavail * status.f_frsize < LEAST or (status.f_files and not status.f_favail):
            raise OSError(errno.ENOSPC, "no space is left on its disk", str(directory))
