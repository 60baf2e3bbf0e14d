-- The schema after all migrations, written by `make docs`: to be read, not to be run.
CREATE FUNCTION sitrep.degrees_of_longitude(of_lat double precision, km double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((abs(of_lat) + (km / (111)::double precision)) >= (89)::double precision) THEN (180)::double precision ELSE (km / ((111)::double precision * cosd((abs(of_lat) + (km / (111)::double precision))))) END;

COMMENT ON FUNCTION sitrep.degrees_of_longitude(of_lat double precision, km double precision) IS 'Half the width of a box around a circle on the earth; all of it near a pole.';

CREATE FUNCTION sitrep.delete_children(of_article text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'sitrep', 'pg_temp'
    AS $$
    DELETE FROM sitrep.quantities WHERE article_id = of_article;
    DELETE FROM sitrep.claims WHERE article_id = of_article;
    DELETE FROM sitrep.dates WHERE article_id = of_article;
    DELETE FROM sitrep.mentions WHERE article_id = of_article;
    DELETE FROM sitrep.article_entities WHERE article_id = of_article;
$$;

CREATE FUNCTION sitrep.in_box(lat double precision, lon double precision, south double precision, west double precision, north double precision, east double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((point(lon, lat) <@ box(point(west, south), point(CASE WHEN (west <= east) THEN east ELSE (180)::double precision END, north))) OR ((west > east) AND (point(lon, lat) <@ box(point(('-180'::integer)::double precision, south), point(east, north)))));

COMMENT ON FUNCTION sitrep.in_box(lat double precision, lon double precision, south double precision, west double precision, north double precision, east double precision) IS 'Whether a place is in a box; one whose west is greater than its east crosses the 180th meridian.';

CREATE FUNCTION sitrep.instant(written text) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((written ~ '^(1[89]|2\d)\d{2}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$'::text) AND pg_input_is_valid(written, 'timestamptz'::text)) THEN (written)::timestamp with time zone ELSE NULL::timestamp with time zone END;

COMMENT ON FUNCTION sitrep.instant(written text) IS 'The instant that an RFC 3339 date-time says; null for a mere day and for what cannot be read.';

CREATE FUNCTION sitrep.km(lat double precision, lon double precision, of_lat double precision, of_lon double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((12742.0176)::double precision * asin(LEAST((1)::double precision, sqrt(((sind(((of_lat - lat) / (2)::double precision)) ^ (2)::double precision) + ((cosd(lat) * cosd(of_lat)) * (sind(((of_lon - lon) / (2)::double precision)) ^ (2)::double precision)))))));

COMMENT ON FUNCTION sitrep.km(lat double precision, lon double precision, of_lat double precision, of_lon double precision) IS 'Great-circle distance of two places in kilometres (haversine, mean radius 6,371.0088 km).';

CREATE TABLE sitrep.article_entities (
    article_id text NOT NULL,
    entity_id text NOT NULL,
    name text NOT NULL,
    label text NOT NULL,
    category text NOT NULL,
    wikidata text,
    country text,
    lat double precision,
    lon double precision,
    "precision" text NOT NULL,
    extent_km double precision,
    score double precision NOT NULL,
    alternatives jsonb NOT NULL,
    within text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT article_entities_label_listed CHECK ((label = ANY ('{PERSON,NORP,FAC,ORG,GPE,LOC,PRODUCT,EVENT,WORK_OF_ART,LAW,LANGUAGE}'::text[]))),
    CONSTRAINT article_entities_precision_listed CHECK (("precision" = ANY ('{point,locality,region,country,none}'::text[])))
);

COMMENT ON TABLE sitrep.article_entities IS 'Who and where: one row for each entity of each article.';

COMMENT ON COLUMN sitrep.article_entities.entity_id IS 'gn:<GeoNames id>, kb:<entry of a knowledge file>, or local:<hash> for what only this article knows.';

COMMENT ON COLUMN sitrep.article_entities.label IS 'OntoNotes 5 label.';

COMMENT ON COLUMN sitrep.article_entities.wikidata IS 'An attribute, never a key.';

COMMENT ON COLUMN sitrep.article_entities.country IS 'ISO 3166-1 alpha-2.';

COMMENT ON COLUMN sitrep.article_entities.lat IS 'Degrees north, WGS 84.';

COMMENT ON COLUMN sitrep.article_entities.lon IS 'Degrees east, WGS 84.';

COMMENT ON COLUMN sitrep.article_entities."precision" IS 'What the coordinates are of: point, locality, region, country; none without coordinates.';

COMMENT ON COLUMN sitrep.article_entities.extent_km IS 'Radius.';

COMMENT ON COLUMN sitrep.article_entities.score IS 'From 0 to 1: how sure it is that this one is meant.';

COMMENT ON COLUMN sitrep.article_entities.alternatives IS 'Other readings of a place name that were considered.';

COMMENT ON COLUMN sitrep.article_entities.within IS 'Ids of what a place lies in, nearest first.';

CREATE FUNCTION sitrep.names(of_article text, ids text[]) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ARRAY(SELECT e.name FROM (unnest(names.ids) WITH ORDINALITY wanted(entity_id, n) JOIN sitrep.article_entities e ON (((e.article_id = names.of_article) AND (e.entity_id = wanted.entity_id)))) ORDER BY wanted.n);

COMMENT ON FUNCTION sitrep.names(of_article text, ids text[]) IS 'The names of entities of an article, in the order of their ids.';

CREATE FUNCTION sitrep.places_in(asked text) RETURNS SETOF text
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 WITH named AS MATERIALIZED (
          SELECT DISTINCT e.entity_id
            FROM sitrep.article_entities e
           WHERE (lower("left"(e.name, 300)) = lower("left"(places_in.asked, 300)))
         )
  SELECT named.entity_id
    FROM named
 UNION
  SELECT e.entity_id
    FROM sitrep.article_entities e
   WHERE (e.within && ARRAY( SELECT named.entity_id
            FROM named));
END;

COMMENT ON FUNCTION sitrep.places_in(asked text) IS 'The ids of what has a name, in any case, and of every place that lies in it: places_in(''Syria'') has Hama. Ask with `place_id IN (SELECT places_in(…))`.';

CREATE FUNCTION sitrep.searchable(words text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('english'::regconfig, CASE WHEN (octet_length(words) <= 262144) THEN words ELSE "left"(words, 60000) END);

COMMENT ON FUNCTION sitrep.searchable(words text) IS 'What full-text search finds in a text: all of it, or the first 60,000 characters of one over 256 KiB.';

CREATE TABLE sitrep.articles (
    article_id text NOT NULL,
    text text NOT NULL,
    title text,
    language text,
    language_confidence double precision,
    encoding text NOT NULL,
    encoding_confidence double precision NOT NULL,
    publisher text,
    byline text,
    credit text,
    url text,
    published text,
    published_on date,
    published_from text,
    recipe integer NOT NULL,
    canary boolean NOT NULL,
    warnings text[] NOT NULL,
    version integer NOT NULL,
    fingerprint text NOT NULL,
    model text NOT NULL,
    coverage text NOT NULL,
    enrichment_warnings text[] NOT NULL,
    anchor_order text NOT NULL COLLATE pg_catalog."C",
    value_id text NOT NULL COLLATE pg_catalog."C",
    search tsvector GENERATED ALWAYS AS ((setweight(sitrep.searchable("left"(COALESCE(title, ''::text), 1000)), 'A'::"char") || sitrep.searchable(text))) STORED,
    authors text[] DEFAULT '{}'::text[],
    modified text,
    published_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(published)) STORED,
    modified_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(modified)) STORED,
    CONSTRAINT articles_authors_check CHECK ((authors IS NOT NULL)),
    CONSTRAINT articles_coverage_listed CHECK ((coverage = ANY ('{full,partial}'::text[])))
);

COMMENT ON TABLE sitrep.articles IS 'One row a text, however often it was seen, with its newest enrichment. Offsets elsewhere count in `text`.';

COMMENT ON COLUMN sitrep.articles.article_id IS 'First 32 hex digits of SHA-256 over `text`.';

COMMENT ON COLUMN sitrep.articles.text IS 'The normalised text; every offset counts its Unicode code points.';

COMMENT ON COLUMN sitrep.articles.language IS 'BCP 47 tag, as it was given or detected.';

COMMENT ON COLUMN sitrep.articles.byline IS 'Who wrote it, in the words of the source; `authors` has the names, where they are told apart.';

COMMENT ON COLUMN sitrep.articles.credit IS 'The agency that the source credits.';

COMMENT ON COLUMN sitrep.articles.published IS 'As it was written, in its own zone: a day or a date-time of RFC 3339.';

COMMENT ON COLUMN sitrep.articles.published_on IS 'The day of `published`, in its own zone.';

COMMENT ON COLUMN sitrep.articles.published_from IS 'Where the publish date is from: sidecar, front_matter, header, metadata, feed, dateline, filename, defaults.';

COMMENT ON COLUMN sitrep.articles.recipe IS 'Version of the normalisation of the text.';

COMMENT ON COLUMN sitrep.articles.canary IS 'True for a test report of the monitor; no view shows it.';

COMMENT ON COLUMN sitrep.articles.warnings IS 'What ingest could not read as it was meant.';

COMMENT ON COLUMN sitrep.articles.version IS 'Version of the enrichment; the higher one replaces the lower.';

COMMENT ON COLUMN sitrep.articles.fingerprint IS 'Hash of the code, data and model that made the enrichment.';

COMMENT ON COLUMN sitrep.articles.coverage IS 'full, or partial where the language of the text is not read.';

COMMENT ON COLUMN sitrep.articles.enrichment_warnings IS 'What the enrichment could not read, or read in doubt.';

COMMENT ON COLUMN sitrep.articles.anchor_order IS 'How believable the publish date is that the enrichment was anchored on; less is better. Part of the version guard.';

COMMENT ON COLUMN sitrep.articles.value_id IS 'Hash of the enriched message; the last part of the version guard.';

COMMENT ON COLUMN sitrep.articles.search IS 'What full-text search looks in: title and text.';

COMMENT ON COLUMN sitrep.articles.modified IS 'When the source last changed it, as it was written.';

COMMENT ON COLUMN sitrep.articles.published_at IS 'The instant of `published`; null for a mere day.';

COMMENT ON COLUMN sitrep.articles.modified_at IS 'The instant of `modified`; null for a mere day.';

CREATE TABLE sitrep.retractions (
    article_id text NOT NULL,
    retracted boolean NOT NULL,
    reason text NOT NULL,
    at text NOT NULL,
    seq bigint NOT NULL,
    decided_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(at)) STORED
);

COMMENT ON TABLE sitrep.retractions IS 'Articles taken back, and given back: the highest `seq` counts.';

COMMENT ON COLUMN sitrep.retractions.at IS 'When it was decided, as the message says it.';

COMMENT ON COLUMN sitrep.retractions.seq IS 'Microseconds since 1970.';

COMMENT ON COLUMN sitrep.retractions.decided_at IS 'The instant of `at`; null where it cannot be read.';

CREATE VIEW sitrep.reports AS
 SELECT article_id,
    published_on,
    published,
    published_from,
    publisher,
    title,
    byline,
    credit,
    url,
    language,
    text,
    coverage,
    version,
    search,
    published_at,
    authors,
    modified_at
   FROM sitrep.articles a
  WHERE ((NOT canary) AND (NOT (EXISTS ( SELECT
           FROM sitrep.retractions t
          WHERE ((t.article_id = a.article_id) AND t.retracted)))));

COMMENT ON VIEW sitrep.reports IS 'Every report: its text, when it was published, and by whom.';

CREATE FUNCTION sitrep.search(question text, since date DEFAULT NULL::date, until date DEFAULT NULL::date, most integer DEFAULT 20) RETURNS TABLE(rank real, published_on date, publisher text, title text, found text, url text, article_id text)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 WITH newest AS MATERIALIZED (
          SELECT r_1.article_id,
             r_1.published_on,
             r_1.search
            FROM sitrep.reports r_1
           WHERE ((r_1.search @@ websearch_to_tsquery('english'::regconfig, search.question)) AND ((search.since IS NULL) OR (r_1.published_on >= search.since)) AND ((search.until IS NULL) OR (r_1.published_on <= search.until)))
           ORDER BY r_1.published_on DESC NULLS LAST, r_1.article_id
          LIMIT 1000
         ), best AS MATERIALIZED (
          SELECT n.article_id,
             n.published_on,
             ts_rank_cd(n.search, websearch_to_tsquery('english'::regconfig, search.question), 1) AS rank
            FROM newest n
           ORDER BY (ts_rank_cd(n.search, websearch_to_tsquery('english'::regconfig, search.question), 1)) DESC, n.published_on DESC NULLS LAST, n.article_id
          LIMIT search.most
         )
  SELECT b.rank,
     b.published_on,
     r.publisher,
     r.title,
     ts_headline('english'::regconfig, r.text, websearch_to_tsquery('english'::regconfig, search.question), 'StartSel=⟪, StopSel=⟫, MaxFragments=2, MinWords=10, MaxWords=25, FragmentDelimiter=" … "'::text) AS ts_headline,
     r.url,
     b.article_id
    FROM (best b
      JOIN sitrep.reports r ON ((r.article_id = b.article_id)))
   ORDER BY b.rank DESC, b.published_on DESC NULLS LAST, b.article_id;
END;

COMMENT ON FUNCTION sitrep.search(question text, since date, until date, most integer) IS 'Reports that hold words, the best first: "shelling -drone", "“Saraqib bridge” or airport". What was found stands in ⟪ ⟫.';

CREATE TABLE sitrep.claims (
    claim_id text NOT NULL,
    article_id text NOT NULL,
    n integer NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    text text NOT NULL,
    sentence_start integer NOT NULL,
    sentence_end integer NOT NULL,
    speaker_name text,
    speaker_text text,
    speaker_start integer,
    speaker_end integer,
    speaker_entity_id text,
    via jsonb NOT NULL,
    cue_text text,
    cue_start integer,
    cue_end integer,
    quote text NOT NULL,
    type text NOT NULL,
    polarity text NOT NULL,
    background boolean NOT NULL,
    confidence double precision,
    places text[] NOT NULL,
    actors text[] NOT NULL,
    earliest date,
    latest date,
    search tsvector GENERATED ALWAYS AS ((setweight(sitrep.searchable("left"(COALESCE(speaker_name, ''::text), 1000)), 'B'::"char") || sitrep.searchable(text))) STORED,
    happened daterange GENERATED ALWAYS AS (
CASE
    WHEN ((earliest IS NOT NULL) OR (latest IS NOT NULL)) THEN daterange(earliest, latest, '[]'::text)
    ELSE NULL::daterange
END) STORED,
    origins text[] DEFAULT '{}'::text[] NOT NULL,
    destinations text[] DEFAULT '{}'::text[] NOT NULL,
    affected text[] DEFAULT '{}'::text[] NOT NULL,
    said_earliest date,
    said_latest date,
    CONSTRAINT claims_polarity_listed CHECK ((polarity = ANY ('{asserted,denied,uncertain}'::text[]))),
    CONSTRAINT claims_quote_listed CHECK ((quote = ANY ('{direct,indirect,mixed,none}'::text[]))),
    CONSTRAINT claims_type_listed CHECK ((type = ANY ('{casualties,control,attack,movement,closure,displacement,support,agreement,position,denial,plan,other}'::text[])))
);

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

COMMENT ON COLUMN sitrep.claims.actors IS 'Entity ids of who acts.';

COMMENT ON COLUMN sitrep.claims.earliest IS 'First day of the event; null is open or unknown.';

COMMENT ON COLUMN sitrep.claims.latest IS 'Last day of the event, inclusive; null is open or unknown.';

COMMENT ON COLUMN sitrep.claims.search IS 'What full-text search looks in: speaker and claim.';

COMMENT ON COLUMN sitrep.claims.happened IS 'When what is claimed happened: earliest to latest; an end that is not known is open.';

COMMENT ON COLUMN sitrep.claims.origins IS 'Entity ids of where a movement or displacement began.';

COMMENT ON COLUMN sitrep.claims.destinations IS 'Entity ids of where a movement or displacement leads.';

COMMENT ON COLUMN sitrep.claims.affected IS 'Entity ids of who or what is acted on.';

COMMENT ON COLUMN sitrep.claims.said_earliest IS 'First day of the saying, where the text tells it.';

COMMENT ON COLUMN sitrep.claims.said_latest IS 'Last day of the saying, inclusive.';

CREATE VIEW sitrep.said AS
 SELECT r.published_on,
    "left"(c.speaker_name, 300) AS speaker,
    c.type,
    c.polarity,
    c.text AS claim,
    sitrep.names(c.article_id, c.places) AS places,
    c.earliest,
    c.latest,
    c.happened,
    c.quote,
    c.background,
    c.confidence,
    r.publisher,
    r.title,
    r.url,
    c.article_id,
    c.claim_id,
    c.speaker_entity_id,
    c.start_offset,
    c.end_offset,
    c.search,
    r.published_at,
    c.said_earliest,
    c.said_latest
   FROM (sitrep.claims c
     JOIN sitrep.reports r ON ((r.article_id = c.article_id)));

COMMENT ON VIEW sitrep.said IS 'Every claim: who says what, when, about which places. Without a speaker the report itself says it.';

CREATE FUNCTION sitrep.search_claims(question text, since date DEFAULT NULL::date, until date DEFAULT NULL::date, most integer DEFAULT 20) RETURNS TABLE(rank real, published_on date, speaker text, type text, polarity text, found text, publisher text, title text, url text, article_id text, claim_id text)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 WITH newest AS MATERIALIZED (
          SELECT s_1.claim_id,
             s_1.published_on,
             s_1.search
            FROM sitrep.said s_1
           WHERE ((s_1.search @@ websearch_to_tsquery('english'::regconfig, search_claims.question)) AND ((search_claims.since IS NULL) OR (s_1.published_on >= search_claims.since)) AND ((search_claims.until IS NULL) OR (s_1.published_on <= search_claims.until)))
           ORDER BY s_1.published_on DESC NULLS LAST, s_1.claim_id
          LIMIT 1000
         ), best AS MATERIALIZED (
          SELECT n.claim_id,
             n.published_on,
             ts_rank_cd(n.search, websearch_to_tsquery('english'::regconfig, search_claims.question), 1) AS rank
            FROM newest n
           ORDER BY (ts_rank_cd(n.search, websearch_to_tsquery('english'::regconfig, search_claims.question), 1)) DESC, n.published_on DESC NULLS LAST, n.claim_id
          LIMIT search_claims.most
         )
  SELECT b.rank,
     b.published_on,
     s.speaker,
     s.type,
     s.polarity,
     ts_headline('english'::regconfig, s.claim, websearch_to_tsquery('english'::regconfig, search_claims.question), 'StartSel=⟪, StopSel=⟫, HighlightAll=true'::text) AS ts_headline,
     s.publisher,
     s.title,
     s.url,
     s.article_id,
     b.claim_id
    FROM (best b
      JOIN sitrep.said s ON ((s.claim_id = b.claim_id)))
   ORDER BY b.rank DESC, b.published_on DESC NULLS LAST, b.claim_id;
END;

COMMENT ON FUNCTION sitrep.search_claims(question text, since date, until date, most integer) IS 'Claims that hold words, in what is claimed or in who claims it, the best first.';

CREATE FUNCTION sitrep.within_km(lat double precision, lon double precision, of_lat double precision, of_lon double precision, km double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((point(lon, lat) <@ box(point((of_lon - sitrep.degrees_of_longitude(of_lat, km)), (of_lat - (km / (111)::double precision))), point((of_lon + sitrep.degrees_of_longitude(of_lat, km)), (of_lat + (km / (111)::double precision))))) OR (point(lon, lat) <@ box(point(((of_lon - (sign(of_lon) * (360)::double precision)) - sitrep.degrees_of_longitude(of_lat, km)), (of_lat - (km / (111)::double precision))), point(((of_lon - (sign(of_lon) * (360)::double precision)) + sitrep.degrees_of_longitude(of_lat, km)), (of_lat + (km / (111)::double precision)))))) AND (sitrep.km(lat, lon, of_lat, of_lon) <= km));

COMMENT ON FUNCTION sitrep.within_km(lat double precision, lon double precision, of_lat double precision, of_lon double precision, km double precision) IS 'Whether a place is within some kilometres of another.';

CREATE VIEW sitrep.about AS
 SELECT "left"(e.name, 300) AS place,
    e.category,
    e.country,
    e.lat,
    e.lon,
    e."precision",
    r.published_on,
    r.published,
    "left"(c.speaker_name, 300) AS speaker,
    c.type,
    c.polarity,
    c.text AS claim,
    c.earliest,
    c.latest,
    c.happened,
    c.quote,
    c.background,
    c.confidence,
    r.publisher,
    r.title,
    r.url,
    c.article_id,
    c.claim_id,
    e.entity_id AS place_id,
    c.actors,
    c.start_offset,
    c.end_offset,
    r.published_at,
    e.within,
    c.affected,
    c.origins,
    c.destinations
   FROM ((sitrep.article_entities e
     JOIN sitrep.claims c ON (((c.article_id = e.article_id) AND (e.entity_id = ANY (c.places)))))
     JOIN sitrep.reports r ON ((r.article_id = e.article_id)));

COMMENT ON VIEW sitrep.about IS 'Every claim once for each place that it is about.';

CREATE TABLE sitrep.receipts (
    article_id text NOT NULL,
    sighting text NOT NULL,
    version integer,
    stored_at timestamp with time zone NOT NULL,
    rows jsonb NOT NULL,
    stored_again_at timestamp with time zone
);

COMMENT ON TABLE sitrep.receipts IS 'What is committed: one row for each article, and for each sighting of one.';

COMMENT ON COLUMN sitrep.receipts.sighting IS 'Empty for the article itself.';

COMMENT ON COLUMN sitrep.receipts.version IS 'Version of the enrichment that was stored; null for a sighting.';

COMMENT ON COLUMN sitrep.receipts.stored_at IS 'When it was committed for the first time.';

COMMENT ON COLUMN sitrep.receipts.rows IS 'Number of rows by table.';

COMMENT ON COLUMN sitrep.receipts.stored_again_at IS 'When the rows were written for the first time after the article was last sent again by hand. Reading topics again changes nothing.';

CREATE VIEW sitrep.arrivals AS
 SELECT c.stored_at,
    r.published_on,
    r.publisher,
    r.title,
    COALESCE(((c.rows ->> 'claims'::text))::integer, 0) AS claims,
    COALESCE(((c.rows ->> 'article_entities'::text))::integer, 0) AS entities,
    r.url,
    r.article_id
   FROM (sitrep.receipts c
     JOIN sitrep.reports r ON ((r.article_id = c.article_id)))
  WHERE (c.sighting = ''::text);

COMMENT ON VIEW sitrep.arrivals IS 'When each report was first stored: what is new since a time.';

CREATE TABLE sitrep.quantities (
    claim_id text NOT NULL,
    n integer NOT NULL,
    article_id text NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    text text NOT NULL,
    min double precision,
    max double precision,
    unit text NOT NULL,
    of text,
    what text NOT NULL,
    approximate boolean NOT NULL,
    part_of integer
);

COMMENT ON TABLE sitrep.quantities IS 'How many of what, in a claim; ranges of different sources are never added up.';

COMMENT ON COLUMN sitrep.quantities.n IS 'Its place among those of its claim, from 0.';

COMMENT ON COLUMN sitrep.quantities.min IS 'Least number that is meant; null is open. Shares are fractions of 1.';

COMMENT ON COLUMN sitrep.quantities.max IS 'Greatest number that is meant; null is open.';

COMMENT ON COLUMN sitrep.quantities.unit IS 'What is counted: person, place, vehicle, weapon, share, item.';

COMMENT ON COLUMN sitrep.quantities.of IS 'The words of the text for what is counted.';

COMMENT ON COLUMN sitrep.quantities.what IS 'What befell them: killed, injured, displaced, detained, missing, controlled, captured, destroyed, other.';

COMMENT ON COLUMN sitrep.quantities.approximate IS 'True for "about", "some" and the like.';

COMMENT ON COLUMN sitrep.quantities.part_of IS 'Number `n` of the total in the same claim that it is a part of.';

CREATE VIEW sitrep.casualties AS
 SELECT "left"(e.name, 300) AS place,
    ((e.entity_id IS NULL) OR (e.entity_id = c.places[1])) AS main,
    r.published_on,
    "left"(c.speaker_name, 300) AS speaker,
        CASE
            WHEN (c.speaker_name IS NULL) THEN r.publisher
            ELSE NULL::text
        END AS publisher,
    q.what,
    q.of AS who,
    c.polarity,
        CASE
            WHEN bool_and((q.min IS NOT NULL)) THEN min(q.min)
            ELSE NULL::double precision
        END AS "least",
        CASE
            WHEN bool_and((q.max IS NOT NULL)) THEN max(q.max)
            ELSE NULL::double precision
        END AS most,
    bool_or(q.approximate) AS approximate,
    min(c.earliest) AS earliest,
    max(c.latest) AS latest,
    count(DISTINCT c.article_id) AS reports,
    min(e.country) AS country,
    min(e.lat) AS lat,
    min(e.lon) AS lon,
    e.entity_id AS place_id,
    array_agg(DISTINCT c.claim_id) AS claims,
    (q.part_of IS NOT NULL) AS part,
    array_agg(DISTINCT "left"(q.text, 100)) AS as_said
   FROM (((sitrep.quantities q
     JOIN sitrep.claims c ON ((c.claim_id = q.claim_id)))
     JOIN sitrep.reports r ON ((r.article_id = q.article_id)))
     LEFT JOIN sitrep.article_entities e ON (((e.article_id = q.article_id) AND (e.entity_id = ANY (c.places)))))
  WHERE ((q.unit = 'person'::text) AND (q.what = ANY (ARRAY['killed'::text, 'injured'::text, 'missing'::text])) AND (NOT c.background))
  GROUP BY ("left"(e.name, 300)), e.entity_id, ((e.entity_id IS NULL) OR (e.entity_id = c.places[1])), r.published_on, ("left"(c.speaker_name, 300)),
        CASE
            WHEN (c.speaker_name IS NULL) THEN r.publisher
            ELSE NULL::text
        END, q.what, q.of, c.polarity, (q.part_of IS NOT NULL);

COMMENT ON VIEW sitrep.casualties IS 'Casualties as each speaker (or, without one, each publisher) gave them on each day for each place: from `least` to `most` (an empty end is open), and in the words of the reports (`as_said`: "dozens" is 24 or more). A claim about two places is a row of each; in that of the first `main` is true. Where `part` is true, the row is a share of another one ("98 civilians, among them 35 children"). Reports of the same deaths are not told apart: never add rows up.';

CREATE VIEW sitrep.control AS
 SELECT place,
    published_on,
    speaker,
    sitrep.names(article_id, actors) AS parties,
    polarity,
    claim,
    earliest,
    latest,
    happened,
    country,
    lat,
    lon,
    "precision",
    background,
    publisher,
    title,
    url,
    article_id,
    claim_id,
    place_id
   FROM sitrep.about
  WHERE (type = 'control'::text);

COMMENT ON VIEW sitrep.control IS 'Who claims that who holds or has taken what, and when.';

CREATE TABLE sitrep.dates (
    article_id text NOT NULL,
    n integer NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    text text NOT NULL,
    kind text NOT NULL,
    value text,
    earliest date,
    latest date,
    granularity text,
    anchor text NOT NULL,
    approximate boolean NOT NULL,
    warning text,
    CONSTRAINT dates_anchor_listed CHECK ((anchor = ANY ('{published,text,none}'::text[]))),
    CONSTRAINT dates_granularity_listed CHECK ((granularity = ANY ('{time,part_of_day,day,week,part_of_month,month,season,quarter,half_year,year,decade,century,range}'::text[]))),
    CONSTRAINT dates_kind_listed CHECK ((kind = ANY ('{date,duration,set,time}'::text[])))
);

COMMENT ON TABLE sitrep.dates IS 'Each expression that says when or how long.';

COMMENT ON COLUMN sitrep.dates.n IS 'Its place among those of its article, from 0.';

COMMENT ON COLUMN sitrep.dates.value IS 'TIMEX3 value; carries the clock time.';

COMMENT ON COLUMN sitrep.dates.earliest IS 'First day that is meant; null is open or unknown.';

COMMENT ON COLUMN sitrep.dates.latest IS 'Last day that is meant, inclusive; null is open or unknown.';

COMMENT ON COLUMN sitrep.dates.anchor IS 'What it hangs on: the publish date (published), a date before it in the text (text), nothing (none).';

COMMENT ON COLUMN sitrep.dates.approximate IS 'True for "about", "recent" and the like.';

COMMENT ON COLUMN sitrep.dates.warning IS 'Where it contradicts itself: a weekday that is not that of its date.';

CREATE TABLE sitrep.dismissals (
    rejection_id text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE sitrep.dismissals IS 'Refusals that a person has closed for good with `sitrep rejected dismiss`.';

CREATE VIEW sitrep.entities AS
 SELECT "left"(e.name, 300) AS name,
    min(e.label) AS label,
    min(e.category) AS category,
    min(e.wikidata) AS wikidata,
    min(e.country) AS country,
    min(e.lat) AS lat,
    min(e.lon) AS lon,
    count(*) AS articles,
    e.entity_id
   FROM (sitrep.article_entities e
     JOIN sitrep.reports r ON ((r.article_id = e.article_id)))
  GROUP BY ("left"(e.name, 300)), e.entity_id;

COMMENT ON VIEW sitrep.entities IS 'Who and where, with how many reports name them.';

CREATE VIEW sitrep.first_said AS
 SELECT DISTINCT ON (place_id, place, type, polarity, source) place,
    type,
    polarity,
    source,
    published_on,
    publisher,
    claim,
    title,
    url,
    article_id,
    claim_id,
    place_id
   FROM ( SELECT about.place,
            about.category,
            about.country,
            about.lat,
            about.lon,
            about."precision",
            about.published_on,
            about.published,
            about.speaker,
            about.type,
            about.polarity,
            about.claim,
            about.earliest,
            about.latest,
            about.happened,
            about.quote,
            about.background,
            about.confidence,
            about.publisher,
            about.title,
            about.url,
            about.article_id,
            about.claim_id,
            about.place_id,
            about.actors,
            about.start_offset,
            about.end_offset,
            about.published_at,
            COALESCE(about.speaker, about.publisher, ''::text) AS source
           FROM sitrep.about) told
  WHERE (published_on IS NOT NULL)
  ORDER BY place_id, place, type, polarity, source, published_on, published_at, article_id, claim_id;

COMMENT ON VIEW sitrep.first_said IS 'When each source (speaker, or else publisher) first said something of a type about a place.';

CREATE TABLE sitrep.mentions (
    article_id text NOT NULL,
    entity_id text NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    text text NOT NULL,
    label text NOT NULL,
    CONSTRAINT mentions_label_listed CHECK ((label = ANY ('{PERSON,NORP,FAC,ORG,GPE,LOC,PRODUCT,EVENT,WORK_OF_ART,LAW,LANGUAGE}'::text[])))
);

COMMENT ON TABLE sitrep.mentions IS 'Each place in a text where an entity is named.';

COMMENT ON COLUMN sitrep.mentions.label IS 'OntoNotes 5 label.';

CREATE TABLE sitrep.redrives (
    rejection_id text NOT NULL,
    attempt integer NOT NULL,
    run text NOT NULL,
    way text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE sitrep.redrives IS 'Who was sent again by `sitrep rejected redrive`, in which run, and which way: its topic, or the inbox.';

COMMENT ON COLUMN sitrep.redrives.attempt IS 'Counted from 1.';

COMMENT ON COLUMN sitrep.redrives.run IS 'The header `sitrep_run` of what was sent.';

COMMENT ON COLUMN sitrep.redrives.way IS 'The topic that it was sent to, or the inbox.';

COMMENT ON COLUMN sitrep.redrives.at IS 'Before it was sent, so that what came of it is later.';

CREATE TABLE sitrep.refusal_times (
    rejection_id text NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    refused_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(at)) STORED
);

COMMENT ON TABLE sitrep.refusal_times IS 'Every time that an input was refused for one reason; rejections has the first of them.';

COMMENT ON COLUMN sitrep.refusal_times.at IS 'As the message says it.';

COMMENT ON COLUMN sitrep.refusal_times.refused_at IS 'The instant of `at`; null where it cannot be read.';

CREATE TABLE sitrep.rejections (
    rejection_id text NOT NULL,
    code text NOT NULL,
    sentence text NOT NULL,
    stage text NOT NULL,
    attempt integer NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    article_id text,
    uri text,
    key text NOT NULL,
    topic text,
    partition integer,
    "offset" bigint,
    headers jsonb NOT NULL,
    size bigint,
    sha256 text,
    original text,
    refused_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(at)) STORED
);

COMMENT ON TABLE sitrep.rejections IS 'One row for each input that a stage refused for a reason, as it was first refused.';

COMMENT ON COLUMN sitrep.rejections.rejection_id IS 'First 32 hex digits of SHA-256 over stage, code, key and sha256.';

COMMENT ON COLUMN sitrep.rejections.stage IS 'Who refused it: ingest, enrich, store.';

COMMENT ON COLUMN sitrep.rejections.at IS 'When it was first refused, as the message says it.';

COMMENT ON COLUMN sitrep.rejections.topic IS 'With partition and offset: where the refused record lies; null from ingest.';

COMMENT ON COLUMN sitrep.rejections.headers IS 'Headers of the refused record.';

COMMENT ON COLUMN sitrep.rejections.size IS 'Bytes of the whole; null where it was never read.';

COMMENT ON COLUMN sitrep.rejections.original IS 'Base64 of its first 64 KiB.';

COMMENT ON COLUMN sitrep.rejections.refused_at IS 'The instant of `at`; null where it cannot be read.';

CREATE TABLE sitrep.sightings (
    article_id text NOT NULL,
    sighting_id text NOT NULL,
    uri text NOT NULL,
    key text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    mtime text,
    title text,
    language text,
    language_confidence double precision,
    encoding text NOT NULL,
    encoding_confidence double precision NOT NULL,
    publisher text,
    byline text,
    credit text,
    url text,
    published text,
    published_on date,
    published_from text,
    recipe integer NOT NULL,
    canary boolean NOT NULL,
    warnings text[] NOT NULL,
    sort_order text NOT NULL COLLATE pg_catalog."C",
    from_article boolean NOT NULL,
    fields_id text NOT NULL COLLATE pg_catalog."C",
    authors text[] DEFAULT '{}'::text[],
    modified text,
    published_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(published)) STORED,
    modified_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(modified)) STORED,
    file_modified_at timestamp with time zone GENERATED ALWAYS AS (sitrep.instant(mtime)) STORED,
    CONSTRAINT sightings_authors_check CHECK ((authors IS NOT NULL))
);

