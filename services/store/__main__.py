"""`python -m services.store`: the store as a process."""

from services.store.app import serve
from services.store.settings import StoreSettings
from sitrep.runtime import process


def main() -> None:
    """Run until told to stop."""
    settings = process.settings_or_exit(StoreSettings, "store")
    process.run(lambda stop: serve(settings, stop))


if __name__ == "__main__":
    main()
