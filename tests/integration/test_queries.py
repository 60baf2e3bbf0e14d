"""What analysts ask: every query of docs/queries.md gives what its picture shows, and no view shows what it must not."""

import math
from random import Random

import psycopg
import pytest

from deploy.queries import PICTURES, SCHEMA, picture, queries, schema, store_examples
from services.store.read import Item
from sitrep.contracts.enriched import Claim, Entity, Mention, Quantity, Span, Speaker
from sitrep.contracts.events import Retraction
from sitrep.contracts.identity import claim_id
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.topics import ENRICHED, RETRACTED
from tests.integration.test_store import item, record, store
from tests.support import generator
from tests.support.make import article, enriched
from tests.support.servers import Database, Fresh

ARTICLES_OF = {
    view: f"SELECT article_id FROM {view}"
    for view in ("reports", "said", "about", "control", "first_said", "arrivals", "undated")
} | {
    "casualties": "SELECT article_id FROM claims WHERE claim_id IN (SELECT unnest(claims) FROM casualties)",
    "search": "SELECT article_id FROM search('fighting')",
    "search_claims": "SELECT article_id FROM search_claims('said or shells or truce or fled or drones or town or road or airport')",
}

COMMENTED = """
SELECT relname FROM pg_class WHERE relnamespace = 'sitrep'::regnamespace AND relkind = 'v' AND obj_description(oid) IS NOT NULL
"""


@pytest.fixture(scope="module")
def examples(database: Database) -> Fresh:
    fresh = database.fresh("test_queries")
    store_examples(fresh.uri("writer"))
    return fresh


@pytest.fixture(scope="module")
def hiding(database: Database) -> tuple[Fresh, set[str]]:
    """Return a database with articles, dated and not: some that everybody may see, canaries, some taken back; and the first."""
    fresh = database.fresh("test_hiding")
    made, shown = [], set()
    for n in range(60):
        one = generator.enriched("hiding", n)
        if n % 2:
            one["article"] |= {"published": None, "published_from": None}
        id_ = one["article"]["article_id"]
        match n % 3:
            case 0:
                shown.add(id_)
            case 1:
                one["article"]["canary"] = True
            case 2:
                made.append(item(record(Retraction(article_id=id_, reason="a test", at=generator.AT, seq=1), RETRACTED)))
        made.append(item(record(generator.value(one), ENRICHED)))
    store(fresh, [made])
    return fresh, shown


@pytest.mark.parametrize("name", queries())
def test_query_of_the_document_gives_what_its_picture_shows(examples: Fresh, name: str) -> None:
    assert picture(name, examples.uri("reader")) == (PICTURES / f"{name}.svg").read_text("utf-8"), "run `make docs`"


def test_every_picture_belongs_to_a_query() -> None:
    assert {path.stem for path in PICTURES.glob("*.svg")} == set(queries())


def test_schema_file_is_what_the_migrations_make(database: Database) -> None:
    database.fresh("test_schema")
    assert schema(database.port, "test_schema") == SCHEMA.read_text("utf-8"), "run `make docs`"


@pytest.mark.parametrize("view", ARTICLES_OF)
def test_view_shows_neither_canaries_nor_what_was_taken_back(hiding: tuple[Fresh, set[str]], view: str) -> None:
    fresh, shown = hiding
    found = {row[0] for row in fresh.rows(ARTICLES_OF[view])}
    assert found
    assert found <= shown


def test_entities_count_neither_canaries_nor_what_was_taken_back(hiding: tuple[Fresh, set[str]]) -> None:
    fresh, shown = hiding
    ids = ", ".join(f"'{id_}'" for id_ in shown)
    expected = fresh.rows(f"SELECT count(*) FROM article_entities WHERE article_id IN ({ids})")
    assert fresh.rows("SELECT sum(articles)::bigint FROM entities") == expected