COMMENT ON TABLE sitrep.sightings IS 'One row for each place and content in which a text was seen: copies, reprints, renamed files.';

COMMENT ON COLUMN sitrep.sightings.sighting_id IS 'First 16 hex digits of SHA-256 over key and sha256.';

COMMENT ON COLUMN sitrep.sightings.key IS 'Path in the inbox, or URL; #line=, #item= and !/ name a part of a file. The texts under one key are its versions.';

COMMENT ON COLUMN sitrep.sightings.sha256 IS 'Of the bytes of the file, or of the part of it.';

COMMENT ON COLUMN sitrep.sightings.size IS 'Bytes.';

COMMENT ON COLUMN sitrep.sightings.mtime IS 'When the file was last changed, as its disk says; it anchors nothing.';

COMMENT ON COLUMN sitrep.sightings.sort_order IS 'How believable its fields are among the sightings of its article; less is better.';

COMMENT ON COLUMN sitrep.sightings.from_article IS 'True where it was only seen in an article message, whose fields may be merged from other sightings.';

COMMENT ON COLUMN sitrep.sightings.fields_id IS 'Hash of its message: decides between two that are as believable.';

COMMENT ON COLUMN sitrep.sightings.published_at IS 'The instant of `published`; null for a mere day.';

COMMENT ON COLUMN sitrep.sightings.modified_at IS 'The instant of `modified`; null for a mere day.';

