-- One row per article, per sighting, and per thing found in an article; offsets are code points into articles.text.

CREATE TABLE sitrep.articles (
    article_id          text PRIMARY KEY,
    text                text NOT NULL,
    title               text,
    language            text,
    language_confidence double precision,
    encoding            text NOT NULL,
    encoding_confidence double precision NOT NULL,
    publisher           text,
    byline              text,
    credit              text,
    url                 text,
    published           text,
    published_on        date,
    published_from      text,
    recipe              integer NOT NULL,
    canary              boolean NOT NULL,
    warnings            text[] NOT NULL,
    version             integer NOT NULL,
    fingerprint         text NOT NULL,
    model               text NOT NULL,
    coverage            text NOT NULL,
    enrichment_warnings text[] NOT NULL,
    anchor_order        text COLLATE "C" NOT NULL,
    value_id            text COLLATE "C" NOT NULL
);
COMMENT ON COLUMN sitrep.articles.anchor_order IS
    'How believable the publish date is that the enrichment was anchored on; less is better. Part of the version guard.';
COMMENT ON COLUMN sitrep.articles.value_id IS 'Hash of the enriched message; the last part of the version guard.';
CREATE INDEX articles_published_on ON sitrep.articles (published_on);

CREATE TABLE sitrep.sightings (
    article_id          text NOT NULL,
    sighting_id         text NOT NULL,
    uri                 text NOT NULL,
    key                 text NOT NULL,
    sha256              text NOT NULL,
    size                bigint NOT NULL,
    mtime               text,
    title               text,
    language            text,
    language_confidence double precision,
    encoding            text NOT NULL,
    encoding_confidence double precision NOT NULL,
    publisher           text,
    byline              text,
    credit              text,
    url                 text,
    published           text,
    published_on        date,
    published_from      text,
    recipe              integer NOT NULL,
    canary              boolean NOT NULL,
    warnings            text[] NOT NULL,
    sort_order          text COLLATE "C" NOT NULL,
    from_article        boolean NOT NULL,
    fields_id           text COLLATE "C" NOT NULL,
    PRIMARY KEY (article_id, sighting_id)
);
COMMENT ON COLUMN sitrep.sightings.from_article IS
    'True where it was only seen in an article message, whose fields may be merged from other sightings.';
CREATE INDEX sightings_key ON sitrep.sightings (md5(key));

CREATE TABLE sitrep.article_entities (
    article_id   text NOT NULL REFERENCES sitrep.articles,
    entity_id    text NOT NULL,
    name         text NOT NULL,
    label        text NOT NULL,
    category     text NOT NULL,
    wikidata     text,
    country      text,
    lat          double precision,
    lon          double precision,
    precision    text NOT NULL,
    extent_km    double precision,
    score        double precision NOT NULL,
    alternatives jsonb NOT NULL,
    PRIMARY KEY (article_id, entity_id)
);
CREATE INDEX article_entities_entity ON sitrep.article_entities (entity_id);

CREATE TABLE sitrep.mentions (
    article_id   text NOT NULL,
    entity_id    text NOT NULL,
    start_offset integer NOT NULL,
    end_offset   integer NOT NULL,
    text         text NOT NULL,
    label        text NOT NULL,
    PRIMARY KEY (article_id, start_offset, end_offset, entity_id),
    FOREIGN KEY (article_id, entity_id) REFERENCES sitrep.article_entities
);

CREATE TABLE sitrep.dates (
    article_id   text NOT NULL REFERENCES sitrep.articles,
    n            integer NOT NULL,
    start_offset integer NOT NULL,
    end_offset   integer NOT NULL,
    text         text NOT NULL,
    kind         text NOT NULL,
    value        text,
    earliest     date,
    latest       date,
    granularity  text,
    anchor       text NOT NULL,
    approximate  boolean NOT NULL,
    PRIMARY KEY (article_id, n)
);

