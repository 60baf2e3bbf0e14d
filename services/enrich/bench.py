"""How fast the enrichment is: `run(texts)` as a worker does it, and `make bench` beside the stock language model."""

import json
import statistics
import sys
import time
from collections.abc import Sequence

from services.enrich.pipeline import Pipeline, load_model
from services.enrich.pool import chunks
from services.enrich.settings import EnrichSettings
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.text import RECIPE, normalise

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


def compare(rounds: int) -> dict[str, float | str]:
    """Return articles a second of ours and of the stock model, taken in turns, and the median of their ratios."""
    texts = sample()
    pipeline, (nlp, name, _) = Pipeline(MODEL), load_model(MODEL)
    ours, stock = [], []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        for _doc in nlp.pipe(texts):
            pass
        stock.append(len(texts) / (time.perf_counter() - began))
        began = time.perf_counter()
        run(texts, pipeline)
        ours.append(len(texts) / (time.perf_counter() - began))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours[1:], stock[1:], strict=True))
    return {
        "stock": name,
        "stock_articles_per_second": round(statistics.median(stock[1:]), 1),
        "ours_articles_per_second": round(statistics.median(ours[1:]), 1),
        "ratio": round(ratio, 2),
    }


def main() -> None:
    """Print the comparison as JSON."""
    sys.stdout.write(json.dumps(compare(rounds=9)) + "\n")


if __name__ == "__main__":
    main()
