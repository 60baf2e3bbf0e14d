-- upsert_rejections: writes refusals; of two of one input for one reason, the first (by time, then by place) stays.
INSERT INTO sitrep.rejections AS j ({columns})
SELECT {columns} FROM stage_rejections ORDER BY rejection_id
ON CONFLICT ({key}) DO UPDATE SET
    {replaced}
WHERE (EXCLUDED.at, coalesce(EXCLUDED."partition", -1), coalesce(EXCLUDED."offset", -1))
    < (j.at, coalesce(j."partition", -1), coalesce(j."offset", -1))
