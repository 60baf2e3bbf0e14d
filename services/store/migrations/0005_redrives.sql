-- Rejections repaired: which were sent again, when and how; and where each of them stands.

CREATE TABLE sitrep.redrives (
    rejection_id text NOT NULL REFERENCES sitrep.rejections,
    attempt      integer NOT NULL,
    run          text NOT NULL,
    way          text NOT NULL,
    at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rejection_id, attempt)
);
COMMENT ON TABLE sitrep.redrives IS 'Who was sent again by `sitrep rejected redrive`, in which run, and which way: its topic, or the inbox.';

CREATE INDEX rejections_at ON sitrep.rejections (at);

CREATE VIEW sitrep.refusals AS
SELECT CASE WHEN pg_input_is_valid(j.at, 'timestamptz') THEN j.at::timestamptz END AS at, j.stage, j.code, j.key, j.sentence,
       CASE
           WHEN j.stage = 'ingest' AND EXISTS (
               SELECT FROM sitrep.sightings AS s WHERE md5(s.key) = md5(j.key) AND s.key = j.key AND s.sha256 = j.sha256
           ) THEN 'stored'
           -- An article that was there before says nothing of what was refused later, a newer version or a further sighting.
           WHEN j.stage <> 'ingest' AND pg_input_is_valid(j.at, 'timestamptz') AND EXISTS (
               SELECT FROM sitrep.receipts AS c
               WHERE c.article_id = j.article_id AND c.sighting = '' AND c.stored_at > j.at::timestamptz
           ) THEN 'stored'
           WHEN d.times > 0 THEN 'redriven'
           ELSE 'open'
       END AS state,
       coalesce(d.times, 0) AS redriven, j.size, j.sha256, j.article_id, j.uri, j.topic, j."partition", j."offset", j.rejection_id
FROM sitrep.rejections AS j
LEFT JOIN LATERAL (SELECT count(*) AS times FROM sitrep.redrives AS r WHERE r.rejection_id = j.rejection_id) AS d ON true;
COMMENT ON VIEW sitrep.refusals IS
    'What was refused, why, and where it stands: open, redriven (sent again, and nothing is known of it yet), stored since.';

GRANT SELECT, INSERT ON sitrep.redrives TO sitrep_writer;
GRANT SELECT ON sitrep.refusals TO sitrep_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA sitrep TO sitrep_reader;
