"""Which one a group is."""

import pytest

from services.enrich.language.entities.found import Found
from services.enrich.language.entities.groups import group
from services.enrich.language.entities.resolve import Resolved, resolve
from services.enrich.language.knowledge.lexicon import lexicon
from sitrep.contracts.enriched import EntityLabel
from tests.support.parses import doc


def of(text: str, *names: str, tag: EntityLabel = "GPE") -> list[Resolved]:
    known = {(hit.start, hit.end): hit.entry for hit in lexicon().find(text)}
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return resolve(doc(text), text, group(text, [Found(*span, tag, known.get(span)) for span in spans]))


@pytest.mark.parametrize(
    ("text", "town", "state", "entity_id", "province"),
    [
        ("Sailors came to Norfolk, Va., on Friday.", "Norfolk", "Va.", "gn:4776222", "kb:us-virginia"),
        ("Police came to Moscow, Idaho, on Friday.", "Moscow", "Idaho", "gn:5601538", "kb:us-idaho"),
        ("Police came to Columbus, Georgia, on Friday.", "Columbus", "Georgia", "gn:4188985", "kb:us-georgia"),
    ],
)
def test_town_and_the_state_behind_it(text: str, town: str, state: str, entity_id: str, province: str) -> None:
    first, second = of(text, town, state)
    assert (first.entity_id, first.country) == (entity_id, "US")
    assert (second.entity_id, second.category) == (province, "province")
    (alone,) = of(text, town)
    assert alone.country == "US"


def test_place_in_another_country_than_those_that_are_known_is_of_that_country_alone() -> None:
    (found,) = of("Sailors came to Norfolk, England, on Friday.", "Norfolk")
    assert (found.name, found.label, found.entity_id) == ("Norfolk", "GPE", None)
    assert (found.country, found.lat, found.lon, found.alternatives) == ("GB", None, None, ())


@pytest.mark.parametrize(("state", "entity_id"), [("Idaho", None), ("England", "kb:gb-england")])
def test_what_the_data_files_say_is_forgotten_of_a_name_in_another_country(state: str, entity_id: str | None) -> None:
    text = "Sailors came to Norfolk, England, on Friday."
    entry = next(entry for entry in lexicon().named(state) if entry.category == "province")
    start = text.index("Norfolk")
    (found,) = resolve(doc(text), text, group(text, [Found(start, start + len("Norfolk"), "GPE", entry)]))
    assert (found.entity_id, found.country) == (entity_id, "GB")


def test_place_that_only_its_frame_tells() -> None:
    (found,) = of("The mayor of Kesra wept.", "Kesra", tag="PERSON")
    assert (found.label, found.country, found.precision) == ("GPE", "TN", "locality")
    (person,) = of("The envoy spoke for Kesra.", "Kesra", tag="PERSON")
    assert (person.label, person.entity_id) == ("PERSON", None)
