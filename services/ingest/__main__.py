"""`python -m services.ingest`: ingest as a process."""

from services.ingest.app import serve
from services.ingest.settings import IngestSettings
from sitrep.runtime import process


def main() -> None:
    """Run until told to stop."""
    settings = process.settings_or_exit(IngestSettings, "ingest")
    process.run(lambda stop: serve(settings, stop))


if __name__ == "__main__":
    main()
