"""Dates: which expressions of a language say when or how long (grammar.py), and what they mean on a day (resolve.py).

The language stands in data/timex/<code>: its words, its shapes with digits, its patterns. The code knows none.
"""