COMMENT ON COLUMN sitrep.sightings.file_modified_at IS 'The instant of `mtime`.';

CREATE VIEW sitrep.refusals AS
 SELECT j.refused_at AS at,
    j.stage,
    j.code,
    j.key,
    j.sentence,
        CASE
            WHEN (EXISTS ( SELECT
               FROM sitrep.dismissals x
              WHERE (x.rejection_id = j.rejection_id))) THEN 'dismissed'::text
            WHEN ((j.stage = 'ingest'::text) AND (EXISTS ( SELECT
               FROM (sitrep.sightings s
                 JOIN sitrep.receipts c ON (((c.article_id = s.article_id) AND ((c.sighting = ''::text) OR (c.sighting = s.sighting_id)))))
              WHERE ((md5(s.key) = md5(j.key)) AND (s.key = j.key) AND (s.sha256 = j.sha256) AND ((t.last IS NULL) OR (c.stored_at > t.last)))))) THEN 'stored'::text
            WHEN ((j.stage = 'ingest'::text) AND (d.last IS NOT NULL) AND (EXISTS ( SELECT
               FROM (sitrep.sightings s
                 JOIN sitrep.receipts c ON (((c.article_id = s.article_id) AND ((c.sighting = ''::text) OR (c.sighting = s.sighting_id)))))
              WHERE ((md5(split_part(split_part(s.key, '#'::text, 1), '!/'::text, 1)) = md5(split_part(split_part(j.key, '#'::text, 1), '!/'::text, 1))) AND ((s.key = j.key) OR starts_with(s.key, (j.key || '#'::text)) OR starts_with(s.key, (j.key || '!/'::text))) AND (COALESCE(c.stored_again_at, c.stored_at) > GREATEST(d.last, t.last)))))) THEN 'stored'::text
            WHEN ((j.stage <> 'ingest'::text) AND (EXISTS ( SELECT
               FROM sitrep.receipts c
              WHERE ((c.article_id = j.article_id) AND (((c.sighting = ''::text) AND (c.stored_at > t.last)) OR ((c.stored_again_at > GREATEST(d.last, t.last)) AND (d.last IS NOT NULL))))))) THEN 'stored'::text
            WHEN ((d.last > t.last) OR ((d.last IS NOT NULL) AND (t.last IS NULL))) THEN 'redriven'::text
            ELSE 'open'::text
        END AS state,
    d.times AS redriven,
    j.size,
    j.sha256,
    j.article_id,
    j.uri,
    j.topic,
    j.partition,
    j."offset",
    j.rejection_id,
    d.last AS redriven_at,
    t.last AS last_refused_at
   FROM ((sitrep.rejections j
     LEFT JOIN LATERAL ( SELECT count(*) AS times,
            max(r.at) AS last
           FROM sitrep.redrives r
          WHERE (r.rejection_id = j.rejection_id)) d ON (true))
     LEFT JOIN LATERAL ( SELECT max(f.refused_at) AS last
           FROM sitrep.refusal_times f
          WHERE (f.rejection_id = j.rejection_id)) t ON (true));

