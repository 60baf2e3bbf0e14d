"""news.enriched and news.rejected -> Postgres; news.receipts."""
