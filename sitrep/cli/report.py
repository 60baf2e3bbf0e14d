"""`sitrep report`: what was claimed about a place or in a period, by whom and when, as one page with links to the spans."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from psycopg.rows import class_row

from sitrep.cli.export import whole
from sitrep.cli.opened import opened
from sitrep.cli.problem import Problem
from sitrep.cli.selection import CLAIMS, Connection, Selection
from sitrep.cli.stored import load
from sitrep.contracts.enriched import ClaimType, EnrichedArticle

_COLUMNS = """
SELECT c.claim_id, c.article_id, c.type, c.speaker_name AS speaker, c.polarity, c.background, c.text AS claim, c.quote,
       c.earliest, c.latest, names(c.article_id, c.places) AS places, c.start_offset AS start, c.end_offset AS "end",
       c.sentence_start, c.sentence_end, r.published_on, r.publisher, r.title, r.url
"""
_TOLD = f"{_COLUMNS}{CLAIMS} ORDER BY r.published_on DESC NULLS LAST, c.article_id, c.n LIMIT %(most)s"
_COUNTS = f"""
SELECT count(*) AS claims, count(DISTINCT c.article_id) AS reports, count(DISTINCT c.speaker_name) AS speakers,
       count(DISTINCT r.publisher) AS publishers
{CLAIMS}
"""
_CASUALTIES = """
SELECT published_on, place, coalesce(speaker, publisher) AS speaker, what, who, polarity, least, most, approximate, part, as_said,
       ARRAY(SELECT id FROM unnest(%(told)s::text[]) AS id WHERE id = ANY(claims)) AS shown
FROM casualties
WHERE (%(since)s::date IS NULL OR published_on >= %(since)s) AND (%(until)s::date IS NULL OR published_on <= %(until)s)
  AND (%(places)s::text[] IS NULL OR place_id = ANY(%(places)s)) AND claims && %(told)s::text[]
ORDER BY published_on, place, speaker, what, part, who
"""


@dataclass(frozen=True)
class Told:
    """One claim with the report that it stands in; offsets count code points of the report's text."""

    claim_id: str
    article_id: str
    type: ClaimType
    speaker: str | None
    polarity: str
    background: bool
    claim: str
    quote: str
    earliest: date | None
    latest: date | None
    places: list[str]
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    published_on: date | None
    publisher: str | None
    title: str | None
    url: str | None

    def happened(self) -> str:
        """Return when what is claimed happened, empty where that is not known."""
        if self.earliest == self.latest:
            return str(self.earliest or "")
        return f"{self.earliest or '…'} to {self.latest or '…'}"


@dataclass(frozen=True)
class Toll:
    """Casualties as one speaker gave them on one day for one place; `most` is None where there is no upper end."""

    published_on: date | None
    place: str | None
    speaker: str | None
    what: str
    who: str | None
    polarity: str
    least: float | None
    most: float | None
    approximate: bool
    part: bool
    """Whether it is a share of a total that stands in a row of its own."""
    as_said: list[str]
    shown: list[str]
    """Those of its claims that stand in the report; others may be left out for their number."""

    def range(self) -> str:
        """Return the range in words, with what was said where that has no figure: 24 or more (“dozens”)."""
        worded = () if self.least == self.most else (words for words in self.as_said if not any(map(str.isdigit, words)))
        said = ", ".join(f"“{words}”" for words in worded)
        return f"{self._bounds()} ({said})" if said else self._bounds()

    def whom(self) -> str:
        """Return of whom, and whether they are a part of a total."""
        return f"{self.who or ''} (part of a total)".strip() if self.part else self.who or ""

    def _bounds(self) -> str:
        about = "about " if self.approximate else ""
        if self.most is None:
            return f"{about}{self.least:g} or more" if self.least is not None else "some"
        if self.least is None:
            return f"{about}{self.most:g} or fewer"
        return f"{about}{self.least:g}" if self.least == self.most else f"{about}{self.least:g} to {self.most:g}"


@dataclass(frozen=True)
class Counts:
    """How much there is in all."""

    claims: int
    reports: int
    speakers: int
    publishers: int


@dataclass(frozen=True)
class Report:
    """Everything that stands in a report: the claims by type, in the order of the types, and the articles that they are from."""

    heading: str
    counts: Counts
    told: list[Told]
    tolls: list[Toll]
    articles: list[EnrichedArticle]

    def by_type(self) -> dict[ClaimType, list[Told]]:
        """Return the claims by type, the oldest first."""
        kinds: tuple[ClaimType, ...] = get_args(ClaimType)
        found = {type_: [one for one in reversed(self.told) if one.type == type_] for type_ in kinds}
        return {type_: claims for type_, claims in found.items() if claims}

    def summary(self) -> str:
        """Return in one sentence how much was claimed, and what of it stands here."""
        c = self.counts
        every = f"{_many(c.claims, 'claim')} by {_many(c.speakers, 'speaker')} in {_many(c.reports, 'report')}"
        every += f" of {_many(c.publishers, 'publisher')}" if c.publishers else ""
        left = f"; the newest {len(self.told):,} stand here" if len(self.told) < c.claims else ""
        return f"{every}{left}. A claim is what somebody says, not what is so; reports of the same thing are not told apart."


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}" + "s" * (count != 1)


def run_report(data: Path, selection: Selection, *, postgres: str, html: Path | None, output: Path | None, most: int) -> int:
    """Write the report as Markdown (to standard output unless there is a file) or as a page. Raises Problem."""
    from sitrep.cli.report_html import as_html  # noqa: PLC0415
    from sitrep.cli.report_markdown import as_markdown  # noqa: PLC0415 - they know this module

    if selection == Selection(type=selection.type):
        raise Problem("what about? Give a place (--place Aleppo) or a period (--since 2024-11-27 --until 2024-11-30)", code=2)
    with opened(data, postgres) as connection:
        report = gather(connection, selection, most)
    if not report.told:
        sys.stderr.write(f"sitrep report: nothing stored is about {selection.words()}\n")
        return 1
    made = as_html(report) if html is not None else as_markdown(report)
    path = html or output
    if path is None:
        sys.stdout.write(made)
        return 0
    with whole(path) as temporary:
        temporary.write_text(made, "utf-8")
    sys.stderr.write(f"{len(report.told):,} claims written to {path}\n")
    return 0


def gather(connection: Connection, selection: Selection, most: int) -> Report:
    """Return what is stored about a selection, the newest `most` claims of it. Raises Problem."""
    parameters = {**selection.parameters(connection), "most": most}
    with connection.cursor(row_factory=class_row(Told)) as cursor:
        told = cursor.execute(_TOLD.encode(), parameters).fetchall()
    with connection.cursor(row_factory=class_row(Counts)) as counting:
        (counts,) = counting.execute(_COUNTS.encode(), parameters).fetchall()
    with connection.cursor(row_factory=class_row(Toll)) as casualties:
        parameters["told"] = [one.claim_id for one in told]
        tolls = casualties.execute(_CASUALTIES, parameters).fetchall()
    articles = list(load(connection, list(dict.fromkeys(one.article_id for one in reversed(told)))))
    return Report(f"What was claimed: {selection.words()}", counts, told, tolls, articles)
