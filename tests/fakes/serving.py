"""What every stand-in server is: a server on 127.0.0.1 for as long as a test is in it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


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
