"""Which language a text is in."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 10_000


@cache
def _identifier() -> LanguageIdentifier:
    identifier: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


def load() -> None:
    """Load the model now: 65 MiB are unpacked among the temporary files meanwhile. Raises OSError where these have no space."""
    _identifier()


def identify(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code of the most likely language of the beginning of `text`, and its probability."""
    code, probability = _identifier().classify(text[:SAMPLE])
    return str(code), round(float(probability), 2)
