"""How probable it is that a claim's speaker, content and polarity are all right, from what the rules went by.

A logistic regression: the weights stand in `data/confidence.tsv`, learned from annotated articles by
`python -m tests.quality.calibration --learn`.
"""

import math
from collections.abc import Mapping
from functools import cache

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.drafts import Draft
from services.enrich.language.claims.lexicon import SPEECH, Polarity, cue_of
from services.enrich.language.claims.spans import child_of
from services.enrich.language.claims.subjects import SUBJECTS, names_speaker
from services.enrich.language.tables import rows
from sitrep.contracts.enriched import Speaker

PLAIN = frozenset({"say", "tell", "add", "report", "according", "announce", "state", "write"})
SHORT_CONTENT, LONG_CONTENT, LONG_SENTENCE, MANY_CUES, FAR = 4, 35, 45, 3, 8
"""Tokens of a content and of a sentence, cues in a sentence, and tokens between cue and speaker."""

DIGITS = 3
"""Decimals of a probability: the same on every machine."""


def features(draft: Draft, speaker: Speaker | None, quote: str, polarity: Polarity) -> dict[str, float]:
    """Return what a claim's probability depends on, by name; each is 1 but for `bias` and `doubt`, and what is absent is 0."""
    attributed, span, head = draft.attributed, draft.span, draft.head
    rule = "narrated" if attributed is None else attributed.rule
    names = ["bias", f"rule={rule}", f"polarity={polarity}", f"quote={quote}"]
    if attributed is None:
        names += [f"narrated={draft.type}", f"narrated={head.tag_}"]
    else:
        names += [f"{rule}={quote}", *_of_attribution(attributed, speaker)]
    if len(span) < SHORT_CONTENT:
        names.append("content=short")
    if len(span) > LONG_CONTENT:
        names.append("content=long")
    if head.pos_ not in {"VERB", "AUX"}:
        names.append("content=phrase")
    elif child_of(head, *SUBJECTS) is None:
        names.append("content=no_subject")
    if not span[0].is_sent_start and attributed is None:
        names.append("narrated=inside")
    if len(head.sent) > LONG_SENTENCE:
        names.append("sentence=long")
    if sum(1 for token in head.sent if token.pos_ == "VERB" and cue_of(token) is not None) >= MANY_CUES:
        names.append("sentence=many_cues")
    found = dict.fromkeys(names, 1.0)
    return found | {"doubt": draft.doubt} if attributed is None else found


def _of_attribution(attributed: Attributed, speaker: Speaker | None) -> list[str]:
    cue, head = attributed.head.doc[attributed.cue.start], attributed.speaker
    names = ["cue=plain" if cue.lemma_.lower() in PLAIN else "cue=other"]
    if attributed.verb is not None and "np" in attributed.verb.takes:
        names.append("cue=takes_np")
    if attributed.via is not None:
        names.append("via")
    if head is None or speaker is None:
        return [*names, "speaker=none"]
    if head.lower_ in SPEECH["pronoun"]:
        names.append("speaker=open" if speaker.entity_id is None and speaker.name == head.text else "speaker=pronoun")
    elif speaker.entity_id is not None:
        names.append("speaker=named")
    else:
        names.append("speaker=described" if names_speaker(head) else "speaker=unknown")
    if abs(head.i - cue.i) > FAR:
        names.append("speaker=far")
    if head.sent != cue.sent:
        names.append("speaker=elsewhere")
    return names


def probability(given: dict[str, float], weights: dict[str, float] | None = None) -> float:
    """Return the probability (0 to 1) of a claim with some features."""
    return round(logistic(given, _weights() if weights is None else weights), DIGITS)


def logistic(given: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability (0 to 1) that a logistic regression gives for some features, by name; a feature without a weight counts nothing."""
    total = sum(weights.get(name, 0.0) * value for name, value in given.items())
    return 1.0 / (1.0 + math.exp(-total))


def weight(feature: str) -> float:
    """Return the weight of a feature; 0 for one that is too rare to have any."""
    return _weights().get(feature, 0.0)


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("confidence.tsv")}
