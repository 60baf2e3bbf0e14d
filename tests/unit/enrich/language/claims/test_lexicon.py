"""The word lists of the claims are whole and are read as they are written."""

from typing import get_args

from services.enrich.language.claims.lexicon import CUES, SPEECH, TOPICS, Cue
from sitrep.contracts.enriched import ClaimType

TYPES = set(get_args(ClaimType))


def test_cue_with_a_type_gives_it_and_one_without_leaves_it_to_the_content() -> None:
    assert CUES["deny"] == Cue("denial", frozenset({"np", "to"}))
    assert (CUES["say"].type, CUES["say"].otherwise) == (None, "other")
    assert CUES["warn"] == Cue(None, frozenset({"np", "for"}), "position")


def test_types_and_kinds_are_those_that_there_are() -> None:
    assert {cue.type for cue in CUES.values()} - {None} | {cue.otherwise for cue in CUES.values()} <= TYPES
    assert {kind for cue in CUES.values() for kind in cue.takes} == {"np", "to", "for", "inf", "wish", "text"}
    assert {topic.type for topic in TOPICS} <= TYPES
    assert {topic.part for topic in TOPICS} == {"verb", "verb_place", "verb_people", "verb_way", "noun"}


def test_lists_that_the_rules_ask_for_are_there() -> None:
    assert {
        "hedge", "negation", "tally", "position", "noun_way", "noun_people", "noun_place", "narrated_support", "deontic", "planned",
        "pronoun", "relative", "joint", "citing", "telling", "raising", "withhold", "able", "source_noun", "no_source", "exclude",
        "asking_to", "ordering", "blaming", "granted", "sure", "unsure", "seeking", "false", "event_noun", "in_account", "by_account",
        "on_account", "to_account", "from_account", "hearing", "found_so", "counting_body", "unconfirmed", "furniture_note",
        "furniture_by", "of_noun", "retracting",
    } == set(SPEECH)  # fmt: skip
    assert all(SPEECH.values())
