-- upsert_sightings: writes sightings; of two that say different things of one, its own message is believed before an
-- article's, then the more believable one: never the later one.
INSERT INTO sitrep.sightings AS s ({columns})
SELECT {columns} FROM stage_sightings ORDER BY article_id, sighting_id
ON CONFLICT (article_id, sighting_id) DO UPDATE SET
    uri = EXCLUDED.uri,
    size = EXCLUDED.size,
    mtime = EXCLUDED.mtime,
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
    published_from = EXCLUDED.published_from,
    published_on = EXCLUDED.published_on,
    recipe = EXCLUDED.recipe,
    canary = EXCLUDED.canary,
    warnings = EXCLUDED.warnings,
    sort_order = EXCLUDED.sort_order,
    from_article = EXCLUDED.from_article,
    fields_id = EXCLUDED.fields_id
WHERE (EXCLUDED.from_article, EXCLUDED.sort_order, EXCLUDED.fields_id) < (s.from_article, s.sort_order, s.fields_id)
