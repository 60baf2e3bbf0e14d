"""Expressions of time in sentences, and whether they are read right."""
