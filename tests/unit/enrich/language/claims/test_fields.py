"""How near words are to a semantic field, by a tiny vocabulary whose vectors are made by hand."""

from typing import Any

import numpy as np
import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from services.enrich.language.claims import fields
from services.enrich.language.claims.fields import nearness, nearness_of
from services.enrich.language.tables import rows
from tests.support.parses import doc

VECTORS = {
    "shelled": (2.0, 0.0),
    "bombed": (0.0, 3.0),
    "fled": (-1.0, 0.0),
    "rebels": (0.6, 0.8),
    "lake": (0.0, 0.0),
    "and": (1.0, 1.0),
}


@pytest.fixture(autouse=True)
def _fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "WORDS", {"attack": ("shelled", "bombed", "unheard-of"), "displacement": ("fled",)})


def words(*given: tuple[str, str]) -> Doc:
    """Return words with their parts of speech, in a vocabulary of its own."""
    vocab = English().vocab
    for word, numbers in VECTORS.items():
        vector: Any = np.array(numbers, dtype=np.float32)
        vocab.set_vector(word, vector)
    return Doc(vocab, words=[word for word, _ in given], pos=[pos for _, pos in given])


def test_nearness_is_the_cosine_to_the_mean_of_a_fields_words_whatever_their_length() -> None:
    (row,) = (nearness_of(token) for token in words(("Shelled", "VERB")))
    assert row is not None
    assert row.tolist() == [0.71, -1.0]


def test_nearness_of_words_is_that_of_their_mean_and_of_the_nearest() -> None:
    found = nearness(words(("rebels", "NOUN"), ("fled", "VERB"), ("and", "CCONJ"), ("Kesra", "PROPN")))
    assert found is not None
    mean, nearest = found
    assert mean.tolist() == pytest.approx([(0.99 - 0.71) / 2, (-0.6 + 1.0) / 2])
    assert nearest.tolist() == [0.99, 1.0]


@pytest.mark.parametrize(("word", "pos"), [("and", "CCONJ"), ("fled", "PROPN"), ("tents", "NOUN")])
def test_a_word_that_is_no_content_word_or_has_no_vector_is_near_to_nothing(word: str, pos: str) -> None:
    assert [nearness_of(token) for token in words((word, pos))] == [None]
    assert nearness(words((word, pos))) is None


def test_a_vector_of_noughts_is_near_to_nothing() -> None:
    (row,) = (nearness_of(token) for token in words(("lake", "NOUN")))
    assert row is not None
    assert row.tolist() == [0.0, 0.0]


def test_nothing_is_near_without_vectors() -> None:
    parsed = doc("Rebels captured six villages.")
    assert nearness(parsed) is None
    assert [nearness_of(token) for token in parsed] == [None] * len(parsed)


def test_every_field_has_words() -> None:
    read = list(rows("fields.tsv"))
    assert tuple(row["field"] for row in read) == fields.FIELDS
    assert len(set(fields.FIELDS)) == len(fields.FIELDS)
    assert all(row["words"] for row in read)
