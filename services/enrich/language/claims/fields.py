"""Semantic fields: how near words are to what a text may be about, by their vectors in the language model.

A field is a list of words in `data/fields.tsv`. The nearness of a word is the cosine of its vector and the mean of the field's, rounded,
so that it is the same on every machine whatever the last bits of a sum are.
"""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.symbols import ADJ, ADV, NOUN, VERB
from spacy.tokens import Token
from spacy.vocab import Vocab

from services.enrich.language.tables import rows, values

WORDS = {row["field"]: values(row["words"]) for row in rows("fields.tsv")}
FIELDS = tuple(WORDS)
DECIMALS = 2
CONTENT_WORDS = frozenset({NOUN, VERB, ADJ, ADV})


def nearness(tokens: Iterable[Token]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return how near the content words among some tokens are to each of FIELDS (-1 to 1): their mean, and the nearest one's.

    None where no word has a vector, as with a model that has none.
    """
    words = [token for token in tokens if token.pos in CONTENT_WORDS]
    table = _table(words[0].vocab) if words else None
    if table is None:
        return None
    row_of = words[0].vocab.vectors.key2row
    found = [row for token in words if (row := row_of.get(token.lower)) is not None]
    if not found:
        return None
    near = table[found]
    return near.mean(axis=0), near.max(axis=0)


def nearness_of(token: Token) -> NDArray[np.float64] | None:
    """Return how near a content word is to each of FIELDS; None where it has no vector or is none."""
    near = nearness((token,))
    return None if near is None else near[1]


@lru_cache(maxsize=2)
def _table(vocab: Vocab) -> NDArray[np.float64] | None:
    """Return the nearness of every vector of a model (a row) to every field (a column); None where the model has no vectors."""
    vectors = vocab.vectors
    if not vectors.key2row:
        return None
    unit = _unit(np.asarray(vectors.data, dtype=np.float64))
    strings = vocab.strings
    centres = [
        [unit[row] for word in words if (row := vectors.key2row.get(strings[word])) is not None] for words in WORDS.values()
    ]
    width = unit.shape[1]
    fields = _unit(np.array([np.mean(centre, axis=0) if centre else np.zeros(width) for centre in centres]))
    return np.round(unit @ fields.T, DECIMALS)


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    unit: NDArray[np.float64] = vectors / np.where(lengths == 0.0, 1.0, lengths)
    return unit
