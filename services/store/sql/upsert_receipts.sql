-- upsert_receipts: notes what is committed with this transaction, for articles only where they were written; stored_at
-- is the time of the first, last_stored_at that of the last.
INSERT INTO sitrep.receipts AS c ({columns})
SELECT {columns} FROM stage_receipts ORDER BY article_id, sighting
ON CONFLICT (article_id, sighting) DO UPDATE SET version = EXCLUDED.version, rows = EXCLUDED.rows, last_stored_at = now()
