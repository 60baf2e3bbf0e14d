"""Who and where: what is a name, which names are one thing, what it is, and which one."""

from collections import Counter

import pytest

from services.enrich.language.components.attributes import RULER
from services.enrich.language.components.names import MODEL
from services.enrich.language.entities.places import Evidence, readings
from services.enrich.language.model import load_model
from services.enrich.language.pipeline import Pipeline
from sitrep.contracts.enriched import Entity
from tests.support import language_bench as bench


def found(pipeline: Pipeline, text: str) -> dict[str, Entity]:
    """Return the entities of a text by the surfaces of their mentions."""
    return {m.text: entity for entity in bench.run([text], pipeline)[0].entities for m in entity.mentions}


@pytest.mark.parametrize(
    ("text", "surface", "label", "entity_id"),
    [
        ("Congolese troops left, the M23 group said.", "M23", "ORG", "kb:m23"),
        ("The UN said so in Geneva.", "UN", "ORG", "kb:united-nations"),
        ("Kurdish forces and Islamists fought in Syria.", "Islamists", "NORP", "kb:norp-islamist"),
        ("Rebels control all of Idlib province in Syria.", "Idlib province", "GPE", "kb:sy-idlib"),
        ("Shells hit Goma in Congo, doctors said.", "Goma", "GPE", "gn:216281"),
        ("Syrian rebels captured Saraqeb on Friday.", "Saraqeb", "GPE", "gn:164816"),
        ("Fighting spread in Amhara, Ethiopian officials said.", "Amhara", "GPE", "kb:et-amhara"),
        ("The Kremlin condemned the attack.", "Kremlin", "ORG", "kb:kremlin"),
        ("Drones flew over the Black Sea.", "Black Sea", "LOC", "kb:black-sea"),
        ("Nine people were killed in Azaz on Friday, the army said.", "Azaz", "GPE", "gn:172082"),
        ("Nine people were killed in Bakhmut on Friday, the army said.", "Bakhmut", "GPE", "gn:713174"),
    ],
)  # fmt: skip
def test_name_is_what_it_is(pipeline: Pipeline, text: str, surface: str, label: str, entity_id: str) -> None:
    entity = found(pipeline, text)[surface]
    assert (entity.label, entity.entity_id) == (label, entity_id)


@pytest.mark.parametrize(
    ("text", "surface", "entity_id", "country"),
    [
        ("Two soldiers from Columbus, Georgia, were killed near Manbij, the Pentagon said.", "Georgia", "kb:us-georgia", "US"),
        ("Two soldiers from Columbus, Georgia, were killed near Manbij, the Pentagon said.", "Manbij", "gn:167357", "SY"),
        ("A ship with 300 soldiers left Norfolk, Virginia, on Friday.", "Virginia", "kb:us-virginia", "US"),
        ("Russian troops left Gori, Georgia, on Friday.", "Georgia", "gn:614540", "GE"),
    ],
)
def test_name_behind_a_town_is_the_province_that_it_lies_in(
    pipeline: Pipeline, text: str, surface: str, entity_id: str, country: str
) -> None:
    entity = found(pipeline, text)[surface]
    assert (entity.entity_id, entity.country) == (entity_id, country)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Police closed Goma airport on Friday, in Congo.", "Goma airport"),
        ("Fighters took the Golo reservoir near El Fasher in Sudan.", "Golo reservoir"),
        ("Jumla airport was closed for six hours, Nepalese officials said.", "Jumla airport"),
    ],
)
def test_head_behind_a_name_is_part_of_it(pipeline: Pipeline, text: str, surface: str) -> None:
    assert found(pipeline, text)[surface].label == "FAC"


def test_names_that_share_a_head_share_what_they_are(pipeline: Pipeline) -> None:
    entities = found(
        pipeline, "People fled from Bulengo and Lushagala camps near Goma, in Congo. The tents of Bulengo are gone."
    )
    assert entities["Bulengo"].label == entities["Lushagala"].label == "FAC"
    assert len(entities["Bulengo"].mentions) == 2


@pytest.mark.parametrize(
    ("text", "surface", "not_part_of"),
    [
        ("In Idlib state media said the Syrian army had advanced.", "Idlib", "Idlib state"),
        ("A Beirut suburb was hit, Lebanese officials said.", "Beirut", "Beirut suburb"),
        ("A Nikopol school was hit in Ukraine.", "Nikopol", "Nikopol school"),
        ("The Russian airbase was hit.", "Russian", "Russian airbase"),
    ],
)
def test_word_behind_a_name_is_not_always_its_head(pipeline: Pipeline, text: str, surface: str, not_part_of: str) -> None:
    entities = found(pipeline, text)
    assert surface in entities
    assert not_part_of not in entities


