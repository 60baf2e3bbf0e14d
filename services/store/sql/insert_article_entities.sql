-- insert_article_entities: writes the article_entities of articles whose earlier ones were just removed.
INSERT INTO sitrep.article_entities SELECT r.* FROM jsonb_populate_recordset(NULL::sitrep.article_entities, %(rows)s) AS r
