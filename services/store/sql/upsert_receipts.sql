-- upsert_receipts: notes what is committed with this transaction, for articles only where they were written; the time
-- is that of the first.
INSERT INTO sitrep.receipts AS c
SELECT r.*
FROM jsonb_populate_recordset(NULL::sitrep.receipts, %(rows)s) AS r
ORDER BY r.article_id, r.sighting
ON CONFLICT (article_id, sighting) DO UPDATE SET version = EXCLUDED.version, rows = EXCLUDED.rows
