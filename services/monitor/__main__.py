"""`python -m services.monitor`: the monitor as a process."""

from services.monitor.app import serve
from services.monitor.settings import MonitorSettings
from sitrep.runtime import process


def main() -> None:
    """Run until told to stop."""
    settings = process.settings_or_exit(MonitorSettings, "monitor")
    process.run(lambda stop: serve(settings, stop))


if __name__ == "__main__":
    main()
