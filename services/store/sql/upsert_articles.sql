-- upsert_articles: writes articles whose enrichment is not older than what is there; returns the ids that were written, and
-- whether they were there before.
-- Arrival decides nothing: version, then the believability of the anchor, then the hash of the message.
INSERT INTO sitrep.articles AS a ({columns})
SELECT {columns} FROM stage_articles ORDER BY article_id
ON CONFLICT ({key}) DO UPDATE SET
    {replaced}
WHERE EXCLUDED.version > a.version
   OR (EXCLUDED.version = a.version AND (EXCLUDED.anchor_order, EXCLUDED.value_id) <= (a.anchor_order, a.value_id))
RETURNING a.article_id, old.article_id IS NOT NULL
