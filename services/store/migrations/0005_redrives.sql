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
SELECT j.at::timestamptz AS at, j.stage, j.code, j.key, j.sentence,
       CASE
           WHEN j.stage = 'ingest' AND EXISTS (
               SELECT FROM sitrep.sightings AS s WHERE md5(s.key) = md5(j.key) AND s.key = j.key AND s.sha256 = j.sha256
           ) THEN 'stored'
           WHEN j.stage = 'enrich' AND EXISTS (SELECT FROM sitrep.articles AS a WHERE a.article_id = j.article_id) THEN 'stored'
           WHEN d.times > 0 AND EXISTS (SELECT FROM sitrep.articles AS a WHERE a.article_id = j.article_id) THEN 'stored'
           WHEN d.times > 0 THEN 'redriven'
           ELSE 'open'
       END AS state,
       coalesce(d.times, 0) AS redriven, j.size, j.sha256, j.article_id, j.topic, j."partition", j."offset", j.rejection_id
FROM sitrep.rejections AS j
LEFT JOIN LATERAL (SELECT count(*) AS times FROM sitrep.redrives AS r WHERE r.rejection_id = j.rejection_id) AS d ON true;
COMMENT ON VIEW sitrep.refusals IS
    'What was refused, why, and where it stands: open, redriven (sent again, and nothing is known of it yet), stored since.';

GRANT SELECT, INSERT ON sitrep.redrives TO sitrep_writer;
GRANT SELECT ON sitrep.refusals TO sitrep_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA sitrep TO sitrep_reader;
