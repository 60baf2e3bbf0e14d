"""Who a reporting verb says it of."""

import pytest

from services.enrich.language.claims.subjects import beside, can_speak, inverted, named_before, named_beside, subject
from tests.support.parses import doc, token


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The army said rebels had left.", "said", "army"),
        ("The mayor, Ana Ruiz, said the road was closed.", "said", "Ruiz"),
        ("The governor of Hama, Adnan Qasim, said the road was closed.", "said", "Qasim"),
        ("Ruiz met the drivers and said the bridge was closed.", "said", "Ruiz"),
        ("The guard who said the gate was open fled.", "said", "guard"),
        ("Having said that the mine was shut, the union left.", "said", "union"),
        ("The union met on Friday to say the mine was shut.", "say", "union"),
        ("A letter saying that the mine was shut reached the union.", "saying", "letter"),
        ("The union issued a statement saying that the mine was shut.", "saying", "union"),
        ("The army announced that the dam had burst and said the ford was mined.", "said", "army"),
        ("The truce was welcomed by the bishop.", "welcomed", "bishop"),
        ("The general was arrested and said the ford was mined.", "said", "general"),
        ("Say that the mine is shut.", "Say", None),
        ("The bridge was said to be closed.", "said", None),
    ],
)
def test_subject(text: str, verb: str, expected: str | None) -> None:
    """A slip of the parse is given to one by hand: the second verb of the army's is coordinated with what it announced."""
    head = subject(token(doc(text), verb))
    assert (None if head is None else head.text) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("\u201cThe bridge is closed,\u201d said the mayor of Kesra.", "said", "mayor"),
        ("\u201cThe bridge is closed,\u201d said the mayor, Ana Ruiz.", "said", "Ruiz"),
        ("The dam, said the engineer, has burst.", "said", "engineer"),
        ("The truce was over, wrote the envoy, Piet Vos, on Friday.", "wrote", "Vos"),
        ("\u201cThe glacier is unstable,\u201d said co-author Ana Ruiz of Kesra University.", "said", "Ruiz"),
        ("\u201cThe reef is dying,\u201d said co-author Dr. Ana Ruiz.", "said", "Ruiz"),
        ("\u201cThe pit is flooded,\u201d said sub-prefect and doctor Omar Sayed.", "said", "Sayed"),
        ("Rebels had left, the army said.", "said", None),
        ("Rebels had left, the army said Friday.", "said", None),
        ("The truce, wrote the envoy, is over.", "wrote", "envoy"),
        ("The mayor, Ana Ruiz, told drivers the bridge was closed.", "told", None),
        ("The mayor, Ana Ruiz, said Friday the bridge was closed.", "said", None),
        ("The army said rebels had left.", "said", None),
        ("The bridge is out, the mayor told Reuters by telephone on Friday.", "told", None),
    ],
)
def test_inverted(text: str, verb: str, expected: str | None) -> None:
    """A slip of the parse is given to one by hand: the envoy is a subject of what he wrote."""
    head = inverted(token(doc(text), verb))
    assert (None if head is None else head.text) == expected


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Mayor Ana Ruiz said the bridge was closed.", "Mayor", "Ruiz"),
        ("The governor of Hama, Adnan Qasim, said the road was closed.", "governor", "Qasim"),
        ("The army said rebels had left.", "army", "army"),
        ("The mayor met Ana Ruiz.", "mayor", "mayor"),
        ("Kesra University's rector, Ana Ruiz, said the hall was closed.", "University", "Ruiz"),
        ("Ana Ruiz, a lawyer, met the mayor.", "Ruiz", "Ruiz"),
    ],
)
def test_name_beside_a_description(text: str, head: str, expected: str) -> None:
    assert named_beside(token(doc(text), head)).text == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The prefect, Ana Ruiz, told drivers the bridge was closed.", "told", "Ruiz"),
        ("The army said rebels had left.", "said", None),
        ("In Kesra, on Friday, said the mayor, rebels had left.", "said", None),
    ],
)
def test_name_right_before_a_verb_without_subject(text: str, verb: str, expected: str | None) -> None:
    """The first has been given a slip of the parse by hand: its verb has no subject."""
    head = named_before(token(doc(text), verb))
    assert (None if head is None else head.text) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("SOHR said rebels had left Kesra.", "said", "SOHR"),
        ("The rain said nothing.", "said", None),
        ("The guard left without saying that the gate was locked.", "saying", None),
        ("Said the mayor: the bridge is closed.", "Said", None),
    ],
)
def test_name_right_before_a_verb(text: str, verb: str, expected: str | None) -> None:
    head = beside(token(doc(text), verb))
    assert (None if head is None else head.text) == expected


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("The army said rebels had left.", "army", True),
        ("A letter saying that the mine was shut reached the union.", "letter", True),
        ("Kesra said the bridge was closed.", "Kesra", True),
        ("She said the road was closed.", "She", True),
        ("The rain said nothing.", "rain", False),
        ("The bridge was closed by the army.", "bridge", False),
    ],
)
def test_who_can_speak(text: str, head: str, expected: bool) -> None:
    assert can_speak(token(doc(text), head)) is expected
