"""Who says what: content, speaker, cue and who passes it on, in each construction."""

import pytest

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.attribution import attributions
from tests.support.parses import doc


def of(text: str) -> list[Attributed]:
    return list(attributions(list(doc(text).sents)))


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Return content, head of the speaker and cue of each attribution."""
    parsed = doc(text)
    found = attributions(list(parsed.sents))
    return [
        (
            parsed[one.content.start : one.content.end].text,
            None if one.speaker is None else parsed[one.speaker.i].text,
            parsed[one.cue.start : one.cue.end].text,
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said rebels had left.", ("rebels had left", "army", "said")),
        ("Rebels had left, the army said.", ("Rebels had left", "army", "said")),
        ("According to the UN, rebels have entered Goma.", (", rebels have entered Goma", "UN", "According to")),
        ("Rebels have entered Goma, according to residents.", ("Rebels have entered Goma,", "residents", "according to")),
        ("The rebels claimed to control the city.", ("to control the city", "rebels", "claimed")),
        ("The army denied reports of rebel gains.", ("reports of rebel gains", "army", "denied")),
        ("The minister called for a ceasefire.", ("a ceasefire", "minister", "called for")),
        ("The mayor, Ana Ruiz, said the road was closed.", ("the road was closed", "Ruiz", "said")),
        ("The governor was quoted as saying that the road was closed.", ("that the road was closed", "governor", "saying")),
        ("Residents, who said the road was closed, had fled.", ("the road was closed", "Residents", "said")),
        ("Ana Ruiz, quoted by Tass, welcomed the deal.", ("the deal", "Ruiz", "welcomed")),
        ("The ministry put the death toll at 41.", ("the death toll at 41", "ministry", "put")),
        ("A statement blaming Iran was read out.", ("Iran", "statement", "blaming")),
    ],
)
def test_attribution(text: str, expected: tuple[str, str | None, str]) -> None:
    assert expected in [(content.rstrip(" ."), speaker, cue) for content, speaker, cue in told(text)]


def test_each_coordinated_clause_is_a_content_of_its_own() -> None:
    assert [content for content, *_ in told("The UN said that rebels had taken Goma and that civilians had fled.")] == [
        "that rebels had taken Goma",
        "that civilians had fled",
    ]


def test_who_is_told_passes_it_on() -> None:
    (found,) = of("The governor told Reuters that the road was closed.")
    assert found.speaker is not None
    assert found.via is not None
    assert (found.speaker.text, found.via.text) == ("governor", "Reuters")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels entered the city on Friday.",
        "Prices rose 40 per cent.",
        "The convoy moves at 30 kilometres per hour.",
        "The claim was made in Goma.",
    ],
)
def test_what_attributes_nothing(text: str) -> None:
    assert of(text) == []
