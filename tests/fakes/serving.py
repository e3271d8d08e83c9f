"""What every stand-in server is: a server on 127.0.0.1 for as long as a test is in it."""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Answering(BaseHTTPRequestHandler):
    """Answers with a status, a body and its length, and says nothing of it."""

    protocol_version = "HTTP/1.1"
    # Or each answer waits 40 ms for the client's word that it has its head.
    disable_nagle_algorithm = True

    def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep the tests' output for the tests."""


class Served:
    """A server of its own port; `stopping` ends the waits of faults early."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], path: str) -> None:
        self.stopping = threading.Event()
        self._path = path
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{self._path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
