"""Which of the stored reports and claims a command is about: a place, a type of claim, a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

import psycopg

from sitrep.cli.problem import Problem
from sitrep.contracts.enriched import ClaimType

Connection = psycopg.Connection[Any]
Row = dict[str, Any]

_NAMED = "SELECT DISTINCT entity_id FROM article_entities WHERE entity_id = %(asked)s OR left(name, 300) = %(asked)s"
_WITHIN = "SELECT DISTINCT entity_id FROM article_entities WHERE within && %s"
_NAMED_IN_ANY_CASE = "SELECT DISTINCT entity_id FROM article_entities WHERE lower(left(name, 300)) = lower(%s)"
_SIMILAR = "SELECT name FROM entities WHERE name ILIKE %s GROUP BY name ORDER BY sum(articles) DESC, name LIMIT 5"
_CLAIMED = """
SELECT EXISTS (
    SELECT FROM claims c WHERE c.article_id = r.article_id
       AND (%(places)s::text[] IS NULL OR c.places && %(places)s) AND (%(type)s::text IS NULL OR c.type = %(type)s))
"""
_ARTICLES = f"""
SELECT r.article_id FROM reports r
WHERE (%(since)s::date IS NULL OR r.published_on >= %(since)s) AND (%(until)s::date IS NULL OR r.published_on <= %(until)s)
  AND (%(places)s::text[] IS NULL AND %(type)s::text IS NULL OR ({_CLAIMED}))
ORDER BY r.published_on NULLS LAST, r.article_id
"""  # noqa: S608
CLAIMS = """
FROM claims c JOIN reports r ON r.article_id = c.article_id
WHERE (%(since)s::date IS NULL OR r.published_on >= %(since)s) AND (%(until)s::date IS NULL OR r.published_on <= %(until)s)
  AND (%(type)s::text IS NULL OR c.type = %(type)s) AND (%(places)s::text[] IS NULL OR c.places && %(places)s)
"""
"""Which claims are selected, as `c`, of which reports, as `r`: what stands after the columns of a query."""


@dataclass(frozen=True)
class Selection:
    """What is asked for; None asks for everything. Both days are included."""

    place: str | None = None
    type: str | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, place: str, type_: str, since: str, until: str) -> "Selection":
        """Return what options on the command line say. Raises Problem."""
        if type_ and type_ not in get_args(ClaimType):
            raise Problem(f"there is no type {type_}; there are {', '.join(get_args(ClaimType))}", code=2)
        made = cls(place or None, type_ or None, _day("--since", since), _day("--until", until))
        if made.since and made.until and made.until < made.since:
            raise Problem(f"the period ends ({made.until}) before it begins ({made.since})", code=2)
        return made

    def parameters(self, connection: Connection) -> Row:
        """Return the parameters of a query that is about this. Raises Problem where nothing stored has that place's name."""
        places = None if self.place is None else named(connection, self.place)
        return {"places": places, "type": self.type, "since": self.since, "until": self.until}

    def articles(self, connection: Connection) -> list[str]:
        """Return the ids of the articles, by publish date. Raises Problem."""
        return [id_ for (id_,) in connection.execute(_ARTICLES, self.parameters(connection))]

    def words(self) -> str:
        """Return what is asked for in words."""
        period = {
            (True, True): f"{self.since} to {self.until}" if self.since != self.until else f"{self.since}",
            (True, False): f"since {self.since}",
            (False, True): f"until {self.until}",
        }.get((self.since is not None, self.until is not None))
        parts = [self.place, self.type, period]
        return ", ".join(part for part in parts if part) or "everything"


def named(connection: Connection, asked: str) -> list[str]:
    """Return the ids of everything that has a name or an id, and of what lies in it: Hama for Syria.

    Raises Problem where nothing has that name, with what is similar.
    """
    found = (
        connection.execute(_NAMED, {"asked": asked}).fetchall() or connection.execute(_NAMED_IN_ANY_CASE, (asked,)).fetchall()
    )
    if not found:
        like = "%" + asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        similar = _listed([name for (name,) in connection.execute(_SIMILAR, (like,))])
        raise Problem(f"no stored report names {asked}{similar}")
    ids = sorted(id_ for (id_,) in found)
    return sorted({*ids, *(id_ for (id_,) in connection.execute(_WITHIN, (ids,)))})


def _listed(names: Sequence[str]) -> str:
    return f"; there is {', '.join(names)}" if names else ""


def _day(option: str, given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Problem(f"{option} {given} is not a date like 2024-11-30", code=2) from None
