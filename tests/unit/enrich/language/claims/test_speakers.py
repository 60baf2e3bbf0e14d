"""Who speaks: names, descriptions, and pronouns for who spoke before."""

from services.enrich.language.claims.mentions import Mentions
from services.enrich.language.claims.speakers import Speakers
from services.enrich.language.coreference.pronouns import Pronouns
from tests.support.parses import doc, token
from tests.unit.enrich.language.claims.build import entity

TEXT = "Ana Ruiz said the road was closed. She told Reuters that two soldiers had died."


def speakers() -> Speakers:
    ruiz = entity(TEXT, "Ana Ruiz", label="PERSON", category="person")
    entities = [ruiz, entity(TEXT, "Reuters", label="ORG", category="media")]
    return Speakers(Mentions(entities), Pronouns(TEXT, entities), TEXT)


def test_name_is_its_entity_and_a_pronoun_who_spoke_before() -> None:
    parsed, who = doc(TEXT), speakers()
    first = who.resolve(token(parsed, "Ruiz"))
    assert (first.name, first.text, first.entity_id) == ("Ana Ruiz", "Ana Ruiz", "kb:ana-ruiz")
    second = who.resolve(token(parsed, "She"))
    assert (second.name, second.text, second.start, second.entity_id) == ("Ana Ruiz", "She", TEXT.index("She"), "kb:ana-ruiz")
    assert second.end == TEXT.index("She") + 3


def test_pronoun_without_anybody_before_is_itself() -> None:
    only = Speakers(Mentions([]), Pronouns(TEXT, []), TEXT).resolve(token(doc(TEXT), "She"))
    assert (only.name, only.entity_id) == ("She", None)


def test_pronoun_is_not_a_body_and_not_the_other_gender() -> None:
    parsed, who = doc(TEXT), speakers()
    who.resolve(token(parsed, "Reuters"))
    assert who.resolve(token(parsed, "She")).name == "Ana Ruiz"


def test_who_only_passes_it_on_is_no_antecedent() -> None:
    parsed, who = doc(TEXT), speakers()
    who.resolve(token(parsed, "Ruiz"))
    via = who.resolve_via(token(parsed, "Reuters"))
    assert via.entity_id == "kb:reuters"
    assert who.resolve(token(parsed, "She")).name == "Ana Ruiz"


def test_description_is_its_words() -> None:
    text = "Two military sources said rebels had left."
    parsed = doc(text)
    described = Speakers(Mentions([]), Pronouns(text, []), text).resolve(token(parsed, "sources"))
    assert (described.name, described.text, described.entity_id) == ("Two military sources", "Two military sources", None)
