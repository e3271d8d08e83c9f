"""A stand-in for NCBI's E-utilities on 127.0.0.1 that serves any PubMed XML.

    with FakeEntrez(Path("two_trials.xml")) as fake:
        os.environ["LIVING_REVIEW_ENTREZ_URL"] = fake.url

It knows esearch, epost, efetch and einfo with their limits, and fails in every way NCBI does:

    fake.fail(faults.status(500))                             the next request, whatever it asks
    fake.fail(faults.reset(), of="esearch", after=2)          the third esearch from now on
    fake.fail(faults.hang(), of="efetch", lasting=True)       every efetch, until fake.heal()
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.entrez_entries import Entry, Source
from tests.fakes.entrez_faults import Fault
from tests.fakes.entrez_utilities import Utilities, every_record
from tests.fakes.serving import Answering, Served

__all__ = ["Entry", "FakeEntrez", "Request", "busiest_second"]

LONGEST_ADDRESS = 4_000
PER_SECOND, PER_SECOND_WITH_KEY = 3, 10


@dataclass(frozen=True)
class Request:
    """One request as it came in; `at` is time.monotonic()."""

    at: float
    method: str
    utility: str
    parameters: dict[str, str]


Which = str | Callable[[Request], bool]


@dataclass
class _Failing:
    """A fault, the requests it is meant for, and how many of them it lets pass before."""

    fault: Fault
    of: Which | None
    let_pass: int
    lasting: bool

    def meets(self, request: Request) -> bool:
        return self.of in (None, request.utility) or (callable(self.of) and self.of(request))


class FakeEntrez(Utilities, Served):
    """The stand-in server. A `paced` one refuses more requests a second than NCBI allows."""

    def __init__(
        self,
        *sources: Source,
        matches: Callable[[str, Entry], bool] = every_record,
        lost: Iterable[int] = (),
        paced: bool = False,
    ) -> None:
        Utilities.__init__(self, matches, lost)
        for source in sources:
            self.add(source)
        self.paced = paced
        self.requests: list[Request] = []
        self._failing: list[_Failing] = []
        self._lock = threading.Lock()
        Served.__init__(self, _handler(self), "/entrez/eutils")

    def fail(
        self, *faults: Fault, of: Which | None = None, after: int = 0, lasting: bool = False
    ) -> None:
        """Answer the next requests with these faults, one each, before serving again.

        `of` names a utility, or says of a request whether it is meant; `after` so many of them
        are served well. A `lasting` fault meets every such request until `heal`.
        """
        self._failing += [_Failing(fault, of, after, lasting) for fault in faults]

    @property
    def is_failing(self) -> bool:
        """Whether there are faults that are still to meet a request."""
        return bool(self._failing)

    def heal(self) -> None:
        """Forget every fault."""
        self._failing.clear()

    def asked(self, utility: str) -> list[Request]:
        """The requests to one utility so far."""
        return [request for request in self.requests if request.utility == utility]

    def hear(self, request: Request) -> bool:
        """Note a request; whether it may be served at this pace."""
        with self._lock:
            self.requests.append(request)
            if not self.paced:
                return True
            limit = PER_SECOND_WITH_KEY if "api_key" in request.parameters else PER_SECOND
            return sum(request.at - each.at < 1 for each in self.requests[-limit - 1 :]) <= limit

    def next_fault(self, request: Request) -> Fault | None:
        """The fault that meets a request, if one does."""
        with self._lock:
            for failing in self._failing:
                if not failing.meets(request):
                    continue
                if failing.let_pass:
                    failing.let_pass -= 1
                    continue
                if not failing.lasting:
                    self._failing.remove(failing)
                return failing.fault
            return None


def busiest_second(requests: Iterable[Request]) -> int:
    """The highest number of requests in any one second, as the server saw them."""
    times = sorted(request.at for request in requests)
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def _handler(fake: FakeEntrez) -> type[BaseHTTPRequestHandler]:
    class Handler(Answering, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if len(self.path) > LONGEST_ADDRESS:
                self.send(414, b"Request-URI Too Long")
            else:
                self._serve(address.path, address.query)

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            address = urlsplit(self.path)
            self._serve(address.path, f"{address.query}&{self.rfile.read(size).decode()}")

        def _serve(self, path: str, query: str) -> None:
            utility = path.rpartition("/")[2].removesuffix(".fcgi")
            request = Request(time.monotonic(), self.command, utility, dict(parse_qsl(query)))
            if not fake.hear(request):
                body = b'{"error":"API rate limit exceeded","count":"%d","limit":"%d"}'
                limit = PER_SECOND_WITH_KEY if "api_key" in request.parameters else PER_SECOND
                self.send(429, body % (limit + 1, limit), {"Retry-After": "1"})
                return
            answer = fake.answer(utility, request.parameters)
            fault = fake.next_fault(request)
            if fault is None:
                self.send(answer.status, answer.body)
            else:
                fault(self, answer.body, fake.stopping)

        def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
            said = {"Content-Type": "text/xml; charset=UTF-8", **(headers or {})}
            super().send(status, body, said)

    return Handler
