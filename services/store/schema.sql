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
    alternatives jsonb NOT NULL
);

CREATE FUNCTION sitrep.names(of_article text, ids text[]) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ARRAY(SELECT e.name FROM (unnest(names.ids) WITH ORDINALITY wanted(entity_id, n) JOIN sitrep.article_entities e ON (((e.article_id = names.of_article) AND (e.entity_id = wanted.entity_id)))) ORDER BY wanted.n);

COMMENT ON FUNCTION sitrep.names(of_article text, ids text[]) IS 'The names of entities of an article, in the order of their ids.';

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
    search tsvector GENERATED ALWAYS AS ((setweight(sitrep.searchable("left"(COALESCE(title, ''::text), 1000)), 'A'::"char") || sitrep.searchable(text))) STORED
);

COMMENT ON COLUMN sitrep.articles.anchor_order IS 'How believable the publish date is that the enrichment was anchored on; less is better. Part of the version guard.';

COMMENT ON COLUMN sitrep.articles.value_id IS 'Hash of the enriched message; the last part of the version guard.';

CREATE TABLE sitrep.retractions (
    article_id text NOT NULL,
    retracted boolean NOT NULL,
    reason text NOT NULL,
    at text NOT NULL,
    seq bigint NOT NULL
);

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
    search
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
    confidence double precision NOT NULL,
    places text[] NOT NULL,
    actors text[] NOT NULL,
    earliest date,
    latest date,
    search tsvector GENERATED ALWAYS AS ((setweight(sitrep.searchable("left"(COALESCE(speaker_name, ''::text), 1000)), 'B'::"char") || sitrep.searchable(text))) STORED,
    happened daterange GENERATED ALWAYS AS (
CASE
    WHEN ((earliest IS NOT NULL) OR (latest IS NOT NULL)) THEN daterange(earliest, latest, '[]'::text)
    ELSE NULL::daterange
END) STORED
);

COMMENT ON COLUMN sitrep.claims.happened IS 'When what is claimed happened: earliest to latest; an end that is not known is open.';

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
    c.search
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
    c.end_offset
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

COMMENT ON COLUMN sitrep.receipts.sighting IS 'Empty for the article itself.';

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
    array_agg(DISTINCT c.claim_id) AS claims
   FROM (((sitrep.quantities q
     JOIN sitrep.claims c ON ((c.claim_id = q.claim_id)))
     JOIN sitrep.reports r ON ((r.article_id = q.article_id)))
     LEFT JOIN sitrep.article_entities e ON (((e.article_id = q.article_id) AND (e.entity_id = ANY (c.places)))))
  WHERE ((q.unit = 'person'::text) AND (q.what = ANY (ARRAY['killed'::text, 'injured'::text, 'missing'::text])) AND (NOT c.background))
  GROUP BY ("left"(e.name, 300)), e.entity_id, ((e.entity_id IS NULL) OR (e.entity_id = c.places[1])), r.published_on, ("left"(c.speaker_name, 300)),
        CASE
            WHEN (c.speaker_name IS NULL) THEN r.publisher
            ELSE NULL::text
        END, q.what, q.of, c.polarity;

COMMENT ON VIEW sitrep.casualties IS 'Casualties as each speaker (or, without one, each publisher) gave them on each day for each place: from `least` to `most` (an empty end is open). A claim about two places is a row of each; in that of the first `main` is true. Reports of the same deaths are not told apart: never add rows up.';

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
    approximate boolean NOT NULL
);

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
            COALESCE(about.speaker, about.publisher, ''::text) AS source
           FROM sitrep.about) told
  WHERE (published_on IS NOT NULL)
  ORDER BY place_id, place, type, polarity, source, published_on,
        CASE
            WHEN (length(published) > 10) THEN (published)::timestamp with time zone
            ELSE NULL::timestamp with time zone
        END, article_id, claim_id;

COMMENT ON VIEW sitrep.first_said IS 'When each source (speaker, or else publisher) first said something of a type about a place.';

CREATE TABLE sitrep.mentions (
    article_id text NOT NULL,
    entity_id text NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    text text NOT NULL,
    label text NOT NULL
);

CREATE TABLE sitrep.redrives (
    rejection_id text NOT NULL,
    attempt integer NOT NULL,
    run text NOT NULL,
    way text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE sitrep.redrives IS 'Who was sent again by `sitrep rejected redrive`, in which run, and which way: its topic, or the inbox.';

COMMENT ON COLUMN sitrep.redrives.at IS 'Before it was sent, so that what came of it is later.';

CREATE TABLE sitrep.refusal_times (
    rejection_id text NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C"
);

COMMENT ON TABLE sitrep.refusal_times IS 'Every time that an input was refused for one reason; rejections has the first of them.';

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
    original text
);

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
    fields_id text NOT NULL COLLATE pg_catalog."C"
);

COMMENT ON COLUMN sitrep.sightings.from_article IS 'True where it was only seen in an article message, whose fields may be merged from other sightings.';

CREATE VIEW sitrep.refusals AS
 SELECT
        CASE
            WHEN pg_input_is_valid(j.at, 'timestamptz'::text) THEN (j.at)::timestamp with time zone
            ELSE NULL::timestamp with time zone
        END AS at,
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
     LEFT JOIN LATERAL ( SELECT max((f.at)::timestamp with time zone) FILTER (WHERE pg_input_is_valid(f.at, 'timestamptz'::text)) AS last
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

CREATE INDEX article_entities_point ON sitrep.article_entities USING gist (point(lon, lat)) WHERE (lat IS NOT NULL);

CREATE INDEX articles_published_on ON sitrep.articles USING btree (published_on);

CREATE INDEX articles_search ON sitrep.articles USING gin (search);

CREATE INDEX articles_undated ON sitrep.articles USING btree (article_id) WHERE (published_on IS NULL);

CREATE INDEX claims_article ON sitrep.claims USING btree (article_id);

CREATE INDEX claims_control ON sitrep.claims USING btree (article_id) WHERE (type = 'control'::text);

CREATE INDEX claims_happened ON sitrep.claims USING gist (happened);

CREATE INDEX claims_search ON sitrep.claims USING gin (search);

CREATE INDEX claims_speaker ON sitrep.claims USING btree ("left"(speaker_name, 300), article_id);

CREATE INDEX quantities_article ON sitrep.quantities USING btree (article_id);

CREATE INDEX quantities_casualties ON sitrep.quantities USING btree (article_id, claim_id) WHERE ((unit = 'person'::text) AND (what = ANY (ARRAY['killed'::text, 'injured'::text, 'missing'::text])));

CREATE INDEX receipts_stored_at ON sitrep.receipts USING btree (stored_at) WHERE (sighting = ''::text);

CREATE INDEX rejections_article ON sitrep.rejections USING btree (article_id) WHERE (article_id IS NOT NULL);

CREATE INDEX rejections_at ON sitrep.rejections USING btree (at);

CREATE INDEX rejections_key ON sitrep.rejections USING btree (md5(key));

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

REVOKE ALL ON FUNCTION sitrep.km(lat double precision, lon double precision, of_lat double precision, of_lon double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.km(lat double precision, lon double precision, of_lat double precision, of_lon double precision) TO sitrep_reader;

GRANT SELECT ON TABLE sitrep.article_entities TO sitrep_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sitrep.article_entities TO sitrep_writer;

REVOKE ALL ON FUNCTION sitrep.names(of_article text, ids text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION sitrep.names(of_article text, ids text[]) TO sitrep_reader;

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