COMMENT ON VIEW sitrep.refusals IS 'What was refused, why, and where it stands: open (also where it was sent again and refused again), redriven (sent again, and nothing is known of it yet), stored since, dismissed.';

CREATE VIEW sitrep.undated AS
 SELECT r.article_id,
    r.title,
    r.publisher,
    r.url,
    s.key AS file,
    c.stored_at
   FROM ((sitrep.reports r
     JOIN sitrep.sightings s ON ((s.article_id = r.article_id)))
     LEFT JOIN sitrep.receipts c ON (((c.article_id = r.article_id) AND (c.sighting = ''::text))))
  WHERE (r.published_on IS NULL);

COMMENT ON VIEW sitrep.undated IS 'Reports without a publish date, with their files: "on Friday" in them means nothing yet.';

ALTER TABLE ONLY sitrep.article_entities
    ADD CONSTRAINT article_entities_pkey PRIMARY KEY (article_id, entity_id);

ALTER TABLE ONLY sitrep.articles
    ADD CONSTRAINT articles_pkey PRIMARY KEY (article_id);

ALTER TABLE ONLY sitrep.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (claim_id);

ALTER TABLE ONLY sitrep.dates
    ADD CONSTRAINT dates_pkey PRIMARY KEY (article_id, n);

ALTER TABLE ONLY sitrep.dismissals
    ADD CONSTRAINT dismissals_pkey PRIMARY KEY (rejection_id);

