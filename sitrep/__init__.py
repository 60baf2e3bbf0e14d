"""Sitrep: news reports on a conflict, from a watched directory to claims in Postgres."""