def told(n: int, *, places: int = 1, published: str | None = None, least: int | None = None, most: int | None = None) -> Item:
    """Return an article in which somebody says that so many were killed, in so many places."""
    towns = ("Rivertown", "Hilltown")
    text = f"Report {n}. A man said people were killed in {towns[0]} and {towns[1]}."
    source = None if published is None else PublishedFrom.SIDECAR
    of = article(text, f"told/{n}", published=published, published_from=source)
    start, end = text.index("people"), len(text) - 1
    entities = [
        Entity(
            entity_id=f"gn:{number}", name=town, label="GPE", category="city", score=1.0,
            mentions=(Mention(start=text.index(town), end=text.index(town) + len(town), text=town, label="GPE"),),
        )
        for number, town in enumerate(towns, 1)
    ]  # fmt: skip
    quantity = Quantity(
        text="people", start=start, end=start + 6, min=least, max=most, unit="person", of="people", what="killed"
    )
    claim = Claim(
        claim_id=claim_id(of.article_id, start, end, 0), start=start, end=end, text=text[start:end],
        sentence=Span(start=0, end=len(text)), speaker=Speaker(name="A man"), quote="indirect", type="casualties",
        polarity="asserted", confidence=0.8, quantities=(quantity,), places=tuple(e.entity_id for e in entities[:places]),
    )  # fmt: skip
    return item(record(enriched(of, entities=tuple(entities), claims=(claim,)), ENRICHED))


def test_casualties_are_told_for_every_place_of_a_claim(database: Database) -> None:
    fresh = database.fresh("two_places")
    store(fresh, [[told(1, places=2, least=20)]])
    rows = fresh.rows("SELECT place, main, least, most FROM casualties ORDER BY place")
    assert rows == [("Hilltown", False, 20, None), ("Rivertown", True, 20, None)]


def test_casualties_are_a_range_that_is_open_where_one_of_them_is(database: Database) -> None:
    fresh = database.fresh("open_ends")
    query = "SELECT least, most, reports FROM casualties"
    store(fresh, [[told(1, least=20, most=25), told(2, least=25, most=30)]])
    assert fresh.rows(query) == [(20, 30, 2)]
    store(fresh, [[told(3, most=40)]])
    assert fresh.rows(query) == [(None, 40, 3)]
    store(fresh, [[told(4, least=22)]])
    assert fresh.rows(query) == [(None, None, 4)]


def with_quantities(n: int, *given: tuple[str, int, int | None, int | None]) -> Item:
    """Return an article in which so many are told to be killed; each as (words, least, most, index of its total)."""
    text = f"Report {n}. A man said that dozens were killed, five of them children, in Rivertown."
    of = article(text, f"parts/{n}")
    start, end = text.index("dozens"), len(text) - 1
    river = Entity(
        entity_id="gn:1", name="Rivertown", label="GPE", category="city", score=1.0, within=("kb:province", "gn:99"),
        mentions=(Mention(start=text.index("Rivertown"), end=text.index("Rivertown") + 9, text="Rivertown", label="GPE"),),
    )  # fmt: skip
    land = Entity(
        entity_id="gn:99", name="Riverland", label="GPE", category="country", score=1.0,
        mentions=(Mention(start=0, end=6, text="Report", label="GPE"),),
    )  # fmt: skip
    counted = tuple(
        Quantity(
            text=words, start=text.index(words), end=text.index(words) + len(words), min=least, max=most, unit="person",
            of=None, what="killed", part_of=total,
        )
        for words, least, most, total in given
    )  # fmt: skip
    claim = Claim(
        claim_id=claim_id(of.article_id, start, end, 0), start=start, end=end, text=text[start:end],
        sentence=Span(start=0, end=len(text)), speaker=Speaker(name="A man"), quote="indirect", type="casualties",
        polarity="asserted", confidence=0.8, quantities=counted, places=("gn:1",),
    )  # fmt: skip
    return item(record(enriched(of, entities=(river, land), claims=(claim,)), ENRICHED))


def test_parts_stand_in_rows_of_their_own_and_figures_as_they_were_said(database: Database) -> None:
    fresh = database.fresh("parts")
    store(fresh, [[with_quantities(1, ("dozens", 24, None, None), ("five", 5, 5, 0))]])
    rows = fresh.rows("SELECT part, least, most, as_said FROM casualties ORDER BY part")
    assert rows == [(False, 24, None, ["dozens"]), (True, 5, 5, ["five"])]


def test_question_about_a_country_takes_in_what_lies_within(database: Database) -> None:
    fresh = database.fresh("within")
    store(fresh, [[with_quantities(1, ("dozens", 24, None, None))], [told(2, places=2)]])
    within = "SELECT DISTINCT place FROM about WHERE place_id IN (SELECT places_in('riverland')) ORDER BY place"
    assert fresh.rows(within) == [("Rivertown",)]
    assert fresh.rows("SELECT places_in('Atlantis')") == []


