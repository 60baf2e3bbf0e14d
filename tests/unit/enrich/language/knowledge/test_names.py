"""How names are compared."""

import pytest

from services.enrich.language.knowledge.names import fold, plain, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saraqeb", "Saraqib"),
        ("Maraat Al-Numan", "Ma‘arrat an Nu‘mān"),
        ("Hodeidah", "Al Ḩudaydah"),
        ("Deir ez-Zor", "Deir Ezzor"),
    ],
)
def test_spellings_of_one_sound_are_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert plain(one) != plain(other)


def test_fold_keeps_every_offset() -> None:
    text = "Hay’at Tahrir al‑Sham – “d’état”"
    assert len(fold(text)) == len(text)
