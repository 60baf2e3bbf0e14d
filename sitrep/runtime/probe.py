"""`python -m sitrep.runtime.probe PORT`: ask a service on this machine whether its work goes on; for health checks of containers.

It runs every few seconds in every container, so it imports next to nothing.
"""

import socket
import sys

SECONDS = 4
LIMIT = 65_536


def main() -> int:
    """Print what the service says of itself; return 0 where it is well."""
    try:
        with socket.create_connection(("127.0.0.1", int(sys.argv[1])), SECONDS) as connection:
            connection.sendall(b"GET /health HTTP/1.0\r\n\r\n")
            answer = b""
            while len(answer) < LIMIT and (part := connection.recv(LIMIT)):
                answer += part
    except (OSError, ValueError, IndexError) as problem:
        sys.stdout.write(f"{problem}\n")
        return 1
    head, _, body = answer.partition(b"\r\n\r\n")
    sys.stdout.write(body.decode("utf-8", "replace") + "\n")
    return 0 if head.split()[1:2] == [b"200"] else 1


if __name__ == "__main__":
    sys.exit(main())
