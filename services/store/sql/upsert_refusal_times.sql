-- upsert_refusal_times: notes when inputs were refused; the same message again is the same time.
INSERT INTO sitrep.refusal_times ({columns})
SELECT {columns} FROM stage_refusal_times ORDER BY rejection_id, at
ON CONFLICT DO NOTHING
