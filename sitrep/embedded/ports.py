"""Ports on 127.0.0.1: the ones of the last run where they are free, others where they are not."""

import socket

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Return whether `port` can be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def answers(port: int) -> bool:
    """Return whether somebody listens on `port`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0


def choose(names: list[str], last: dict[str, int]) -> dict[str, int]:
    """Return a free port for each name: that of `last` where it is free, else one that the kernel gives."""
    chosen: dict[str, int] = {}
    held = []
    try:
        for name in names:
            wanted = last.get(name, 0)
            port = wanted if wanted and wanted not in chosen.values() and is_free(wanted) else 0
            if not port:
                holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                held.append(holder)
                holder.bind((HOST, 0))
                port = holder.getsockname()[1]
            chosen[name] = port
    finally:
        for holder in held:
            holder.close()
    return chosen
