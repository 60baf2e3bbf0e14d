"""The version of the enrichment, which orders two enrichments of one article. Without the model, for whoever only asks for it."""

from pathlib import Path

VERSION = int(Path(__file__).with_name("VERSION").read_text())
