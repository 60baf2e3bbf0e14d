-- The second cut of the contract: its new fields, times as instants beside the text that was written, closed lists as
-- constraints, comments, and indexes that the queries use. Nothing here fails on what a table holds already.

CREATE FUNCTION sitrep.instant(written text) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Immutable, because only a time with its zone is read: the settings of a session change nothing. The years 1800 to 2999,
-- because programs cannot read every instant that Postgres can hold.
RETURN CASE
    WHEN written ~ '^(1[89]|2\d)\d{2}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$' AND pg_input_is_valid(written, 'timestamptz')
    THEN written::timestamptz
END;
COMMENT ON FUNCTION sitrep.instant IS 'The instant that an RFC 3339 date-time says; null for a mere day and for what cannot be read.';
REVOKE ALL ON FUNCTION sitrep.instant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sitrep.instant TO sitrep_writer, sitrep_reader;

-- In the order in which a store takes them, so that a running one waits.
LOCK TABLE sitrep.sightings, sitrep.articles IN ACCESS EXCLUSIVE MODE;

-- No NOT NULL on what a former store does not write: it would copy that, without the default, to the tables it stages rows in.
ALTER TABLE sitrep.articles
    ADD COLUMN authors text[] DEFAULT '{}' CHECK (authors IS NOT NULL),
    ADD COLUMN modified text,
    ADD COLUMN published_at timestamptz GENERATED ALWAYS AS (sitrep.instant(published)) STORED,
    ADD COLUMN modified_at timestamptz GENERATED ALWAYS AS (sitrep.instant(modified)) STORED;
ALTER TABLE sitrep.sightings
    ADD COLUMN authors text[] DEFAULT '{}' CHECK (authors IS NOT NULL),
    ADD COLUMN modified text,
    ADD COLUMN published_at timestamptz GENERATED ALWAYS AS (sitrep.instant(published)) STORED,
    ADD COLUMN modified_at timestamptz GENERATED ALWAYS AS (sitrep.instant(modified)) STORED,
    ADD COLUMN file_modified_at timestamptz GENERATED ALWAYS AS (sitrep.instant(mtime)) STORED;
ALTER TABLE sitrep.article_entities ADD COLUMN within text[] NOT NULL DEFAULT '{}';
ALTER TABLE sitrep.dates ADD COLUMN warning text;
ALTER TABLE sitrep.claims
    ADD COLUMN origins text[] NOT NULL DEFAULT '{}',
    ADD COLUMN destinations text[] NOT NULL DEFAULT '{}',
    ADD COLUMN affected text[] NOT NULL DEFAULT '{}',
    ADD COLUMN said_earliest date,
    ADD COLUMN said_latest date,
    ALTER COLUMN confidence DROP NOT NULL;
ALTER TABLE sitrep.rejections ADD COLUMN refused_at timestamptz GENERATED ALWAYS AS (sitrep.instant(at)) STORED;
ALTER TABLE sitrep.refusal_times ADD COLUMN refused_at timestamptz GENERATED ALWAYS AS (sitrep.instant(at)) STORED;
ALTER TABLE sitrep.retractions ADD COLUMN decided_at timestamptz GENERATED ALWAYS AS (sitrep.instant(at)) STORED;

-- `defaults` is one rank further down since `filename` stands before it.
UPDATE sitrep.sightings SET sort_order = '7' || substr(sort_order, 2) WHERE sort_order LIKE '6|%' AND published_from = 'defaults';
UPDATE sitrep.articles SET anchor_order = '7' || substr(anchor_order, 2) WHERE anchor_order LIKE '6|%';

-- Lists that cannot grow. A row of before that is in none of them stays as it is, and the constraint holds for what is written from now on.
-- Articles are updated for their sightings' sake, which a constraint must not refuse for the sake of what they held before.
UPDATE sitrep.articles SET coverage = 'partial' WHERE coverage NOT IN ('full', 'partial');
DO $$
DECLARE
    list record;
