"""Claims: who says it (attribution.py), what the article itself states (narrator.py), how many (quantities.py), what kind (classify.py)."""
