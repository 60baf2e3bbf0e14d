-- upsert_receipts: notes what is committed with this transaction, for articles only where they were written; stored_at
-- is the time of the first, and stored_again_at that of the first after it was sent again by hand.
INSERT INTO sitrep.receipts AS c ({columns})
SELECT {columns} FROM stage_receipts ORDER BY article_id, sighting
ON CONFLICT ({key}) DO UPDATE SET
    {replaced},
    stored_again_at = CASE
        WHEN EXISTS (
            SELECT FROM sitrep.rejections AS j JOIN sitrep.redrives AS r USING (rejection_id)
            WHERE j.article_id = c.article_id AND r.at > coalesce(c.stored_again_at, c.stored_at)
        ) THEN now()
        ELSE c.stored_again_at
    END
