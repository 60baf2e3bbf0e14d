-- upsert_retractions: the highest seq wins, at a tie the retraction.
INSERT INTO sitrep.retractions AS t
SELECT r.*
FROM jsonb_populate_recordset(NULL::sitrep.retractions, %(rows)s) AS r
ORDER BY r.article_id
ON CONFLICT (article_id) DO UPDATE SET
    retracted = EXCLUDED.retracted,
    reason = EXCLUDED.reason,
    at = EXCLUDED.at,
    seq = EXCLUDED.seq
WHERE (EXCLUDED.seq, EXCLUDED.retracted) > (t.seq, t.retracted)
