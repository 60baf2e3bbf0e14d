-- upsert_retractions: the highest seq wins, at a tie the retraction.
INSERT INTO sitrep.retractions AS t ({columns})
SELECT {columns} FROM stage_retractions ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
    retracted = EXCLUDED.retracted,
    reason = EXCLUDED.reason,
    at = EXCLUDED.at,
    seq = EXCLUDED.seq
WHERE (EXCLUDED.seq, EXCLUDED.retracted) > (t.seq, t.retracted)
