"""The word lists of the claims are whole and are read as they are written."""

from typing import get_args

import pytest

from services.enrich.language.claims.lexicon import CUES, SPEECH, Cue, cue_of
from sitrep.contracts.enriched import ClaimType
from tests.support.parses import doc, token

TYPES = set(get_args(ClaimType))


def test_cue_with_a_type_gives_it_and_one_without_leaves_it_to_the_content() -> None:
    assert CUES["deny"] == Cue("denial", frozenset({"np", "to"}))
    assert (CUES["say"].type, CUES["say"].otherwise) == (None, "other")
    assert CUES["warn"] == Cue(None, frozenset({"np", "for"}), "position")


def test_types_and_kinds_are_those_that_there_are() -> None:
    assert {cue.type for cue in CUES.values()} - {None} | {cue.otherwise for cue in CUES.values()} <= TYPES
    assert {kind for cue in CUES.values() for kind in cue.takes} == {"np", "to", "for", "inf", "wish", "text"}


def test_lists_that_the_rules_ask_for_are_there() -> None:
    assert {
        "hedge", "negation", "tally", "deontic", "pronoun", "relative", "joint", "citing", "telling", "withhold", "able", "source_noun",
        "raising", "no_source", "exclude", "asking_to", "ordering", "blaming", "granted", "sure", "unsure", "seeking", "false",
        "event_noun", "in_account", "by_account", "on_account", "to_account", "from_account", "hearing", "found_so", "counting_body",
        "unconfirmed", "furniture_note", "furniture_by", "of_noun", "retracting", "perceived", "thinking", "meeting", "seat", "history",
        "gained", "version", "earlier",
    } == set(SPEECH)  # fmt: skip
    assert all(SPEECH.values())


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The baker called the police on Sunday.", "called", "call"),
        ("The envoy called on the militia to disarm.", "called", "call on"),
        ("The captain ruled out mutiny.", "ruled", "rule out"),
        ("The doctor spoke of nine dead.", "spoke", "speak of"),
        ("The nurse carried on: \u201cThe ward is full.\u201d", "carried", "carry on"),
        ("The clerk went on with the talks.", "went", "go on"),
    ],
)
def test_a_verb_is_a_cue_with_its_own_particle_or_preposition(text: str, verb: str, expected: str) -> None:
    assert cue_of(token(doc(text), verb)) is CUES[expected]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Medics carried on the wounded.", "carried"),
        ("The envoys went on foot.", "went"),
        ("The envoy spoke for the king.", "spoke"),
    ],
)
def test_a_preposition_with_its_object_makes_no_cue_of_a_verb(text: str, verb: str) -> None:
    assert cue_of(token(doc(text), verb)) is None
