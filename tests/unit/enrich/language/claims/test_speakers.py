"""Who speaks: names, descriptions, and pronouns for who spoke before."""

import pytest

from services.enrich.language.claims.mentions import Mentions
from services.enrich.language.claims.speakers import Speakers
from services.enrich.language.coreference.resolve import Coreference
from sitrep.contracts.enriched import Entity
from tests.support.parses import doc, token
from tests.unit.enrich.language.claims.build import entity

TEXT = "Ana Ruiz said the road was closed. She told Reuters that two soldiers had died."


def speakers(text: str, *entities: Entity) -> Speakers:
    return Speakers(Mentions(entities), Coreference(doc(text), entities, ()), text)


def person(text: str, *names: str) -> Entity:
    return entity(text, *names, label="PERSON", category="person")


def of_text() -> Speakers:
    return speakers(TEXT, person(TEXT, "Ana Ruiz"), entity(TEXT, "Reuters", label="ORG", category="media"))


def test_name_is_its_entity_and_a_pronoun_who_spoke_before() -> None:
    parsed, who = doc(TEXT), of_text()
    first = who.resolve(token(parsed, "Ruiz"))
    assert (first.name, first.text, first.entity_id) == ("Ana Ruiz", "Ana Ruiz", "kb:ana-ruiz")
    second = who.resolve(token(parsed, "She"))
    assert (second.name, second.text, second.start, second.entity_id) == ("Ana Ruiz", "She", TEXT.index("She"), "kb:ana-ruiz")
    assert second.end == TEXT.index("She") + 3


def test_pronoun_without_anybody_before_is_itself() -> None:
    only = speakers(TEXT).resolve(token(doc(TEXT), "She"))
    assert (only.name, only.entity_id) == ("She", None)


def test_pronoun_is_not_a_body_and_not_the_other_gender() -> None:
    parsed, who = doc(TEXT), of_text()
    who.resolve(token(parsed, "Reuters"))
    assert who.resolve(token(parsed, "She")).name == "Ana Ruiz"


def test_who_only_passes_it_on_is_no_antecedent() -> None:
    parsed, who = doc(TEXT), of_text()
    who.resolve(token(parsed, "Ruiz"))
    via = who.resolve_via(token(parsed, "Reuters"))
    assert via.entity_id == "kb:reuters"
    assert who.resolve(token(parsed, "She")).name == "Ana Ruiz"


def test_pronoun_is_who_spoke_and_not_who_is_the_subject() -> None:
    text = "Omar Sayed met Fadi Nasser. He wept."
    parsed, people = doc(text), (person(text, "Omar Sayed"), person(text, "Fadi Nasser"))
    assert speakers(text, *people).resolve(token(parsed, "He")).name == "Omar Sayed"
    who = speakers(text, *people)
    who.resolve(token(parsed, "Nasser"))
    assert who.resolve(token(parsed, "He")).name == "Fadi Nasser"


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Two military sources said rebels had left.", "sources", "Two military sources"),
        ("The army and the police said the bridge was closed.", "army", "army and the police"),
    ],
)
def test_description_is_its_words(text: str, head: str, expected: str) -> None:
    described = speakers(text).resolve(token(doc(text), head))
    assert (described.name, described.text, described.entity_id) == (expected, expected, None)


def test_two_who_say_it_together_are_not_the_first_of_them() -> None:
    text = "Ana Ruiz and Omar Sayed said the bridge was closed."
    joint = speakers(text, person(text, "Ana Ruiz"), person(text, "Omar Sayed")).resolve(token(doc(text), "Ruiz"))
    assert (joint.name, joint.entity_id) == ("Ana Ruiz and Omar Sayed", None)


def test_we_is_who_spoke_before() -> None:
    text = "Ana Ruiz said the road was closed. We have no bread."
    parsed, who = doc(text), speakers(text, person(text, "Ana Ruiz"))
    assert who.resolve(token(parsed, "We")).name == "We"
    who.resolve(token(parsed, "Ruiz"))
    assert who.resolve(token(parsed, "We")).entity_id == "kb:ana-ruiz"


def test_body_is_named_again_by_its_noun() -> None:
    text = "The Ministry of Health opened a ward. The ministry paid nurses."
    who = speakers(text, entity(text, "Ministry of Health", label="ORG", category="government"))
    again = who.resolve(token(doc(text), "ministry"))
    assert (again.name, again.text, again.entity_id) == ("Ministry of Health", "ministry", "kb:ministry-of-health")
