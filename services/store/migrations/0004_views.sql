-- The questions of an analyst as views: none of them shows what was taken back, or a canary.

CREATE VIEW sitrep.reports AS
SELECT a.article_id, a.published_on, a.published, a.published_from, a.publisher, a.title, a.byline, a.credit, a.url, a.language,
       a.text, a.coverage, a.version, a.search
FROM sitrep.articles AS a
WHERE NOT a.canary AND NOT EXISTS (SELECT FROM sitrep.retractions AS t WHERE t.article_id = a.article_id AND t.retracted);
COMMENT ON VIEW sitrep.reports IS 'Every report: its text, when it was published, and by whom.';

CREATE FUNCTION sitrep.names(of_article text, ids text[]) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT e.name
    FROM unnest(ids) WITH ORDINALITY AS wanted (entity_id, n)
    JOIN sitrep.article_entities AS e ON e.article_id = of_article AND e.entity_id = wanted.entity_id
    ORDER BY wanted.n
);
COMMENT ON FUNCTION sitrep.names IS 'The names of entities of an article, in the order of their ids.';

CREATE VIEW sitrep.said AS
SELECT r.published_on,
       left(c.speaker_name, 300) AS speaker,
       c.type, c.polarity,
       c.text AS claim,
       sitrep.names(c.article_id, c.places) AS places,
       c.earliest, c.latest, c.happened,
       c.quote, c.background, c.confidence,
       r.publisher, r.title, r.url,
       c.article_id, c.claim_id, c.speaker_entity_id, c.start_offset, c.end_offset, c.search
FROM sitrep.claims AS c
JOIN sitrep.reports AS r ON r.article_id = c.article_id;
COMMENT ON VIEW sitrep.said IS 'Every claim: who says what, when, about which places. Without a speaker the report itself says it.';

CREATE VIEW sitrep.about AS
SELECT left(e.name, 300) AS place,
       e.category, e.country, e.lat, e.lon, e.precision,
       r.published_on, r.published,
       left(c.speaker_name, 300) AS speaker,
       c.type, c.polarity,
       c.text AS claim,
       c.earliest, c.latest, c.happened,
       c.quote, c.background, c.confidence,
       r.publisher, r.title, r.url,
       c.article_id, c.claim_id, e.entity_id AS place_id, c.actors, c.start_offset, c.end_offset
FROM sitrep.article_entities AS e
JOIN sitrep.claims AS c ON c.article_id = e.article_id AND e.entity_id = ANY (c.places)
JOIN sitrep.reports AS r ON r.article_id = e.article_id;
COMMENT ON VIEW sitrep.about IS 'Every claim once for each place that it is about.';

CREATE VIEW sitrep.control AS
SELECT place, published_on, speaker, sitrep.names(article_id, actors) AS parties, polarity, claim, earliest, latest, happened,
       country, lat, lon, precision, background, publisher, title, url, article_id, claim_id, place_id
FROM sitrep.about
WHERE type = 'control';
COMMENT ON VIEW sitrep.control IS 'Who claims that who holds or has taken what, and when.';

CREATE VIEW sitrep.casualties AS
SELECT left(e.name, 300) AS place,
       e.entity_id IS NULL OR e.entity_id = c.places[1] AS main,
       r.published_on,
       left(c.speaker_name, 300) AS speaker,
       CASE WHEN c.speaker_name IS NULL THEN r.publisher END AS publisher,
       q.what,
       q."of" AS who,
       c.polarity,
       CASE WHEN bool_and(q.min IS NOT NULL) THEN min(q.min) END AS least,
       CASE WHEN bool_and(q.max IS NOT NULL) THEN max(q.max) END AS most,
       bool_or(q.approximate) AS approximate,
       min(c.earliest) AS earliest,
       max(c.latest) AS latest,
       count(DISTINCT c.article_id) AS reports,
       min(e.country) AS country,
       min(e.lat) AS lat,
       min(e.lon) AS lon,
       e.entity_id AS place_id,
       array_agg(DISTINCT c.claim_id) AS claims
FROM sitrep.quantities AS q
JOIN sitrep.claims AS c ON c.claim_id = q.claim_id
JOIN sitrep.reports AS r ON r.article_id = q.article_id
LEFT JOIN sitrep.article_entities AS e ON e.article_id = q.article_id AND e.entity_id = ANY (c.places)
WHERE q.unit = 'person' AND q.what IN ('killed', 'injured', 'missing') AND NOT c.background
GROUP BY left(e.name, 300), e.entity_id, e.entity_id IS NULL OR e.entity_id = c.places[1], r.published_on, left(c.speaker_name, 300), CASE WHEN c.speaker_name IS NULL THEN r.publisher END,
         q.what, q."of", c.polarity;
COMMENT ON VIEW sitrep.casualties IS
    'Casualties as each speaker (or, without one, each publisher) gave them on each day for each place: from `least` to `most` '
    '(an empty end is open). A claim about two places is a row of each; in that of the first `main` is true. Reports of the same deaths are not told apart: never '
    'add rows up.';

CREATE VIEW sitrep.first_said AS
SELECT DISTINCT ON (place_id, place, type, polarity, source)
       place, type, polarity, source, published_on, publisher, claim, title, url, article_id, claim_id, place_id
FROM (SELECT *, coalesce(speaker, publisher, '') AS source FROM sitrep.about) AS told
WHERE published_on IS NOT NULL
-- The same day is told apart by the clock, where there is one; as an instant, for the zones differ.
ORDER BY place_id, place, type, polarity, source, published_on,
         CASE WHEN length(published) > 10 THEN published::timestamptz END NULLS LAST, article_id, claim_id;
