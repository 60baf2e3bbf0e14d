"""`python -m sitrep.runtime.probe PORT`: ask a service on this machine whether its work goes on; for health checks of containers."""

import sys
import urllib.error
import urllib.request

SECONDS = 4


def main() -> int:
    """Print what the service says of itself; return 0 where it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{int(sys.argv[1])}/health", timeout=SECONDS) as answer:
            said, code = answer.read().decode(), 0
    except urllib.error.HTTPError as problem:
        said, code = problem.read().decode(), 1
    except (OSError, ValueError, IndexError) as problem:
        said, code = str(problem), 1
    sys.stdout.write(said + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