BEGIN
    FOR list IN SELECT * FROM (VALUES
        ('articles', 'coverage', '{full,partial}'::text[]),
        ('article_entities', 'label', '{PERSON,NORP,FAC,ORG,GPE,LOC,PRODUCT,EVENT,WORK_OF_ART,LAW,LANGUAGE}'),
        ('article_entities', 'precision', '{point,locality,region,country,none}'),
        ('mentions', 'label', '{PERSON,NORP,FAC,ORG,GPE,LOC,PRODUCT,EVENT,WORK_OF_ART,LAW,LANGUAGE}'),
        ('dates', 'kind', '{date,duration,set,time}'),
        ('dates', 'granularity', '{time,part_of_day,day,week,part_of_month,month,season,quarter,half_year,year,decade,century,range}'),
        ('dates', 'anchor', '{published,text,none}'),
        ('claims', 'quote', '{direct,indirect,mixed,none}'),
        ('claims', 'type', '{casualties,control,attack,movement,closure,displacement,support,agreement,position,denial,plan,other}'),
        ('claims', 'polarity', '{asserted,denied,uncertain}')
    ) AS lists (of_table, of_column, members)
    LOOP
        EXECUTE format('ALTER TABLE sitrep.%I ADD CONSTRAINT %I CHECK (%I = ANY (%L::text[])) NOT VALID',
            list.of_table, list.of_table || '_' || list.of_column || '_listed', list.of_column, list.members);
        BEGIN
            EXECUTE format('ALTER TABLE sitrep.%I VALIDATE CONSTRAINT %I',
                list.of_table, list.of_table || '_' || list.of_column || '_listed');
        EXCEPTION WHEN check_violation THEN
            RAISE WARNING 'sitrep.%.% holds a value that is in no list; the constraint is for new rows', list.of_table, list.of_column;
        END;
    END LOOP;
END $$;

-- The view of refusals is ordered by the instant, which an index on the text cannot serve.
DROP INDEX sitrep.rejections_at;
CREATE INDEX rejections_refused_at ON sitrep.rejections (refused_at DESC NULLS LAST);
-- `sitrep show` and `report` ask for names in any case.
CREATE INDEX article_entities_name_in_any_case ON sitrep.article_entities (lower(left(name, 300)));
-- `sitrep status` counts articles by version, `sitrep reenrich` goes through those of an older one.
CREATE INDEX articles_version ON sitrep.articles (version) WHERE NOT canary;

CREATE OR REPLACE VIEW sitrep.reports AS
SELECT a.article_id, a.published_on, a.published, a.published_from, a.publisher, a.title, a.byline, a.credit, a.url, a.language,
       a.text, a.coverage, a.version, a.search, a.published_at, a.authors, a.modified_at
FROM sitrep.articles AS a
WHERE NOT a.canary AND NOT EXISTS (SELECT FROM sitrep.retractions AS t WHERE t.article_id = a.article_id AND t.retracted);

CREATE OR REPLACE VIEW sitrep.said AS
SELECT r.published_on,
       left(c.speaker_name, 300) AS speaker,
       c.type, c.polarity,
       c.text AS claim,
       sitrep.names(c.article_id, c.places) AS places,
       c.earliest, c.latest, c.happened,
       c.quote, c.background, c.confidence,
       r.publisher, r.title, r.url,
       c.article_id, c.claim_id, c.speaker_entity_id, c.start_offset, c.end_offset, c.search,
       r.published_at, c.said_earliest, c.said_latest
FROM sitrep.claims AS c
JOIN sitrep.reports AS r ON r.article_id = c.article_id;

CREATE OR REPLACE VIEW sitrep.about AS
SELECT left(e.name, 300) AS place,
       e.category, e.country, e.lat, e.lon, e.precision,
       r.published_on, r.published,
       left(c.speaker_name, 300) AS speaker,
       c.type, c.polarity,
       c.text AS claim,
       c.earliest, c.latest, c.happened,
       c.quote, c.background, c.confidence,
       r.publisher, r.title, r.url,
       c.article_id, c.claim_id, e.entity_id AS place_id, c.actors, c.start_offset, c.end_offset,
       r.published_at
FROM sitrep.article_entities AS e
JOIN sitrep.claims AS c ON c.article_id = e.article_id AND e.entity_id = ANY (c.places)
JOIN sitrep.reports AS r ON r.article_id = e.article_id;

CREATE OR REPLACE VIEW sitrep.first_said AS
SELECT DISTINCT ON (place_id, place, type, polarity, source)
       place, type, polarity, source, published_on, publisher, claim, title, url, article_id, claim_id, place_id
