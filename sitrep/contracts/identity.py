"""Identity is derived, never generated: the same input has the same name, whoever computes it, however often."""

import hashlib

SEPARATOR = "\x1f"


def digest(*parts: str | int) -> str:
    """Return the 64 hex digits of SHA-256 over the parts as UTF-8, joined by U+001F."""
    return hashlib.sha256(SEPARATOR.join(str(part) for part in parts).encode("utf-8")).hexdigest()


def article_id(text: str) -> str:
    """Return the first 32 hex digits of SHA-256 over `text`, which must already be normalised."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


def content_sha256(data: bytes) -> str:
    """Return the 64 hex digits of SHA-256 over the bytes of a file or of one part of it."""
    return hashlib.sha256(data).hexdigest()


def event_id(value: bytes) -> str:
    """Return the ce_id of a message: 32 hex digits of SHA-256 over its value."""
    return hashlib.sha256(value).hexdigest()[:32]


def rejection_id(stage: str, code: str, key: str, sha256: str | None) -> str:
    """Return 32 hex digits that name one refusal of one input by one stage for one reason."""
    return digest(stage, code, key, sha256 or "")[:32]


def sighting_id(key: str, sha256: str) -> str:
    """Return the 16 hex digits that name one sighting of an article."""
    return digest(key, sha256)[:16]


def receipt_key(article: str, sighting: str | None) -> str:
    """Return the key of a receipt: the article's id, and for a sighting `/` and the sighting's id after it."""
    return article if sighting is None else f"{article}/{sighting}"


def local_entity_id(article: str, label: str, name: str) -> str:
    """Return the id of an entity that is known in one article only."""
    return f"local:{digest(article, label, name)[:16]}"


def claim_id(article: str, start: int, end: int, n: int) -> str:
    """Return the id of the `n`th claim (from 0) with this span in this article."""
    return digest(article, start, end, n)[:16]


def relation_id(first: str, second: str) -> str:
    """Return the id of the relation between two claims, whose ids are given in order."""
    return digest(first, second)[:16]
