"""A real HTTP server on 127.0.0.1 that serves pages, and misbehaves on request."""

import gzip
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

PAGE = (
    b"<!DOCTYPE html><html><head><meta charset=utf-8><title>Bridge closed</title>"
    b'<meta property="og:site_name" content="The Valley Post"><meta name="author" content="Ana Ruiz">'
    b'<meta property="article:published_time" content="2024-11-29T22:15:00+02:00"></head><body>'
    b"<nav><a href=/>Home</a></nav><article><h1>Bridge closed</h1><p>The army closed the bridge at Sake on Friday, "
    b"residents said, after shells hit a market and killed at least 12 people.</p><p>\xe2\x80\x9cNobody is crossing,\xe2\x80\x9d "
    b"said Marie Kavira, a trader who fled with her two children.</p></article></body></html>"
)
BOMB = gzip.compress(b"x" * (64 * 1024 * 1024), 9)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that have had enough."""


class Web:
    """The server; `hits` are the paths that were asked for, `robots` what it says in its robots.txt (None: 404)."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        self.robots: bytes | None = None
        self.stopping = threading.Event()
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.hits.append(self.path)
                web.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Keep requests out of the output."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:  # noqa: PLR0912 - one line for each way to misbehave
        """Answer one request as its path says."""
        path = request.path
        match path.split("/")[1:]:
            case ["robots.txt"]:
                self._send(request, 404 if self.robots is None else 200, self.robots or b"", "text/plain")
            case ["status", code]:
                self._send(request, int(code), b"no")
            case ["busy", after]:  # 429 the first time
                self._send(request, 200 if self.hits.count(path) > 1 else 429, PAGE, headers={"Retry-After": after})
            case ["loop"]:
                self._send(request, 302, b"", headers={"Location": "/loop"})
            case ["to", *where]:
                self._send(request, 302, b"", headers={"Location": "http://" + "/".join(where)})
            case ["scheme"]:
                self._send(request, 302, b"", headers={"Location": "file:///etc/passwd"})
            case ["bomb"]:
                self._send(request, 200, BOMB, headers={"Content-Encoding": "gzip"})
            case ["gzip"]:
                self._send(request, 200, gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
            case ["short"]:  # fewer bytes than it says
                self._send(request, 200, PAGE, length=len(PAGE) + 1000)
                request.close_connection = True
            case ["endless"]:
                self._start(request, 200, {"Transfer-Encoding": "chunked"})
                self._stream(request, b"10000\r\n" + b"x" * 65536 + b"\r\n", 0)
            case ["drip"]:
                self._start(request, 200, {"Transfer-Encoding": "chunked"})
                self._stream(request, b"1\r\nx\r\n", 0.05)
            case ["drip-head"]:
                request.wfile.write(b"HTTP/1.1 200 OK\r\n")
                self._stream(request, b"X-A: b\r\n", 0.05)
            case ["silent"]:
                self.stopping.wait(30)
            case ["garbage"]:
                request.wfile.write(b"\x00\x01\x02 this is not HTTP\r\n\r\n")
                request.close_connection = True
            case _:
                self._send(request, 200, PAGE)

    def _start(self, request: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()

    def _send(
        self,
        request: BaseHTTPRequestHandler,
        status: int,
        body: bytes,
        kind: str = "text/html",
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        size = str(len(body) if length is None else length)
        self._start(request, status, {"Content-Type": kind, "Content-Length": size, **(headers or {})})
        request.wfile.write(body)

    def _stream(self, request: BaseHTTPRequestHandler, block: bytes, every: float) -> None:
        """Send a block again and again until the other side has enough."""
        request.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while not self.stopping.wait(every):
                request.wfile.write(block)
                request.wfile.flush()
        except OSError:
            request.close_connection = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
