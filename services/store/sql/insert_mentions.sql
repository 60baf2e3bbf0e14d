-- insert_mentions: writes the mentions of articles whose earlier ones were just removed.
INSERT INTO sitrep.mentions SELECT r.* FROM jsonb_populate_recordset(NULL::sitrep.mentions, %(rows)s) AS r
