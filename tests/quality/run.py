"""`make quality [GOLD=DIR]`: scores the enrichment on a folder of annotated articles, beside the stock language model.

Prints the figures of score.py (which stands here unchanged) for both. Works without any server.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Span

from services.enrich.language.entities.found import LABELS
from services.enrich.language.model import load_model
from services.enrich.language.pipeline import Pipeline
from services.enrich.settings import EnrichSettings
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.text import RECIPE

OWN = Path(__file__).with_name("gold")
MODEL = EnrichSettings.model_fields["model"].default


def articles(gold: Path) -> dict[str, Article]:
    """Return the articles of a gold folder by name, with their text as it stands there, which the spans count in."""
    found = {}
    for path in sorted(gold.glob("*.json")):
        annotated = json.loads(path.read_text("utf-8"))
        if "entities" not in annotated:
            continue
        text = path.with_suffix(".txt").read_text("utf-8")
        found[path.stem] = Article(
            article_id=identity.article_id(text),
            text=text,
            language=annotated.get("language", "en"),
            language_confidence=1.0,
            encoding="utf-8",
            encoding_confidence=1.0,
            published=annotated["published"],
            published_from=PublishedFrom.SIDECAR,
            sighting=Sighting(uri=f"inbox:{path.stem}", key=path.stem, sha256="0" * 64, size=len(text)),
            recipe=RECIPE,
        )
    return found


def _without_article(span: Span) -> Span:
    """Return a name as the guidelines mark it: without article and possessive."""
    start = span.start + (len(span) > 1 and span[0].lower_ == "the")
    end = span.end - (len(span) > 1 and span[-1].lower_ in {"'s", "\u2019s"})
    return span.doc[start:end]


def stock(nlp: Language, text: str) -> dict[str, Any]:
    """Return what the language model alone finds, in the form of the topic."""
    doc = nlp(text)
    mentions = [
        {"start": span.start_char, "end": span.end_char, "text": span.text, "label": span.label_}
        for found in doc.ents if found.label_ in LABELS and (span := _without_article(found))
    ]  # fmt: skip
    entities = [{"name": mention["text"], "label": mention["label"], "mentions": [mention]} for mention in mentions]
    dates = [{"start": s.start_char, "end": s.end_char, "text": s.text} for s in doc.ents if s.label_ == "DATE"]
    return {"article": {"text": text}, "entities": entities, "dates": dates, "claims": []}


def score(gold: Path, predicted: Path) -> dict[str, Any]:
    """Return the figures of score.py."""
    command = [sys.executable, str(Path(__file__).with_name("score.py")), str(gold), str(predicted), "--json"]
    figures: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return figures


def measure(gold: Path, keep: Path | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the figures of ours and of the stock model; `keep` is where ours is written for a look at it."""
    found = articles(gold)
    pipeline, nlp = Pipeline(MODEL), load_model(MODEL).nlp
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = keep or Path(scratch, "ours"), Path(scratch, "stock")
        for directory in (ours, theirs):
            directory.mkdir(parents=True, exist_ok=True)
        for name, made in zip(found, pipeline.enrich(list(found.values())), strict=True):
            (ours / f"{name}.json").write_bytes(made.to_bytes())
            (theirs / f"{name}.json").write_text(json.dumps(stock(nlp, found[name].text)))
        return score(gold, ours), score(gold, theirs)


def main() -> None:
    """Print the figures of both, side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=OWN, help="folder of NAME.txt and NAME.json")
    parser.add_argument("--keep", type=Path, help="write our enriched articles here")
    arguments = parser.parse_args()
    ours, theirs = measure(arguments.gold, arguments.keep)
    sys.stdout.write(f"{'':48} {'ours':24} stock {MODEL}\n")
    for name, figure in ours.items():
        sys.stdout.write(f"{name:48} {figure!s:24} {theirs[name]}\n")


if __name__ == "__main__":
    main()
