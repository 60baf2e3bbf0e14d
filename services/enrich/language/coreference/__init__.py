"""Coreference: which name a pronoun or a description stands for. Nothing is resolved here yet but in claims/speakers.py."""
