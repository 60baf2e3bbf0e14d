"""A report as Markdown: claims by type, each linked to the sentence that it stands in, at the end of the page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote

from sitrep.cli.cards import title
from sitrep.cli.page import anchor
from sitrep.cli.report import Report, Told, Toll
from sitrep.contracts.enriched import EnrichedArticle

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def as_markdown(report: Report) -> str:
    """Return the page."""
    return (
        "\n".join(
            [
                f"# {plain(report.heading)}",
                "",
                plain(report.summary()),
                *_casualties(report),
                *_claims(report),
                *_sources(report),
            ]
        )
        + "\n"
    )


def plain(text: str) -> str:
    """Return a text on one line, in which nothing means anything to Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _casualties(report: Report) -> Iterator[str]:
    if report.tolls:
        yield from ("", "## Casualties as they were given", "", "Ranges, by speaker; never add them up.", "")
        yield from ("| reported | place | speaker | what | how many | of whom |", "|---|---|---|---|---|---|")
        yield from (_toll(toll) for toll in report.tolls)


def _toll(toll: Toll) -> str:
    what = toll.what if toll.polarity == "asserted" else f"{toll.what} ({toll.polarity})"
    number = f"[{toll.range()}](#{anchor(toll.shown[0])})"
    cells = [toll.published_on or "?", plain(toll.place or "?"), plain(toll.speaker or "the article"), what, number]
    return "| " + " | ".join(str(cell) for cell in [*cells, plain(toll.whom())]) + " |"


def _claims(report: Report) -> Iterator[str]:
    for type_, claims in report.by_type().items():
        yield from ("", f"## {type_.capitalize()} ({len(claims)})", "")
        yield from (_claim(claim) for claim in claims)


def _claim(told: Told) -> str:
    claim = f"“{plain(told.claim)}”" if told.quote == "direct" else plain(told.claim)
    happened = told.happened()
    about = [
        *([told.polarity] if told.polarity != "asserted" else []),
        *(["background"] if told.background else []),
        *([plain(", ".join(told.places))] if told.places else []),
        *([f"happened {happened}"] if happened else []),
    ]
    said = f"- **{told.published_on or 'no date'}** · **{plain(told.speaker or told.publisher or 'the article')}**: {claim}"
    noted = f" ({'; '.join(about)})" if about else ""
    return f"{said}{noted} [↓ source](#{anchor(told.claim_id)})"


def _sources(report: Report) -> Iterator[str]:
    told = defaultdict(list)
    for one in report.told:
        told[one.article_id].append(one)
    yield from ("", "## Sources")
    for article in report.articles:
        about = article.article
        yield from ("", f"### {plain(title(article))}", "")
        parts = [plain(about.publisher or ""), (about.published or "")[:10] or "no publish date", _address(about.url or "")]
        yield " · ".join(part for part in parts if part)
        yield f"(`sitrep show {about.article_id}`)"
        for one in sorted(told[about.article_id], key=lambda one: one.start):
            yield from ("", f'> <a id="{anchor(one.claim_id)}"></a>{_sentence(article, one)}{_in_the_page(about.url, one)}')


def _sentence(article: EnrichedArticle, told: Told) -> str:
    """Return the sentence of a claim with its span in bold, and where that stands."""
    text = article.article.text
    before, after = text[told.sentence_start : told.start], text[told.end : max(told.sentence_end, told.end)]
    spaced = (" " * before.endswith((" ", "\n")), " " * after.startswith((" ", "\n")))
    marked = f"{plain(before)}{spaced[0]}**{plain(text[told.start : told.end])}**{spaced[1]}{plain(after)}"
    return f"{marked.strip()} ({told.type}, characters {told.start} to {told.end})"


def _address(url: str) -> str:
    """Return an address as a link where a browser may follow it, else as text."""
    return f"<{_quoted(url)}>" if url.startswith(("http://", "https://")) else plain(url)


def _quoted(url: str) -> str:
    """Return an address in which nothing ends a link."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")


def _in_the_page(url: str | None, told: Told) -> str:
    """Return a link that makes a browser find the words in the page that the report was read from."""
    if not url or not url.startswith(("http://", "https://")) or "#" in url:
        return ""
    words = told.claim.split()
    ends = [
        quote(" ".join(part), safe="").replace("-", "%2D") for part in ((words[:4], words[-4:]) if len(words) > 8 else (words,))
    ]
    return f" [in the page](<{_quoted(url)}#:~:text={','.join(ends)}>)"