def test_longer_name_in_the_text_goes_before_a_part_that_is_known(pipeline: Pipeline) -> None:
    entities = found(
        pipeline, "Jordan Ellis, a doctor, said there was no fuel. Ellis left on Monday. Mike Sonko denied it; Sonko was away."
    )
    assert entities["Ellis"].name == "Jordan Ellis"
    assert entities["Sonko"].name == "Mike Sonko"
    assert all(entity.label == "PERSON" for entity in entities.values())


def test_short_name_means_what_the_text_says(pipeline: Pipeline) -> None:
    entities = found(
        pipeline, "Reporters Without Borders (RSF) said three journalists were missing. RSF called for an inquiry."
    )
    assert entities["RSF"].entity_id == "kb:reporters-without-borders"
    sudan = found(pipeline, "Sudan's army and the RSF fought in Khartoum.")
    assert sudan["RSF"].entity_id == "kb:rapid-support-forces"


def test_common_word_at_the_beginning_of_a_sentence_is_no_name(pipeline: Pipeline) -> None:
    text = "Videos were posted. Bakeries remained open. Insurgents fled. Gunmen attacked Goma in Congo."
    assert set(found(pipeline, text)) == {"Goma", "Congo"}


def test_possessive_title_and_article_stay_outside(pipeline: Pipeline) -> None:
    surfaces = set(found(pipeline, "President Bashar al-Assad's army and the United Nations met General Ivan Petrenko."))
    assert surfaces == {"Bashar al-Assad", "United Nations", "Ivan Petrenko"}


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        ("London", {"US": 5}, "GB"), ("Athens", {"US": 5}, "GR"), ("Moscow", {"US": 5}, "RU"), ("Geneva", {"US": 3}, "CH"),
        ("Tripoli", {"LB": 4}, "LB"), ("Tripoli", {"LY": 4}, "LY"), ("Hyderabad", {"PK": 4}, "PK"), ("Hyderabad", {}, "IN"),
        ("Valencia", {"VE": 3}, "VE"), ("Donetsk", {"UA": 3, "RU": 3}, "UA"), ("Aleppo", {"SY": 3}, "SY"), ("Goma", {"CD": 2}, "CD"),
        ("Kingston", {"JM": 3}, "JM"), ("Barcelona", {}, "ES"),
    ],
)  # fmt: skip
def test_place_is_where_the_article_plays_unless_the_world_knows_another(
    name: str, countries: dict[str, int], expected: str
) -> None:
    best = readings(name, Evidence(Counter(countries)))[0]
    assert best.country == expected
    assert best.score >= 0.4


def test_attributes_say_what_the_rules_of_the_model_say() -> None:
    stock, ours = load_model(bench.MODEL).nlp, load_model(bench.MODEL).nlp
    ours.add_pipe("sitrep_attributes", after=RULER)
    for text in bench.sample(7):
        for theirs, mine in zip(stock(text), ours(text), strict=True):
            assert (mine.pos_, str(mine.morph), mine.lemma_) == (theirs.pos_, str(theirs.morph), theirs.lemma_)


@pytest.mark.parametrize(("title", "expected"), [("Mr", "Peter Okoro"), ("Mrs", "Mary Okoro")])
def test_title_tells_two_of_a_family_apart(pipeline: Pipeline, title: str, expected: str) -> None:
    text = f"Peter Okoro met the engineer Mary Okoro at the dam on Friday. {title} Okoro said the dam was safe."
    assert found(pipeline, text)["Okoro"].name == expected


def test_names_are_what_the_model_itself_decides() -> None:
    stock, ours = load_model(bench.MODEL).nlp, load_model(bench.MODEL).nlp
    ours.add_pipe("sitrep_names", after=MODEL)
    texts = [*bench.prose(), "Aleppo", "  \n ", ""]
    for theirs, mine in zip(stock.pipe(texts), ours.pipe(texts), strict=True):
        names = [(name.start, name.end, name.label_) for name in theirs.ents]
        assert [(name.start, name.end, name.label_) for name in mine.ents] == names
        assert [token.ent_iob_ for token in mine] == [token.ent_iob_ for token in theirs]


def test_nothing_is_merged_or_found_differently_in_company(pipeline: Pipeline) -> None:
    texts = bench.sample(6)
    together = bench.run(texts, pipeline)
    assert [bench.run([text], pipeline)[0].entities for text in texts] == [made.entities for made in together]


def test_post_of_a_live_blog_hangs_its_dates_on_its_own_stamp(pipeline: Pipeline) -> None:
    text = (
        "Live: fighting in Aleppo\n\n30 November 2024, 09:10 Rebels took the bridge on Friday, residents said.\n\n"
        "12 September 2024, 22:40 Two explosions were heard at about 18:50. A missile struck this evening, officials said."
    )
    dates = {found.text: found.earliest and found.earliest.isoformat() for found in bench.run([text], pipeline)[0].dates}
    assert dates["Friday"] == "2024-11-29"
    assert dates["18:50"] == dates["this evening"] == "2024-09-12"
