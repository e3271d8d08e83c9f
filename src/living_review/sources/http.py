"""Questions over HTTP: paced, retried, with every failure told apart.

Text of errors never holds a secret, and exceptions of the HTTP library, which hold whole
addresses, are never chained.
"""

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote, urlsplit

import requests
from urllib3.exceptions import HTTPError, InvalidHeader, ReadTimeoutError
from urllib3.util import Retry

from living_review.errors import SourceError, SourceRefused, SourceUnavailable
from living_review.sources.pacing import Pace

CONNECT_SECONDS, READ_SECONDS = 5, 20
# Time for a lost first packet to be sent again, no more: the review is whole without the source.
CONNECT_SECONDS_SECONDARY = 2
WHOLE_ANSWER_SECONDS = 120  # an answer that drips in for longer is given up

# How long one request may wait between its tries, in all (DESIGN 4.11).
PATIENCE = 20.0
PATIENCE_UNREACHABLE = 3.0  # with no network at all, waiting longer finds nothing
FIRST_PAUSE = 1.0

T = TypeVar("T")


class _Failure(Exception):
    """One try failed and another may succeed, after `at_least` so many seconds."""

    def __init__(self, text: str, unreachable: bool = False, at_least: float = 0.0) -> None:
        super().__init__(text)
        self.unreachable = unreachable
        self.at_least = at_least


class NotThere(SourceRefused):
    """The service has nothing at that address (HTTP 404)."""


@dataclass(frozen=True)
class Http:
    """How to reach one service, and what to tell the user when it fails.

    `name` is what readers call it. `if_unavailable` and `if_refused` say the way out. `secrets`
    never stand in an error. A `secondary` service is not waited for where it cannot be reached.
    `passing` is what a refusal says where another try may be served all the same.
    """

    base_url: str
    name: str
    pace: Pace
    if_unavailable: str
    if_refused: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    secondary: bool = False
    passing: re.Pattern[str] | None = None
    session: requests.Session = field(default_factory=requests.Session)

    def ask(
        self,
        path: str,
        parameters: Mapping[str, str],
        read: Callable[[bytes], T],
        by_post: bool = False,
    ) -> T:
        """Send one request and give what `read` makes of the whole body of the answer.

        Retried with growing, jittered pauses, as long as Retry-After asks, within PATIENCE; also
        where `read` raises SourceError, since a broken answer is mostly a broken transfer.
        Raises SourceUnavailable when patience runs out and SourceRefused at once.
        """
        waited, pause = 0.0, FIRST_PAUSE
        while True:
            try:
                return read(self._send(path, parameters, by_post))
            except SourceRefused:
                raise
            except SourceError as error:
                failure = _Failure(str(error))
            except _Failure as error:
                failure = error
            # Half to one and a half times the pause, so that many clients do not return at once.
            wait = max(failure.at_least, pause * random.uniform(0.5, 1.5))  # noqa: S311
            if waited + wait > self._patience(failure):
                break
            time.sleep(wait)
            waited, pause = waited + wait, pause * 2
        raise SourceUnavailable(
            f"{self.name} was not read, since {self._host()} {self.masked(str(failure))}; "
            f"{self.if_unavailable}"
        )

    def masked(self, text: str) -> str:
        """The text without secrets, as they are written and as an address writes them."""
        for secret in filter(None, self.secrets):
            text = text.replace(secret, "***").replace(quote(secret, safe=""), "***")
        return text

    def _patience(self, failure: _Failure) -> float:
        if not failure.unreachable:
            return PATIENCE
        return 0.0 if self.secondary else PATIENCE_UNREACHABLE

    def _send(self, path: str, parameters: Mapping[str, str], by_post: bool) -> bytes:
        """One try: the body of a good answer."""
        failure: _Failure
        with self.pace.slot():
            try:
                response = self._request(path, parameters, by_post)
                body = _whole_body(response)
            except (requests.exceptions.RequestException, HTTPError) as error:
                failure = _explained(error)
            else:
                return self._judged(response, body)
        # Raised out here so that the library's exception, with the address in it, is not chained.
        raise failure

    def _request(
        self, path: str, parameters: Mapping[str, str], by_post: bool
    ) -> requests.Response:
        return self.session.request(
            "POST" if by_post else "GET",
            f"{self.base_url}/{path}",
            params=None if by_post else parameters,
            data=parameters if by_post else None,
            timeout=(CONNECT_SECONDS_SECONDARY if self.secondary else CONNECT_SECONDS,
                     READ_SECONDS),
            stream=True,
            allow_redirects=False,  # a key is for the host it was given for
        )  # fmt: skip

    def _judged(self, response: requests.Response, body: bytes) -> bytes:
        """The body, unless the status says that the request failed."""
        # Masked before it is cut: half a key is no match for the whole one.
        text = self.masked(body.decode("utf-8", "replace"))
        status, said = response.status_code, _excerpt(text)
        is_passing = status >= 400 and self.passing is not None and self.passing.search(text)
        if status == 429 or status >= 500 or status == 408 or is_passing:
            rest = _retry_after(response)
            asks = f" and asks for {rest:.0f} s of rest" if rest else ""
            raise _Failure(f"answered with HTTP {status} ({said}){asks}", at_least=rest)
        if status >= 400:
            kind = NotThere if status == 404 else SourceRefused
            raise kind(
                f"{self._host()} refused the request with HTTP {status} ({said}); {self.if_refused}"
            )
        if status >= 300:
            raise _Failure(f"sends us elsewhere with HTTP {status}")
        return body

    def _host(self) -> str:
        return urlsplit(self.base_url).netloc.rpartition("@")[2]


def _whole_body(response: requests.Response) -> bytes:
    """The body; ReadTimeout where it drips in for too long, however short each wait is."""
    end = time.monotonic() + WHOLE_ANSWER_SECONDS
    chunks = []
    with response:
        # read1 hands over what is there; every other way waits until a whole chunk is.
        while chunk := response.raw.read1(1 << 16, decode_content=True):
            chunks.append(chunk)
            if time.monotonic() > end:
                raise requests.exceptions.ReadTimeout
    return b"".join(chunks)


def _explained(error: requests.exceptions.RequestException | HTTPError) -> _Failure:
    """The failure in words of our own; the library's hold the whole address."""
    text = str(error)
    if isinstance(error, requests.exceptions.Timeout | ReadTimeoutError):
        return _Failure("did not answer in time", unreachable=True)
    if "NameResolution" in text or "getaddrinfo" in text:
        return _Failure("cannot be found: its name has no address here", unreachable=True)
    if "refused" in text:
        return _Failure("cannot be reached: the connection is refused", unreachable=True)
    if "NewConnectionError" in text or isinstance(error, requests.exceptions.ProxyError):
        return _Failure("cannot be reached", unreachable=True)
    if isinstance(error, requests.exceptions.SSLError):
        return _Failure("cannot be trusted: its certificate is not valid", unreachable=True)
    return _Failure("broke the connection off")


def _retry_after(response: requests.Response) -> float:
    """Seconds that the server asks us to wait, given as such or as a date; 0 where it does not."""
    try:
        return float(Retry().parse_retry_after(response.headers.get("Retry-After", "0")))
    except InvalidHeader:
        return 0.0


def _excerpt(text: str) -> str:
    return " ".join(text[:300].split())[:120] or "no text"