CREATE TABLE sitrep.claims (
    claim_id          text PRIMARY KEY,
    article_id        text NOT NULL REFERENCES sitrep.articles,
    n                 integer NOT NULL,
    start_offset      integer NOT NULL,
    end_offset        integer NOT NULL,
    text              text NOT NULL,
    sentence_start    integer NOT NULL,
    sentence_end      integer NOT NULL,
    speaker_name      text,
    speaker_text      text,
    speaker_start     integer,
    speaker_end       integer,
    speaker_entity_id text,
    via               jsonb NOT NULL,
    cue_text          text,
    cue_start         integer,
    cue_end           integer,
    quote             text NOT NULL,
    type              text NOT NULL,
    polarity          text NOT NULL,
    background        boolean NOT NULL,
    confidence        double precision NOT NULL,
    places            text[] NOT NULL,
    actors            text[] NOT NULL,
    earliest          date,
    latest            date
);
CREATE INDEX claims_article ON sitrep.claims (article_id);

CREATE TABLE sitrep.quantities (
    claim_id     text NOT NULL REFERENCES sitrep.claims,
    n            integer NOT NULL,
    article_id   text NOT NULL,
    start_offset integer NOT NULL,
    end_offset   integer NOT NULL,
    text         text NOT NULL,
    min          double precision,
    max          double precision,
    unit         text NOT NULL,
    "of"         text,
    what         text NOT NULL,
    approximate  boolean NOT NULL,
    part_of      integer,
    PRIMARY KEY (claim_id, n)
);
CREATE INDEX quantities_article ON sitrep.quantities (article_id);

CREATE TABLE sitrep.rejections (
    rejection_id text PRIMARY KEY,
    code         text NOT NULL,
    sentence     text NOT NULL,
    stage        text NOT NULL,
    attempt      integer NOT NULL,
    at           text COLLATE "C" NOT NULL,
    article_id   text,
    uri          text,
    key          text NOT NULL,
    topic        text,
    "partition"  integer,
    "offset"     bigint,
    headers      jsonb NOT NULL,
    size         bigint,
    sha256       text,
    original     text
);
CREATE INDEX rejections_key ON sitrep.rejections (md5(key));

CREATE TABLE sitrep.retractions (
    article_id text PRIMARY KEY,
    retracted  boolean NOT NULL,
    reason     text NOT NULL,
    at         text NOT NULL,
    seq        bigint NOT NULL
);

CREATE TABLE sitrep.receipts (
    article_id text NOT NULL,
    sighting   text NOT NULL,
    version    integer,
    stored_at  timestamptz NOT NULL,
    rows       jsonb NOT NULL,
    PRIMARY KEY (article_id, sighting)
);
COMMENT ON COLUMN sitrep.receipts.sighting IS 'Empty for the article itself.';

CREATE VIEW sitrep.entities AS
SELECT entity_id,
       min(name) AS name,
       min(label) AS label,
       min(category) AS category,
       min(wikidata) AS wikidata,
       min(country) AS country,
       min(lat) AS lat,
       min(lon) AS lon,
       count(*) AS articles
FROM sitrep.article_entities
GROUP BY entity_id;

-- The writer may not delete; it may have the children of one article removed, to write them anew.
CREATE FUNCTION sitrep.delete_children(of_article text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = sitrep, pg_temp AS $$
    DELETE FROM sitrep.quantities WHERE article_id = of_article;
    DELETE FROM sitrep.claims WHERE article_id = of_article;
    DELETE FROM sitrep.dates WHERE article_id = of_article;
    DELETE FROM sitrep.mentions WHERE article_id = of_article;
    DELETE FROM sitrep.article_entities WHERE article_id = of_article;
$$;
REVOKE ALL ON FUNCTION sitrep.delete_children(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sitrep.delete_children(text) TO sitrep_writer;

GRANT SELECT ON ALL TABLES IN SCHEMA sitrep TO sitrep_reader;
GRANT SELECT, INSERT, UPDATE ON
    sitrep.articles, sitrep.sightings, sitrep.article_entities, sitrep.mentions, sitrep.dates, sitrep.claims,
    sitrep.quantities, sitrep.rejections, sitrep.retractions, sitrep.receipts
TO sitrep_writer;
