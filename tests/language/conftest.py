"""The language model, loaded once for the whole suite; nothing else under tests/ loads it but what runs services or measures."""

import pytest

from services.enrich.language.pipeline import Pipeline
from services.enrich.settings import EnrichSettings

MODEL = EnrichSettings.model_fields["model"].default


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """Return the pipeline with the model of the settings."""
    return Pipeline(MODEL)
