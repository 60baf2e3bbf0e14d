"""Whether a claim is history or an aside, from its tense, the age of what is dated in it and beside it, and where it stands in the report.

A regression whose weights stand in `data/history.tsv`, learned from annotated articles by `python -m tests.quality.learning --learn`.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

from spacy.strings import get_string_id

from services.enrich.language.claims.confidence import logistic
from services.enrich.language.claims.drafts import Draft
from services.enrich.language.claims.traits import Traits
from services.enrich.language.tables import rows, word_lists
from sitrep.contracts.enriched import DateExpression, Interval

ENOUGH = 0.3
"""Probability from which on a claim is history: few claims are, and to miss one costs as much as to mark one too many."""

AGES = ((0, "future"), (10, "week"), (60, "month"), (300, "year"), (1500, "years"))
"""Days before the report up to which something has an age, by its name; what is older is `ancient`."""

PARTS = 5
"""Parts of a report by which its sentences are placed."""

TRAITS = ("tense=", "aux=", "tag=", "has=", "quote=", "event=", "rule=", "field=", "verb=", "subject_class=")
SINGLE = frozenset({"narrated", "number", "first_person", "negated"})
TOLD_BY = word_lists("speech.tsv")["history"]
_TOLD_BY = frozenset(map(get_string_id, TOLD_BY))


def signs(draft: Draft, dates: Sequence[DateExpression], when: Interval | None, published: date | None, place: float) -> Traits:
    """Return what speaks for history; `dates` are those of the sentence, `place` is where that stands in the report (0 to 1)."""
    span, sentence = draft.span, draft.head.sent
    inside = [one for one in dates if span.start_char <= one.start < span.end_char]
    names = [f"in={_age(one, published)}" for one in inside] or ["in=no"]
    names += [f"sentence={_age(one, published)}" for one in dates] or ["sentence=no"]
    names.append(f"when={_age(when, published)}")
    if when is not None and when.latest is None:
        names.append("when=open")
    names.append(f"part={min(int(PARTS * place), PARTS - 1)}")
    names += sorted({f"word={token.lower_}" for token in sentence if token.lower in _TOLD_BY})
    names.append("main" if draft.head.dep_ == "ROOT" else f"as={draft.head.dep_}")
    if draft.attributed is None:
        names += [f"own&{name}" for name in names]
    names.append(f"type={draft.type}")
    found = dict.fromkeys(dict.fromkeys(names), 1.0)
    found |= {trait: value for trait, value in draft.traits.items() if trait in SINGLE or trait.startswith(TRAITS)}
    return found


def is_background(given: Traits) -> bool:
    """Return whether a claim with some signs is history or an aside."""
    return round(logistic({"bias": 1.0, **given}, _weights()), 4) >= ENOUGH


def _age(when: DateExpression | Interval | None, published: date | None) -> str:
    if when is None or published is None:
        return "unknown"
    day = when.latest or when.earliest
    if day is None:
        return "unknown"
    days = (published - day).days
    return next((name for most, name in AGES if (days < 0 if most == 0 else days <= most)), "ancient")


@cache
def _weights() -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in rows("history.tsv")}
