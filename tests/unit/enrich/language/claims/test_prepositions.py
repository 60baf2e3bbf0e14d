"""Prepositions that attribute: whose words they give, and what is left of the sentence without them."""

import pytest

from services.enrich.language.claims.prepositions import by_preposition
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import worded


def told(text: str) -> list[tuple[str, str | None]]:
    parsed = doc(text)
    return [(content, speaker) for content, speaker, _ in worded(parsed, (each for t in parsed for each in by_preposition(t)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the UN, rebels have entered Goma.", ("rebels have entered Goma", "UN")),
        ("Rebels have entered Goma, according to residents.", ("Rebels have entered Goma", "residents")),
        ("According to the mayor, Ana Ruiz, the bridge has collapsed.", ("the bridge has collapsed", "Ruiz")),
        ("Per the ministry, nine wells are dry.", ("nine wells are dry", "ministry")),
        ("Nine wells are dry, per reports.", ("Nine wells are dry", "reports")),
        ("In the words of the bishop, the valley is lost.", ("the valley is lost", "bishop")),
        ("In the bishop's own words, the valley is lost.", ("the valley is lost", "bishop")),
        ("By the army's own account, nine tanks were lost.", ("nine tanks were lost", "army")),
        ("On the evidence of neighbours, the shop was empty.", ("the shop was empty", "neighbours")),
        ("To the mayor's knowledge, nobody was hurt.", ("nobody was hurt", "mayor")),
        ("From the pilot's account, the fog was thick.", ("the fog was thick", "pilot")),
    ],
)
def test_a_preposition_names_whose_words_they_are(text: str, expected: tuple[str, str]) -> None:
    assert told(text) == [expected]


def test_at_the_end_it_is_about_all_of_the_sentence() -> None:
    text = "Two boats sank and nine men drowned, according to the coastguard."
    assert told(text) == [("Two boats sank", "coastguard"), ("nine men drowned", "coastguard")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The pilot, according to the coastguard, survived the crash.", "coastguard"),
        ("The garrison, in the words of its chief, had fled.", "chief"),
    ],
)
def test_between_a_subject_and_its_verb_it_keeps_the_subject(text: str, speaker: str) -> None:
    assert told(text) == [(text.rstrip("."), speaker)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("One child was, according to medics, among the dead.", "medics"),
        ("The bridge was, according to engineers, unsafe.", "engineers"),
        ("The gas leak was, according to the inquiry, the third that year.", "inquiry"),
    ],
)
def test_between_be_and_its_predicate_it_keeps_both(text: str, speaker: str) -> None:
    assert told(text) == [(text.rstrip("."), speaker)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The market burned; nine stalls were lost, according to traders; the mosque stood.",
            ("nine stalls were lost", "traders"),
        ),
        ("According to nurses, the clinic is empty; the road is mined.", ("the clinic is empty", "nurses")),
        ("The convoy turned back; according to drivers, the pass was snowed in.", ("the pass was snowed in", "drivers")),
        ("The fire began in a shed; nine goats died, according to the farmer.", ("nine goats died", "farmer")),
    ],
)
def test_it_is_about_its_own_part_between_semicolons(text: str, expected: tuple[str, str]) -> None:
    assert told(text) == [expected]


def test_whom_a_source_cites_says_it_and_the_source_passes_it_on() -> None:
    parsed = doc("The bridge has collapsed, according to the mayor, who cited ward officers.")
    (only,) = (each for token in parsed for each in by_preposition(token))
    assert only.speaker is not None
    assert only.via is not None
    assert (only.speaker.text, only.via.text) == ("officers", "mayor")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("According to the UN, rebels have entered Goma.", "According to"),
        ("Nine wells are dry, per reports.", "per"),
        ("In the words of the bishop, the valley is lost.", "In the words"),
    ],
)
def test_cue(text: str, cue: str) -> None:
    parsed = doc(text)
    assert [parsed[each.cue.start : each.cue.end].text for t in parsed for each in by_preposition(t)] == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "Bread costs four dollars per kilo.",
        "Prices rose 40 per cent.",
        "In full view of the guards, thieves emptied the depot.",
        "In a word, the harvest failed.",
        "On the road to the ford, the convoy stopped.",
        "By the mayor's house, the wall fell.",
        "The party, in its statement, said that the vote was rigged.",
        "In its statement, the party said that the vote was rigged.",
        "The mission, in its report, denied that the well was poisoned.",
    ],
)
def test_what_names_no_source(text: str) -> None:
    assert told(text) == []
