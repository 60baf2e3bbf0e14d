-- Where a refusal stands: refused again after it was sent again, mended and stored, or dismissed for good.

CREATE TABLE sitrep.refusal_times (
    rejection_id text NOT NULL REFERENCES sitrep.rejections,
    at           text NOT NULL COLLATE "C",
    PRIMARY KEY (rejection_id, at)
);
COMMENT ON TABLE sitrep.refusal_times IS 'Every time that an input was refused for one reason; rejections has the first of them.';
INSERT INTO sitrep.refusal_times SELECT rejection_id, at FROM sitrep.rejections;

CREATE TABLE sitrep.dismissals (
    rejection_id text PRIMARY KEY REFERENCES sitrep.rejections,
    at           timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE sitrep.dismissals IS 'Refusals that a person has closed for good with `sitrep rejected dismiss`.';

ALTER TABLE sitrep.receipts ADD COLUMN stored_again_at timestamptz;
COMMENT ON COLUMN sitrep.receipts.stored_again_at IS
    'When the rows were written for the first time after the article was last sent again by hand. Reading topics again changes nothing.';

COMMENT ON COLUMN sitrep.redrives.at IS 'Before it was sent, so that what came of it is later.';

-- A file, whatever part of it a key names: what was refused whole may be stored in parts once it is mended.
CREATE INDEX sightings_file ON sitrep.sightings (md5(split_part(split_part(key, '#', 1), '!/', 1)));

-- `sitrep show FILE` asks for the article that these bytes have brought.
CREATE INDEX sightings_sha256 ON sitrep.sightings (sha256);

-- The ledger asks for the refusals of an article.
CREATE INDEX rejections_article ON sitrep.rejections (article_id) WHERE article_id IS NOT NULL;

CREATE OR REPLACE VIEW sitrep.refusals AS
SELECT CASE WHEN pg_input_is_valid(j.at, 'timestamptz') THEN j.at::timestamptz END AS at, j.stage, j.code, j.key, j.sentence,
       CASE
           WHEN EXISTS (SELECT FROM sitrep.dismissals AS x WHERE x.rejection_id = j.rejection_id) THEN 'dismissed'
           -- The same bytes were taken later: by a newer version, say.
           WHEN j.stage = 'ingest' AND EXISTS (
               SELECT FROM sitrep.sightings AS s
               JOIN sitrep.receipts AS c ON c.article_id = s.article_id AND c.sighting IN ('', s.sighting_id)
               WHERE md5(s.key) = md5(j.key) AND s.key = j.key AND s.sha256 = j.sha256
                 AND (t.last IS NULL OR c.stored_at > t.last)
           ) THEN 'stored'
           -- Other bytes under its name came after it was sent again: it was mended.
           WHEN j.stage = 'ingest' AND d.last IS NOT NULL AND EXISTS (
               SELECT FROM sitrep.sightings AS s
               JOIN sitrep.receipts AS c ON c.article_id = s.article_id AND c.sighting IN ('', s.sighting_id)
               WHERE md5(split_part(split_part(s.key, '#', 1), '!/', 1)) = md5(split_part(split_part(j.key, '#', 1), '!/', 1))
                 AND (s.key = j.key OR starts_with(s.key, j.key || '#') OR starts_with(s.key, j.key || '!/'))
                 AND coalesce(c.stored_again_at, c.stored_at) > greatest(d.last, t.last)
           ) THEN 'stored'
           -- An article that was there before says nothing of what was refused later, a newer version or a further sighting.
           WHEN j.stage <> 'ingest' AND EXISTS (
               SELECT FROM sitrep.receipts AS c
               WHERE c.article_id = j.article_id
                 AND (c.sighting = '' AND c.stored_at > t.last OR c.stored_again_at > greatest(d.last, t.last) AND d.last IS NOT NULL)
           ) THEN 'stored'
           WHEN d.last > t.last OR (d.last IS NOT NULL AND t.last IS NULL) THEN 'redriven'
           ELSE 'open'
       END AS state,
       d.times AS redriven, j.size, j.sha256, j.article_id, j.uri, j.topic, j."partition", j."offset", j.rejection_id,
       d.last AS redriven_at, t.last AS last_refused_at
FROM sitrep.rejections AS j
LEFT JOIN LATERAL (
    SELECT count(*) AS times, max(r.at) AS last FROM sitrep.redrives AS r WHERE r.rejection_id = j.rejection_id
) AS d ON true
LEFT JOIN LATERAL (
    SELECT max(f.at::timestamptz) FILTER (WHERE pg_input_is_valid(f.at, 'timestamptz')) AS last
    FROM sitrep.refusal_times AS f WHERE f.rejection_id = j.rejection_id
) AS t ON true;
COMMENT ON VIEW sitrep.refusals IS
    'What was refused, why, and where it stands: open (also where it was sent again and refused again), redriven (sent again, and nothing is known of it yet), stored since, dismissed.';

GRANT SELECT, INSERT ON sitrep.refusal_times TO sitrep_writer;
GRANT SELECT, INSERT, DELETE ON sitrep.dismissals TO sitrep_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA sitrep TO sitrep_reader;
