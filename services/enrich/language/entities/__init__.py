"""Entities: what is a name (mentions.py), which names are one thing (groups.py), what it is (labels.py) and which one (places.py)."""
