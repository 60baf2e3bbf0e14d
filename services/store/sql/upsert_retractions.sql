-- upsert_retractions: the highest seq wins, at a tie the retraction.
INSERT INTO sitrep.retractions AS t ({columns})
SELECT {columns} FROM stage_retractions ORDER BY article_id
ON CONFLICT ({key}) DO UPDATE SET
    {replaced}
WHERE (EXCLUDED.seq, EXCLUDED.retracted) > (t.seq, t.retracted)
