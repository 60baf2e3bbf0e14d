"""Which parts of a text are claims."""

import pytest
from spacy.tokens import Token

from services.enrich.language.claims.drafts import LIMIT, drafts
from services.enrich.language.claims.types import MOST_DOUBT
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import entity, plain_weights

WRONG = "An earlier version of this report said that 12 people had died"


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.enrich.language.claims.types._table", plain_weights)


def of(text: str) -> list[tuple[str, str, bool]]:
    return [(draft.span.text, draft.type, draft.attributed is not None) for draft in drafts(doc(text))]


def test_what_is_attributed_and_what_is_stated_in_the_order_of_the_text() -> None:
    text = "Rebels took Goma. The army denied reports of rebel gains."
    assert of(text) == [("Rebels took Goma", "control", False), ("reports of rebel gains", "denial", True)]


def test_what_somebody_says_is_not_the_articles_own_as_well() -> None:
    assert of("Rebels had left, the army said.") == [("Rebels had left", "movement", True)]


def test_one_span_is_one_claim() -> None:
    text = "The governor told Reuters that the road was closed."
    assert [content for content, *_ in of(text)] == ["the road was closed"]


def test_a_word_is_no_claim() -> None:
    assert of("The army said so.") == []


def by(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return content, head of the speaker and of who passes it on of each claim."""
    return [
        (draft.span.text, *((None, None) if one is None else (_text(one.speaker), _text(one.via))))
        for draft in drafts(doc(text))
        for one in [draft.attributed]
    ]


def _text(head: Token | None) -> str | None:
    return None if head is None else head.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Local radio reported that the administrator had told deputies that the reservoir was empty.",
            [("the reservoir was empty", "administrator", "radio")],
        ),
        (
            "Local radio reported that the nurse had said that the ward was full and that the roof had leaked.",
            [("the ward was full", "nurse", "radio"), ("the roof had leaked", "nurse", "radio")],
        ),
        (
            "The agency reported that the envoy had told Tass that the ford was mined.",
            [("the ford was mined", "envoy", "Tass")],
        ),
    ],
)
def test_who_reports_that_another_says_something_passes_it_on(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert by(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said they believed that the fire was set.", [("they believed that the fire was set", "Police", None)]),
        (
            "The mayor said it was unclear whether the levee would hold.",
            [("it was unclear whether the levee would hold", "mayor", None)],
        ),
    ],
)
def test_what_a_speaker_thinks_himself_is_no_claim_beside_what_he_says(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert by(text) == expected


def test_what_another_thinks_is_a_claim_beside_what_the_speaker_says_of_him() -> None:
    assert by("The coastguard said the union feared that the crew had drowned.") == [
        ("the union feared that the crew had drowned", "coastguard", None),
        ("the crew had drowned", "union", None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels seize the harbour\n\nRebels seized the harbour on Friday.", ["Rebels seized the harbour on Friday"]),
        (
            "Rebels seize 14 villages\n\nRebels seized villages on Friday.",
            ["Rebels seize 14 villages", "Rebels seized villages on Friday"],
        ),
        ("Rebels seize the harbour\n\nThe price of bread doubled in a week.", ["Rebels seize the harbour"]),
    ],
)
def test_a_headline_counts_where_the_body_does_not_repeat_it(text: str, expected: list[str]) -> None:
    assert [content for content, *_ in of(text)] == expected


def test_a_statement_that_is_no_claim_by_its_traits_is_a_draft_to_learn_from() -> None:
    parsed = doc("Bama, which the army lost in 2014, was old.")
    assert drafts(parsed) == []
    assert [draft.span.text for draft in drafts(parsed, undecided=True)] == ["Bama, which the army lost in 2014, was old"]


def test_a_line_of_figures_is_a_claim_whatever_its_traits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.enrich.language.claims.drafts.doubt", lambda _totals: 1.0)
    assert drafts(doc("Rebels took Goma.")) == []
    (found,) = drafts(doc("Civilians killed: 5"))
    assert (found.span.text, found.head.text, found.attributed) == ("Civilians killed: 5", "killed", None)


def test_only_what_the_article_itself_states_is_in_doubt() -> None:
    own, passing = drafts(doc("Rebels took Goma.")), drafts(doc("Bama, which the army lost in 2014, was old."), undecided=True)
    assert 0.0 < own[0].doubt < MOST_DOUBT < passing[0].doubt < 1.0
    assert [draft.doubt for draft in drafts(doc("Rebels had left, the army said."))] == [0.0]


def test_what_a_correction_makes_of_the_figures() -> None:
    wrong, right = drafts(doc(f"{WRONG}; it was 21."))
    assert (wrong.span.text, wrong.type, wrong.stance, wrong.corrects) == ("12 people had died", "casualties", "denied", None)
    assert (right.span.text, right.type, right.stance) == ("it was 21", "casualties", "asserted")
    assert right.corrects is not None
    assert right.span.doc[right.corrects.start : right.corrects.end].text == "that 12 people had died"
    wrong, right = drafts(doc("An earlier version of this report said that rebels had taken 12 villages. It was 21."))
    assert (wrong.type, right.type) == ("control", "control")
    (said,) = drafts(doc("Rebels had left, the army said."))
    assert (said.stance, said.corrects) == (None, None)


def test_what_an_earlier_version_said_is_nobodys_claim_although_the_figure_is_far() -> None:
    text = f"{WRONG}. The road was closed. The mayor wept. It was 21."
    assert [(draft.span.text, draft.stance, draft.attributed) for draft in drafts(doc(text))] == [
        ("12 people had died", "denied", None),
        ("The road was closed", None, None),
    ]
    (claimed,) = drafts(doc("A version of the story said that nine men had died. It was six."))
    assert (claimed.span.text, claimed.stance, claimed.attributed is None) == ("nine men had died", None, False)


def test_what_happens_in_a_claim_the_most_central_first() -> None:
    (found,) = drafts(doc("The raid wounded 45, and nine have been killed."))[:1]
    assert [(event.token.text, event.type, event.rank) for event in found.events] == [
        ("wounded", "casualties", "head"),
        ("raid", "attack", "subject"),
    ]
    assert found.traits["event=casualties/head"] == 1.0
    assert found.traits["with=attack/subject"] == 1.0


def test_the_dateline_is_no_part_of_a_claim() -> None:
    text = "GOMA, Congo (Reuters) - Rebels took the airport."
    assert of(text) == [("Rebels took the airport", "control", False)]


def test_a_label_names_who_says_what_stands_behind_it() -> None:
    text = "SOHR: rebels hold half of Aleppo\n\nThe city was quiet."
    named = entity(text, "SOHR", label="ORG", category="ngo")
    found = [(draft.span.text, draft.attributed and draft.attributed.rule) for draft in drafts(doc(text), [named])]
    assert found == [("rebels hold half of Aleppo", "label")]


def test_there_is_a_bound_on_what_one_text_may_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels took Goma. The army denied reports of rebel gains."
    monkeypatch.setattr("services.enrich.language.claims.drafts.LIMIT", 1)
    assert [content for content, *_ in of(text)] == ["Rebels took Goma"]
    assert LIMIT == 200
