"""What is read in which language, and what people are told of the rest."""

import pytest

from services.enrich.language.reading import Reading, language_name, languages, reading


@pytest.mark.parametrize(
    ("tag", "confidence", "language", "warning"),
    [
        ("en", 1.0, "en", None),
        ("en-GB", 0.7, "en", None),
        ("EN_us", None, "en", None),
        (None, None, "en", None),
        ("en", 0.3, "en", "the language is in doubt (English, 0.30); it was read as English"),
        ("pcm", 0.2, "en", "the language is in doubt (Nigerian Pidgin, 0.20); it was read as English"),
        ("xx", 0.2, "en", "the language is in doubt (xx, 0.20); it was read as English"),
        ("fr", 0.9, None, "stored, not read: French"),
        ("fr-CD", 0.5, None, "stored, not read: French"),
        ("ar", 0.1, None, "stored, not read: Arabic"),
        ("uk", None, None, "stored, not read: Ukrainian"),
        ("xx", 0.9, None, "stored, not read: xx"),
    ],
)
def test_reading(tag: str | None, confidence: float | None, language: str | None, warning: str | None) -> None:
    assert reading(tag, confidence) == Reading(language, warning)


def test_every_language_has_a_name_and_english_alone_is_read() -> None:
    assert all(language.name for language in languages().values())
    assert {code for code, language in languages().items() if language.read} == {"en"}
    assert language_name(None) == "an unknown language"
