"""What stands around a name: prepositions of place before it, and words that are names only at the beginning of a sentence."""

from functools import lru_cache
from itertools import islice

from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from services.enrich.language.tables import word_lists

_LISTS = word_lists("around_names.tsv")
WHERE, PLACE_NOUNS, DIRECTIONS = _LISTS["place_lead"], _LISTS["place_noun"], _LISTS["direction"]
STRONGLY_WHERE = _LISTS["strong_lead"]
_FRAMING_NOUNS, _FRAMING_PREPOSITIONS = _LISTS["framing_noun"], _LISTS["framing_preposition"]
CALLED_PLACE = _LISTS["called_place"]
_BETWEEN = DIRECTIONS | {"\u201c", '"', "'"}
COMMON = 60_000
"""Words that are looked at to tell a common word from a name: the first ones of the model's table, which is by frequency."""


def leads_to_place(token: Token) -> bool:
    """Return whether what stands behind a word is a place: "near", "the town of", "captured"."""
    if token.lower_ == "of":
        return token.i > 0 and token.nbor(-1).lower_ in PLACE_NOUNS
    return token.lower_ in WHERE


def before(doc: Doc, index: int) -> Token | None:
    """Return the token before a name, without article, direction and quotation mark."""
    while index > 0 and doc[index - 1].lower_ in _BETWEEN:
        index -= 1
    return doc[index - 1] if index > 0 else None


def is_framed(doc: Doc, start: int, end: int) -> bool:
    """Return whether a name (tokens) stands where only a place does: "the road to NAME", "between Goma and NAME", "NAME, a town"."""
    root = doc[start:end].root
    named = [child for child in root.children if child.dep_ == "appos" and child.i >= end]
    if any(noun.lower_ in CALLED_PLACE for noun in named) or (root.dep_ == "appos" and root.head.lower_ in CALLED_PLACE):
        return True
    while root.dep_ == "conj" and root.head.pos_ in {"PROPN", "NOUN"} and root.head.i < root.i:
        root = root.head
        if root.dep_ == "appos" and root.head.lower_ in CALLED_PLACE:
            return True
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in _FRAMING_PREPOSITIONS or preposition.i == 0:
        return False
    follows = doc[end] if end < len(doc) else None
    if follows is not None and (
        follows.text == "-" or (follows.pos_ == "NOUN" and follows.text.islower()) or follows.tag_ == "POS"
    ):
        return False
    return preposition.head.lower_ in _FRAMING_NOUNS and preposition.head.pos_ == "NOUN"


def placed(doc: Doc, start: int, end: int) -> bool:
    """Return whether a name (tokens) stands where a place does, and no noun follows that it would only describe."""
    lead = before(doc, start)
    follows = doc[end] if end < len(doc) else None
    describes = follows is not None and follows.pos_ in {"NOUN", "ADJ"} and follows.text.islower()
    return lead is not None and leads_to_place(lead) and not describes


def commoner_small(doc: Doc, word: str) -> bool:
    """Return whether a word is found more often in lower case than with a capital."""
    ranks, strings = _ranks(doc.vocab), doc.vocab.strings
    small, large = (ranks.get(strings[form]) if form in strings else None for form in (word.lower(), word))
    return small is not None and (large is None or small < large)


@lru_cache(maxsize=2)
def _ranks(vocab: Vocab) -> dict[int, int]:
    return {key: rank for rank, key in enumerate(islice(vocab.vectors.key2row, COMMON))}
