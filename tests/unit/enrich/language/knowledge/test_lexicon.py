"""Names of the data files in a text."""

from services.enrich.language.knowledge.lexicon import Forms


def test_forms_are_found_longest_first_and_at_word_boundaries() -> None:
    forms: Forms[int] = Forms()
    for number, form in enumerate(["UN", "UN Women", "U.N."]):
        forms.add(form, number)
    assert list(forms.find("UN Women, UN, UNO and the U.N. met")) == [(0, 8, 1), (10, 12, 0), (26, 30, 2)]
