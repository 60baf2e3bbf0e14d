"""An enriched article made again from its rows in Postgres, in the shape of the topic."""

import json
from typing import Any

import psycopg
from psycopg.rows import dict_row

from sitrep.contracts.article import Article
from sitrep.contracts.enriched import EnrichedArticle

Row = dict[str, Any]
_ARTICLE = "SELECT * FROM articles WHERE article_id = %s"
_SIGHTING = "SELECT uri, key, sha256, size, mtime FROM sightings WHERE article_id = %s ORDER BY sort_order, fields_id LIMIT 1"
_CHILDREN = {
    "entities": "SELECT * FROM article_entities WHERE article_id = %s",
    "mentions": "SELECT * FROM mentions WHERE article_id = %s ORDER BY start_offset",
    "dates": "SELECT * FROM dates WHERE article_id = %s ORDER BY n",
    "claims": "SELECT * FROM claims WHERE article_id = %s ORDER BY n",
    "quantities": "SELECT * FROM quantities WHERE article_id = %s ORDER BY claim_id, n",
}


def load(connection: psycopg.Connection[Any], article_id: str) -> EnrichedArticle | None:
    """Return a stored article with what was found in it, or None where there is none with this id."""
    with connection.cursor(row_factory=dict_row) as cursor:
        article = cursor.execute(_ARTICLE, (article_id,)).fetchone()
        sighting = cursor.execute(_SIGHTING, (article_id,)).fetchone()
        if article is None or sighting is None:
            return None
        children = {name: cursor.execute(query, (article_id,)).fetchall() for name, query in _CHILDREN.items()}
    return EnrichedArticle.model_validate_json(json.dumps(_message(article, sighting, children), default=str))  # dates are ISO


def _message(article: Row, sighting: Row, children: dict[str, list[Row]]) -> Row:
    fields = {name: value for name, value in article.items() if name in Article.model_fields}
    quantities: dict[str, list[Row]] = {}
    for row in children["quantities"]:
        quantities.setdefault(row.pop("claim_id"), []).append(_of(row, "n", "article_id"))
    mentions: dict[str, list[Row]] = {}
    for row in children["mentions"]:
        mentions.setdefault(row.pop("entity_id"), []).append(_of(row, "article_id"))
    entities = [{**_of(row, "article_id"), "mentions": mentions.get(row["entity_id"], [])} for row in children["entities"]]
    return {
        "article": {**fields, "sighting": sighting},
        "entities": sorted(entities, key=lambda entity: entity["mentions"][0]["start"] if entity["mentions"] else 0),
        "dates": [_of(row, "article_id", "n") for row in children["dates"]],
        "claims": [_claim(row, quantities.get(row["claim_id"], [])) for row in children["claims"]],
        "enrichment": {
            **{name: article[name] for name in ("version", "fingerprint", "model", "coverage")},
            "warnings": article["enrichment_warnings"],
        },
    }


def _of(row: Row, *without: str) -> Row:
    """Return a row with its offsets under the names that they have on the topic."""
    made = {name: value for name, value in row.items() if name not in without}
    return {"start": made.pop("start_offset"), "end": made.pop("end_offset"), **made} if "start_offset" in made else made


def _claim(row: Row, quantities: list[Row]) -> Row:
    nested = ("speaker_", "cue_", "sentence_")
    made = {name: value for name, value in _of(row, "article_id", "n").items() if not name.startswith(nested)}
    earliest, latest = made.pop("earliest"), made.pop("latest")
    speaker = {name: row[f"speaker_{name}"] for name in ("name", "text", "start", "end", "entity_id")}
    cue = {name: row[f"cue_{name}"] for name in ("text", "start", "end")}
    return {
        **made,
        "sentence": {"start": row["sentence_start"], "end": row["sentence_end"]},
        "speaker": speaker if speaker["name"] is not None else None,
        "cue": cue if cue["text"] is not None else None,
        "when": {"earliest": earliest, "latest": latest} if earliest or latest else None,
        "quantities": quantities,
    }
