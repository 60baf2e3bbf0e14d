-- lock_articles: keeps two stores from merging the fields of one article at once; in one order, so that none waits for ever.
SELECT pg_advisory_xact_lock(hashtextextended(id, 0))
FROM (SELECT id FROM unnest(%(ids)s::text[]) AS id ORDER BY id) AS ordered
