"""What a claim's probability depends on, and how it is reckoned from that."""

import math

import pytest

from services.enrich.language.claims.confidence import DIGITS, features, probability
from services.enrich.language.claims.drafts import drafts
from sitrep.contracts.enriched import Speaker
from tests.support.parses import doc

ARMY = Speaker(name="army", text="army", start=0, end=4)
NAMED = Speaker(name="Ana Ruiz", text="Ana Ruiz", start=0, end=8, entity_id="kb:ana-ruiz")


@pytest.mark.parametrize(
    ("text", "speaker", "expected", "absent"),
    [
        ("Rebels had left, the army said.", ARMY, {"rule=around", "cue=plain", "speaker=described"}, {"speaker=named", "via"}),
        (
            "Ana Ruiz said the road was closed.",
            NAMED,
            {"rule=clause", "speaker=named", "quote=indirect"},
            {"speaker=described"},
        ),
        (
            "The army denied reports of rebel gains.",
            ARMY,
            {"cue=other", "cue=takes_np", "content=phrase"},
            {"cue=plain", "content=short"},
        ),
        ("The pilots were reported killed.", None, {"rule=passive", "speaker=none"}, {"speaker=unknown"}),
        ("The governor told Reuters that the road was closed.", ARMY, {"via", "cue=plain"}, {"content=phrase"}),
    ],
)
def test_features(text: str, speaker: Speaker | None, expected: set[str], absent: set[str]) -> None:
    (draft,) = drafts(doc(text))
    given = set(features(draft, speaker, "indirect", "asserted"))
    assert {"bias", "polarity=asserted", *expected} <= given
    assert not absent & given


def test_features_of_what_the_article_itself_states() -> None:
    (draft,) = drafts(doc("Rebels took Goma."))
    given = set(features(draft, None, "none", "asserted"))
    assert {"rule=narrated", "narrated=control", "content=short"} <= given
    assert not any(name.startswith(("cue=", "speaker=")) for name in given)


def test_probability() -> None:
    weights = {"bias": 0.5, "cue=plain": 1.0, "via": -2.0}
    assert probability({"bias": 1.0, "cue=plain": 1.0}, weights) == round(1 / (1 + math.exp(-1.5)), DIGITS)
    assert probability({"bias": 1.0, "unheard of": 1.0}, weights) == probability({"bias": 1.0}, weights)
    assert probability({"via": 1.0}, weights) < 0.5