ALTER TABLE ONLY sitrep.mentions
    ADD CONSTRAINT mentions_pkey PRIMARY KEY (article_id, start_offset, end_offset, entity_id);

ALTER TABLE ONLY sitrep.quantities
    ADD CONSTRAINT quantities_pkey PRIMARY KEY (claim_id, n);

ALTER TABLE ONLY sitrep.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (article_id, sighting);

ALTER TABLE ONLY sitrep.redrives
    ADD CONSTRAINT redrives_pkey PRIMARY KEY (rejection_id, attempt);

ALTER TABLE ONLY sitrep.refusal_times
    ADD CONSTRAINT refusal_times_pkey PRIMARY KEY (rejection_id, at);

ALTER TABLE ONLY sitrep.rejections
    ADD CONSTRAINT rejections_pkey PRIMARY KEY (rejection_id);

ALTER TABLE ONLY sitrep.retractions
    ADD CONSTRAINT retractions_pkey PRIMARY KEY (article_id);

ALTER TABLE ONLY sitrep.sightings
    ADD CONSTRAINT sightings_pkey PRIMARY KEY (article_id, sighting_id);

CREATE INDEX article_entities_entity ON sitrep.article_entities USING btree (entity_id);

CREATE INDEX article_entities_name ON sitrep.article_entities USING btree ("left"(name, 300), article_id);

