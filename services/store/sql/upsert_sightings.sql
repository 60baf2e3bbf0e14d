-- upsert_sightings: writes sightings; of two that say different things of one, its own message is believed before an
-- article's, then the more believable one: never the later one.
INSERT INTO sitrep.sightings AS s ({columns})
SELECT {columns} FROM stage_sightings ORDER BY article_id, sighting_id
ON CONFLICT ({key}) DO UPDATE SET
    {replaced}
WHERE (EXCLUDED.from_article, EXCLUDED.sort_order, EXCLUDED.fields_id) < (s.from_article, s.sort_order, s.fields_id)
