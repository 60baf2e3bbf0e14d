"""`sitrep show --html`: enriched articles as one self-contained page, the text with its marks beside the claims."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path

from sitrep.cli.cards import described, facts, interval, meaning, nothing_found, said, title
from sitrep.contracts.enriched import Claim, EnrichedArticle, Entity

HERE = Path(__file__).parent


def page(articles: Sequence[EnrichedArticle]) -> str:
    """Return a page that needs nothing but itself: no script, style, font or picture from elsewhere."""
    heading = title(articles[0]) if len(articles) == 1 else f"{len(articles)} articles"
    return document(heading, "\n".join(section(article) for article in articles), made_by(articles))


def made_by(articles: Sequence[EnrichedArticle]) -> str:
    """Return what found all that."""
    return ", ".join(sorted({f"{a.enrichment.model}, version {a.enrichment.version}" for a in articles}))


def document(heading: str, body: str, made: str) -> str:
    """Return a whole page with this body."""
    style, script = (HERE / "page.css").read_text("utf-8"), (HERE / "page.js").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(heading)} – Sitrep</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'unsafe-inline'\">\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n"
        f"<footer>Found by Sitrep ({escape(made)}). A claim is what somebody says, not what is so.</footer>\n"
        f"<script>\n{script}</script>\n</body>\n</html>\n"
    )


def section(article: EnrichedArticle) -> str:
    """Return one article: its head, its text with everything marked, its claims, entities and dates."""
    about = article.article
    names = {entity.entity_id: entity for entity in article.entities}
    meta = [about.publisher, about.byline, (about.published or "")[:10] or "no publish date", about.sighting.key]
    claims = (
        "\n".join(_claim(n, claim, names) for n, claim in enumerate(article.claims, 1))
        or f"<p>{escape(nothing_found(article).plain)}</p>"
    )
    entities = "\n".join(_entity(entity) for entity in article.entities)
    dates = "\n".join(f"<tr><td>{escape(d.text)}</td><td>{escape(meaning(d))}</td></tr>" for d in article.dates)
    return (
        f"<article>\n<header><h1>{escape(title(article))}</h1>\n"
        f'<div class="meta">{" · ".join(escape(part) for part in meta if part)}</div></header>\n'
        f'<div class="columns">\n<div><div class="text">{"".join(_marked(article))}</div>\n'
        '<div class="legend">Highlighted: claims, with their number. <span class="e PERSON">People</span>, '
        '<span class="e ORG">organisations and peoples</span>, <span class="e GPE">places</span>, '
        '<span class="d">dates</span>.</div></div>\n'
        f"<aside><h2>Claims ({len(article.claims)})</h2>\n{claims}\n"
        f"<h2>Entities ({len(article.entities)})</h2>\n<table>{entities}</table>\n"
        f"<h2>Dates ({len(article.dates)})</h2>\n<table>{dates}</table></aside>\n</div>\n</article>"
    )


def _marked(article: EnrichedArticle) -> Iterator[str]:
    """Yield the text in pieces that begin and end where some span does, each with what covers it."""
    text = article.article.text
    spans: list[tuple[int, int, str, str, str]] = []  # start, end, class, claim number, tooltip
    for n, claim in enumerate(article.claims, 1):
        spans.append((claim.start, claim.end, "c", str(n), f"{claim.type}: {said(claim)}"))
    for entity in article.entities:
        spans += [(m.start, m.end, f"e {entity.label}", "", entity.name) for m in entity.mentions]
    for date in article.dates:
        spans.append((date.start, date.end, "d", "", interval(date) or date.value or ""))
    cuts = sorted({0, len(text), *(s[0] for s in spans), *(s[1] for s in spans)})
    spans.sort()
    begins: dict[int, list[str]] = {}
    for claim in article.claims:
        begins.setdefault(claim.start, []).append(claim.claim_id)
    open_: list[tuple[int, int, str, str, str]] = []
    following = 0
    for start, end in pairwise(cuts):
        while following < len(spans) and spans[following][0] <= start:
            open_.append(spans[following])
            following += 1
        open_ = [span for span in open_ if span[1] > start]
        yield from (f'<a id="{anchor(claim_id)}"></a>' for claim_id in begins.get(start, ()))
        yield _piece(text[start:end], open_)
        yield from (f"<sup>{span[3]}</sup>" for span in open_ if span[3] and span[1] == end)


def anchor(claim_id: str) -> str:
    """Return the name of the place in a page where the span of a claim begins."""
    return f"claim-{claim_id}"


def _piece(text: str, covered: Sequence[tuple[int, int, str, str, str]]) -> str:
    if not covered:
        return escape(text)
    classes = " ".join(dict.fromkeys(name for span in covered for name in span[2].split()))
    numbers = " ".join(span[3] for span in covered if span[3])
    tip = " · ".join(dict.fromkeys(span[4] for span in covered if span[4]))
    claims = f' data-claims="{numbers}"' if numbers else ""
    return f'<span class="{classes}"{claims} title="{escape(tip)}">{escape(text)}</span>'


def _claim(n: int, claim: Claim, names: dict[str, Entity]) -> str:
    flags = [claim.polarity] * (claim.polarity != "asserted") + ["background"] * claim.background
    marks = "".join(f'<span class="flag">{flag}</span>' for flag in flags)
    opened, closed = ("<q>", "</q>") if claim.quote == "direct" else ('<span class="what">', "</span>")
    cue = f" <em>{escape(claim.cue.text)}</em>" if claim.cue is not None else ""
    return (
        f'<div class="claim" style="--type: var(--{claim.type})" data-claims="{n}">'
        f'<span class="type">{claim.type}</span> <sup>{n}</sup> <strong>{escape(said(claim))}</strong>{cue}{marks}'
        f"{opened}{escape(' '.join(claim.text.split()))}{closed}"
        f'<span class="facts">{escape(" · ".join(facts(claim, names)))}</span></div>'
    )


def _entity(entity: Entity) -> str:
    about = " · ".join(described(entity))
    return f'<tr><td><span class="e {entity.label}">{escape(entity.name)}</span></td><td>{escape(about)}</td></tr>'
