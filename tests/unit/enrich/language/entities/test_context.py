"""What stands around a name."""

import pytest

from services.enrich.language.entities.context import is_framed
from tests.support.parses import doc, span


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The road to Kesra was closed.", "Kesra", True),
        ("The mayor of Kesra wept.", "Kesra", True),
        ("The road between Goma and Kesra was closed.", "Goma", True),
        ("The road between Goma and Kesra was closed.", "Kesra", True),
        ("Kesra, a village, burned.", "Kesra", True),
        ("Rebels took the villages of Goma and Kesra.", "Kesra", True),
        ("Rebels took two villages, Goma and Kesra.", "Goma", True),
        ("Rebels took two villages, Goma and Kesra.", "Kesra", True),
        ("The road past Kesra was closed.", "Kesra", False),
        ("The envoy spoke for Kesra.", "Kesra", False),
        ("The death of Kesra shocked the crew.", "Kesra", False),
        ("Rebels shelled Goma from Kesra.", "Goma", False),
        ("Ana Ruiz, a lawyer, met the mayor.", "Ana Ruiz", False),
        ("Convoys from Quetta were shelled.", "Quetta", False),
        ("On Friday, Goma burned.", "Goma", False),
    ],
)
def test_frame_that_only_places_have(text: str, name: str, expected: bool) -> None:
    found = span(doc(text), name)
    assert is_framed(found.doc, found.start, found.end) is expected
