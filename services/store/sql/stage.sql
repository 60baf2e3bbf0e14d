-- stage: makes the tables that a batch is copied into first, once a connection; they are empty after each transaction.
CREATE TEMP TABLE IF NOT EXISTS stage_articles (LIKE sitrep.articles INCLUDING DEFAULTS) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_sightings (LIKE sitrep.sightings INCLUDING DEFAULTS) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_rejections (LIKE sitrep.rejections INCLUDING DEFAULTS) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_refusal_times (LIKE sitrep.refusal_times INCLUDING DEFAULTS) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_retractions (LIKE sitrep.retractions INCLUDING DEFAULTS) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_receipts (LIKE sitrep.receipts INCLUDING DEFAULTS) ON COMMIT DELETE ROWS;
