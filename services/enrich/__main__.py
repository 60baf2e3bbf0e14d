"""`python -m services.enrich`: an enrich worker as a process."""

import os

# Before Faust is imported: its compiled streams lack what `noack_take` needs.
os.environ["NO_CYTHON"] = "1"

from services.enrich.app import serve
from services.enrich.settings import EnrichSettings
from sitrep.runtime import process


def main() -> None:
    """Run until told to stop."""
    serve(process.settings_or_exit(EnrichSettings, "enrich"))


if __name__ == "__main__":
    main()
