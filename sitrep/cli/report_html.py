"""A report as one self-contained page: claims by type, each linked to its span in the whole text of the report below."""

from collections.abc import Iterator
from html import escape

from sitrep.cli.page import anchor, document, made_by, section
from sitrep.cli.report import Report, Told, Toll


def as_html(report: Report) -> str:
    """Return the page."""
    parts = [
        f'<article class="report">\n<header><h1>{escape(report.heading)}</h1>\n<div class="meta">{escape(report.summary())}</div></header>',
        *_casualties(report),
        *_claims(report),
        "</article>",
        *(section(article) for article in report.articles),
    ]
    return document(report.heading, "\n".join(parts), made_by(report.articles))


def _casualties(report: Report) -> Iterator[str]:
    if report.tolls:
        heads = "".join(f"<th>{name}</th>" for name in ("Reported", "Place", "Speaker", "What", "How many", "Of whom"))
        rows = "\n".join(_toll(toll) for toll in report.tolls)
        yield f"<h2>Casualties as they were given</h2>\n<p>Ranges, by speaker; never add them up.</p>\n<table><tr>{heads}</tr>\n{rows}</table>"


def _toll(toll: Toll) -> str:
    what = toll.what if toll.polarity == "asserted" else f"{toll.what} ({toll.polarity})"
    cells = [str(toll.published_on or "?"), toll.place or "?", toll.speaker or "the article", what]
    number = f'<a href="#{anchor(toll.shown[0])}">{escape(toll.range())}</a>'
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}<td>{number}</td><td>{escape(toll.whom())}</td></tr>"


def _claims(report: Report) -> Iterator[str]:
    for type_, claims in report.by_type().items():
        yield f"<h2>{type_.capitalize()} ({len(claims)})</h2>"
        yield from (_claim(claim) for claim in claims)


def _claim(told: Told) -> str:
    opened, closed = ("<q>", "</q>") if told.quote == "direct" else ('<span class="what">', "</span>")
    flags = [told.polarity] * (told.polarity != "asserted") + ["background"] * told.background
    marks = "".join(f'<span class="flag">{flag}</span>' for flag in flags)
    happened = told.happened()
    facts = [
        *([", ".join(told.places)] if told.places else []),
        *([f"happened {happened}"] if happened else []),
        *([told.publisher] if told.publisher else []),
    ]
    link = f'<a href="#{anchor(told.claim_id)}">{escape(told.title or "in its report")}</a>'
    return (
        f'<div class="claim" style="--type: var(--{told.type})"><span class="type">{told.published_on or "no date"}</span> '
        f"<strong>{escape(told.speaker or told.publisher or 'the article')}</strong>{marks}"
        f"{opened}{escape(' '.join(told.claim.split()))}{closed}"
        f'<span class="facts">{escape(" · ".join(facts))} · {link}</span></div>'
    )
