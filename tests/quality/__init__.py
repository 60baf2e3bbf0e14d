"""How good the enrichment is, on articles annotated by hand."""
