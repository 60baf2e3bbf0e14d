-- stage: makes the tables that a batch is copied into first, once a connection; they are empty after each transaction.
CREATE TEMP TABLE IF NOT EXISTS stage_articles (LIKE sitrep.articles) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_sightings (LIKE sitrep.sightings) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_rejections (LIKE sitrep.rejections) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_refusal_times (LIKE sitrep.refusal_times) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_retractions (LIKE sitrep.retractions) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS stage_receipts (LIKE sitrep.receipts) ON COMMIT DELETE ROWS;