CREATE INDEX article_entities_name_in_any_case ON sitrep.article_entities USING btree (lower("left"(name, 300)));

CREATE INDEX article_entities_point ON sitrep.article_entities USING gist (point(lon, lat)) WHERE (lat IS NOT NULL);

CREATE INDEX article_entities_within ON sitrep.article_entities USING gin (within);

CREATE INDEX articles_published_on ON sitrep.articles USING btree (published_on);

CREATE INDEX articles_search ON sitrep.articles USING gin (search);

CREATE INDEX articles_undated ON sitrep.articles USING btree (article_id) WHERE (published_on IS NULL);

CREATE INDEX articles_version ON sitrep.articles USING btree (version) WHERE (NOT canary);

CREATE INDEX claims_article ON sitrep.claims USING btree (article_id);

CREATE INDEX claims_control ON sitrep.claims USING btree (article_id) WHERE (type = 'control'::text);

CREATE INDEX claims_happened ON sitrep.claims USING gist (happened);

CREATE INDEX claims_search ON sitrep.claims USING gin (search);

CREATE INDEX claims_speaker ON sitrep.claims USING btree ("left"(speaker_name, 300), article_id);

CREATE INDEX quantities_article ON sitrep.quantities USING btree (article_id);

CREATE INDEX quantities_casualties ON sitrep.quantities USING btree (article_id, claim_id) WHERE ((unit = 'person'::text) AND (what = ANY (ARRAY['killed'::text, 'injured'::text, 'missing'::text])));

