"""What a group of mentions is: the data files say, else a head word, else what speaks for each label is added up."""

from collections import defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc

from services.enrich.language.entities.context import STRONGLY_WHERE, before, is_framed, leads_to_place
from services.enrich.language.entities.found import PLACES, Found
from services.enrich.language.entities.groups import Group
from services.enrich.language.entities.heads import Head, heads, titles
from sitrep.contracts.enriched import Category, EntityLabel

TAGGED, PLACED, KNOWN_PLACE, TITLED, NAMED_SO, SHOUTED, FRAMED = 2.0, 2.2, 2.2, 2.0, 3.0, 1.5, 2.2
"""What speaks for a label: the model (its share of the mentions), a preposition of place before it, a place of that name in a
country that the article speaks of, a title before it, a word that says what it is, capitals alone, a frame that only places have."""

SINGLE_PERSON = 0.6
"""A person of one word whose full name the article never gives is a person less often than the model thinks."""

Points = defaultdict[EntityLabel, float]
CATEGORIES: dict[str, Category] = {"PERSON": "person", "FAC": "facility", "LOC": "region", "EVENT": "event"}


@dataclass(frozen=True)
class Labelled:
    """What a group is. `sure`: the data files or a head say so."""

    label: EntityLabel
    category: Category
    sure: bool = False


def label(doc: Doc, group: Group, *, is_place: bool) -> Labelled:
    """Return what a group is; `is_place`: a place of that name lies where the article plays."""
    entry = group.entry
    if entry is not None:
        return Labelled(entry.label, entry.category, sure=True)
    if head := next((one.head for one in group.mentions if one.head is not None), None):
        return Labelled(head.label, head.category, sure=True)
    points: Points = defaultdict(float)
    total = sum(group.tags.values())
    for tag, count in group.tags.items():
        points[tag] += TAGGED * count / total
    if " " not in group.name:
        points["PERSON"] *= SINGLE_PERSON
        points["NORP"] *= SINGLE_PERSON  # every people that news name is in the data files
    if is_place:
        points["GPE"] += KNOWN_PLACE
    category = _by_name(group.name, points) or _by_neighbours(doc, group, points)
    best = max(points, key=lambda name: (points[name], -list(points).index(name)))
    if best not in PLACES and best != "ORG":
        category = None
    return Labelled(best, category or CATEGORIES.get(best, "other"))


def _by_name(name: str, points: Points) -> Category | None:
    """Count what the words of a name say, and return the category that they give it."""
    words = name.split()
    head: Head | None = None
    if len(words) > 1:
        head = heads().last.get(words[-1]) or heads().last.get(" ".join(words[-2:])) or heads().first.get(words[0])
    if head is not None:
        points[head.label] += NAMED_SO
        return head.category
    if len(words) == 1 and name.isupper() and not points.get("GPE") and 2 <= len(name) <= 6:
        points["ORG"] += SHOUTED
    return None


def _by_neighbours(doc: Doc, group: Group, points: Points) -> Category | None:
    """Count what stands before and behind the mentions, and return the category that it gives the group."""
    category: Category | None = None
    share = 1 / len(group.mentions)
    for one in group.mentions:
        span = doc.char_span(one.start, one.end, alignment_mode="expand")
        if span is None:
            continue
        if is_framed(doc, span.start, span.end):
            points["GPE" if "LOC" not in points else "LOC"] += FRAMED * share
        lead = before(doc, span.start)
        after = doc[span.end] if span.end < len(doc) else None
        if lead is not None and leads_to_place(lead):
            if lead.lower_ == "of":  # "the town of", which says it once and for all
                points["GPE"] = max(points["GPE"], 2 * NAMED_SO)
                continue
            strong = lead.lower_ in STRONGLY_WHERE
            points["GPE" if "LOC" not in points else "LOC"] += (PLACED if strong else PLACED / 2) * share
        elif lead is not None and lead.lower_.rstrip(".") in titles() and "PERSON" in points:
            points["PERSON"] += TITLED * share
        head = heads().before.get(lead.lower_) if lead is not None and lead.pos_ == "NOUN" else None
        if head is None and after is not None and _stands_alone(one):
            head = heads().next.get(after.lower_)
        if head is not None and "NORP" not in points:
            points[head.label] += NAMED_SO * share
            category = category or head.category
    return category


def _stands_alone(one: Found) -> bool:
    return one.bare == 0
