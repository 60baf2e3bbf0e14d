"""`make quality [GOLD=DIR]`: the figures of the enrichment on annotated texts, beside the stock language model, in one table.

Scored are the project's own annotated articles, those in GOLD, the tagged articles of a corpus and small cases with the right
answer. A corpus and newer cases are read from a directory beside the project (or SITREP_QUALITY) where they are there; the project
has cases of its own in tests/quality/cases. The scorers stand here unchanged. Works without any server.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
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
from sitrep.contracts.text import RECIPE, normalise

HERE = Path(__file__).parent
OWN, APART, ASIDE, ASIDE_LATER = HERE / "gold", HERE / "gold_apart", HERE / "aside", HERE / "aside_later"
"""Our annotated articles: those that the rules were mended on, those annotated apart since, those put aside, and further ones put aside later."""

OWN_CASES = HERE / "cases"
PAIRS = ("pairs", "pairs_quantities", "pairs_senses", "pairs_places_times")
"""Files of minimal pairs: of attribution and polarity, of how many, of words in two senses, of where and when."""

BESIDE = Path(os.environ.get("SITREP_QUALITY", HERE.parents[2] / "shared"))
MODEL = EnrichSettings.model_fields["model"].default

COUNTED_BY = {
    "entity": "g_ent", "QIDs": "p_qid", "places": "g_geo", "date": "g_date", "claim content": "g_claim", "attributed": "g_attr",
    "claim type": "tp_claim", "claim denied": "g_pol", "claim places": "g_place", "claim time": "g_when",
    "claim background": "g_back", "quantity": "g_quant",
}  # fmt: skip
"""The counter that tells how many items a figure of the scorer is over, by how its name begins."""

OF_CLAIMS = ("claim content", "claim content+speaker", "attributed", "claim type", "claim denied", "claim background")
"""The figures that mean something for the corpus, in which nothing but claims is tagged."""


@dataclass(frozen=True)
class Row:
    """One figure of one set, over `items` items: ours and that of the stock model (F1 or a share; None where it has none)."""

    set: str
    figure: str
    items: int
    ours: float | None
    stock: float | None

    def __str__(self) -> str:
        numbers = ("-" if value is None else f"{value:.3f}" for value in (self.ours, self.stock))
        return f"{self.set:22} {self.figure:46} {self.items:6} {'  '.join(f'{number:>7}' for number in numbers)}"


@dataclass(frozen=True)
class Models:
    """Our pipeline and the stock model alone."""

    pipeline: Pipeline
    nlp: Language

    @classmethod
    def load(cls) -> "Models":
        """Return both, loaded."""
        return cls(Pipeline(MODEL), load_model(MODEL).nlp)


def article(name: str, text: str, published: str, **fields: str | None) -> Article:
    """Return the article of an annotated text, with that text as it stands, which the spans count in."""
    return Article(
        article_id=identity.article_id(text),
        text=text,
        language=fields.get("language") or "en",
        language_confidence=1.0,
        encoding="utf-8",
        encoding_confidence=1.0,
        publisher=fields.get("publisher"),
        url=fields.get("url"),
        published=published,
        published_from=PublishedFrom.SIDECAR,
        sighting=Sighting(uri=f"inbox:{name}", key=name, sha256="0" * 64, size=len(text)),
        recipe=RECIPE,
    )


def annotated(gold: Path) -> dict[str, dict[str, Any]]:
    """Return the annotations of a folder by name."""
    read = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))}
    return {name: value for name, value in read.items() if "entities" in value}


def _without_article(span: Span) -> Span:
    """Return a name as the guidelines mark it: without article and possessive."""
    start = span.start + (len(span) > 1 and span[0].lower_ == "the")
    end = span.end - (len(span) > 1 and span[-1].lower_ in {"'s", "\u2019s"})
    return span.doc[start:end]


def stock(nlp: Language, text: str) -> dict[str, Any]:
    """Return what the language model alone finds, in the form of the topic."""
    doc = nlp(text)
    mentions = [
        {"start": span.start_char, "end": span.end_char, "text": span.text, "label": ent.label_}
        for ent in doc.ents if ent.label_ in LABELS and (span := _without_article(ent))
    ]  # fmt: skip
    entities = [{"name": mention["text"], "label": mention["label"], "mentions": [mention]} for mention in mentions]
    dates = [{"start": s.start_char, "end": s.end_char, "text": s.text} for s in doc.ents if s.label_ == "DATE"]
    return {"article": {"text": text}, "entities": entities, "dates": dates, "claims": []}


def scorer(name: str) -> ModuleType:
    """Return a scorer of this folder, which is a program of its own, as a module."""
    path = HERE / f"{name}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_rows(name: str, gold: Path, models: Models, keep: Path | None = None, only: Sequence[str] = ()) -> list[Row]:
    """Return the figures on a folder of annotated articles (NAME.txt, NAME.json); `keep` is where ours are written."""
    score, annotations = scorer("score"), annotated(gold)
    texts = {stem: (gold / f"{stem}.txt").read_text("utf-8") for stem in annotations}
    articles = [
        article(stem, texts[stem], value["published"], language=value.get("language")) for stem, value in annotations.items()
    ]
    ours, theirs = Counter[str](), Counter[str]()
    for stem, enriched in zip(annotations, models.pipeline.enrich(articles), strict=True):
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{stem}.json").write_bytes(enriched.to_bytes())
        ours.update(score.score_article(annotations[stem], texts[stem], json.loads(enriched.to_bytes())))
        theirs.update(score.score_article(annotations[stem], texts[stem], stock(models.nlp, texts[stem])))
    return [
        Row(f"{name} ({len(articles)})", figure, ours[_counter(figure)], _value(of(ours)), _value(of(theirs)))
        for figure, of in score.FIGURES.items()
        if not only or figure.startswith(tuple(only))
    ]


def _counter(figure: str) -> str:
    return COUNTED_BY[max((start for start in (*COUNTED_BY, "claim content") if figure.startswith(start)), key=len)]


def _value(figure: Any) -> float | None:
    value: float | None = figure[2] if isinstance(figure, list | tuple) else figure
    return value


def corpus_rows(corpus: Path, models: Models, *, put_aside: bool = False) -> list[Row]:
    """Return the figures of the claims on each part of a corpus of tagged articles, without what is put aside (aside/README.md).

    `put_aside`: only on what is put aside.
    """
    rows = []
    aside = set((ASIDE / "wikinews.txt").read_text("utf-8").split())
    for part in sorted({path.parent for path in corpus.glob("*/*.tag")}):
        with tempfile.TemporaryDirectory() as name:
            subprocess.run([sys.executable, str(corpus / "to_gold.py"), str(part), name], check=True)
            for path in Path(name).iterdir():
                if (path.stem in aside) != put_aside:
                    path.unlink()
            if annotated(Path(name)):
                rows += gold_rows(f"corpus/{part.name}", Path(name), models, only=OF_CLAIMS)
    return rows


def case_rows(cases: Path, models: Models) -> list[Row]:
    """Return the shares of small cases whose answer is right, for claims and dates."""
    rows = []
    for kind, scored_by, wanted in (
        ("claims", "claims", "item_accuracy"),
        *((name, "claims", "pair_accuracy") for name in PAIRS),
        ("dates", "dates", "exact"),
    ):
        if not (cases / f"{kind}.jsonl").is_file():
            continue
        items = [json.loads(line) for line in (cases / f"{kind}.jsonl").read_text("utf-8").splitlines() if line.strip()]
        articles = [
            article(
                item["id"], normalise(item["text"]), item["published"], publisher=item.get("publisher"), url=item.get("url")
            )
            for item in items
        ]
        ours = {
            item["id"]: json.loads(made.to_bytes()) for item, made in zip(items, models.pipeline.enrich(articles), strict=True)
        }
        theirs = {item["id"]: stock(models.nlp, item["text"]) for item in items}
        of_ours, of_stock = (_scored(kind, scored_by, cases, predictions) for predictions in (ours, theirs))
        for group in sorted(of_ours, key=lambda name: (name == "TOTAL", name)):
            mine, stocks = of_ours[group], of_stock[group]
            count = mine.get("pairs" if kind in PAIRS else "items", mine.get("n"))
            rows.append(Row(f"cases/{kind}", group, count, mine[wanted], stocks[wanted]))
    return rows


def _scored(kind: str, scored_by: str, cases: Path, predictions: Mapping[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        for id_, prediction in predictions.items():
            Path(name, f"{id_}.json").write_text(json.dumps(prediction), "utf-8")
        command = [sys.executable, str(OWN_CASES / f"score_{scored_by}.py"), str(cases / f"{kind}.jsonl"), name, "--json"]
        groups: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["groups"]
        return groups


def table(gold: Path | None, keep: Path | None, models: Models) -> Iterable[Row]:
    """Yield every figure that can be had here."""
    yield from gold_rows("own gold", OWN, models, keep if gold is None else None)
    yield from gold_rows("annotated apart", APART, models)
    if gold is not None:
        yield from gold_rows(gold.name or "gold", gold, models, keep)
    if (BESIDE / "corpus").is_dir():
        yield from corpus_rows(BESIDE / "corpus", models)
    yield from case_rows(OWN_CASES, models)


def table_aside(models: Models) -> Iterable[Row]:
    """Yield the figures on what is put aside, which is for the end of a piece of work (aside/README.md)."""
    yield from gold_rows("put aside", ASIDE, models)
    yield from gold_rows("put aside later", ASIDE_LATER, models)
    if (BESIDE / "corpus").is_dir():
        yield from corpus_rows(BESIDE / "corpus", models, put_aside=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, help="another folder of NAME.txt and NAME.json")
    parser.add_argument("--keep", type=Path, help="write our enriched articles of that folder (else of our own) here")
    parser.add_argument(
        "--aside", action="store_true", help="only the articles that are put aside, at the end of a piece of work"
    )
    arguments = parser.parse_args()
    models = Models.load()
    rows = table_aside(models) if arguments.aside else table(arguments.gold, arguments.keep, models)
    sys.stdout.write(f"{'set (texts)':22} {'figure':46} {'items':>6} {'ours':>7}  {'stock':>7}\n")
    for row in rows:
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
