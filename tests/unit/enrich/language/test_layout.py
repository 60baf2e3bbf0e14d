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
        ("The minister listed what the army holds in the south of the province\n- Goma, with its port\n- Kesra and the road\nthat leads there", ["The minister listed what the army holds in the south of the province\n", "- Goma, with its port\n", "- Kesra and the road that leads there"]),
        ("\u2022 Goma fell on Friday and rebels took the port of the town there\n\u2022 Kesra held out against them until Sunday", ["\u2022 Goma fell on Friday and rebels took the port of the town there\n", "\u2022 Kesra held out against them until Sunday"]),
        ("The toll so far in the province, by town:\nAleppo: 12 dead\nHama: 3 dead\nHoms: at least 40 wounded", ["The toll so far in the province, by town:\n", "Aleppo: 12 dead\n", "Hama: 3 dead\n", "Homs: at least 40 wounded"]),
        ("Toll in the province by town\nAleppo city: at least 12 dead\nHama: 3 dead", ["Toll in the province by town\n", "Aleppo city: at least 12 dead\n", "Hama: 3 dead"]),
        ("Killed: 12\nWounded: 1,041\nMissing: 3 persons", ["Killed: 12\n", "Wounded: 1,041\n", "Missing: 3 persons"]),
        ("Doctors of the old hospital by the river that burned gave in all this\nthe killed: 12", ["Doctors of the old hospital by the river that burned gave in all this the killed: 12"]),
        ("The envoy went to a round of talks in the town of Kesra by the sea\n-and left", ["The envoy went to a round of talks in the town of Kesra by the sea -and left"]),
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
