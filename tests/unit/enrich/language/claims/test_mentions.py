"""Entities by where they are named."""

from services.enrich.language.claims.mentions import Mentions
from tests.support.parses import doc, token
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


SHELLED = "Russian forces shelled Goma."
RUSSIAN = entity(SHELLED, "Russian", label="NORP", category="nationality")


def test_of_nouns_by_what_they_name_or_who_qualifies_them_each_once_in_order() -> None:
    parsed = doc(SHELLED)
    found = Mentions([entity(SHELLED, "Goma"), RUSSIAN])
    assert found.of_tokens([token(parsed, "forces")]) == ("kb:russian",)
    assert found.of_tokens([token(parsed, "Goma")]) == ("kb:goma",)
    assert found.of_tokens(token(parsed, word) for word in ("Goma", "forces", "Russian", "Goma")) == ("kb:goma", "kb:russian")
    assert found.of_tokens([token(parsed, "shelled")]) == ()
    assert found.of_tokens([]) == ()


def test_of_a_noun_that_is_named_itself_its_own_name_counts_and_not_that_before_it() -> None:
    parsed = doc(SHELLED)
    whole = entity(SHELLED, "forces", label="ORG", category="military")
    assert Mentions([whole, RUSSIAN]).of_tokens([token(parsed, "forces")]) == ("kb:forces",)
    assert Mentions([]).of_tokens([token(parsed, "forces")]) == ()


def test_noun_behind_a_name_is_not_that_name() -> None:
    parsed = doc("Residents of Kesra said 12 people had died.")
    found = Mentions([entity(parsed.text, "Kesra")])
    assert found.of_tokens([token(parsed, "people")]) == ()
    assert found.of_tokens([token(parsed, "Residents")]) == ()
