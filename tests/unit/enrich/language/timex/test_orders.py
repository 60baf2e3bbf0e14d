"""Who puts the day first in a date of digits."""

import pytest

from services.enrich.language.timex.orders import day_first


@pytest.mark.parametrize(
    ("publisher", "url", "language", "expected"),
    [
        ("BBC News", None, None, True),
        ("The New York Times", None, "en-GB", False),
        ("AP News", None, None, False),
        ("Grapevine", None, None, None),  # "AP" is no word of it
        ("ABC News Australia", None, None, True),
        ("ABC News", "https://www.abc.net.au/news/1", None, True),
        ("Associated Press of Pakistan", None, None, None),
        (None, "https://www.bbc.co.uk/news/1", None, True),
        (None, "https://www.miamiherald.com/x", None, False),
        (None, "https://www.state.gov/x", None, False),
        (None, "https://news.example.ph", None, False),
        (None, "https://example.com/uk", None, None),
        (None, "https://[", None, None),
        (None, "nothing", None, None),
        (None, None, "en-US", False),
        (None, None, "en_GB", True),
        (None, None, "fr-CA", True),
        (None, None, "en", None),
        (None, None, None, None),
        ("Daily Planet", "https://planet.co.uk", "en-US", True),
    ],
)
def test_order(publisher: str | None, url: str | None, language: str | None, expected: bool | None) -> None:
    assert day_first(publisher, url, language) is expected
