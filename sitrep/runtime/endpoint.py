"""/metrics and /health on one small HTTP server in a thread of its own."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import choose_encoder

from sitrep.runtime.health import Health

MISSING = (404, "text/plain", b"There is /metrics and /health, and in some services a POST to /resume.\n")


class Endpoint:
    """Serves a registry and a health state until closed. Raises OSError where the port is taken.

    A POST to /resume calls `resume`, where there is one, and answers whether that changed anything.
    """

    def __init__(
        self, host: str, port: int, registry: CollectorRegistry, health: Health, resume: Callable[[], bool] | None = None
    ) -> None:
        self._server = ThreadingHTTPServer((host, port), _handler(registry, health, resume))
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        well = Gauge("sitrep_healthy", "1 while the service gets on with its work, or has none.", registry=registry)
        well.set_function(lambda: float(health.read()[0] == "ok"))
        registry.register(health.attempts)
        self._thread = threading.Thread(target=self._server.serve_forever, name="endpoint", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def _handler(registry: CollectorRegistry, health: Health, resume: Callable[[], bool] | None) -> type[BaseHTTPRequestHandler]:
    def metrics(accept: str) -> tuple[int, str, bytes]:
        encode, content_type = choose_encoder(accept)
        return 200, content_type, encode(registry)

    def healthy(_accept: str) -> tuple[int, str, bytes]:
        state, detail = health.read()
        body = json.dumps({"status": state, "detail": detail}).encode()
        return (200 if state == "ok" else 503), "application/json", body

    routes: dict[str, Callable[[str], tuple[int, str, bytes]]] = {"/metrics": metrics, "/health": healthy}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = routes.get(self.path.partition("?")[0])
            self._answer(*(answer(self.headers.get("Accept", "")) if answer else MISSING))

        def do_POST(self) -> None:
            if resume is None or self.path != "/resume":
                self._answer(*MISSING)
                return
            self._answer(200, "application/json", json.dumps({"resumed": resume()}).encode())

        def _answer(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep requests out of the log."""

    return Handler