CREATE INDEX receipts_stored_at ON sitrep.receipts USING btree (stored_at) WHERE (sighting = ''::text);

CREATE INDEX rejections_article ON sitrep.rejections USING btree (article_id) WHERE (article_id IS NOT NULL);

CREATE INDEX rejections_key ON sitrep.rejections USING btree (md5(key));

CREATE INDEX rejections_refused_at ON sitrep.rejections USING btree (refused_at DESC NULLS LAST);

CREATE INDEX sightings_file ON sitrep.sightings USING btree (md5(split_part(split_part(key, '#'::text, 1), '!/'::text, 1)));

CREATE INDEX sightings_key ON sitrep.sightings USING btree (md5(key));

CREATE INDEX sightings_sha256 ON sitrep.sightings USING btree (sha256);

ALTER TABLE ONLY sitrep.article_entities
    ADD CONSTRAINT article_entities_article_id_fkey FOREIGN KEY (article_id) REFERENCES sitrep.articles(article_id);

ALTER TABLE ONLY sitrep.claims
    ADD CONSTRAINT claims_article_id_fkey FOREIGN KEY (article_id) REFERENCES sitrep.articles(article_id);

ALTER TABLE ONLY sitrep.dates
    ADD CONSTRAINT dates_article_id_fkey FOREIGN KEY (article_id) REFERENCES sitrep.articles(article_id);

