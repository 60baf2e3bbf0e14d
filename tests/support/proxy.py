"""A network that can fail: a TCP proxy before a server, whose connections can be refused, stalled, reset or cut at a word."""

import contextlib
import select
import socket
import struct
import threading
import time
from types import TracebackType
from typing import Self

from sitrep.embedded.ports import HOST

Pair = tuple[socket.socket, socket.socket]
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
        self._open: set[Pair] = set()
        self._doomed: set[Pair] = set()
        self._flowing = threading.Event()
        self._flowing.set()
        self._stranded: set[Pair] = set()
        self.delay = 0.0
        """Seconds that everything takes longer, in each direction."""
        self._refusing = False
        self._ended = False
        self._cut: tuple[bytes, bool, int] | None = None
        self._accepter = threading.Thread(target=self._accept, daemon=True)

    @property
    def connections(self) -> int:
        """Return how many connections there are now that are passed on."""
        with self._lock:
            return len(self._open - self._stranded - self._doomed)

    def refuse(self, refusing: bool = True) -> None:
        """Take no connection from now on (the server is down), and reset those that there are; or take them again."""
        self._refusing = refusing
        if refusing:
            self.reset()

    def reset(self) -> None:
        """End every connection with a TCP reset."""
        with self._lock:
            self.faults += len(self._open)
            self._doomed |= self._open

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
            self._stranded |= self._open

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
                self._open.add((client, server))
            threading.Thread(target=self._serve, args=((client, server),), daemon=True).start()

    def _serve(self, pair: Pair) -> None:
        """Pass on in both directions until both have ended, and close the connection then: nobody is reading it any more."""
        answers = threading.Thread(target=self._pass_on, args=(pair, 1), daemon=True)
        answers.start()
        self._pass_on(pair, 0)
        answers.join()
        with self._lock:
            doomed = pair in self._doomed
            for pairs in (self._open, self._stranded, self._doomed):
                pairs.discard(pair)
        if doomed:
            _reset(pair)
        for end in pair:
            end.close()

    def _pass_on(self, pair: Pair, direction: int) -> None:
        source, sink = pair[direction], pair[1 - direction]
        try:
            while not self._over(pair):
                if not select.select([source], [], [], POLL)[0]:
                    continue
                if pair in self._stranded:  # what comes stays where it is
                    time.sleep(POLL)
                    continue
                data = source.recv(CHUNK)
                if not data:
                    break
                if self.delay:
                    time.sleep(self.delay)  # the network is slow
                while not self._flowing.wait(POLL):
                    if self._over(pair):
                        return
                if direction == 0 and self._cuts(data, pair):
                    return
                sink.sendall(data)
        except OSError:
            pass
        if not self._over(pair):
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _over(self, pair: Pair) -> bool:
        return self._ended or pair in self._doomed

    def _cuts(self, data: bytes, pair: Pair) -> bool:
        if self._cut is None or self._cut[0] not in data:
            return False
        word, after, times = self._cut
        self._cut = (word, after, times - 1) if times > 1 else None
        if after:
            with self._lock:
                self._stranded.add(pair)  # the answer stays where it is
            pair[1].sendall(data)
            _wait_for_an_answer(pair[1])
        with self._lock:
            self.faults += 1
            self._doomed.add(pair)
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
    assert select.select([server], [], [], 10)[0], "the server does not answer"


def _reset(ends: tuple[socket.socket, ...]) -> None:
    """Close with a reset."""
    for end in ends:
        with contextlib.suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.close()
