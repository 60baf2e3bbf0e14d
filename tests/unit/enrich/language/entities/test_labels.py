"""What a group of mentions is."""

import pytest

from services.enrich.language.entities.found import Found
from services.enrich.language.entities.groups import Group
from services.enrich.language.entities.labels import Labelled, label
from services.enrich.language.knowledge.lexicon import lexicon
from sitrep.contracts.enriched import EntityLabel
from tests.support.parses import doc


def of(text: str, name: str, tag: EntityLabel, *, is_place: bool = False) -> Labelled:
    start = text.index(name)
    return label(doc(text), Group(name, [Found(start, start + len(name), tag)]), is_place=is_place)


@pytest.mark.parametrize("tag", ["PERSON", "ORG", "GPE"])
@pytest.mark.parametrize(
    "text", ["The mayor of Kesra wept.", "Kesra, a village, burned.", "The road between Goma and Kesra was closed."]
)
def test_frame_outweighs_the_model(text: str, tag: EntityLabel) -> None:
    assert of(text, "Kesra", tag).label == "GPE"


def test_frame_speaks_for_a_region_where_the_model_takes_the_name_for_one() -> None:
    assert of("The mayor of Kesra wept.", "Kesra", "LOC").label == "LOC"


@pytest.mark.parametrize(("tag", "category"), [("PERSON", "person"), ("ORG", "other"), ("GPE", "other")])
def test_without_a_frame_the_model_decides(tag: EntityLabel, category: str) -> None:
    assert of("The envoy spoke for Kesra.", "Kesra", tag) == Labelled(tag, category)  # type: ignore[arg-type]


def test_known_place_outweighs_the_model() -> None:
    assert of("The envoy spoke for Kesra.", "Kesra", "PERSON", is_place=True).label == "GPE"


def test_entry_of_the_data_files_is_sure() -> None:
    text = "The UN said that rebels had taken Goma and that civilians had fled."
    (entry,) = (hit.entry for hit in lexicon().find(text) if text[hit.start : hit.end] == "UN")
    found = label(doc(text), Group("UN", [Found(4, 6, "GPE", entry)]), is_place=True)
    assert found == Labelled("ORG", entry.category, sure=True)