FROM (SELECT *, coalesce(speaker, publisher, '') AS source FROM sitrep.about) AS told
WHERE published_on IS NOT NULL
-- The same day is told apart by the clock, where there is one; as an instant, for the zones differ.
ORDER BY place_id, place, type, polarity, source, published_on, published_at NULLS LAST, article_id, claim_id;

CREATE OR REPLACE VIEW sitrep.refusals AS
SELECT j.refused_at AS at, j.stage, j.code, j.key, j.sentence,
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
    SELECT max(f.refused_at) AS last FROM sitrep.refusal_times AS f WHERE f.rejection_id = j.rejection_id
) AS t ON true;

COMMENT ON TABLE sitrep.articles IS 'One row a text, however often it was seen, with its newest enrichment. Offsets elsewhere count in `text`.';
COMMENT ON COLUMN sitrep.articles.article_id IS 'First 32 hex digits of SHA-256 over `text`.';
COMMENT ON COLUMN sitrep.articles.text IS 'The normalised text; every offset counts its Unicode code points.';
COMMENT ON COLUMN sitrep.articles.language IS 'BCP 47 tag, as it was given or detected.';
COMMENT ON COLUMN sitrep.articles.byline IS 'Who wrote it, in the words of the source; `authors` has the names, where they are told apart.';
COMMENT ON COLUMN sitrep.articles.credit IS 'The agency that the source credits.';
COMMENT ON COLUMN sitrep.articles.published IS 'As it was written, in its own zone: a day or a date-time of RFC 3339.';
COMMENT ON COLUMN sitrep.articles.published_on IS 'The day of `published`, in its own zone.';
COMMENT ON COLUMN sitrep.articles.published_at IS 'The instant of `published`; null for a mere day.';
COMMENT ON COLUMN sitrep.articles.published_from IS 'Where the publish date is from: sidecar, front_matter, header, metadata, feed, dateline, filename, defaults.';
COMMENT ON COLUMN sitrep.articles.modified IS 'When the source last changed it, as it was written.';
COMMENT ON COLUMN sitrep.articles.modified_at IS 'The instant of `modified`; null for a mere day.';
COMMENT ON COLUMN sitrep.articles.recipe IS 'Version of the normalisation of the text.';
COMMENT ON COLUMN sitrep.articles.canary IS 'True for a test report of the monitor; no view shows it.';
COMMENT ON COLUMN sitrep.articles.warnings IS 'What ingest could not read as it was meant.';
COMMENT ON COLUMN sitrep.articles.version IS 'Version of the enrichment; the higher one replaces the lower.';
COMMENT ON COLUMN sitrep.articles.fingerprint IS 'Hash of the code, data and model that made the enrichment.';
COMMENT ON COLUMN sitrep.articles.coverage IS 'full, or partial where the language of the text is not read.';
COMMENT ON COLUMN sitrep.articles.enrichment_warnings IS 'What the enrichment could not read, or read in doubt.';
COMMENT ON COLUMN sitrep.articles.search IS 'What full-text search looks in: title and text.';

COMMENT ON TABLE sitrep.sightings IS 'One row for each place and content in which a text was seen: copies, reprints, renamed files.';
COMMENT ON COLUMN sitrep.sightings.sighting_id IS 'First 16 hex digits of SHA-256 over key and sha256.';
COMMENT ON COLUMN sitrep.sightings.key IS 'Path in the inbox, or URL; #line=, #item= and !/ name a part of a file. The texts under one key are its versions.';
COMMENT ON COLUMN sitrep.sightings.sha256 IS 'Of the bytes of the file, or of the part of it.';
COMMENT ON COLUMN sitrep.sightings.size IS 'Bytes.';
COMMENT ON COLUMN sitrep.sightings.mtime IS 'When the file was last changed, as its disk says; it anchors nothing.';
COMMENT ON COLUMN sitrep.sightings.file_modified_at IS 'The instant of `mtime`.';
COMMENT ON COLUMN sitrep.sightings.published_at IS 'The instant of `published`; null for a mere day.';
COMMENT ON COLUMN sitrep.sightings.modified_at IS 'The instant of `modified`; null for a mere day.';
COMMENT ON COLUMN sitrep.sightings.sort_order IS 'How believable its fields are among the sightings of its article; less is better.';
COMMENT ON COLUMN sitrep.sightings.fields_id IS 'Hash of its message: decides between two that are as believable.';

