"""Lines and paragraphs, settled before the model reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrich.language.layout import paragraphs, unwrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighters of Hayat Tahrir\nal-Sham entered Maarat\nal-Numan on Friday.", ["Fighters of Hayat Tahrir al-Sham entered Maarat al-Numan on Friday."]),
        ("The mayor, Khaled\nDarwish, said 12 people\nwere killed in Idlib.", ["The mayor, Khaled Darwish, said 12 people were killed in Idlib."]),
        ("Rebels reach Homs\nDarwish said 12 people were killed in Hama.", ["Rebels reach Homs\n", "Darwish said 12 people were killed in Hama."]),
        ("Rebels reach Homs\n\nNine people died.", ["Rebels reach Homs\n\n", "Nine people died."]),
        ("It fell on Friday.\nThe army left\nShops were shut.\nNobody came.", ["It fell on Friday.\n", "The army left\n", "Shops were shut.\n", "Nobody came."]),
        ("REBELS SEIZE SARAQIB, MONITOR SAYS\n\nThey came.", ["Rebels Seize Saraqib, Monitor Says\n\n", "They came."]),
        ("UN NATO EU", ["UN NATO EU"]),
    ],
)  # fmt: skip
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(unwrapped(text)) == expected


@given(st.text("aA.\n \t\u0130\u00df", max_size=60))
def test_every_offset_stays(text: str) -> None:
    flat = unwrapped(text)
    assert len(flat) == len(text)
    assert "".join(paragraphs(flat)) == flat
    assert [c.lower() for c, d in zip(text, flat, strict=True) if c != "\n"] == [
        d.lower() for c, d in zip(text, flat, strict=True) if c != "\n"
    ]
