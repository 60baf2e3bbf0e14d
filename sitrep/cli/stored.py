"""Enriched articles made again from their rows in Postgres, in the shape of the topic."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

from sitrep.contracts.article import Article, SightingMessage
from sitrep.contracts.enriched import EnrichedArticle

Row = dict[str, Any]
TOGETHER = 200
"""Articles that are read with one query a table."""

_ARTICLES = """
SELECT article_id, text, title, language, language_confidence, encoding, encoding_confidence, publisher, byline, credit, url,
       authors, published, published_from, modified, recipe, canary, warnings, version, fingerprint, model, coverage, enrichment_warnings
FROM articles WHERE article_id = ANY(%s)
"""
_SIGHTINGS = """
SELECT DISTINCT ON (article_id) article_id, uri, key, sha256, size, mtime
FROM sightings WHERE article_id = ANY(%s) ORDER BY article_id, sort_order, fields_id
"""
_SEEN = """
SELECT DISTINCT ON (article_id) article_id, uri, key, sha256, size, mtime, title, language, language_confidence, encoding,
       encoding_confidence, publisher, byline, credit, url, authors, published, published_from, modified, recipe, canary, warnings
FROM sightings WHERE article_id = ANY(%s) ORDER BY article_id, sort_order, fields_id
"""
_CHILDREN = {
    "entities": "SELECT * FROM article_entities WHERE article_id = ANY(%s)",
    "mentions": "SELECT * FROM mentions WHERE article_id = ANY(%s) ORDER BY start_offset",
    "dates": "SELECT * FROM dates WHERE article_id = ANY(%s) ORDER BY n",
    "claims": """
        SELECT claim_id, article_id, n, start_offset, end_offset, text, sentence_start, sentence_end, speaker_name, speaker_text,
               speaker_start, speaker_end, speaker_entity_id, via, cue_text, cue_start, cue_end, quote, type, polarity, background,
               confidence, places, origins, destinations, actors, affected, earliest, latest, said_earliest, said_latest
        FROM claims WHERE article_id = ANY(%s) ORDER BY n""",
    "quantities": "SELECT * FROM quantities WHERE article_id = ANY(%s) ORDER BY claim_id, n",
}


def load(connection: psycopg.Connection[Any], ids: Sequence[str]) -> Iterator[EnrichedArticle]:
    """Yield stored articles with what was found in them, in the order of their ids; those that are not there are left out."""
    for at in range(0, len(ids), TOGETHER):
        yield from _load(connection, ids[at : at + TOGETHER])


def load_articles(connection: psycopg.Connection[Any], ids: Sequence[str]) -> Iterator[tuple[SightingMessage, Article]]:
    """Yield stored articles as they are published, each after its best sighting, which has its own fields.

    An article has the merged fields of all its sightings. Those that are not there are left out.
    """
    for at in range(0, len(ids), TOGETHER):
        some = list(ids[at : at + TOGETHER])
        with connection.cursor(row_factory=dict_row) as cursor:
            articles = {row["article_id"]: row for row in cursor.execute(_ARTICLES, (some,))}
            sightings = {row["article_id"]: row for row in cursor.execute(_SEEN, (some,))}
        for id_ in some:
            if id_ in articles and id_ in sightings:
                sighting = {name: sightings[id_][name] for name in ("uri", "key", "sha256", "size", "mtime")}
                own = {**_fields(sightings[id_]), "sighting": sighting}
                merged = {**_fields(articles[id_]), "sighting": sighting}
                yield SightingMessage.model_validate_json(json.dumps(own)), Article.model_validate_json(json.dumps(merged))


def _fields(row: Row) -> Row:
    """Return the columns of a row that are fields of an article."""
    return {name: value for name, value in row.items() if name in Article.model_fields}


def _load(connection: psycopg.Connection[Any], ids: Sequence[str]) -> Iterator[EnrichedArticle]:
    with connection.cursor(row_factory=dict_row) as cursor:
        articles = {row["article_id"]: row for row in cursor.execute(_ARTICLES, (list(ids),))}
        sightings = {row.pop("article_id"): row for row in cursor.execute(_SIGHTINGS, (list(ids),)).fetchall()}
        children: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {name: [] for name in _CHILDREN})
        for name, query in _CHILDREN.items():
            for row in cursor.execute(query, (list(ids),)):
                children[row.pop("article_id")][name].append(row)
    for id_ in ids:
        if id_ in articles and id_ in sightings:
            message = _message(articles[id_], sightings[id_], children[id_])
            yield EnrichedArticle.model_validate_json(json.dumps(message, default=str))  # dates are ISO


def _message(article: Row, sighting: Row, children: dict[str, list[Row]]) -> Row:
    quantities: dict[str, list[Row]] = {}
    for row in children["quantities"]:
        row |= {"min": _number(row["min"]), "max": _number(row["max"])}
        quantities.setdefault(row.pop("claim_id"), []).append(_of(row))
    mentions: dict[str, list[Row]] = {}
    for row in children["mentions"]:
        mentions.setdefault(row.pop("entity_id"), []).append(_of(row))
    entities = [
        {**row, "extent_km": _number(row["extent_km"]), "mentions": mentions.get(row["entity_id"], [])}
        for row in children["entities"]
    ]
    return {
        "article": {**_fields(article), "sighting": sighting},
        "entities": sorted(entities, key=lambda entity: entity["mentions"][0]["start"] if entity["mentions"] else 0),
        "dates": [_of(row) for row in children["dates"]],
        "claims": [_claim(row, quantities.get(row["claim_id"], [])) for row in children["claims"]],
        "enrichment": {
            **{name: article[name] for name in ("version", "fingerprint", "model", "coverage")},
            "warnings": article["enrichment_warnings"],
        },
    }


def _interval(earliest: date | None, latest: date | None) -> Row | None:
    return {"earliest": earliest, "latest": latest} if earliest or latest else None


def _number(stored: float | None) -> float | None:
    """Return a number as it stood on the topic, where a whole one has no `.0`."""
    return int(stored) if stored is not None and stored.is_integer() else stored


def _of(row: Row) -> Row:
    """Return a row with its offsets under the names that they have on the topic, and without its number."""
    made = {name: value for name, value in row.items() if name not in {"n", "start_offset", "end_offset"}}
    return {"start": row["start_offset"], "end": row["end_offset"], **made}


def _claim(row: Row, quantities: list[Row]) -> Row:
    nested = ("speaker_", "cue_", "sentence_")
    made = {name: value for name, value in _of(row).items() if not name.startswith(nested)}
    when = _interval(made.pop("earliest"), made.pop("latest"))
    said = _interval(made.pop("said_earliest"), made.pop("said_latest"))
    speaker = {name: row[f"speaker_{name}"] for name in ("name", "text", "start", "end", "entity_id")}
    cue = {name: row[f"cue_{name}"] for name in ("text", "start", "end")}
    return {
        **made,
        "sentence": {"start": row["sentence_start"], "end": row["sentence_end"]},
        "speaker": speaker if speaker["name"] is not None else None,
        "cue": cue if cue["text"] is not None else None,
        "when": when,
        "said": said,
        "quantities": quantities,
    }
