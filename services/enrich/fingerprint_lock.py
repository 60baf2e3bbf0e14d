"""Records what the present version is made of: `python -m services.enrich.fingerprint_lock` after VERSION was raised.

A test compares the record with what is there. Code, data or model that changed without a new VERSION would give
another result under the same number, and the store could not tell the older from the newer.
"""

import sys

from services.enrich.language.pipeline import HERE, Pipeline
from services.enrich.language.version import VERSION
from services.enrich.settings import EnrichSettings

RECORD = HERE / "fingerprint.lock"


def present() -> str:
    """Return version and fingerprint of what is there, as they are recorded."""
    model = EnrichSettings.model_fields["model"].default
    return f"{VERSION} {Pipeline(model).fingerprint}\n"


def main() -> int:
    """Record what is there; refuse where the version is recorded with another fingerprint. Return the exit code."""
    here, recorded = present(), RECORD.read_text() if RECORD.exists() else ""
    version = recorded.partition(" ")[0]
    if here != recorded and version == str(VERSION):
        sys.stderr.write(f"The enrichment has changed, and VERSION is still {VERSION}: raise it, then run this again.\n")
        return 1
    RECORD.write_text(here)
    return 0


if __name__ == "__main__":
    sys.exit(main())
