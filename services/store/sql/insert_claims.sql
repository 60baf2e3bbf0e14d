-- insert_claims: writes the claims of articles whose earlier ones were just removed.
INSERT INTO sitrep.claims SELECT r.* FROM jsonb_populate_recordset(NULL::sitrep.claims, %(rows)s) AS r
