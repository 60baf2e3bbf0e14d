"""Whether a person is a man or a woman, by name and by the words around it."""

import pytest

from services.enrich.language.coreference.gender import gender, title_gender


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        ("Fadi Nasser", "", "m"),
        ("Rana Sabbagh", "", "f"),
        ("Nasser", "said Mrs. ", "f"),
        ("Nasser", "the spokesman ", "m"),
        ("Qwerty Nasser", "", None),
        ("", "", None),
    ],
)
def test_gender(name: str, before: str, expected: str | None) -> None:
    assert gender(name, before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("and then Mr. ", "m"), ("said Mrs ", "f"), ("said Mme ", "f"), ("Mrs Okoro and ", None), ("Dr ", None), ("", None)],
)
def test_title(before: str, expected: str | None) -> None:
    assert title_gender(before) == expected
