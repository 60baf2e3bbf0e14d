"""Where a report was written."""

import pytest

from services.enrich.language.entities.datelines import datelines


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("GOMA, Congo (Reuters) — Police said", ["GOMA"]),
        ("PORT-AU-PRINCE, 12 April 2024 – Nearly", ["PORT-AU-PRINCE"]),
        ("Title\n\nNEW DELHI (AP) — Police", ["NEW DELHI"]),
        ("CARACAS/BOGOTA, July 3 (Reuters) - The", ["CARACAS", "BOGOTA"]),
        ("WATCH: the video", []),
        ("Goma — Police", []),
    ],
)
def test_dateline_names_its_place(text: str, names: list[str]) -> None:
    assert [text[one.start : one.end] for one in datelines(text)] == names
