-- insert_dates: writes the dates of articles whose earlier ones were just removed.
INSERT INTO sitrep.dates SELECT r.* FROM jsonb_populate_recordset(NULL::sitrep.dates, %(rows)s) AS r
