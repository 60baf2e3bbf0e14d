"""The word lists of the claims, from the data files."""

from dataclasses import dataclass
from typing import Literal, cast

from spacy.tokens import Token

from services.enrich.language.tables import rows, values, word_lists
from sitrep.contracts.enriched import ClaimType

Polarity = Literal["asserted", "denied", "uncertain"]


@dataclass(frozen=True)
class Cue:
    """A reporting verb: the type that it gives to its content (None: the content decides), and what that may be.

    `otherwise` is the type where the content decides and says nothing.
    """

    type: ClaimType | None
    takes: frozenset[str]
    otherwise: ClaimType = "other"


@dataclass(frozen=True)
class NounCue:
    """A noun that reports a clause: what it makes of it ("a rumour that"), and the type that it gives (None: the content decides)."""

    stance: Polarity
    type: ClaimType | None


def _cue(type_: str, takes: str) -> Cue:
    kinds = frozenset(values(takes))
    if type_ and not type_.startswith("-"):
        return Cue(cast("ClaimType", type_), kinds)
    return Cue(None, kinds, cast("ClaimType", type_.removeprefix("-") or "other"))


CUES = {row["lemma"]: _cue(row["type"], row["takes"]) for row in rows("cues.tsv")}
SPEECH = word_lists("speech.tsv")
PEOPLE = word_lists("people.tsv")
NOUNS = {
    row["lemma"]: NounCue(cast("Polarity", row["stance"]), cast("ClaimType | None", row["type"] or None))
    for row in rows("cue_nouns.tsv")
}


def _lemma(verb: Token) -> str:
    """Return the lemma of a verb; the one among the cues that its form may be of where the lemmatizer errs ("hopes": hop)."""
    lemma, form = verb.lemma_.lower(), verb.lower_
    if lemma in CUES:
        return lemma
    stem = form.removesuffix("ing") if form.endswith("ing") else form.removesuffix("ed")
    candidates = (form.removesuffix("s"), stem, stem + "e", form.removesuffix("d"))
    return next((candidate for candidate in candidates if candidate in CUES), lemma) if verb.tag_.startswith("VB") else lemma


def cue_of(verb: Token) -> Cue | None:
    """Return the cue that a verb is, with its particle or preposition where they are one together: "rule out", "speak of"."""
    lemma = _lemma(verb)
    for child in verb.children:
        if (
            child.i < verb.i
            or child.dep_ not in {"prt", "prep", "advmod"}
            or (cue := CUES.get(f"{lemma} {child.lower_}")) is None
        ):
            continue
        if lemma == "call" and child.dep_ == "prep" and any(c.dep_ == "dobj" for c in verb.children):
            continue  # "called the police on Sunday"
        if child.dep_ != "prep" or cue.type is not None or cue.takes or not any(c.dep_ == "pobj" for c in child.children):
            return cue  # else the preposition is none of its own: "carried on the wounded", "went on foot"
    return CUES.get(lemma)
