-- Parts stand under their total, figures also as they were said, and a place's question takes in what lies within it.

CREATE INDEX article_entities_within ON sitrep.article_entities USING gin (within);

CREATE OR REPLACE VIEW sitrep.casualties AS
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
       array_agg(DISTINCT c.claim_id) AS claims,
       q.part_of IS NOT NULL AS part,
       array_agg(DISTINCT left(q.text, 100)) AS as_said
FROM sitrep.quantities AS q
JOIN sitrep.claims AS c ON c.claim_id = q.claim_id
JOIN sitrep.reports AS r ON r.article_id = q.article_id
LEFT JOIN sitrep.article_entities AS e ON e.article_id = q.article_id AND e.entity_id = ANY (c.places)
WHERE q.unit = 'person' AND q.what IN ('killed', 'injured', 'missing') AND NOT c.background
GROUP BY left(e.name, 300), e.entity_id, e.entity_id IS NULL OR e.entity_id = c.places[1], r.published_on, left(c.speaker_name, 300), CASE WHEN c.speaker_name IS NULL THEN r.publisher END,
         q.what, q."of", c.polarity, q.part_of IS NOT NULL;
COMMENT ON VIEW sitrep.casualties IS
    'Casualties as each speaker (or, without one, each publisher) gave them on each day for each place: from `least` to `most` '
    '(an empty end is open), and in the words of the reports (`as_said`: "dozens" is 24 or more). A claim about two places is a row of each; in that of the first '
    '`main` is true. Where `part` is true, the row is a share of another one ("98 civilians, among them 35 children"). Reports of the same deaths are not told apart: '
    'never add rows up.';

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
       r.published_at, e.within, c.affected, c.origins, c.destinations
FROM sitrep.article_entities AS e
JOIN sitrep.claims AS c ON c.article_id = e.article_id AND e.entity_id = ANY (c.places)
JOIN sitrep.reports AS r ON r.article_id = e.article_id;

CREATE FUNCTION sitrep.places_in(asked text) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH named AS MATERIALIZED (
        SELECT DISTINCT e.entity_id FROM sitrep.article_entities AS e WHERE lower(left(e.name, 300)) = lower(left(asked, 300))
    )
    SELECT entity_id FROM named
    UNION
    SELECT e.entity_id FROM sitrep.article_entities AS e WHERE e.within && ARRAY(SELECT entity_id FROM named);
END;
COMMENT ON FUNCTION sitrep.places_in IS
    'The ids of what has a name, in any case, and of every place that lies in it: places_in(''Syria'') has Hama. Ask with `place_id IN (SELECT places_in(…))`.';
REVOKE ALL ON FUNCTION sitrep.places_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sitrep.places_in TO sitrep_reader;
