"""What the enrichment costs (`make bench`), beside the stock language model: milliseconds of one core for 1,000 tokens of real prose.

Processor time, not time on the clock: what else runs on the machine then says little. Both read the same texts in turns.
"""

import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from services.enrich.language.model import load_model
from services.enrich.language.pipeline import Pipeline
from services.enrich.pool import chunks
from services.enrich.settings import EnrichSettings
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.text import RECIPE, normalise

ROOT = Path(__file__).parents[2]
MODEL = EnrichSettings.model_fields["model"].default
_SENTENCES = (
    "Rebel fighters entered the town of Sake on {day}, residents said.",
    "At least {n} people were killed when shells hit a market in Goma, according to the United Nations.",
    "The army denied that it had fired on civilians and said it had withdrawn from two villages.",
    "President Felix Tshisekedi called for an immediate ceasefire after talks in Nairobi.",
    "Thousands of people have fled towards the border with Rwanda in the past three days.",
    "“We will not leave our positions,” said Colonel Jean Mbayo, a spokesman for the armed forces.",
    "The M23 group has controlled large parts of North Kivu since 2022.",
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def articles(texts: Sequence[str]) -> list[Article]:
    """Return texts as articles."""
    made = []
    for number, text in enumerate(normalise(text) for text in texts):
        sighting = Sighting(uri=f"inbox:{number}", key=str(number), sha256="0" * 64, size=len(text))
        made.append(
            Article(
                article_id=identity.article_id(text), text=text, language="en", language_confidence=1.0, encoding="utf-8",
                encoding_confidence=1.0, published="2024-11-30", published_from=PublishedFrom.SIDECAR, sighting=sighting,
                recipe=RECIPE,
            )
        )  # fmt: skip
    return made


def run(texts: Sequence[str], pipeline: Pipeline | None = None) -> list[EnrichedArticle]:
    """Enrich texts as a worker's language process does, in this process, and return the articles in order."""
    pipeline = pipeline or Pipeline(MODEL)
    return [made for chunk in chunks(articles(texts)) for made in pipeline.enrich(chunk)]


def sample(count: int = 120) -> list[str]:
    """Return short reports of about 120 words, no two alike."""
    return [
        " ".join(
            _SENTENCES[(number + shift) % len(_SENTENCES)].format(day=_DAYS[(number + shift) % 7], n=number + 3)
            for shift in range(len(_SENTENCES))
        )
        for number in range(count)
    ]


def prose() -> list[str]:
    """Return the annotated articles and the examples: what people wrote, not a template."""
    folders = (ROOT / "tests" / "quality" / "gold", ROOT / "examples")
    return [path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]


def compare(rounds: int) -> dict[str, float | str]:
    """Return milliseconds for 1,000 tokens of ours and of the stock model, taken in turns, and the median of their ratios.

    The ratio is how many times as fast ours is: over 1 it is the faster one.
    """
    texts = prose()
    pipeline, stock_model = Pipeline(MODEL), load_model(MODEL)
    nlp = stock_model.nlp
    tokens = sum(len(nlp.make_doc(text)) for text in texts)
    ours, stock = [], []
    for _ in range(rounds + 1):  # the first warms up
        began = time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        stock.append((time.process_time() - began) * 1e6 / tokens)
        began = time.process_time()
        run(texts, pipeline)
        ours.append((time.process_time() - began) * 1e6 / tokens)
    ratio = statistics.median(theirs / mine for mine, theirs in zip(ours[1:], stock[1:], strict=True))
    return {
        "stock": stock_model.name,
        "texts": len(texts),
        "tokens": tokens,
        "stock_ms_per_1000_tokens": round(statistics.median(stock[1:]), 1),
        "ours_ms_per_1000_tokens": round(statistics.median(ours[1:]), 1),
        "ratio": round(ratio, 2),
        "dates_ms_per_1000_tokens": round(_dates(pipeline, texts) * 1e6 / tokens, 1),
    }


def _dates(pipeline: Pipeline, texts: Sequence[str]) -> float:
    """Return the seconds that the dates of parsed texts take, the least of three times."""
    with pipeline.nlp.memory_zone():
        docs = pipeline.parsed(articles(texts))
        component = pipeline.nlp.get_pipe("sitrep_dates")
        seconds = []
        for _ in range(3):
            began = time.process_time()
            for doc in docs:
                component(doc)
            seconds.append(time.process_time() - began)
        return min(seconds)


def main() -> None:
    """Print the comparison as JSON."""
    sys.stdout.write(json.dumps(compare(rounds=5)) + "\n")


if __name__ == "__main__":
    main()
