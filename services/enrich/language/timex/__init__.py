"""Dates: which expressions say when or how long (grammar.py), and what they mean on a publish date (resolve.py)."""
