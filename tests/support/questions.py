"""The typical question to each view and function, on generated articles: `make questions` times them, a test looks at their plans.

What they ask for is neither the most nor the least frequent: the 21st place of 2,000 (in one report of forty), the fourth
speaker of 300, a week or a day of four months. Two more ask about the place that is in one report of four.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from services.store.database import Database as Writer
from services.store.read import Item, read
from sitrep.runtime.failpoints import Failpoints
from tests.support import generator
from tests.support.servers import Database

SIZES = (10_000, 30_000, 100_000)
LIMIT_MS = 200.0
TOGETHER = 400

HOTTEST = generator.places()[0]
PLACE = generator.places()[20]
SMALL = generator.places()[700]
SPEAKER = generator.speakers()[3][1]
WEEK = "published_on BETWEEN '2024-11-25' AND '2024-12-01'"

QUESTIONS = {
    "search": f"SELECT * FROM search('shells {PLACE.name} -airport')",
    "search_claims": f"SELECT * FROM search_claims('\"fuel depot\" {PLACE.name}')",
    "reports": f"SELECT published_on, publisher, title FROM reports WHERE {WEEK} ORDER BY published_on DESC LIMIT 100",
    "casualties": f"SELECT * FROM casualties WHERE place = '{PLACE.name}' AND {WEEK} ORDER BY published_on, speaker",
    "casualties_of_a_day": "SELECT * FROM casualties WHERE published_on = '2024-11-25' ORDER BY place, speaker",
    "control": f"SELECT * FROM control WHERE place = '{PLACE.name}' AND {WEEK} ORDER BY published_on DESC",
    "said": f"SELECT * FROM said WHERE speaker = '{SPEAKER}' AND {WEEK} ORDER BY published_on DESC",
    "about": f"SELECT * FROM about WHERE place = '{PLACE.name}' AND {WEEK} ORDER BY published_on DESC",
    "about_the_hottest": f"SELECT * FROM about WHERE place = '{HOTTEST.name}' AND {WEEK} ORDER BY published_on DESC LIMIT 100",
    "casualties_of_the_hottest": f"SELECT * FROM casualties WHERE place = '{HOTTEST.name}' AND {WEEK} ORDER BY published_on",
    "within_km": f"SELECT * FROM about WHERE within_km(lat, lon, {SMALL.lat}, {SMALL.lon}, 20) AND {WEEK} ORDER BY published_on",
    "in_box": f"SELECT * FROM about WHERE in_box(lat, lon, {SMALL.lat - 0.2:.2f}, {SMALL.lon - 0.2:.2f}, {SMALL.lat + 0.2:.2f}, "
    f"{SMALL.lon + 0.2:.2f}) AND {WEEK} ORDER BY published_on",
    "happened": "SELECT * FROM said WHERE happened @> date '2024-11-29' AND type = 'casualties' ORDER BY published_on",
    "arrivals": "SELECT * FROM arrivals WHERE stored_at > '2024-12-31' ORDER BY stored_at DESC LIMIT 50",
    "first_said": f"SELECT * FROM first_said WHERE place = '{PLACE.name}' AND type = 'control' ORDER BY published_on LIMIT 20",
    "undated": "SELECT * FROM undated ORDER BY article_id LIMIT 50",
    "entities": f"SELECT * FROM entities WHERE name = '{PLACE.name}'",
}


async def fill(uri: str, seed: str, first: int, last: int) -> None:
    """Store the generated articles from `first` up to but not including `last`."""
    writer = Writer(uri, Failpoints())
    for at in range(first, last, TOGETHER):
        made = [read(r, generator.AT) for r in generator.records(seed, min(TOGETHER, last - at), at)]
        items = [one for one in made if isinstance(one, Item)]
        assert len(items) == len(made)
        assert await writer.write(items, generator.AT) == []
    await writer.close()


def analyse(uri: str) -> None:
    """Let the database count what is in the tables, as it does by itself after some minutes."""
    with psycopg.connect(uri, autocommit=True) as connection:
        for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'sitrep'").fetchall():
            connection.execute(f"VACUUM ANALYZE sitrep.{table}".encode())


def milliseconds(uri: str, question: str, rounds: int = 7) -> float:
    """Return how long a question takes until all its rows are here, in the median."""
    taken = []
    with psycopg.connect(uri) as connection:
        for _ in range(rounds):
            began = time.perf_counter()
            connection.execute(question.encode()).fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print a line of JSON for each question: milliseconds by number of articles, and what they come to at a million."""
    found: dict[str, dict[int, float]] = {name: {} for name in QUESTIONS}
    with tempfile.TemporaryDirectory(prefix="sitrep-questions-") as name, Database(Path(name)) as server:
        server.ready()
        for before, size in zip((0, *SIZES), SIZES, strict=False):
            sys.stderr.write(f"Storing {size:,} articles …\n")
            asyncio.run(fill(server.uri("writer"), "questions", before, size))
            analyse(server.uri("owner"))
            for question, sql in QUESTIONS.items():
                found[question][size] = milliseconds(server.uri("reader"), sql)
        (size,) = server.rows("SELECT pg_database_size(current_database())")[0]
    for question, times in found.items():
        rounded = {str(count): round(taken, 1) for count, taken in times.items()}
        line = {
            "question": question,
            **rounded,
            "1000000": round(extrapolated(times)),
            "within_200_ms": times[SIZES[-1]] < LIMIT_MS,
        }
        sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.write(json.dumps({"megabytes": round(size / 1e6)}) + "\n")


def extrapolated(times: dict[int, float]) -> float:
    """Return the milliseconds at a million articles: from 10,000 to 100,000 they grew by a factor, and here by it once more."""
    return times[100_000] * max(1.0, times[100_000] / times[10_000])


if __name__ == "__main__":
    main()
