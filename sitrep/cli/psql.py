"""`sitrep psql`: the database in PostgreSQL's own terminal, as the reader."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.embedded import postgres


def run_psql(arguments: list[str], data: Path, *, uri: str) -> NoReturn:
    """Become psql, connected to the database. Raises Problem; it does not return otherwise."""
    address = uri or Running.on(data).uri()
    own = postgres.binary("psql")
    program = str(own) if own.exists() else shutil.which("psql")
    if program is None:
        raise Problem("psql is not installed; on Debian and Ubuntu: apt install postgresql-client")
    told = conninfo_to_dict(address)
    secret = str(told.pop("password", ""))  # in the environment, which other users cannot read, not among the arguments
    os.execve(program, [program, make_conninfo("", **told), *arguments], os.environ | {"PGPASSWORD": secret})  # noqa: S606
