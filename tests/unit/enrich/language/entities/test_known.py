"""Names of the data files, and short names that a text defines."""

import pytest

from services.enrich.language.entities.known import abbreviates


@pytest.mark.parametrize(("short", "name"), [("HTS", "Hayat Tahrir al-Sham"), ("SOHR", "Syrian Observatory for Human Rights")])
def test_abbreviates(short: str, name: str) -> None:
    assert abbreviates(short, name)
    assert not abbreviates(short, "United Nations")
