"""A service's limit on requests, kept strictly and by all threads together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from queue import Queue

WINDOW = 1.0  # seconds
# A request counts as made when its answer is there, which is the latest moment at which the
# server can have seen it. The margin is for clocks that tick differently.
MARGIN = 0.02


class Pace:
    """At most `per_window` requests in any `window` seconds, as the server sees them."""

    def __init__(self, per_window: int, window: float = WINDOW) -> None:
        self._window = window
        self._free_at: Queue[float] = Queue()
        for _ in range(per_window):
            self._free_at.put(0.0)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Wait for a slot; it is free again one window after the request in it has ended."""
        free_at = self._free_at.get()
        try:
            time.sleep(max(0.0, free_at - time.monotonic()))
            yield
        finally:
            self._free_at.put(time.monotonic() + self._window + MARGIN)


@cache
def pace_of(
    base_url: str,  # noqa: ARG001 - the key of the cache
    per_window: int,
    window: float = WINDOW,
) -> Pace:
    """Give the pace of a server: one for the whole process, since servers count by address."""
    return Pace(per_window, window)
