"""Ways in which NCBI fails, for `FakeEntrez.fail`: each answers one request badly."""

import socket
import struct
import threading
from typing import Any, Protocol


class Fault(Protocol):
    """Answers through `handler` in place of the `good` body; `stopping` ends a wait early."""

    def __call__(self, handler: Any, good: bytes, stopping: threading.Event) -> None: ...


def status(code: int, retry_after: str | None = None, body: bytes = b"") -> Fault:
    """An HTTP error, with or without the time to come back."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}

    def fault(handler: Any, good: bytes, stopping: threading.Event) -> None:
        handler.send(code, body or b'{"error":"something is wrong"}', headers)

    return fault


def says(body: bytes) -> Fault:
    """HTTP 200 with something else than an answer: a web page, an <ERROR>, nothing at all."""

    def fault(handler: Any, good: bytes, stopping: threading.Event) -> None:
        handler.send(200, body)

    return fault


def error_in_200(text: str) -> Fault:
    """An <ERROR> in a reply that looks well."""
    return says(f"<eSearchResult><ERROR>{text}</ERROR></eSearchResult>".encode())


def hang(seconds: float = 60) -> Fault:
    """No answer for a long time."""

    def fault(handler: Any, good: bytes, stopping: threading.Event) -> None:
        stopping.wait(seconds)
        handler.close_connection = True

    return fault


def reset() -> Fault:
    """The connection torn down without a word."""

    def fault(handler: Any, good: bytes, stopping: threading.Event) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        handler.connection.close()

    return fault


def truncated(with_length: bool = True) -> Fault:
    """Half of the answer; `with_length` lets HTTP notice, else only a reader of it can."""

    def fault(handler: Any, good: bytes, stopping: threading.Event) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        if with_length:
            handler.send_header("Content-Length", str(len(good)))
        handler.end_headers()
        handler.wfile.write(good[: len(good) // 2])
        handler.close_connection = True

    return fault


def drips(seconds_between: float = 0.05) -> Fault:
    """An answer that never ends, a byte at a time."""

    def fault(handler: Any, good: bytes, stopping: threading.Event) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while not stopping.wait(seconds_between):
            try:
                handler.wfile.write(b" ")
            except OSError:
                break
        handler.close_connection = True

    return fault
