"""Names of the data files in a text."""

import pytest

from services.enrich.language.knowledge.lexicon import Forms, lexicon
from services.enrich.language.tables import rows, values


def test_forms_are_found_longest_first_and_at_word_boundaries() -> None:
    forms: Forms[int] = Forms()
    for number, form in enumerate(["UN", "UN Women", "U.N."]):
        forms.add(form, number)
    assert list(forms.find("UN Women, UN, UNO and the U.N. met")) == [(0, 8, 1), (10, 12, 0), (26, 30, 2)]


@pytest.mark.parametrize(
    ("form", "ids"),
    [
        ("Va.", ["kb:us-virginia"]),
        ("VA", ["kb:us-virginia"]),
        ("Ga.", ["kb:us-georgia"]),
        ("WA", ["kb:us-washington", "kb:au-western-australia"]),
        ("va", []),
        ("Va", []),
        ("Virginia", []),
        ("", []),
    ],
)
def test_short_form_behind_the_name_of_a_town(form: str, ids: list[str]) -> None:
    assert [entry.entity_id for entry in lexicon().abbreviated(form)] == ids


def test_short_forms_are_of_provinces_that_are_known() -> None:
    for row in rows("abbreviations.tsv"):
        for form in values(row["forms"]):
            assert f"kb:{row['slug']}" in {entry.entity_id for entry in lexicon().abbreviated(form)}, row


def test_short_form_is_no_name_in_a_text() -> None:
    assert list(lexicon().find("Sailors came to Norfolk, VA, on Friday.")) == []
