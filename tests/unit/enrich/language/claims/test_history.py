"""Whether a claim is history: how old what is dated in it is, where it stands, and the weights of these."""

import math
from datetime import date, timedelta

import pytest

from services.enrich.language.claims import history
from services.enrich.language.claims.drafts import Draft, drafts
from services.enrich.language.claims.fields import FIELDS
from services.enrich.language.claims.history import AGES, ENOUGH, SINGLE, TOLD_BY, TRAITS, is_background, signs
from services.enrich.language.claims.traits import Traits
from services.enrich.language.claims.types import TYPES
from services.enrich.language.tables import rows
from sitrep.contracts.enriched import DateExpression, Interval
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import FRIDAY, day

OWN = "Rebels took Goma on Friday."
SAID = "Rebels had left, the army said."
PUBLISHED = date(2024, 11, 30)
NAMES = ("in=", "sentence=", "when=", "part=", "word=", "as=", "type=", "main", "bias")


def draft_of(text: str) -> Draft:
    (draft,) = drafts(doc(text))
    return draft


def of(
    text: str, dates: list[DateExpression] | None = None, when: Interval | None = None, place: float = 0.0,
    published: date | None = PUBLISHED,
) -> Traits:  # fmt: skip
    return signs(draft_of(text), dates or [], when, published, place)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, "future"), (0, "week"), (10, "week"), (11, "month"), (60, "month"), (61, "year"), (300, "year"), (301, "years"),
        (1500, "years"), (1501, "ancient"), (9999, "ancient"),
    ],
)  # fmt: skip
def test_age_at_its_borders(days: int, expected: str) -> None:
    on = PUBLISHED - timedelta(days=days)
    given = of(OWN, [day(OWN, "Friday", on)], Interval(earliest=on, latest=on))
    ages = {f"{kind}={name}" for kind in ("in", "sentence", "when") for _, name in (*AGES, (0, "ancient"), (0, "unknown"))}
    assert ages & set(given) == {f"in={expected}", f"sentence={expected}", f"when={expected}"}


def test_age_is_unknown_without_a_day_of_publication_or_of_the_event() -> None:
    assert {"in=unknown", "when=unknown"} <= set(
        of(OWN, [day(OWN, "Friday")], Interval(earliest=FRIDAY, latest=FRIDAY), 0.0, None)
    )
    assert {"in=unknown", "when=unknown", "when=open"} <= set(
        of(OWN, [day(OWN, "Friday", None)], Interval(earliest=None, latest=None))
    )
    assert "when=unknown" in of(OWN)


def test_age_is_that_of_the_last_day_or_of_the_first_where_it_is_open() -> None:
    long_ago = PUBLISHED - timedelta(days=2000)
    assert "when=week" in of(OWN, when=Interval(earliest=long_ago, latest=FRIDAY))
    assert {"when=ancient", "when=open"} <= set(of(OWN, when=Interval(earliest=long_ago, latest=None)))
    assert "when=open" not in of(OWN, when=Interval(earliest=long_ago, latest=FRIDAY))


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Rebels have entered Goma, according to residents.", "residents"),
        ("On Friday the army said rebels had left.", "Friday"),
    ],
)
def test_a_date_beside_the_claim_is_only_of_its_sentence(text: str, beside: str) -> None:
    given = of(text, [day(text, beside, PUBLISHED - timedelta(days=100))])
    assert {"in=no", "sentence=year"} <= set(given)
    assert {"in=no", "sentence=no"} <= set(of(text))


@pytest.mark.parametrize(("place", "part"), [(0.0, 0), (0.19, 0), (0.2, 1), (0.5, 2), (0.8, 4), (0.99, 4), (1.0, 4)])
def test_part_of_the_report(place: float, part: int) -> None:
    assert [name for name in of(OWN, place=place) if name.startswith("part=")] == [f"part={part}"]


def test_only_what_the_article_itself_says_has_names_of_its_own() -> None:
    own = of(OWN, [day(OWN, "Friday")])
    assert {"own&in=week", "own&sentence=week", "own&part=0", "own&main", "own&when=unknown"} <= set(own)
    assert not {"own&type=control", "own&narrated"} & set(own)
    assert not any(name.startswith("own&") for name in of(SAID))


def test_what_a_claim_hangs_on() -> None:
    assert "main" in of(OWN)
    assert "as=ccomp" in of("The army said rebels had left.")
    assert "main" not in of("The army said rebels had left.")


def test_words_that_tell_of_the_past_are_those_of_the_list() -> None:
    given = of("The bridge was first closed two weeks ago.")
    assert {"word=ago", "word=first", "own&word=ago"} <= set(given)
    assert "word=bridge" not in given


def test_traits_that_tell_of_history_are_taken_over_with_their_values() -> None:
    draft = draft_of(OWN)
    given = draft.traits | {"field=law": 0.5, "negated": 1.0, "speaker=ORG": 1.0, "word=law": 0.7, "length": 0.3}
    found = signs(Draft(draft.span, draft.head, "movement", None, traits=given), [], None, PUBLISHED, 0.0)
    assert (found["field=law"], found["negated"], found["narrated"], found["type=movement"]) == (0.5, 1.0, 1.0, 1.0)
    assert "event=control/head" in found
    assert not {"speaker=ORG", "word=law", "length"} & set(found)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"old": 1.0}, True),
        ({"old": 0.9}, False),
        ({"old": 1.0, "new": 0.1}, False),
        ({"old": 1.0, "unheard of": 5.0}, True),
        ({}, False),
    ],
)
def test_history_is_what_is_probable_enough(monkeypatch: pytest.MonkeyPatch, given: Traits, expected: bool) -> None:
    border = math.log(ENOUGH / (1.0 - ENOUGH))
    monkeypatch.setattr(history, "_weights", lambda: {"bias": border - 2.0, "old": 2.0, "new": -2.0})
    assert is_background(given) is expected


def test_every_row_of_the_file_is_of_a_sign_that_there_is() -> None:
    read = list(rows("history.tsv"))
    assert len({row["sign"] for row in read}) == len(read)
    for row in read:
        assert set(row) == {"sign", "weight"}
        assert math.isfinite(float(row["weight"]))
        sign = row["sign"].removeprefix("own&")
        assert sign.startswith((*NAMES, *TRAITS)) or sign in SINGLE, f"there is no sign {row['sign']!r}"
        name, _, value = sign.partition("=")
        assert name != "word" or value in TOLD_BY
        assert name not in {"field", "verb"} or value in FIELDS
        assert name != "type" or value in TYPES
