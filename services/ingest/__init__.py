"""Watched directory -> news.raw."""
