"""news.raw -> news.enriched, by Faust workers with a pool of language processes."""
