"""Makers of messages for tests."""

import json
from pathlib import Path
from typing import Any

import sitrep.contracts
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.enriched import EnrichedArticle, Enrichment
from sitrep.contracts.text import normalise

EXAMPLES = sorted((Path(sitrep.contracts.__file__).parent / "examples").glob("*.json"))


def example(name: str) -> dict[str, Any]:
    """Return an example message: topic, type, value."""
    found: dict[str, Any] = json.loads(next(path for path in EXAMPLES if path.stem == name).read_text("utf-8"))
    return found


def example_bytes(name: str) -> bytes:
    """Return the value of an example message as bytes."""
    return json.dumps(example(name)["value"]).encode()


def article(text: str = "Rebels entered Rivertown on Friday.", key: str = "a.txt", **fields: Any) -> Article:
    """Return an article of a text."""
    clean = normalise(text)
    data = text.encode()
    sighting = Sighting(uri=f"inbox:{key}", key=key, sha256=identity.content_sha256(data), size=len(data))
    given = {"sighting": sighting, "encoding": "utf-8", "encoding_confidence": 1.0, "recipe": 1, "language": "en", **fields}
    return Article(article_id=identity.article_id(clean), text=clean, **given)


def enriched(of: Article, version: int = 1, **fields: Any) -> EnrichedArticle:
    """Return an enrichment of an article that found nothing."""
    enrichment = Enrichment(version=version, fingerprint="test", model="test", coverage="partial")
    return EnrichedArticle(article=of, enrichment=enrichment, **fields)
