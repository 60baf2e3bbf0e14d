"""What a clause is like, in names and numbers."""

import numpy as np
import pytest

from services.enrich.language.claims import traits as module
from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.events import events
from services.enrich.language.claims.fields import FIELDS
from services.enrich.language.claims.spans import Range
from services.enrich.language.claims.traits import LONG, SCALE, Traits, traits
from tests.support.parses import doc


def of(text: str) -> Traits:
    """Return the traits of a sentence as the article's own."""
    parsed = doc(text)
    whole, root = Range(0, len(parsed)), next(iter(parsed.sents)).root
    return traits(parsed, whole, root, events(parsed, whole, root), None, "none")


def said(text: str) -> Traits:
    """Return the traits of what is attributed in a sentence."""
    parsed = doc(text)
    one: Attributed = next(iter(attributions(list(parsed.sents))))
    return traits(parsed, one.content, one.head, events(parsed, one.content, one.head), one, "indirect")


@pytest.mark.parametrize(
    ("text", "expected", "absent"),
    [
        (
            "Rebels captured six villages.",
            {"narrated", "quote=none", "tag=VBD", "tense=past", "number", "event=control", "event=control/head", "own=control/head"},
            {"negated", "first_person", "own_subject=none", "event=none"},
        ),
        ("Rebels captured six villages.", {"subject=NOUN", "own_subject=NOUN", "subject_class=force", "has=dobj"}, {"has=punct"}),
        ("Rebels took Goma.", {"subject_class=human"}, {"number", "subject_class=measure"}),
        ("Rebels have not entered the city.", {"negated", "aux=have", "tense=present", "has=neg"}, {"tense=past"}),
        ("Rebels will leave the city.", {"aux=will", "tense=none"}, {"tense=present", "tense=past"}),
        ("We hope so.", {"first_person", "subject=PRON", "subject=we", "event=none", "tense=present"}, {"number"}),
        ("The bridge was old.", {"copular=ADJ", "tag=VBD", "own_tag=VBD"}, {"copular=NOUN"}),
        ("This is a shame.", {"copular=NOUN"}, {"copular=ADJ"}),
        ("Up to 40 fighters were captured.", {"aux=were", "tense=past", "has=nsubjpass"}, {"subject=NOUN"}),
        ("A trace of the crew.", {"own_subject=none", "tense=none"}, set()),
        ("Russia fired 40 missiles.", {"subject=GPE", "own_subject=GPE"}, {"subject=PROPN"}),
        (
            "Two soldiers died in the raid.",
            {"event=casualties/head", "with=attack/object", "own=casualties/head"},
            {"event=attack", "with=casualties/head", "own=attack/object"},
        ),
    ],
)  # fmt: skip
def test_traits_of_what_the_article_states(text: str, expected: set[str], absent: set[str]) -> None:
    given = of(text)
    assert expected <= set(given)
    assert not absent & set(given)
    assert {given[name] for name in expected} == {1.0}


@pytest.mark.parametrize(
    ("text", "expected", "absent"),
    [
        (
            "Rebels had left, the army said.",
            {"cue=say", "rule=around", "cue_makes=nothing", "speaker=NOUN", "quote=indirect", "event=movement"},
            {"narrated", "own=movement/head", "cue_leans=other"},
        ),
        ("The army denied reports of rebel gains.", {"cue=deny", "cue_makes=denial"}, {"cue_makes=nothing"}),
        ("According to the UN, rebels have entered Goma.", {"cue=accord", "speaker=ORG"}, {"speaker=PROPN"}),
        ("The pilots were reported killed.", {"speaker=none", "rule=passive"}, {"speaker=NOUN"}),
    ],
)
def test_traits_of_what_is_attributed(text: str, expected: set[str], absent: set[str]) -> None:
    given = said(text)
    assert expected <= set(given)
    assert not absent & set(given)


def test_a_cue_that_leans_to_a_type_says_so() -> None:
    given = said("The smugglers were accused by the ministry of setting the fire.")
    assert {"cue=accuse", "cue_makes=nothing", "cue_leans=position"} <= set(given)


def test_length_is_a_share_of_that_of_a_long_clause() -> None:
    assert of("Rebels took Goma.")["length"] == 4 / LONG
    parsed = doc("Rebels took Goma.")
    assert traits(parsed, Range(0, 2), parsed[1], [], None, "none")["length"] == 2 / LONG


def test_nearness_to_the_fields_is_of_the_words_the_nearest_and_the_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    mean, nearest, verb = (np.full(len(FIELDS), value) for value in (0.25, 0.5, -0.5))
    monkeypatch.setattr(module, "nearness", lambda tokens: (mean, nearest))
    monkeypatch.setattr(module, "nearness_of", lambda token: verb if token.text == "took" else None)
    given = of("Rebels took Goma.")
    for field in FIELDS:
        assert given[f"field={field}"] == SCALE * 0.25
        assert given[f"word={field}"] == SCALE * 0.5
        assert given[f"verb={field}"] == SCALE * -0.5


def test_no_field_is_a_trait_without_vectors() -> None:
    assert not any(name.startswith(("field=", "word=", "verb=")) for name in of("Rebels took Goma."))
