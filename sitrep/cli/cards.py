"""An enriched article as it is shown in a terminal: a card with its claims, or its text with everything marked."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from services.enrich.language.reading import not_read
from sitrep.cli.printable import printable
from sitrep.contracts.enriched import Claim, DateExpression, EnrichedArticle, Entity, Interval, Quantity

TYPE_COLOURS = {
    "casualties": "red", "control": "magenta", "attack": "yellow", "movement": "cyan", "closure": "bright_black",
    "displacement": "blue", "support": "green", "agreement": "bright_green", "position": "bright_blue", "denial": "bright_red",
    "plan": "bright_cyan", "other": "white",
}  # fmt: skip
LABEL_STYLES = {
    "PERSON": "bold cyan",
    "ORG": "bold magenta",
    "NORP": "magenta",
    "GPE": "bold green",
    "LOC": "green",
    "FAC": "green",
}
POLARITY = {"asserted": "", "denied": "✗ denied", "uncertain": "? uncertain"}
SHOWN = 60
"""Claims on one card at most."""


def card(article: EnrichedArticle, claims: Sequence[Claim] | None = None) -> RenderableType:
    """Return a card: what the article is, and its claims (or those given), in the order in which they stand there."""
    shown = article.claims if claims is None else claims
    names = {entity.entity_id: entity for entity in article.entities}
    lines: list[RenderableType] = [Padding(claim_lines(claim, names), (0, 0, 1, 0)) for claim in shown[:SHOWN]]
    if not shown:
        lines.append(nothing_found(article))
    if len(shown) > SHOWN:
        lines.append(Text(f"… and {len(shown) - SHOWN} more claims: sitrep show {article.article.article_id}", "dim"))
    return Panel(Group(*lines), title=heading(article), title_align="left", subtitle=subtitle(article), subtitle_align="right")


def nothing_found(article: EnrichedArticle) -> Text:
    """Return why there are no claims: none was found, or the language is not read."""
    if article.enrichment.coverage == "partial":
        sentence = not_read(article.article.language)
        return Text(f"{sentence[0].upper()}{sentence[1:]}.", "yellow")
    return Text("No claims found.", "dim")


def heading(article: EnrichedArticle) -> Text:
    """Return the title of an article, or its beginning."""
    return Text(title(article), "bold", overflow="ellipsis", no_wrap=True)


def title(article: EnrichedArticle) -> str:
    """Return the title of an article, or its beginning where it has none."""
    found = article.article.title or article.article.text[:80].split("\n", 1)[0]
    return " ".join(found.split())


def subtitle(article: EnrichedArticle) -> Text:
    """Return where an article is from: publisher, publish date, file."""
    about = article.article
    parts = [about.publisher or "", (about.published or "")[:10] or "no publish date", about.sighting.key]
    return Text(" · ".join(printable(part) for part in parts if part), "dim", overflow="ellipsis", no_wrap=True)


def claim_lines(claim: Claim, names: dict[str, Entity]) -> Text:
    """Return one claim: its type, who says it and how, what, how many, where and when."""
    colour = TYPE_COLOURS[claim.type]
    made = Text.assemble((f"{claim.type.upper()}  ", f"bold {colour}"), (said(claim), "bold"))
    if claim.cue is not None:
        made.append(f" {claim.cue.text}", "italic")
    for mark, style in ((POLARITY[claim.polarity], "red"), ("background" if claim.background else "", "dim")):
        if mark:
            made.append(f"  [{mark}]", style)
    made.append("\n  " + _quoted(claim))
    if known := facts(claim, names):
        made.append("\n  " + " · ".join(known), "dim")
    return made


def said(claim: Claim) -> str:
    """Return who says a claim, with those between."""
    if claim.speaker is None:
        return "the article" if claim.cue is None else "unnamed"
    name = claim.speaker.name
    if claim.speaker.text is not None and claim.speaker.text != name:
        name += f" (“{claim.speaker.text}”)"
    return name + "".join(f", via {speaker.name}" for speaker in claim.via)


def _quoted(claim: Claim) -> str:
    text = " ".join(claim.text.split())
    return f"“{text}”" if claim.quote == "direct" else text


def facts(claim: Claim, names: dict[str, Entity]) -> list[str]:
    """Return how many, where and when, as far as a claim says it."""
    places = ", ".join(names[place].name for place in claim.places if place in names)
    parts = [*(quantity(one) for one in claim.quantities), f"in {places}" if places else "", interval(claim.when)]
    return [part for part in parts if part]


def quantity(one: Quantity) -> str:
    """Return a quantity as numbers: "27 or more civilians killed"."""
    low, high = _number(one.min), _number(one.max)
    if one.unit == "share":
        low, high = _percent(one.min), _percent(one.max)
    words = ["about" if one.approximate else "", _amount(low, high), one.of or "", "" if one.what == "other" else one.what]
    return " ".join(word for word in words if word)


def _amount(low: str, high: str) -> str:
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"{low} or more" if low else f"at most {high}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.4g} %"


def interval(when: Interval | None) -> str:
    """Return when, as one day or as a range; nothing where it is not known."""
    if when is None:
        return ""
    first, last = _day(when.earliest), _day(when.latest)
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"since {first}" if first else f"until {last}" if last else ""


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def marked(article: EnrichedArticle) -> RenderableType:
    """Return the text of an article with its entities coloured, its dates underlined and its claims numbered in brackets."""
    text = Text(article.article.text)
    for entity in article.entities:
        for mention in entity.mentions:
            text.stylize(LABEL_STYLES.get(entity.label, "bold"), mention.start, mention.end)
    for found in article.dates:
        text.stylize("underline", found.start, found.end)
    for claim in article.claims:
        text.stylize(f"on grey15 {'' if claim.polarity == 'asserted' else 'italic'}".strip(), claim.start, claim.end)
    ends = sorted({claim.end for claim in article.claims})
    made = Text()
    for part, end in zip(text.divide(ends), [*ends, None], strict=False):
        made.append_text(part)
        numbers = [n for n, claim in enumerate(article.claims, 1) if claim.end == end]
        made.append("".join(f"[{n}]" for n in numbers), "bold yellow")
    return made


def described(entity: Entity) -> list[str]:
    """Return what an entity is and where, as far as that is known."""
    place = "" if entity.lat is None or entity.lon is None else f"{entity.lat:.2f}, {entity.lon:.2f}"
    return [part for part in (entity.category.replace("_", " "), entity.country or "", place) if part]


def meaning(found: DateExpression) -> str:
    """Return what a date means, as days where it has some."""
    return interval(found) or found.value or "unresolved"


def entity_line(entity: Entity) -> Text:
    """Return one entity: its name, what it is, where, and how often it is named."""
    parts = [*described(entity), entity.wikidata or "", entity.entity_id]
    made = Text(entity.name, LABEL_STYLES.get(entity.label, "bold"))
    return made.append("  " + " · ".join(part for part in parts if part) + f" · {len(entity.mentions)}×", "dim not bold")


def date_line(found: DateExpression) -> Text:
    """Return one date: the words and what they mean."""
    return Text.assemble((found.text, "underline"), (f"  {found.kind} · {meaning(found)}", "dim"))


def whole(article: EnrichedArticle) -> Iterable[RenderableType]:
    """Yield the parts of an article as `sitrep show` prints them."""
    names = {entity.entity_id: entity for entity in article.entities}
    yield Panel(marked(article), title=heading(article), title_align="left", subtitle=subtitle(article), subtitle_align="right")
    yield Text(f"\nClaims ({len(article.claims)})", "bold")
    if not article.claims:
        yield nothing_found(article)
    for n, claim in enumerate(article.claims, 1):
        yield Padding(Text.assemble((f"[{n}] ", "bold yellow"), claim_lines(claim, names)), (0, 0, 1, 1))
    yield Text(f"Entities ({len(article.entities)})", "bold")
    yield from (Padding(entity_line(entity), (0, 0, 0, 1)) for entity in article.entities)
    yield Text(f"\nDates ({len(article.dates)})", "bold")
    yield from (Padding(date_line(found), (0, 0, 0, 1)) for found in article.dates)
    for warning in (*article.article.warnings, *article.enrichment.warnings):
        yield Text(f"! {warning}", "yellow")
