"""`python -m tests.quality.timebank DIR [--errors] [--keep DIR]`: expressions of time on articles annotated in TimeML (TimeBank, say).

DIR holds .tml files. Printed are the figures of TempEval-3: F1 of the spans, where any overlap counts and where they are equal, and of
the values, where an overlapping expression has the value of TIMEX3. `--peer DIR` scores another system's answers beside them: NAME.json
with a list of {start, end, value}, by offset in the text.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from services.enrich.language.pipeline import Pipeline
from tests.quality.run import MODEL, article

_TIMEX = re.compile(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Timex:
    """An expression with its span in the text and its TIMEX3 value."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True)
class Annotated:
    """An annotated article: its text, the day of its creation, and its expressions."""

    name: str
    text: str
    created: str
    timexes: tuple[Timex, ...]


def read(path: Path) -> Annotated:
    """Return an annotated article. Raises ValueError where it has no text or no creation time."""
    source = path.read_text("utf-8", errors="replace")
    tag = next((one.group(1) for one in _TIMEX.finditer(source) if "CREATION_TIME" in one.group(1)), None)
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL)
    if tag is None or body is None:
        raise ValueError(f"{path} has no text or no creation time")
    text, timexes, at = "", [], 0
    for timex in _TIMEX.finditer(body[1]):
        text += _plain(body[1][at : timex.start()])
        surface = _plain(timex[2])
        timexes.append(Timex(len(text), len(text) + len(surface), dict(_ATTRIBUTE.findall(timex[1])).get("value")))
        text, at = text + surface, timex.end()
    return Annotated(path.stem, text + _plain(body[1][at:]), dict(_ATTRIBUTE.findall(tag))["value"][:10], tuple(timexes))


def _plain(source: str) -> str:
    return unescape(_TAG.sub("", source))


def ours(articles: Sequence[Annotated]) -> Iterator[list[Timex]]:
    """Yield the expressions that the enrichment finds in each article."""
    given = [article(one.name, one.text, one.created) for one in articles]
    for enriched in Pipeline(MODEL).enrich(given):
        yield [Timex(one.start, one.end, one.value) for one in enriched.dates]


def counts(gold: Sequence[Timex], found: Sequence[Timex]) -> Counter[str]:
    """Return how many expressions there are, were found, overlap, are equal and have the right value."""
    counted = Counter({"gold": len(gold), "found": len(found)})
    free = list(gold)
    for one in sorted(found, key=lambda timex: (timex.start, timex.end)):
        over = [other for other in free if other.start < one.end and one.start < other.end]
        if over:
            best = max(
                over,
                key=lambda other: (
                    (other.start, other.end) == (one.start, one.end),
                    min(other.end, one.end) - max(other.start, one.start),
                ),
            )
            free.remove(best)
            counted.update(overlap=1, equal=(best.start, best.end) == (one.start, one.end), value=best.value == one.value)
    return counted


def figures(counted: Counter[str]) -> dict[str, float]:
    """Return the F1 of spans that overlap, of equal spans, and of values."""
    total = counted["gold"] + counted["found"]
    return {name: 2 * counted[name] / total if total else 0.0 for name in ("overlap", "equal", "value")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    parser.add_argument("--peer", type=Path, help="another system's answers")
    args = parser.parse_args()
    articles = [read(path) for path in sorted(args.folder.glob("*.tml")) if not path.name.startswith(".")]
    if not articles:
        parser.error(f"{args.folder} has no .tml files")
    total, theirs = Counter[str](), Counter[str]()
    for one, found in zip(articles, ours(articles), strict=True):
        total.update(counts(one.timexes, found))
        if args.peer is not None:
            answers = json.loads((args.peer / f"{one.name}.json").read_text("utf-8"))
            theirs.update(counts(one.timexes, [Timex(timex["start"], timex["end"], timex["value"]) for timex in answers]))
        if args.errors:
            _print_errors(one, found)
    for name, counted in (("ours", total), *([("peer", theirs)] if args.peer is not None else [])):
        shown = "  ".join(f"{figure} {value:.3f}" for figure, value in figures(counted).items())
        print(f"{name}: {len(articles)} articles, {counted['gold']} expressions, {counted['found']} found; F1 {shown}")
    return 0


def _print_errors(one: Annotated, found: Sequence[Timex]) -> None:
    for timex in one.timexes:
        over = [other for other in found if other.start < timex.end and timex.start < other.end]
        if not any(other.value == timex.value for other in over):
            read_as = "; ".join(f"{one.text[other.start : other.end]!r} {other.value}" for other in over) or "missed"
            around = " ".join(one.text[max(0, timex.start - 50) : timex.end + 30].split())
            print(f"{one.name} {one.created}: {one.text[timex.start : timex.end]!r} {timex.value}, {read_as} | {around}")
    for other in found:
        if not any(other.start < timex.end and timex.start < other.end for timex in one.timexes):
            print(
                f"{one.name} {one.created}: nothing, {one.text[other.start : other.end]!r} {other.value} | {' '.join(one.text[max(0, other.start - 50) : other.end + 30].split())}"
            )


if __name__ == "__main__":
    raise SystemExit(main())
