"""What is withheld, asked, negated, called false or only possible."""

import pytest

from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.factuality import calls_false, hedged, is_negated, polarity, reporting
from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.spans import Range
from tests.support.parses import doc, token


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The army has not confirmed that rebels entered Hama.", "confirmed"),
        ("The army no longer claims the hill.", "claims"),
        ("The army declined to say whether rebels had entered Hama.", "say"),
        ("The army could not verify the report.", "verify"),
        ("No group claimed the attack.", "claimed"),
        ("The army wanted to say that rebels had left.", "say"),
        ("The guard was urged to say that the gate was locked.", "say"),
        ("If the army says that the ford is mined, the convoy will wait.", "says"),
        ("The guard left without saying that the gate was locked.", "saying"),
        ("The army denied that the garrison had said the ford was mined.", "said"),
        ("The videos claim to show soldiers at the ford.", "show"),
        ("The general did not deny that the ford was mined.", "deny"),
    ],
)
def test_withheld(text: str, verb: str) -> None:
    assert reporting(token(doc(text), verb)) == "withheld"


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The army confirmed that rebels entered Hama.", "confirmed"),
        ("When the army said that the ford was mined, the convoy stopped.", "said"),
        ("The general denied that the ford was mined.", "denied"),
        ("The union met on Friday to say the mine was shut.", "say"),
        ("The army said no group had claimed the hill.", "said"),
    ],
)
def test_reported(text: str, verb: str) -> None:
    assert reporting(token(doc(text), verb)) is None


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The engineer could not rule out that the dam would burst.", "rule"),
        ("Police did not exclude that the fire was set.", "exclude"),
    ],
)
def test_what_nobody_can_exclude_is_uncertain(text: str, verb: str) -> None:
    assert reporting(token(doc(text), verb)) == "uncertain"


@pytest.mark.parametrize(
    "text",
    [
        "The army declined to say whether rebels had entered Hama.",
        "The army did not say how many soldiers had died.",
        "Reporters asked who had fired.",
        "Reporters asked whether the gate was locked.",
        "Did the army say that rebels had left?",
        "The report does not show whose gun it was.",
    ],
)
def test_a_question_is_no_claim(text: str) -> None:
    assert list(attributions(list(doc(text).sents))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels have not entered the city.", True),
        ("Nobody was killed.", True),
        ("No house was hit.", True),
        ("Neither the port nor the depot was hit.", True),
        ("Not one house was hit.", True),
        ("There was no shelling.", True),
        ("The village has no water.", True),
        ("Reports of a strike were baseless.", True),
        ("Nothing was left of the village.", True),
        ("Divers found nothing in the wreck.", True),
        ("The patrol saw nobody.", True),
        ("The siren was never heard.", True),
        ("Never once did the siren sound.", True),
        ("The flood took no lives.", True),
        ("It was no accident.", True),
        ("No trace of the crew.", True),
        ("A trace of the crew.", False),
        ("The crew heard the siren, which never worked.", False),
        ("The quake left no fewer than 30 houses in ruins.", False),
        ("Rebels must not enter the city.", False),
        ("The flood did not only cut the road.", False),
        ("No fewer than 30 houses were hit.", False),
        ("There was shelling on Friday.", False),
        ("The guard with no rifle fled.", False),
    ],
)
def test_negated(text: str, expected: bool) -> None:
    assert is_negated(next(iter(doc(text).sents)).root) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reports of a strike were baseless.", True),
        ("The claim was a lie.", True),
        ("Reports of a strike were many.", False),
        ("The ceiling was false.", False),
    ],
)
def test_a_report_that_is_called_false(text: str, expected: bool) -> None:
    assert calls_false(next(iter(doc(text).sents)).root) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels reportedly left, and the army came.", True),
        ("Rebels may enter the city.", True),
        ("The talks began in May.", False),
        ("The officers, who may have been off duty, fired on the crowd.", False),
        ("Rebels appear to hold the ford.", True),
        ("The rebels asked who might have fired.", False),
        ("The expert showed how the gates might have failed.", False),
        ("The rescue is unlikely to succeed.", True),
    ],
)
def test_a_hedge_counts_in_its_own_clause(text: str, expected: bool) -> None:
    parsed = doc(text)
    assert hedged(next(iter(parsed.sents)).root, Range(0, len(parsed))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police held two suspected arsonists.", False),
        ("A suspected gas leak closed the school.", False),
        ("Two suspects fled.", False),
        ("Police suspect arson.", True),
    ],
)
def test_who_is_suspected_is_not_doubted_to_be_there(text: str, expected: bool) -> None:
    parsed = doc(text)
    assert hedged(next(iter(parsed.sents)).root, Range(0, len(parsed))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We could hear the guns.", False),
        ("The gunmen could be heard.", False),
        ("Neighbours could smell gas.", False),
        ("Neighbours could flee.", True),
    ],
)
def test_who_could_hear_something_did(text: str, expected: bool) -> None:
    parsed = doc(text)
    assert hedged(next(iter(parsed.sents)).root, Range(0, len(parsed))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The evictions are likely unlawful.", True),
        ("The tests were apparently flawed.", True),
        ("Two allegedly drunk guards slept.", False),
        ("The evictions, likely unlawful, went on.", False),
    ],
)
def test_a_hedge_on_a_predicate_makes_the_clause_uncertain(text: str, expected: bool) -> None:
    parsed = doc(text)
    assert hedged(next(iter(parsed.sents)).root, Range(0, len(parsed))) is expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Rebels captured six villages.", "say", "asserted"),
        ("Rebels captured six villages.", "deny", "denied"),
        ("Rebels have not entered the city.", None, "denied"),
        ("No civilians were killed.", None, "denied"),
        ("Nobody was killed.", None, "denied"),
        ("Rebels must not enter the city.", None, "asserted"),
        ("Rebels reportedly left, and the army came.", None, "uncertain"),
        ("Rebels may enter the city.", None, "uncertain"),
        ("It is unclear who fired.", None, "uncertain"),
    ],
)
def test_polarity(text: str, cue: str | None, expected: str) -> None:
    parsed = doc(text)
    root = next(iter(parsed.sents)).root
    assert polarity(Range(0, len(parsed)), root, CUES[cue] if cue else None) == expected
