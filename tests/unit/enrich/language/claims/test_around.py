"""Attributions behind or within what is said: which clauses are the content, and where the attribution itself ends."""

import pytest

from services.enrich.language.claims.around import attribution_phrase, contents_around, is_in_middle
from tests.support.parses import doc, token


def around(text: str, verb: str, speaker: str) -> list[str]:
    parsed = doc(text)
    contents = contents_around(token(parsed, verb), token(parsed, speaker))
    return [parsed[content.start : content.end].text for _, content in contents]


@pytest.mark.parametrize(
    ("text", "verb", "speaker", "expected"),
    [
        ("Rebels had left, the army said.", "said", "army", ["Rebels had left"]),
        ("The bridge is out, as the mayor said.", "said", "mayor", ["The bridge is out"]),
        ("The bridge is out, the mayor told Reuters by telephone on Friday.", "told", "mayor", ["The bridge is out"]),
        ("The dam, said the engineer, has burst.", "said", "engineer", ["The dam, said the engineer, has burst"]),
        (
            "The ferry, or so the company claims, will sail on Friday.",
            "claims",
            "company",
            ["The ferry, or so the company claims, will sail on Friday"],
        ),
        (
            "The bridge is out, the mayor said, and the ferry has stopped.",
            "said",
            "mayor",
            ["The bridge is out", "and the ferry has stopped"],
        ),
        ("The bridge is out, the mayor said, adding that the ferry had stopped.", "said", "mayor", ["The bridge is out"]),
        ("\u201cThe bridge is out,\u201d the mayor said and left the hall.", "said", "mayor", ["The bridge is out"]),
        ("The mine is shut, the union said; the company has closed its office.", "said", "union", ["The mine is shut"]),
        (
            "\u201cThe bridge is out,\u201d the mayor said as trucks queued behind her.",
            "said",
            "mayor",
            ["The bridge is out"],
        ),
        ("The harbour was calm, she said, ferries ran on time.", "said", "she", ["The harbour was calm", "ferries ran on time"]),
        ("The camp was full, she said, tents stood in the mud.", "said", "she", ["The camp was full", "tents stood in the mud"]),
        ("The lake, she said, rose overnight.", "said", "she", ["The lake, she said, rose overnight"]),
        ("The volcano is quiet, the geologist said \u2014 a relief for the islanders.", "said", "geologist", ["The volcano is quiet"]),
        ("The levee failed at dawn, the prefect said \u2014 weeks after the rains.", "said", "prefect", ["The levee failed at dawn"]),
        ("The ridge \u2014 the scout said \u2014 was mined.", "said", "scout", ["The ridge \u2014 the scout said \u2014 was mined"]),
        ("The captain was furious: \u201cNobody warned the crew,\u201d he said.", "said", "he", ["Nobody warned the crew"]),
        (
            "The prefect conceded that the siren had failed: \u201cWe regret the delay,\u201d he said.",
            "said",
            "he",
            ["We regret the delay"],
        ),
    ],
)  # fmt: skip
def test_content_stands_around_an_attribution(text: str, verb: str, speaker: str, expected: list[str]) -> None:
    assert around(text, verb, speaker) == expected


def test_where_two_attributions_share_a_sentence_each_has_its_own_part() -> None:
    text = "The bridge is out, the mayor said, but the ferry runs, the governor said."
    parsed = doc(text)
    first, second = token(parsed, "said"), token(parsed, "said", 2)
    contents = [contents_around(first, token(parsed, "mayor")), contents_around(second, token(parsed, "governor"))]
    assert [[parsed[content.start : content.end].text for _, content in some] for some in contents] == [
        ["The bridge is out"],
        ["but the ferry runs"],
    ]


@pytest.mark.parametrize(
    ("text", "verb", "speaker"),
    [
        ("The mayor said little, and the crowd left.", "said", "mayor"),
        ("Rebels entered the city where the mayor told jokes.", "told", "mayor"),
        ("On Monday, the mayor spoke, and the crowd left.", "spoke", "mayor"),
        ("The rain fell, the guards agreed and the gate opened.", "agreed", "guards"),
    ],
)
def test_nothing_stands_around(text: str, verb: str, speaker: str) -> None:
    assert around(text, verb, speaker) == []


@pytest.mark.parametrize(
    ("text", "verb", "speaker", "expected"),
    [
        ("The bridge is out, the mayor told Reuters by telephone on Friday.", "told", "mayor", "the mayor told Reuters by telephone on Friday"),
        ("The bridge is out, as the mayor said.", "said", "mayor", "as the mayor said"),
        ("The ferry, or so the company claims, will sail on Friday.", "claims", "company", "or so the company claims"),
        ("The dam, said the engineer, has burst.", "said", "engineer", "said the engineer"),
        ("The bridge is closed, the mayor, Ana Ruiz, said.", "said", "Ruiz", "the mayor, Ana Ruiz, said"),
        ("Rebels had left, the army has said.", "said", "army", "the army has said"),
        ("Rebels had left, the army said yesterday.", "said", "army", "the army said yesterday"),
    ],
)  # fmt: skip
def test_words_of_an_attribution(text: str, verb: str, speaker: str, expected: str) -> None:
    parsed = doc(text)
    phrase = attribution_phrase(token(parsed, verb), token(parsed, speaker))
    assert parsed[phrase.start : phrase.end].text == expected


@pytest.mark.parametrize(
    ("text", "verb", "speaker", "expected"),
    [
        ("The dam, said the engineer, has burst.", "said", "engineer", True),
        ("Rebels had left, the army said.", "said", "army", True),
        ("The army said rebels had left.", "said", "army", False),
        ("On Friday the army said rebels had left.", "said", "army", False),
        ("On Friday, the army said, rebels had left.", "said", "army", False),
        ("Speaking to Radio Kesra, Omar Sayed said, \u201cThe tents are wet.\u201d", "said", "Sayed", False),
        ("Speaking to NBC, she said nine boats sank.", "said", "she", False),
    ],
)
def test_in_middle(text: str, verb: str, speaker: str, expected: bool) -> None:
    parsed = doc(text)
    assert is_in_middle(token(parsed, verb), token(parsed, speaker)) is expected
