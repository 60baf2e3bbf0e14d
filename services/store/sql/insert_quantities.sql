-- insert_quantities: writes the quantities of articles whose earlier ones were just removed.
INSERT INTO sitrep.quantities SELECT r.* FROM jsonb_populate_recordset(NULL::sitrep.quantities, %(rows)s) AS r
