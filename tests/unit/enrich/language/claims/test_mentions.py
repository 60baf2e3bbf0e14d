"""Entities by where they are named."""

from services.enrich.language.claims.mentions import Mentions
from tests.unit.enrich.language.claims.build import entity

TEXT = "The UN said the Mai-Mai of Goma left Goma on foot, said Omar."
UN = entity(TEXT, "UN", label="ORG", category="international_org")
GOMA = entity(TEXT, "Goma")
MAI = entity(TEXT, "Mai-Mai", label="NORP", category="nationality")
OMAR = entity(TEXT, "Omar", label="PERSON", category="person")
MENTIONS = Mentions([OMAR, GOMA, UN, MAI])


def test_who_can_speak_is_found_by_any_of_its_characters() -> None:
    start = TEXT.index("Omar")
    assert MENTIONS.speaker_at(start) is OMAR
    assert MENTIONS.speaker_at(start + 3) is OMAR
    assert MENTIONS.speaker_at(start + 4) is None
    assert MENTIONS.speaker_at(TEXT.index("UN")) is UN


def test_a_people_does_not_speak_and_nobody_stands_before_the_first() -> None:
    assert MENTIONS.speaker_at(TEXT.index("Mai-Mai")) is None
    assert MENTIONS.speaker_at(0) is None


def test_within_a_span_by_label_each_once_in_order() -> None:
    start, end = TEXT.index("Mai-Mai"), TEXT.index(" on foot")
    assert MENTIONS.within(start, end, frozenset({"NORP", "GPE"})) == (MAI.entity_id, GOMA.entity_id)
    assert MENTIONS.within(start, end, frozenset({"GPE"})) == (GOMA.entity_id,)
    assert MENTIONS.within(0, TEXT.index("UN") + 2, frozenset({"ORG"})) == (UN.entity_id,)
    assert MENTIONS.within(0, TEXT.index("UN") + 1, frozenset({"ORG"})) == ()
    assert MENTIONS.within(start + 1, start + 7, frozenset({"NORP"})) == ()
    assert MENTIONS.within(0, start + 3, frozenset({"NORP"})) == ()
