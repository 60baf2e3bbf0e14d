"""What enrich knows of the world: entries.py reads the data files, lexicon.py finds their names in a text, gazetteer.py knows places."""
