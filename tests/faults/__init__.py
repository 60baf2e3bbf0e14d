"""Faults, row by row: what is done to the system, under which load, and what must hold afterwards."""
