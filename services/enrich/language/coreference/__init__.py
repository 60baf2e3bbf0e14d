"""Coreference: which name or description a pronoun or a definite description stands for."""
