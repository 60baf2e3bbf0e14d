"""`sitrep rejected dismiss`: refusals that nobody will mend are closed for good."""

import sys
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from sitrep.cli.printable import printable
from sitrep.cli.problem import Problem
from sitrep.cli.rejected import IN_ORDER, Refused
from sitrep.cli.running import Running

_CLOSE = "INSERT INTO dismissals (rejection_id) VALUES (%s) ON CONFLICT DO NOTHING"
_OPEN = "DELETE FROM dismissals WHERE rejection_id = %s"


def run_dismiss(data: Path, which: Refused, *, postgres: str, undo: bool) -> int:
    """Close what is meant, or open it again, and say what; return 1 where none of it was like that. Raises Problem."""
    running = Running.on(data)
    try:
        with closing(running.connect(postgres or running.uri("writer"))) as connection:
            with connection.cursor(row_factory=dict_row) as cursor:
                rows = cursor.execute(IN_ORDER.encode(), which.parameters()).fetchall()
            if not rows:
                raise Problem(
                    f"there is no rejection {', '.join(which.ids)} to be closed or opened; `sitrep rejected list --all` has all"
                )
            changed = [row for row in rows if connection.execute(_OPEN if undo else _CLOSE, (row["rejection_id"],)).rowcount]
            connection.commit()
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction):
        raise Problem("that has to be noted, and this user may not; connect as sitrep_writer (--postgres)", code=2) from None
    except psycopg.Error as problem:
        raise Problem(f"Postgres: {str(problem).splitlines()[0]}") from problem
    done = "open again" if undo else "dismissed"
    for row in changed:
        sys.stdout.write(f"{row['rejection_id'][:12]}  {row['code']:<20} {printable(row['key'])}: {done}\n")
    return 0 if changed else 1
