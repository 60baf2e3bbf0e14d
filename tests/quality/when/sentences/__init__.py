"""Sentences with expressions of time, and when they are; written by readers who did not know the rules."""
