-- What questions are asked by: words (full text), time (daterange) and place (a point of lon and lat), each with its index.

-- A tsvector has 1 MB at most, and a text of 512 KiB can make more of it (compounds of rare letters): then its beginning counts.
CREATE FUNCTION sitrep.searchable(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('english'::regconfig, CASE WHEN octet_length(words) <= 262144 THEN words ELSE left(words, 60000) END);
COMMENT ON FUNCTION sitrep.searchable IS 'What full-text search finds in a text: all of it, or the first 60,000 characters of one over 256 KiB.';

ALTER TABLE sitrep.articles ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(sitrep.searchable(left(coalesce(title, ''), 1000)), 'A') || sitrep.searchable(text)
) STORED;
ALTER TABLE sitrep.claims
    ADD COLUMN search tsvector GENERATED ALWAYS AS (
        setweight(sitrep.searchable(left(coalesce(speaker_name, ''), 1000)), 'B') || sitrep.searchable(text)
    ) STORED,
    ADD COLUMN happened daterange GENERATED ALWAYS AS (
        CASE WHEN earliest IS NOT NULL OR latest IS NOT NULL THEN daterange(earliest, latest, '[]') END
    ) STORED;
CREATE INDEX articles_search ON sitrep.articles USING gin (search);
CREATE INDEX claims_search ON sitrep.claims USING gin (search);
CREATE INDEX claims_happened ON sitrep.claims USING gist (happened);

-- Names are indexed by their first 300 characters: what is longer would be more than a B-tree takes.
CREATE INDEX claims_speaker ON sitrep.claims (left(speaker_name, 300), article_id);
CREATE INDEX article_entities_name ON sitrep.article_entities (left(name, 300), article_id);
CREATE INDEX article_entities_point ON sitrep.article_entities USING gist (point(lon, lat)) WHERE lat IS NOT NULL;
CREATE INDEX claims_control ON sitrep.claims (article_id) WHERE type = 'control';
CREATE INDEX quantities_casualties ON sitrep.quantities (article_id, claim_id)
    WHERE unit = 'person' AND what IN ('killed', 'injured', 'missing');
CREATE INDEX articles_undated ON sitrep.articles (article_id) WHERE published_on IS NULL;
CREATE INDEX receipts_stored_at ON sitrep.receipts (stored_at) WHERE sighting = '';

COMMENT ON COLUMN sitrep.claims.happened IS 'When what is claimed happened: earliest to latest; an end that is not known is open.';

CREATE FUNCTION sitrep.km(lat double precision, lon double precision, of_lat double precision, of_lon double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 12742.0176 * asin(least(1, sqrt(
    sind((of_lat - lat) / 2) ^ 2 + cosd(lat) * cosd(of_lat) * sind((of_lon - lon) / 2) ^ 2)));
COMMENT ON FUNCTION sitrep.km IS 'Great-circle distance of two places in kilometres (haversine, mean radius 6,371.0088 km).';

CREATE FUNCTION sitrep.in_box(
    lat double precision, lon double precision,
    south double precision, west double precision, north double precision, east double precision
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN point(lon, lat) <@ box(point(west, south), point(CASE WHEN west <= east THEN east ELSE 180 END, north))
    OR (west > east AND point(lon, lat) <@ box(point(-180, south), point(east, north)));
COMMENT ON FUNCTION sitrep.in_box IS 'Whether a place is in a box; one whose west is greater than its east crosses the 180th meridian.';

CREATE FUNCTION sitrep.degrees_of_longitude(of_lat double precision, km double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(of_lat) + km / 111 >= 89 THEN 180 ELSE km / (111 * cosd(abs(of_lat) + km / 111)) END;
COMMENT ON FUNCTION sitrep.degrees_of_longitude IS 'Half the width of a box around a circle on the earth; all of it near a pole.';

CREATE FUNCTION sitrep.within_km(
    lat double precision, lon double precision, of_lat double precision, of_lon double precision, km double precision
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- The boxes are for the index: as wide as the circle, and the same once more on the other side of the 180th meridian.
RETURN (
        point(lon, lat) <@ box(
            point(of_lon - sitrep.degrees_of_longitude(of_lat, km), of_lat - km / 111),
            point(of_lon + sitrep.degrees_of_longitude(of_lat, km), of_lat + km / 111))
        OR point(lon, lat) <@ box(
            point(of_lon - sign(of_lon) * 360 - sitrep.degrees_of_longitude(of_lat, km), of_lat - km / 111),
            point(of_lon - sign(of_lon) * 360 + sitrep.degrees_of_longitude(of_lat, km), of_lat + km / 111))
    ) AND sitrep.km(lat, lon, of_lat, of_lon) <= km;
COMMENT ON FUNCTION sitrep.within_km IS 'Whether a place is within some kilometres of another.';
