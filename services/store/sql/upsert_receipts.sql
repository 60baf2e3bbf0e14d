-- upsert_receipts: notes what is committed with this transaction, for articles only where they were written; the time
-- is that of the first.
INSERT INTO sitrep.receipts AS c ({columns})
SELECT {columns} FROM stage_receipts ORDER BY article_id, sighting
ON CONFLICT (article_id, sighting) DO UPDATE SET version = EXCLUDED.version, rows = EXCLUDED.rows
