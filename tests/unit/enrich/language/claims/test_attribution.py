"""Who says what: content, speaker, cue and who passes it on, in each construction."""

import pytest

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.attribution import attributions, attributions_alone
from tests.support.parses import doc


def of(text: str) -> list[Attributed]:
    return list(attributions(list(doc(text).sents)))


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Return content, head of the speaker and cue of each attribution."""
    parsed = doc(text)
    return [
        (
            parsed[each.content.start : each.content.end].text,
            None if each.speaker is None else parsed[each.speaker.i].text,
            parsed[each.cue.start : each.cue.end].text,
        )
        for each in attributions(list(parsed.sents))
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
        ("The bishop called on both sides to stop the fighting.", ("both sides to stop the fighting", "bishop", "called")),
        ("The army told residents to leave the valley.", ("residents to leave the valley", "army", "told")),
        ("The mayor urged drivers to avoid the bridge.", ("drivers to avoid the bridge", "mayor", "urged")),
        ("The company admitted having dumped the oil.", ("having dumped the oil", "company", "admitted")),
        ("The general denied sending tanks across the ford.", ("sending tanks across the ford", "general", "denied")),
        ("The envoy learned from the village chief that the ford was mined.", ("that the ford was mined", "chief", "learned")),
        ("Reporters heard from nurses that the ward was full.", ("that the ward was full", "nurses", "heard")),
        ("The valley is lost. So says the bishop.", ("The valley is lost", "bishop", "says")),
        ("The guide told guards that soldiers had crossed the ford.", ("that soldiers had crossed the ford", "guide", "told")),
        ("The video showed that the bridge was gone.", ("that the bridge was gone", "video", "showed")),
        ("The letter read that the road was closed.", ("that the road was closed", "letter", "read")),
        ("The governor was told that the dam had burst.", ("that the dam had burst", None, "told")),
    ],
)
def test_attribution(text: str, expected: tuple[str, str | None, str]) -> None:
    assert expected in [(content.rstrip(" ."), speaker, cue) for content, speaker, cue in told(text)]


def test_each_coordinated_clause_is_a_content_of_its_own() -> None:
    assert [content for content, *_ in told("The UN said that rebels had taken Goma and that civilians had fled.")] == [
        "that rebels had taken Goma",
        "that civilians had fled",
    ]


def test_content_ends_before_a_semicolon() -> None:
    contents = [content for content, *_ in told("The ministry says the depot is empty; the guards have gone home.")]
    assert "the depot is empty" in contents
    assert not any("guards" in content for content in contents)


def test_who_is_told_passes_it_on() -> None:
    (only,) = of("The governor told Reuters that the road was closed.")
    assert only.speaker is not None
    assert only.via is not None
    assert (only.speaker.text, only.via.text) == ("governor", "Reuters")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("His death was announced by his son.", ("His death", "son", "announced")),
        ("The truce was welcomed by the bishop.", ("The truce", "bishop", "welcomed")),
        ("That the dam had burst was confirmed by the governor.", ("That the dam had burst", "governor", "confirmed")),
        ("The fire was blamed on smugglers by the ministry.", ("The fire was blamed on smugglers", "ministry", "blamed")),
        ("Smugglers were blamed for the fire by the ministry.", ("Smugglers were blamed for the fire", "ministry", "blamed")),
        ("The smugglers were accused by the ministry of setting the fire.", ("setting the fire", "ministry", "accused")),
        ("Nine men were reported killed by the health office.", ("Nine men were reported killed", "office", "reported")),
        ("The pilots were reported killed.", ("The pilots were reported killed", None, "reported")),
    ],
)
def test_passive(text: str, expected: tuple[str, str | None, str]) -> None:
    assert [(content.rstrip(" ."), speaker, cue) for content, speaker, cue in told(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister is said to have crossed the border.", "uncertain"),
        ("The pilots were reported killed.", "uncertain"),
        ("Nine miners are feared dead under the mud.", "uncertain"),
        ("Nine men were reported killed by the health office.", None),
        ("Two clerks were declared dead.", None),
        ("Unconfirmed reports said that the dam had burst.", "uncertain"),
        ("The engineer could not rule out that the dam would burst.", "uncertain"),
        ("The army said rebels had left.", None),
    ],
)
def test_what_the_attribution_makes_of_it(text: str, expected: str | None) -> None:
    assert [each.stance for each in of(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tass, quoting the rescue service, reported that the dam had burst.", ("service", "Tass")),
        ("Tass quoted the ministry as saying that the dam had burst.", ("ministry", "Tass")),
        ("The ministry was quoted by Tass as saying that the dam had burst.", ("ministry", "Tass")),
        ("Tass, helping the rescue service, reported that the dam had burst.", ("Tass", None)),
    ],
)
def test_who_is_cited_says_it_and_who_cites_passes_it_on(text: str, expected: tuple[str, str | None]) -> None:
    by = [(each.speaker, each.via) for each in of(text) if each.rule in {"clause", "around"}]
    assert [(speaker and speaker.text, via and via.text) for speaker, via in by] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said rebels had left.", "clause"),
        ("Rebels had left, the army said.", "around"),
        ("According to the UN, rebels have entered Goma.", "preposition"),
        ("The pilots were reported killed.", "passive"),
        ("The rebels claimed to control the city.", "infinitive"),
        ("The army told residents to leave the valley.", "infinitive"),
        ("The minister called for a ceasefire.", "phrase"),
        ("The army denied reports of rebel gains.", "phrase"),
        ("The ministry put the death toll at 41.", "tally"),
        ("There is no doubt that the mine is shut.", "noun"),
        ("The mayor is certain that the dam will hold.", "adjective"),
        ("The colonel dismissed reports that his men had fled.", "noun"),
        ("The governor warned of reports that the dam had burst.", "noun"),
        ("Accusations that wages were withheld were rejected by the company.", "noun"),
    ],
)
def test_rule(text: str, expected: str) -> None:
    assert [each.rule for each in of(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u201cLeave the valley at once!\u201d The mayor told the crowd.", ["mayor"]),
        ("The mayor expressed concern:\n\u201cThe dam will burst before Friday.\u201d", ["mayor"]),
        ("The mayor expressed concern.", []),
        ("The rain said nothing.", []),
        ("The mayor did not reply to the crowd.", []),
        ("The mayor said that the road was closed.", []),
    ],
)
def test_attribution_of_nothing_in_its_sentence(text: str, expected: list[str]) -> None:
    alone = attributions_alone(list(doc(text).sents))
    assert [each.speaker.text for each in alone if each.speaker is not None] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rebels entered the city on Friday.",
        "Prices rose 40 per cent.",
        "The convoy moves at 30 kilometres per hour.",
        "The claim was made in Goma.",
        "The bridge was closed by the army.",
        "The valley is lost. So goes the song.",
        "The mayor wanted drivers to avoid the bridge.",
        "The videos claim to show soldiers at the ford.",
        "The driver showed the guards his papers.",
        "The guards denied the convoy entry.",
        "The general dismissed the captain.",
        "The number of dead said nothing.",
        "The price said the bread was stale.",
        "The clerk read that the road was closed.",
        "The mayor has not announced that the bridge is closed.",
        "The coating, called LESS, holds the ice back.",
        "The dyke, called the Old Wall, has burst.",
        "The army, called in by the mayor, cleared the road.",
    ],
)
def test_what_attributes_nothing(text: str) -> None:
    assert of(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bishop called for both sides to leave the valley.", ("both sides to leave the valley", "bishop", "called")),
        ("The governor called for troops to guard the dam.", ("troops to guard the dam", "governor", "called")),
        ("The union asked for experts to seal the mine.", ("experts to seal the mine", "union", "asked")),
    ],
)
def test_what_somebody_asks_for_may_be_a_clause(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The company contradicted the report: \u201cThe wells were never poisoned.\u201d", None),
        ("The company denied: \u201cThe wells were never poisoned.\u201d", None),
        ("The company denied that the wells were poisoned.", "denial"),
        ("The general denied \u201ca massacre\u201d.", "denial"),
    ],
)
def test_who_denies_in_a_quotation_asserts_it(text: str, expected: str | None) -> None:
    (only,) = of(text)
    assert only.verb is not None
    assert only.verb.type == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor reportedly said the levee had failed.", "uncertain"),
        ("Rebels had left, the army reportedly said.", "uncertain"),
        ("The envoy apparently wrote that the truce was over.", "uncertain"),
        ("The mayor said the levee had failed.", None),
    ],
)
def test_a_hedge_on_the_cue_makes_the_content_uncertain(text: str, expected: str | None) -> None:
    assert [each.stance for each in of(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said one thing was clear: \u201cthe dam must go.\u201d", "one thing was clear"),
        ("Officials said the tunnel was safe: \u201cWe inspected every metre of it.\u201d", "the tunnel was safe"),
        ("Divers said the wreck had broken up: \u201cthere is nothing left.\u201d", "the wreck had broken up"),
    ],
)
def test_content_ends_before_a_colon_with_a_quotation(text: str, expected: str) -> None:
    assert expected == told(text)[0][0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy denied the camp, had been shelled.", "the camp, had been shelled"),
        ("The army denied the hostel near the port had been bombed.", "the hostel near the port had been bombed"),
        ("The envoy denied the hospital, a field tent, had been shelled.", "the hospital, a field tent, had been shelled"),
    ],
)
def test_an_object_before_what_is_said_is_its_subject(text: str, expected: str) -> None:
    assert [content for content, *_ in told(text)] == [expected]
