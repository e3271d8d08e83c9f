"""The E-utilities over HTTP: paced, retried, with every failure told apart.

Text of errors never holds the API key, and exceptions of the HTTP library, which hold whole
addresses, are never chained.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote, urlsplit

import requests
from urllib3.exceptions import HTTPError, InvalidHeader, ReadTimeoutError
from urllib3.util import Retry

from living_review.errors import SourceError, SourceRefused, SourceUnavailable
from living_review.sources.entrez_replies import refuse_failures
from living_review.sources.pacing import pace_of

BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
TOOL = "living-review"
# NCBI's published limits: requests a second without and with an API key.
PER_SECOND, PER_SECOND_WITH_KEY = 3, 10
CONNECT_SECONDS, READ_SECONDS = 5, 20
WHOLE_ANSWER_SECONDS = 120  # an answer that drips in for longer is given up
LONGEST_GET = 1000  # characters of parameters; more goes by POST

# How long one request may wait between its tries, in all (DESIGN 4.11).
PATIENCE = 20.0
PATIENCE_UNREACHABLE = 3.0  # with no network at all, waiting longer finds nothing
FIRST_PAUSE = 1.0

T = TypeVar("T")
Parameters = Mapping[str, str]


class _Failure(Exception):
    """One try failed and another may succeed, after `at_least` so many seconds."""

    def __init__(self, text: str, unreachable: bool = False, at_least: float = 0.0) -> None:
        super().__init__(text)
        self.unreachable = unreachable
        self.at_least = at_least


@dataclass(frozen=True)
class Entrez:
    """How to reach the E-utilities: base URL, and who is asking."""

    base_url: str = BASE_URL
    email: str | None = None
    api_key: str | None = None
    session: requests.Session = field(default_factory=requests.Session)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Entrez":
        """Read LIVING_REVIEW_ENTREZ_URL, NCBI_EMAIL and NCBI_API_KEY; empty ones count as unset."""
        return cls(
            (environ.get("LIVING_REVIEW_ENTREZ_URL") or BASE_URL).rstrip("/"),
            environ.get("NCBI_EMAIL") or None,
            environ.get("NCBI_API_KEY") or None,
        )

    def ask(self, utility: str, parameters: Parameters, read: Callable[[bytes], T]) -> T:
        """Send one request and give what `read` makes of the answer.

        Retried with growing, jittered pauses, as long as Retry-After asks, within PATIENCE; also
        where `read` raises SourceError, since a broken answer is mostly a broken transfer.
        Raises SourceUnavailable when patience runs out and SourceRefused at once.
        """
        waited, pause = 0.0, FIRST_PAUSE
        while True:
            try:
                return read(self._send(utility, parameters))
            except SourceRefused:
                raise
            except SourceError as error:
                failure = _Failure(str(error))
            except _Failure as error:
                failure = error
            # Half to one and a half times the pause, so that many clients do not return at once.
            wait = max(failure.at_least, pause * random.uniform(0.5, 1.5))  # noqa: S311
            if waited + wait > (PATIENCE_UNREACHABLE if failure.unreachable else PATIENCE):
                break
            time.sleep(wait)
            waited, pause = waited + wait, pause * 2
        raise SourceUnavailable(
            f"PubMed was not read, since {self._host()} {self._masked(str(failure))}; "
            "run again later, or try `make demo`, which needs no network"
        )

    def _send(self, utility: str, parameters: Parameters) -> bytes:
        """One try: the body of a good answer."""
        failure: _Failure
        with pace_of(self.base_url, PER_SECOND_WITH_KEY if self.api_key else PER_SECOND).slot():
            try:
                response = self._request(utility, parameters)
                body = _whole_body(response)
            except (requests.exceptions.RequestException, HTTPError) as error:
                failure = _explained(error)
            else:
                return self._judged(response, body)
        # Raised out here so that the library's exception, with the address in it, is not chained.
        raise failure

    def _request(self, utility: str, parameters: Parameters) -> requests.Response:
        asked = {"tool": TOOL, **parameters}
        asked |= {"email": self.email} if self.email else {}
        asked |= {"api_key": self.api_key} if self.api_key else {}
        url = f"{self.base_url}/{utility}.fcgi"
        timeout = (CONNECT_SECONDS, READ_SECONDS)
        # A key goes by POST: in an address it would stand in the logs of every proxy.
        if self.api_key or sum(map(len, asked.values())) > LONGEST_GET:
            return self.session.post(url, data=asked, timeout=timeout, stream=True)
        return self.session.get(url, params=asked, timeout=timeout, stream=True)

    def _judged(self, response: requests.Response, body: bytes) -> bytes:
        """The body, unless the status or the text says that the request failed."""
        status, said = response.status_code, _excerpt(body)
        if status == 429 or status >= 500 or status == 408:
            rest = _retry_after(response)
            asks = f" and asks for {rest:.0f} s of rest" if rest else ""
            raise _Failure(f"answered with HTTP {status} ({said}){asks}", at_least=rest)
        if status >= 400:
            raise SourceRefused(
                f"{self._host()} refused the request with HTTP {status} ({self._masked(said)}); "
                "correct the search in config.yaml, or NCBI_API_KEY if it names the key"
            )
        refuse_failures(body, self._masked)
        return body

    def _host(self) -> str:
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    def _masked(self, text: str) -> str:
        for secret in filter(None, (self.api_key, quote(self.api_key or "", safe=""))):
            text = text.replace(secret, "***")
        return text


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


def _excerpt(body: bytes) -> str:
    return " ".join(body[:300].decode("utf-8", "replace").split())[:120] or "no text"
