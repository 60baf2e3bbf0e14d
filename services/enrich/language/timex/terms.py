"""What an expression of time says, in no language: a term, which the resolver turns into days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

Value = Union[int, float, str, "Term"]
"""What a slot of a term holds."""

CARRIED = ("year", "yy", "month", "calendar")
"""Slots of a date that it may take from another one of its list or range: "November 25, 26 and 27"."""


@dataclass(frozen=True)
class Term:
    """A kind, which says how it is resolved, and what is known of it by the names that the patterns give."""

    kind: str
    slots: Mapping[str, Value] = field(default_factory=dict)

    def number(self, slot: str) -> float | None:
        """Return a number, or None where there is none. Raises ValueError where it is something else."""
        value = self.slots.get(slot)
        if value is None:
            return None
        if isinstance(value, Term):
            raise ValueError(f"{slot} is no number")  # noqa: TRY004 - to the resolver it is an expression that means nothing
        return float(value)

    def whole(self, slot: str) -> int | None:
        """Return a whole number, or None where there is none. Raises ValueError where it is something else."""
        value = self.number(slot)
        if value is None:
            return None
        if value != int(value):
            raise ValueError(f"{slot} is not whole")
        return int(value)

    def word(self, slot: str) -> str | None:
        """Return a name, or None where there is none."""
        value = self.slots.get(slot)
        return value if isinstance(value, str) else None

    def term(self, slot: str) -> "Term":
        """Return the term in a slot. Raises ValueError where there is none."""
        value = self.slots.get(slot)
        if not isinstance(value, Term):
            raise ValueError(f"{self.kind} has no {slot}")  # noqa: TRY004 - to the resolver it is an expression that means nothing
        return value

    def having(self, **slots: Value) -> "Term":
        """Return the term with these slots as well."""
        return Term(self.kind, {**self.slots, **slots})


def carried(terms: list[Term]) -> list[Term]:
    """Return the dates of a list or range, each with what only the others say: the month, or the year that stands at the end.

    The next date that has it gives it, and where none follows the last one before.
    """
    filled = list(terms)
    for sequence in (range(len(terms) - 1, -1, -1), range(len(terms))):
        known: dict[str, Value] = {}
        for at in sequence:
            date = _date_in(filled[at])
            if date is None or "dir" in date.slots:
                known = {}
                continue
            missing = _missing(date, known)
            if missing:
                filled[at] = _with(filled[at], missing)
                date = date.having(**missing)
            known = {slot: date.slots[slot] for slot in CARRIED if slot in date.slots}
    return filled


def _date_in(term: Term) -> Term | None:
    """Return the date that a term is, or a part of: that of "early March"."""
    while term.kind == "modified" and isinstance(of := term.slots.get("of"), Term):
        term = of
    return term if term.kind == "calendar" else None


def _with(term: Term, slots: Mapping[str, Value]) -> Term:
    of = term.slots.get("of")
    return term.having(of=_with(of, slots)) if term.kind == "modified" and isinstance(of, Term) else term.having(**slots)


def _missing(term: Term, known: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a date takes: a mere day the month and year, a month the year, and a year nothing."""
    mere_day = "day" in term.slots and "month" not in term.slots
    if not known or (not mere_day and ({"year", "yy"} & set(term.slots) or "month" not in term.slots)):
        return {}
    taken = {slot: value for slot, value in known.items() if slot not in term.slots and (mere_day or slot != "month")}
    return taken | ({"year_carried": 1} if {"year", "yy"} & set(taken) else {})