ALTER TABLE ONLY sitrep.dismissals
    ADD CONSTRAINT dismissals_rejection_id_fkey FOREIGN KEY (rejection_id) REFERENCES sitrep.rejections(rejection_id);

ALTER TABLE ONLY sitrep.mentions
    ADD CONSTRAINT mentions_article_id_entity_id_fkey FOREIGN KEY (article_id, entity_id) REFERENCES sitrep.article_entities(article_id, entity_id);

ALTER TABLE ONLY sitrep.quantities
    ADD CONSTRAINT quantities_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES sitrep.claims(claim_id);

ALTER TABLE ONLY sitrep.redrives
    ADD CONSTRAINT redrives_rejection_id_fkey FOREIGN KEY (rejection_id) REFERENCES sitrep.rejections(rejection_id);

ALTER TABLE ONLY sitrep.refusal_times
    ADD CONSTRAINT refusal_times_rejection_id_fkey FOREIGN KEY (rejection_id) REFERENCES sitrep.rejections(rejection_id);

GRANT USAGE ON SCHEMA sitrep TO sitrep_writer;
GRANT USAGE ON SCHEMA sitrep TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.degrees_of_longitude(of_lat double precision, km double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.degrees_of_longitude(of_lat double precision, km double precision) TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.delete_children(of_article text) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.delete_children(of_article text) TO sitrep_writer;

REVOKE ALL ON FUNCTION sitrep.in_box(lat double precision, lon double precision, south double precision, west double precision, north double precision, east double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.in_box(lat double precision, lon double precision, south double precision, west double precision, north double precision, east double precision) TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.instant(written text) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.instant(written text) TO sitrep_writer;
GRANT ALL ON FUNCTION sitrep.instant(written text) TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.km(lat double precision, lon double precision, of_lat double precision, of_lon double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.km(lat double precision, lon double precision, of_lat double precision, of_lon double precision) TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.article_entities TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.article_entities TO sitrep_writer;

REVOKE ALL ON FUNCTION sitrep.names(of_article text, ids text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.names(of_article text, ids text[]) TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.places_in(asked text) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.places_in(asked text) TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.searchable(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.searchable(words text) TO sitrep_writer;
GRANT ALL ON FUNCTION sitrep.searchable(words text) TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.articles TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.articles TO sitrep_writer;

GRANT SELECT ON TABLE sitrep.retractions TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.retractions TO sitrep_writer;

GRANT SELECT ON TABLE sitrep.reports TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.search(question text, since date, until date, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.search(question text, since date, until date, most integer) TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.claims TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.claims TO sitrep_writer;

GRANT SELECT ON TABLE sitrep.said TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.search_claims(question text, since date, until date, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.search_claims(question text, since date, until date, most integer) TO sitrep_reader;

REVOKE ALL ON FUNCTION sitrep.within_km(lat double precision, lon double precision, of_lat double precision, of_lon double precision, km double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.within_km(lat double precision, lon double precision, of_lat double precision, of_lon double precision, km double precision) TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.about TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.receipts TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.receipts TO sitrep_writer;

GRANT SELECT ON TABLE sitrep.arrivals TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.quantities TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.quantities TO sitrep_writer;

GRANT SELECT ON TABLE sitrep.casualties TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.control TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.dates TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.dates TO sitrep_writer;

GRANT SELECT,INSERT,DELETE ON TABLE sitrep.dismissals TO sitrep_writer;
GRANT SELECT ON TABLE sitrep.dismissals TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.entities TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.first_said TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.mentions TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.mentions TO sitrep_writer;

GRANT SELECT,INSERT ON TABLE sitrep.redrives TO sitrep_writer;
GRANT SELECT ON TABLE sitrep.redrives TO sitrep_reader;

GRANT SELECT,INSERT ON TABLE sitrep.refusal_times TO sitrep_writer;
GRANT SELECT ON TABLE sitrep.refusal_times TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.rejections TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.rejections TO sitrep_writer;

GRANT SELECT ON TABLE sitrep.sightings TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.sightings TO sitrep_writer;

GRANT SELECT ON TABLE sitrep.refusals TO sitrep_writer;
GRANT SELECT ON TABLE sitrep.refusals TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.undated TO sitrep_reader;
