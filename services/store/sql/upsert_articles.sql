-- upsert_articles: writes articles whose enrichment is not older than what is there; returns the ids that were written, and
-- whether they were there before.
-- Arrival decides nothing: version, then the believability of the anchor, then the hash of the message.
INSERT INTO sitrep.articles AS a ({columns})
SELECT {columns} FROM stage_articles ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
    text = EXCLUDED.text,
    title = EXCLUDED.title,
    language = EXCLUDED.language,
    language_confidence = EXCLUDED.language_confidence,
    encoding = EXCLUDED.encoding,
    encoding_confidence = EXCLUDED.encoding_confidence,
    publisher = EXCLUDED.publisher,
    byline = EXCLUDED.byline,
    credit = EXCLUDED.credit,
    url = EXCLUDED.url,
    published = EXCLUDED.published,
    published_on = EXCLUDED.published_on,
    published_from = EXCLUDED.published_from,
    recipe = EXCLUDED.recipe,
    canary = EXCLUDED.canary,
    warnings = EXCLUDED.warnings,
    version = EXCLUDED.version,
    fingerprint = EXCLUDED.fingerprint,
    model = EXCLUDED.model,
    coverage = EXCLUDED.coverage,
    enrichment_warnings = EXCLUDED.enrichment_warnings,
    anchor_order = EXCLUDED.anchor_order,
    value_id = EXCLUDED.value_id
WHERE EXCLUDED.version > a.version
   OR (EXCLUDED.version = a.version AND (EXCLUDED.anchor_order, EXCLUDED.value_id) <= (a.anchor_order, a.value_id))
RETURNING a.article_id, old.article_id IS NOT NULL