COMMENT ON TABLE sitrep.article_entities IS 'Who and where: one row for each entity of each article.';
COMMENT ON COLUMN sitrep.article_entities.entity_id IS 'gn:<GeoNames id>, kb:<entry of a knowledge file>, or local:<hash> for what only this article knows.';
COMMENT ON COLUMN sitrep.article_entities.label IS 'OntoNotes 5 label.';
COMMENT ON COLUMN sitrep.article_entities.wikidata IS 'An attribute, never a key.';
COMMENT ON COLUMN sitrep.article_entities.country IS 'ISO 3166-1 alpha-2.';
COMMENT ON COLUMN sitrep.article_entities.lat IS 'Degrees north, WGS 84.';
COMMENT ON COLUMN sitrep.article_entities.lon IS 'Degrees east, WGS 84.';
COMMENT ON COLUMN sitrep.article_entities.precision IS 'What the coordinates are of: point, locality, region, country; none without coordinates.';
COMMENT ON COLUMN sitrep.article_entities.extent_km IS 'Radius.';
COMMENT ON COLUMN sitrep.article_entities.score IS 'From 0 to 1: how sure it is that this one is meant.';
COMMENT ON COLUMN sitrep.article_entities.alternatives IS 'Other readings of a place name that were considered.';
COMMENT ON COLUMN sitrep.article_entities.within IS 'Ids of what a place lies in, nearest first.';

COMMENT ON TABLE sitrep.mentions IS 'Each place in a text where an entity is named.';
COMMENT ON COLUMN sitrep.mentions.label IS 'OntoNotes 5 label.';

COMMENT ON TABLE sitrep.dates IS 'Each expression that says when or how long.';
COMMENT ON COLUMN sitrep.dates.n IS 'Its place among those of its article, from 0.';
COMMENT ON COLUMN sitrep.dates.value IS 'TIMEX3 value; carries the clock time.';
COMMENT ON COLUMN sitrep.dates.earliest IS 'First day that is meant; null is open or unknown.';
COMMENT ON COLUMN sitrep.dates.latest IS 'Last day that is meant, inclusive; null is open or unknown.';
COMMENT ON COLUMN sitrep.dates.anchor IS 'What it hangs on: the publish date (published), a date before it in the text (text), nothing (none).';
COMMENT ON COLUMN sitrep.dates.approximate IS 'True for "about", "recent" and the like.';
COMMENT ON COLUMN sitrep.dates.warning IS 'Where it contradicts itself: a weekday that is not that of its date.';

COMMENT ON TABLE sitrep.claims IS 'Who claims what, how sure, where and when. Without a speaker the article itself says it.';
COMMENT ON COLUMN sitrep.claims.claim_id IS 'First 16 hex digits of SHA-256 over article, span and number among those of its span.';
COMMENT ON COLUMN sitrep.claims.n IS 'Its place among those of its article, from 0.';
COMMENT ON COLUMN sitrep.claims.speaker_name IS 'Canonical name, or the words of a source that is only described.';
COMMENT ON COLUMN sitrep.claims.speaker_text IS 'The words of the text, a pronoun included.';
COMMENT ON COLUMN sitrep.claims.via IS 'Who passed it on, between the speaker and the article.';
COMMENT ON COLUMN sitrep.claims.cue_text IS 'The words that make it speech: said, according to.';
COMMENT ON COLUMN sitrep.claims.quote IS 'direct, indirect, mixed, or none for the article''s own statement.';
COMMENT ON COLUMN sitrep.claims.polarity IS 'asserted, denied, or uncertain (reportedly, may have).';
COMMENT ON COLUMN sitrep.claims.background IS 'True for history and asides.';
COMMENT ON COLUMN sitrep.claims.confidence IS 'Probability that speaker, content and polarity are all right; null where it is not known.';
COMMENT ON COLUMN sitrep.claims.places IS 'Entity ids of where it happened.';
COMMENT ON COLUMN sitrep.claims.origins IS 'Entity ids of where a movement or displacement began.';
COMMENT ON COLUMN sitrep.claims.destinations IS 'Entity ids of where a movement or displacement leads.';
COMMENT ON COLUMN sitrep.claims.actors IS 'Entity ids of who acts.';
COMMENT ON COLUMN sitrep.claims.affected IS 'Entity ids of who or what is acted on.';
COMMENT ON COLUMN sitrep.claims.earliest IS 'First day of the event; null is open or unknown.';
COMMENT ON COLUMN sitrep.claims.latest IS 'Last day of the event, inclusive; null is open or unknown.';
COMMENT ON COLUMN sitrep.claims.said_earliest IS 'First day of the saying, where the text tells it.';
COMMENT ON COLUMN sitrep.claims.said_latest IS 'Last day of the saying, inclusive.';
COMMENT ON COLUMN sitrep.claims.search IS 'What full-text search looks in: speaker and claim.';

