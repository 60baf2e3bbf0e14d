"""Texts that are no reports take bounded time, and make no claims by the hundred; every span in them holds."""

import time
from collections.abc import Callable

import pytest

from services.enrich.language.pipeline import Pipeline
from services.enrich.settings import EnrichSettings
from sitrep.contracts.enriched import EnrichedArticle
from tests.support.make import article

DEADLINE = EnrichSettings.model_fields["nlp_deadline_seconds"].default
CASES: dict[str, Callable[[], str]] = {
    "an article of 200,000 characters": lambda: "The UN said on Friday that at least 12 people were killed in Goma. " * 2950,
    "a sentence of 40,000 words": lambda: "the army said that rebels " * 7600,
    "10,000 quotation marks": lambda: '"yes" he said ' * 5000,
    "no punctuation": lambda: "rebels took goma and killed 12 people then fled " * 2000,
    "code": lambda: "def f(x):\n    return {x: [1,2,3]}\n" * 2000,
    "a table": lambda: "a\t12\t2016\tMarch\n" * 4000,
    "Arabic": lambda: "سيطر المتمردون على المدينة يوم الجمعة. " * 1000,
    "Chinese": lambda: "反政府勢力占領了城市。" * 4000,
    "emoji": lambda: "🔥💥 Rebels 😀 said 🎉 " * 3000,
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(EnrichSettings.model_fields["model"].default)


@pytest.mark.parametrize("case", CASES)
def test_text_is_read_in_bounded_time(pipeline: Pipeline, case: str) -> None:
    one = article(CASES[case]())
    began = time.process_time()
    (made,) = pipeline.enrich([one])
    assert time.process_time() - began < DEADLINE
    assert len(made.claims) <= 200
    if not case.startswith("an article"):
        assert len(made.claims) < 100
    assert EnrichedArticle.model_validate_json(made.to_bytes()) == made
