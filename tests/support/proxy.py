"""A network that can fail: a TCP proxy before a server, whose connections can be refused, stalled, reset or cut at a word."""

import contextlib
import socket
import struct
import threading
import time
from types import TracebackType
from typing import Self

from sitrep.embedded.ports import HOST

CHUNK = 65536
POLL = 0.05


class Proxy:
    """Listens on a free port of 127.0.0.1 and passes everything on, as long as nothing else is wanted.

    `faults` counts what was done to connections: a scenario in which nothing was done to any proves nothing.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server((HOST, 0))
        self._listener.settimeout(POLL)
        self.port: int = self._listener.getsockname()[1]
        self.faults = 0
        self._lock = threading.Lock()
        self._open: list[tuple[socket.socket, socket.socket]] = []
        self._flowing = threading.Event()
        self._flowing.set()
        self._stranded: set[socket.socket] = set()
        self.delay = 0.0
        """Seconds that everything takes longer, in each direction."""
        self._refusing = False
        self._ended = False
        self._cut: tuple[bytes, bool, int] | None = None
        self._accepter = threading.Thread(target=self._accept, daemon=True)

    def refuse(self, refusing: bool = True) -> None:
        """Take no connection from now on (the server is down), and reset those that there are; or take them again."""
        self._refusing = refusing
        if refusing:
            self.reset()

    def reset(self) -> None:
        """End every connection with a TCP reset."""
        with self._lock:
            for pair in self._open:
                self.faults += 1
                _reset(pair)
            self._open.clear()

    def stall(self) -> None:
        """Pass nothing on from now on; the connections stay open (half-open, for whoever waits)."""
        self.faults += 1
        self._flowing.clear()

    def flow(self) -> None:
        """Pass on what was held back, and everything from now on."""
        self._flowing.set()

    def strand(self) -> None:
        """Pass nothing on any more for those that are connected now, and say so to nobody (half-open); others are let through."""
        with self._lock:
            self.faults += len(self._open)
            self._stranded |= {end for pair in self._open for end in pair}

    def cut_at(self, word: bytes, *, after: bool, times: int) -> None:
        """End the connection when a client says `word`: before the server hears it, or after it did but cannot answer."""
        self._cut = (word, after, times)

    def _accept(self) -> None:
        while not self._ended:
            try:
                client, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            if self._refusing:
                self.faults += 1
                _reset((client,))
                continue
            try:
                server = socket.create_connection((HOST, self._target))
            except OSError:
                _reset((client,))
                continue
            with self._lock:
                self._open.append((client, server))
            for source, sink, from_client in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass_on, args=(source, sink, from_client), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, from_client: bool) -> None:
        try:
            while data := source.recv(CHUNK):
                if self.delay:
                    time.sleep(self.delay)  # the network is slow
                while not self._flowing.wait(POLL) or source in self._stranded:
                    if self._ended or source.fileno() < 0:
                        return
                    time.sleep(POLL if source in self._stranded else 0)
                if from_client and self._cuts(data, source, sink):
                    return
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _cuts(self, data: bytes, client: socket.socket, server: socket.socket) -> bool:
        if self._cut is None or self._cut[0] not in data:
            return False
        word, after, times = self._cut
        self._cut = (word, after, times - 1) if times > 1 else None
        self.faults += 1
        if after:
            server.sendall(data)
            _wait_for_an_answer(server)
        _reset((client, server))
        return True

    def __enter__(self) -> Self:
        self._accepter.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._ended = True
        self._flowing.set()
        self.reset()
        self._listener.close()
        self._accepter.join(5)


def _wait_for_an_answer(server: socket.socket) -> None:
    """Return when the server has done what it was told; its answer stays where it is."""
    server.settimeout(10)
    server.recv(1, socket.MSG_PEEK)


def _reset(pair: tuple[socket.socket, ...]) -> None:
    for end in pair:
        with contextlib.suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.close()