COMMENT ON TABLE sitrep.quantities IS 'How many of what, in a claim; ranges of different sources are never added up.';
COMMENT ON COLUMN sitrep.quantities.n IS 'Its place among those of its claim, from 0.';
COMMENT ON COLUMN sitrep.quantities.min IS 'Least number that is meant; null is open. Shares are fractions of 1.';
COMMENT ON COLUMN sitrep.quantities.max IS 'Greatest number that is meant; null is open.';
COMMENT ON COLUMN sitrep.quantities.unit IS 'What is counted: person, place, vehicle, weapon, share, item.';
COMMENT ON COLUMN sitrep.quantities."of" IS 'The words of the text for what is counted.';
COMMENT ON COLUMN sitrep.quantities.what IS 'What befell them: killed, injured, displaced, detained, missing, controlled, captured, destroyed, other.';
COMMENT ON COLUMN sitrep.quantities.approximate IS 'True for "about", "some" and the like.';
COMMENT ON COLUMN sitrep.quantities.part_of IS 'Number `n` of the total in the same claim that it is a part of.';

COMMENT ON TABLE sitrep.rejections IS 'One row for each input that a stage refused for a reason, as it was first refused.';
COMMENT ON COLUMN sitrep.rejections.rejection_id IS 'First 32 hex digits of SHA-256 over stage, code, key and sha256.';
COMMENT ON COLUMN sitrep.rejections.stage IS 'Who refused it: ingest, enrich, store.';
COMMENT ON COLUMN sitrep.rejections.at IS 'When it was first refused, as the message says it.';
COMMENT ON COLUMN sitrep.rejections.refused_at IS 'The instant of `at`; null where it cannot be read.';
COMMENT ON COLUMN sitrep.rejections.topic IS 'With partition and offset: where the refused record lies; null from ingest.';
COMMENT ON COLUMN sitrep.rejections.headers IS 'Headers of the refused record.';
COMMENT ON COLUMN sitrep.rejections.size IS 'Bytes of the whole; null where it was never read.';
COMMENT ON COLUMN sitrep.rejections.original IS 'Base64 of its first 64 KiB.';
COMMENT ON COLUMN sitrep.refusal_times.at IS 'As the message says it.';
COMMENT ON COLUMN sitrep.refusal_times.refused_at IS 'The instant of `at`; null where it cannot be read.';

COMMENT ON TABLE sitrep.retractions IS 'Articles taken back, and given back: the highest `seq` counts.';
COMMENT ON COLUMN sitrep.retractions.at IS 'When it was decided, as the message says it.';
COMMENT ON COLUMN sitrep.retractions.decided_at IS 'The instant of `at`; null where it cannot be read.';
COMMENT ON COLUMN sitrep.retractions.seq IS 'Microseconds since 1970.';

COMMENT ON TABLE sitrep.receipts IS 'What is committed: one row for each article, and for each sighting of one.';
COMMENT ON COLUMN sitrep.receipts.version IS 'Version of the enrichment that was stored; null for a sighting.';
COMMENT ON COLUMN sitrep.receipts.stored_at IS 'When it was committed for the first time.';
COMMENT ON COLUMN sitrep.receipts.rows IS 'Number of rows by table.';

COMMENT ON COLUMN sitrep.redrives.attempt IS 'Counted from 1.';
COMMENT ON COLUMN sitrep.redrives.run IS 'The header `sitrep_run` of what was sent.';
COMMENT ON COLUMN sitrep.redrives.way IS 'The topic that it was sent to, or the inbox.';

GRANT SELECT ON ALL TABLES IN SCHEMA sitrep TO sitrep_reader;
