"""`make quality-peers [TIMEML=DIR]`: HeidelTime beside the enrichment, on our sentences and on articles annotated in TimeML.

HeidelTime (GPL, of Heidelberg University) is installed in an environment of its own, with TreeTagger, which is free for research alone;
it needs `java` on the PATH. Its values are turned into days as TIMEX3 defines them. It was developed on TimeBank, among other corpora.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, cast

from services.enrich.language.timex.calendars import around, month_end, season
from sitrep.contracts.enriched import DateExpression
from tests.quality.timebank import Timex, counts, figures, ours, read
from tests.quality.when.answers import Row
from tests.quality.when.judge import judged, plain
from tests.quality.when.read import dates_of

HERE = Path(__file__).parent
PEERS = HERE.parents[1] / ".peers" / "bin" / "python"
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")


def days_of(value: str) -> tuple[date, date] | None:
    """Return the days of a TIMEX3 value, or None where it has none."""
    day = value.partition("T")[0]
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return date.fromisoformat(day), date.fromisoformat(day)
        if match := re.fullmatch(r"(\d{4})-(\d\d)", day):
            return date(int(match[1]), int(match[2]), 1), month_end(int(match[1]), int(match[2]))
        if re.fullmatch(r"\d{2,4}", day):
            size = 10 ** (4 - len(day))
            return date(int(day) * size, 1, 1), date(int(day) * size + size - 1, 12, 31)
        if match := _WEEK.fullmatch(day):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return (monday + timedelta(days=5) if match[3] else monday), monday + timedelta(days=6)
        if match := _QUARTER.fullmatch(day):
            return around("quarter", date(int(match[1]), int(match[2]) * 3, 1))
        if match := _HALF.fullmatch(day):
            return date(int(match[1]), 1 if match[2] == "1" else 7, 1), month_end(int(match[1]), int(match[2]) * 6)
        if match := _SEASON.fullmatch(day):
            return season(match[2], int(match[1]), south=False)
    except ValueError:
        return None
    return None


def as_expression(text: str, timex: Mapping[str, Any]) -> DateExpression:
    """Return an answer of HeidelTime in the form of the topic."""
    value = str(timex["value"])
    days = days_of(value)
    return DateExpression(
        start=timex["start"],
        end=timex["end"],
        text=text[timex["start"] : timex["end"]],
        kind=cast("Literal['date', 'duration', 'set', 'time']", str(timex["type"]).lower()),
        value=value,
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
        anchor="none",
    )


def asked(texts: Sequence[tuple[str, str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Return the answers of HeidelTime to texts of (name, day of creation, text), by name."""
    lines = "".join(json.dumps({"name": name, "created": created, "text": text}) + "\n" for name, created, text in texts)
    command = [str(PEERS), str(HERE / "peer_heideltime.py")]
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, check=True)
    answers = (json.loads(line) for line in done.stdout.splitlines())
    return {answer["name"]: answer["timexes"] for answer in answers}


def sentence_scores(name: str) -> tuple[int, float, float]:
    """Return how many expressions and traps a set of sentences has, and the shares of them that we and HeidelTime read right."""
    rows: list[Row] = import_module(f"tests.quality.when.sentences.{name}").ROWS
    answers = asked([(str(number), row.published.isoformat(), plain(row)) for number, row in enumerate(rows)])
    right = Counter[str]()
    for number, (row, dates) in enumerate(zip(rows, dates_of(rows), strict=True)):
        theirs = [as_expression(plain(row), timex) for timex in answers[str(number)]]
        # It marks neither a contradiction nor what is vague, and is not asked for it.
        eased = replace(row, answers=tuple(replace(answer, warning=None, approximate=None) for answer in row.answers))
        right["all"] += sum(1 for _ in judged(row, dates))
        right["ours"] += sum(verdict.right for verdict in judged(row, dates))
        right["theirs"] += sum(verdict.right for verdict in judged(eased, theirs))
    return right["all"], right["ours"] / right["all"], right["theirs"] / right["all"]


def article_scores(folder: Path) -> list[tuple[str, int, float, float]]:
    """Return the figures of TempEval-3 on a folder of .tml files: ours and those of HeidelTime."""
    articles = [read(path) for path in sorted(folder.glob("*.tml")) if not path.name.startswith(".")]
    answers = asked([(one.name, one.created, one.text) for one in articles])
    mine, theirs = Counter[str](), Counter[str]()
    for one, found in zip(articles, ours(articles), strict=True):
        mine.update(counts(one.timexes, found))
        theirs.update(counts(one.timexes, [Timex(timex["start"], timex["end"], timex["value"]) for timex in answers[one.name]]))
    return [(name, mine["gold"], value, figures(theirs)[name]) for name, value in figures(mine).items()]


def main() -> int:
    """Print the figures side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="articles annotated in TimeML (.tml)")
    args = parser.parse_args()
    if shutil.which("java") is None:
        print("HeidelTime needs Java: there is no `java` on the PATH.", file=sys.stderr)
        return 1
    if not PEERS.exists():
        print("HeidelTime is not installed: run `make quality-peers`.", file=sys.stderr)
        return 1
    print(f"{'set':12} {'figure':24} {'items':>6} {'ours':>7} {'HeidelTime':>11}")
    for name in ("english", "traps"):
        items, mine, theirs = sentence_scores(name)
        print(f"{name:12} {'read right':24} {items:6} {mine:7.3f} {theirs:11.3f}")
    if args.folder is not None:
        for figure, items, mine, theirs in article_scores(args.folder):
            print(f"{args.folder.name:12} {'F1 of ' + figure:24} {items:6} {mine:7.3f} {theirs:11.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