COMMENT ON VIEW sitrep.first_said IS 'When each source (speaker, or else publisher) first said something of a type about a place.';

CREATE VIEW sitrep.arrivals AS
SELECT c.stored_at, r.published_on, r.publisher, r.title,
       coalesce((c.rows ->> 'claims')::integer, 0) AS claims,
       coalesce((c.rows ->> 'article_entities')::integer, 0) AS entities,
       r.url, r.article_id
FROM sitrep.receipts AS c
JOIN sitrep.reports AS r ON r.article_id = c.article_id
WHERE c.sighting = '';
COMMENT ON VIEW sitrep.arrivals IS 'When each report was first stored: what is new since a time.';

CREATE VIEW sitrep.undated AS
SELECT r.article_id, r.title, r.publisher, r.url, s.key AS file, c.stored_at
FROM sitrep.reports AS r
JOIN sitrep.sightings AS s ON s.article_id = r.article_id
LEFT JOIN sitrep.receipts AS c ON c.article_id = r.article_id AND c.sighting = ''
WHERE r.published_on IS NULL;
COMMENT ON VIEW sitrep.undated IS 'Reports without a publish date, with their files: "on Friday" in them means nothing yet.';

DROP VIEW sitrep.entities;
CREATE VIEW sitrep.entities AS
SELECT left(e.name, 300) AS name, min(e.label) AS label, min(e.category) AS category, min(e.wikidata) AS wikidata,
       min(e.country) AS country, min(e.lat) AS lat, min(e.lon) AS lon, count(*) AS articles, e.entity_id
FROM sitrep.article_entities AS e
JOIN sitrep.reports AS r ON r.article_id = e.article_id
GROUP BY left(e.name, 300), e.entity_id;
COMMENT ON VIEW sitrep.entities IS 'Who and where, with how many reports name them.';

CREATE FUNCTION sitrep.search(question text, since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 20)
RETURNS TABLE (rank real, published_on date, publisher text, title text, found text, url text, article_id text)
LANGUAGE sql STABLE PARALLEL SAFE
-- Ranking reads every match whole, so that of very many the newest thousand are ranked; and only what is shown is marked.
BEGIN ATOMIC
    WITH newest AS MATERIALIZED (
        SELECT r.article_id, r.published_on, r.search
        FROM sitrep.reports AS r
        WHERE r.search @@ websearch_to_tsquery('english'::regconfig, question)
          AND (since IS NULL OR r.published_on >= since) AND (until IS NULL OR r.published_on <= until)
        ORDER BY r.published_on DESC NULLS LAST, r.article_id
        LIMIT 1000
    ), best AS MATERIALIZED (
        SELECT n.article_id, n.published_on, ts_rank_cd(n.search, websearch_to_tsquery('english'::regconfig, question), 1) AS rank
        FROM newest AS n
        ORDER BY rank DESC, n.published_on DESC NULLS LAST, n.article_id
        LIMIT most
    )
    SELECT b.rank, b.published_on, r.publisher, r.title,
           ts_headline('english'::regconfig, r.text, websearch_to_tsquery('english'::regconfig, question),
               'StartSel=⟪, StopSel=⟫, MaxFragments=2, MinWords=10, MaxWords=25, FragmentDelimiter=" … "'),
           r.url, b.article_id
    FROM best AS b JOIN sitrep.reports AS r ON r.article_id = b.article_id
    ORDER BY b.rank DESC, b.published_on DESC NULLS LAST, b.article_id;
END;
COMMENT ON FUNCTION sitrep.search IS
    'Reports that hold words, the best first: "shelling -drone", "“Saraqib bridge” or airport". What was found stands in ⟪ ⟫.';

CREATE FUNCTION sitrep.search_claims(question text, since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 20)
RETURNS TABLE (rank real, published_on date, speaker text, type text, polarity text, found text, publisher text, title text,
               url text, article_id text, claim_id text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH newest AS MATERIALIZED (
        SELECT s.claim_id, s.published_on, s.search
        FROM sitrep.said AS s
        WHERE s.search @@ websearch_to_tsquery('english'::regconfig, question)
          AND (since IS NULL OR s.published_on >= since) AND (until IS NULL OR s.published_on <= until)
        ORDER BY s.published_on DESC NULLS LAST, s.claim_id
        LIMIT 1000
    ), best AS MATERIALIZED (
        SELECT n.claim_id, n.published_on, ts_rank_cd(n.search, websearch_to_tsquery('english'::regconfig, question), 1) AS rank
        FROM newest AS n
        ORDER BY rank DESC, n.published_on DESC NULLS LAST, n.claim_id
        LIMIT most
    )
    SELECT b.rank, b.published_on, s.speaker, s.type, s.polarity,
           ts_headline('english'::regconfig, s.claim, websearch_to_tsquery('english'::regconfig, question),
               'StartSel=⟪, StopSel=⟫, HighlightAll=true'),
           s.publisher, s.title, s.url, s.article_id, b.claim_id
    FROM best AS b JOIN sitrep.said AS s ON s.claim_id = b.claim_id
    ORDER BY b.rank DESC, b.published_on DESC NULLS LAST, b.claim_id;
END;
COMMENT ON FUNCTION sitrep.search_claims IS 'Claims that hold words, in what is claimed or in who claims it, the best first.';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sitrep FROM PUBLIC;
-- The writer computes what is generated.
GRANT EXECUTE ON FUNCTION sitrep.searchable TO sitrep_writer, sitrep_reader;
GRANT EXECUTE ON FUNCTION sitrep.km, sitrep.in_box, sitrep.degrees_of_longitude, sitrep.within_km, sitrep.names, sitrep.search,
    sitrep.search_claims TO sitrep_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA sitrep TO sitrep_reader;
