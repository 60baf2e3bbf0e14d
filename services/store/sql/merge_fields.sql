-- merge_fields: gives articles the fields of their sightings, each from the best sighting that has it.
-- The same rule as sitrep.contracts.merge, which a test holds against it.
WITH merged AS (
    SELECT article_id,
           (array_agg(title ORDER BY sort_order, fields_id) FILTER (WHERE title IS NOT NULL))[1] AS title,
           (array_agg(publisher ORDER BY sort_order, fields_id) FILTER (WHERE publisher IS NOT NULL))[1] AS publisher,
           (array_agg(byline ORDER BY sort_order, fields_id) FILTER (WHERE byline IS NOT NULL))[1] AS byline,
           (array_agg(credit ORDER BY sort_order, fields_id) FILTER (WHERE credit IS NOT NULL))[1] AS credit,
           (array_agg(url ORDER BY sort_order, fields_id) FILTER (WHERE url IS NOT NULL))[1] AS url,
           (array_agg(to_jsonb(authors) ORDER BY sort_order, fields_id) FILTER (WHERE authors <> '{}'))[1] AS authors,
           (array_agg(modified ORDER BY sort_order, fields_id) FILTER (WHERE modified IS NOT NULL))[1] AS modified,
           (array_agg(language ORDER BY sort_order, fields_id) FILTER (WHERE language IS NOT NULL))[1] AS language,
           (array_agg(language_confidence ORDER BY sort_order, fields_id) FILTER (WHERE language IS NOT NULL))[1] AS language_confidence,
           (array_agg(published ORDER BY sort_order, fields_id))[1] AS published,
           (array_agg(published_on ORDER BY sort_order, fields_id))[1] AS published_on,
           (array_agg(published_from ORDER BY sort_order, fields_id))[1] AS published_from,
           (array_agg(encoding ORDER BY sort_order, fields_id))[1] AS encoding,
           (array_agg(encoding_confidence ORDER BY sort_order, fields_id))[1] AS encoding_confidence,
           (array_agg(to_jsonb(warnings) ORDER BY sort_order, fields_id))[1] AS warnings,
           bool_and(canary) AS canary
    FROM sitrep.sightings
    WHERE article_id = ANY(%(ids)s::text[])
    GROUP BY article_id
)
UPDATE sitrep.articles AS a SET
    title = m.title,
    publisher = m.publisher,
    byline = m.byline,
    credit = m.credit,
    url = m.url,
    authors = ARRAY(SELECT jsonb_array_elements_text(m.authors)),
    modified = m.modified,
    language = m.language,
    language_confidence = m.language_confidence,
    published = m.published,
    published_on = m.published_on,
    published_from = m.published_from,
    encoding = m.encoding,
    encoding_confidence = m.encoding_confidence,
    warnings = ARRAY(SELECT jsonb_array_elements_text(m.warnings)),
    canary = m.canary
FROM merged AS m
WHERE a.article_id = m.article_id
  AND ROW(a.title, a.publisher, a.byline, a.credit, a.url, coalesce(to_jsonb(a.authors), '[]'), a.modified, a.language, a.language_confidence, a.published, a.published_on,
          a.published_from, a.encoding, a.encoding_confidence, a.canary, to_jsonb(a.warnings))
      IS DISTINCT FROM
      ROW(m.title, m.publisher, m.byline, m.credit, m.url, coalesce(m.authors, '[]'), m.modified, m.language, m.language_confidence, m.published, m.published_on,
          m.published_from, m.encoding, m.encoding_confidence, m.canary, m.warnings)