def test_first_of_a_day_is_told_by_the_clock(database: Database) -> None:
    fresh = database.fresh("clock")
    times = ["2024-11-29T20:00:00Z", "2024-11-29T08:00:00+03:00", "2024-11-29T06:00:00Z", "2024-11-29"]
    store(fresh, [[told(n, published=at) for n, at in enumerate(times)]])
    assert fresh.rows("SELECT r.published FROM first_said JOIN reports r USING (article_id)") == [(times[1],)]
    store(fresh, [[told(9, published="2024-11-28")]])
    assert fresh.rows("SELECT r.published FROM first_said JOIN reports r USING (article_id)") == [("2024-11-28",)]


def test_every_view_is_tried(hiding: tuple[Fresh, set[str]]) -> None:
    views = {row[0] for row in hiding[0].rows("SELECT viewname FROM pg_views WHERE schemaname = 'sitrep'")}
    assert views == set(ARTICLES_OF) - {"search", "search_claims"} | {"entities", "refusals"}  # that one is of no article
    assert views == {row[0] for row in hiding[0].rows(COMMENTED)}, "a view says what it shows"


def _km(lat: float, lon: float, of_lat: float, of_lon: float) -> float:
    a, b = math.radians(lat), math.radians(of_lat)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(of_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1, math.sqrt(h)))


def test_within_km_is_what_the_distance_says_everywhere(examples: Fresh) -> None:
    random = Random(7)
    cases = []
    for _ in range(3000):
        of_lat, of_lon = random.choice([-90, -89.5, -60, 0, 36.2, 88.9, 90]), random.choice([-180, -179.9, 0, 37.1, 179.9, 180])
        km = random.choice([0.5, 20, 300, 5000])
        near = km / 111 * 1.2
        lat = max(-90.0, min(90.0, of_lat + random.uniform(-near, near)))
        lon = (of_lon + random.uniform(-near, near) / max(0.01, math.cos(math.radians(of_lat))) + 540) % 360 - 180
        cases.append((lat, lon, of_lat, of_lon, km))
    with psycopg.connect(examples.uri("reader")) as connection, connection.cursor() as cursor:
        answered = []
        for case in cases:
            answered.append(
                cursor.execute("SELECT within_km(%s, %s, %s, %s, %s), km(%s, %s, %s, %s)", [*case, *case[:4]]).fetchone()
            )
    for case, row in zip(cases, answered, strict=True):
        assert row is not None
        assert row[1] == pytest.approx(_km(*case[:4]), abs=1e-6)
        assert row[0] == (row[1] <= case[4]), case


@pytest.mark.parametrize(
    ("place", "box", "inside"),
    [
        ((36.2, 37.1), (36, 37, 37, 38), True),
        ((35.9, 37.1), (36, 37, 37, 38), False),
        ((-17, 179), (-20, 178, -15, -178), True),
        ((-17, -179), (-20, 178, -15, -178), True),
        ((-17, 0), (-20, 178, -15, -178), False),
    ],
    ids=["in", "south of it", "west of the 180th", "east of the 180th", "on the other side of the earth"],
)  # fmt: skip
def test_in_box(examples: Fresh, place: tuple[float, float], box: tuple[float, ...], inside: bool) -> None:
    asked = ", ".join(str(number) for number in (*place, *box))
    assert examples.rows(f"SELECT in_box({asked})") == [(inside,)]


def test_search_understands_what_people_type(examples: Fresh) -> None:
    def titles(question: str) -> set[str]:
        with psycopg.connect(examples.uri("reader")) as connection:
            return {row[0] for row in connection.execute("SELECT title FROM search(%s)", (question,))}

    assert titles("strikes") == titles("strike")
    assert titles('"market strike"') < titles("market strike")
    assert titles("saraqib -strike") | titles("saraqib strike") == titles("saraqib")
    assert titles("bodies or blanket") == titles("bodies") | titles("blanket")
    for hostile in ('"', "((", "a & | !", "-", "", "'; DROP TABLE claims; --", "⟪", "\\"):
        titles(hostile)
