"""A stand-in for NCBI's E-utilities on 127.0.0.1 that serves any PubMed XML.

    with FakeEntrez(Path("two_trials.xml")) as fake:
        os.environ["LIVING_REVIEW_ENTREZ_URL"] = fake.url

It knows esearch, epost, efetch and einfo, their limits and their ways to fail (`fake.fail`).
Every record matches every query unless `matches` says otherwise; date limits are always kept.
"""

import gzip
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from living_review.errors import UnreadableRecord
from living_review.parsing import pubmed_xml
from tests.fakes.entrez_faults import Fault

DTD = "https://eutils.ncbi.nlm.nih.gov/eutils/dtd"
SEARCH_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC '
    f'"-//NLM//DTD esearch 20060628//EN" "{DTD}/20060628/esearch.dtd">\n'
)
POST_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE ePostResult PUBLIC '
    f'"-//NLM//DTD epost 20090526//EN" "{DTD}/20090526/epost.dtd">\n'
)
INFO_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eInfoResult PUBLIC '
    f'"-//NLM//DTD einfo 20190110//EN" "{DTD}/20190110/einfo.dtd">\n'
)
SET_HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC '
    '"-//NLM//DTD PubMedArticle, 1st January 2026//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_260101.dtd">\n'
)
MOST_LISTED = 9_999
LONGEST_ADDRESS = 4_000
RANGE = re.compile(
    r'"?(?P<low>[\d/]+)"?\[(?P<field>crdt|edat|mdat|lr)\]\s*:\s*"?(?P<high>[\d/]+)"?\[(?P=field)\]'
)
REVISED = ("mdat", "lr")


@dataclass(frozen=True)
class Entry:
    """One record as the stand-in keeps it."""

    pmid: int
    body: bytes
    created: date | None = None
    revised: date | None = None


@dataclass(frozen=True)
class Request:
    """One request as it came in; `at` is time.monotonic()."""

    at: float
    method: str
    utility: str
    parameters: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes


def entries_of(source: Path | bytes) -> list[Entry]:
    """Every readable record of a PubMed XML file, gzipped or not, or of its bytes."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    entries = []
    for payload in pubmed_xml.split(BytesIO(data)):
        try:
            record = pubmed_xml.parse(payload.body)
        except UnreadableRecord:
            continue
        created = record.available_on
        revised = record.revised.last_day() if record.revised else created
        entries.append(Entry(int(record.pmid or 0), payload.body, created, revised))
    return entries


def every_record(term: str, entry: Entry) -> bool:
    """Match whatever is asked."""
    return True


class FakeEntrez:
    """The stand-in server. `lost` PMIDs are found by searches and never sent."""

    def __init__(
        self,
        *sources: Path | bytes | Iterable[Entry],
        matches: Callable[[str, Entry], bool] = every_record,
        lost: Iterable[int] = (),
    ) -> None:
        self.entries: dict[int, Entry] = {}
        for source in sources:
            self.add(source)
        self.matches = matches
        self.lost = set(lost)
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self._faults: deque[Fault] = deque()
        self._history: dict[str, list[int]] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    def add(self, source: Path | bytes | Iterable[Entry]) -> None:
        """Put records in; a PMID that is there already is replaced."""
        new = entries_of(source) if isinstance(source, Path | bytes) else source
        self.entries |= {entry.pmid: entry for entry in new}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/entrez/eutils"

    def fail(self, *faults: Fault) -> None:
        """Answer the next requests with these faults, one each, before serving again."""
        self._faults.extend(faults)

    def asked(self, utility: str) -> list[Request]:
        """The requests to one utility so far."""
        return [request for request in self.requests if request.utility == utility]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def next_fault(self) -> Fault | None:
        with self._lock:
            return self._faults.popleft() if self._faults else None

    def answer(self, utility: str, asked: Mapping[str, str]) -> Answer:
        if utility != "einfo" and asked.get("db") != "pubmed":
            return _said(f"<ERROR>Invalid db name specified: {asked.get('db')}</ERROR>")
        serve = {
            "esearch": self._search,
            "epost": self._post,
            "efetch": self._fetch,
            "einfo": self._info,
        }.get(utility)
        return serve(asked) if serve else Answer(404, b"Not Found")

    def _search(self, asked: Mapping[str, str]) -> Answer:
        term = asked.get("term", "")
        if not term.strip():
            return _said("<ERROR>Empty term and query_key - nothing todo</ERROR>", "eSearchResult")
        start, size = int(asked.get("retstart", 0)), min(int(asked.get("retmax", 20)), 10_000)
        if start > MOST_LISTED - 1:
            return _said(
                "<ERROR>Search Backend failed: Exception:\n'retstart' cannot be larger than 9998."
                "</ERROR>",
                "eSearchResult",
            )
        pmids = sorted(self._hits(asked), reverse=True)
        listed = pmids[:MOST_LISTED][start : start + size]
        history = self._remember(pmids) if asked.get("usehistory") == "y" else ""
        ids = "\n".join(f"<Id>{pmid}</Id>" for pmid in listed)
        clamped = start + size > MOST_LISTED < len(pmids)
        warned = "<OutputMessage>Restrictions achieved</OutputMessage>" if clamped else ""
        warned += "" if pmids else "<OutputMessage>No items found.</OutputMessage>"
        return _answer(
            f"{SEARCH_HEAD}<eSearchResult><Count>{len(pmids)}</Count><RetMax>{len(listed)}</RetMax>"
            f"<RetStart>{start}</RetStart>{history}<IdList>\n{ids}\n</IdList><TranslationSet/>"
            f"<QueryTranslation>{escape(term)}</QueryTranslation>"
            + (f"<WarningList>{warned}</WarningList>" if warned else "")
            + "</eSearchResult>"
        )

    def _hits(self, asked: Mapping[str, str]) -> Iterator[int]:
        limits = [match.groupdict() for match in RANGE.finditer(asked["term"])]
        if asked.get("datetype") and asked.get("mindate") and asked.get("maxdate"):
            low, high = asked["mindate"], asked["maxdate"]
            limits.append({"field": asked["datetype"], "low": low, "high": high})
        term = RANGE.sub("", asked["term"])
        for entry in self.entries.values():
            if self.matches(term, entry) and all(_is_within(entry, **each) for each in limits):
                yield entry.pmid

    def _post(self, asked: Mapping[str, str]) -> Answer:
        pmids = _pmids(asked.get("id", ""))
        if not pmids:
            return _said("<ERROR>Empty ID list; Nothing to store</ERROR>", "ePostResult")
        return _answer(f"{POST_HEAD}<ePostResult>{self._remember(pmids)}</ePostResult>")

    def _fetch(self, asked: Mapping[str, str]) -> Answer:
        start, size = int(asked.get("retstart", 0)), int(asked.get("retmax", 10_000))
        if start > MOST_LISTED - 1:
            return Answer(400, b'{"error": "retstart cannot be larger than 9998"}')
        if "WebEnv" in asked:
            pmids = self._history.get(asked["WebEnv"], [])[:MOST_LISTED][start : start + size]
        else:
            pmids = _pmids(asked.get("id", ""))
        if not pmids:
            return Answer(400, b'{"error": "ID list is empty! Possibly it has no correct IDs."}')
        have = [self.entries[p].body for p in pmids if p in self.entries and p not in self.lost]
        body = SET_HEAD.encode() + b"<PubmedArticleSet>" + b"\n".join(have) + b"</PubmedArticleSet>"
        return Answer(200, body)

    def _info(self, asked: Mapping[str, str]) -> Answer:
        del asked
        return _answer(
            f"{INFO_HEAD}<eInfoResult><DbInfo><DbName>pubmed</DbName><MenuName>PubMed</MenuName>"
            f"<Count>{len(self.entries)}</Count></DbInfo></eInfoResult>"
        )

    def _remember(self, pmids: list[int]) -> str:
        name = f"MCID_{len(self._history) + 1:024x}"
        self._history[name] = pmids
        return f"<QueryKey>1</QueryKey><WebEnv>{name}</WebEnv>"


def _handler(fake: FakeEntrez) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

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
            asked = dict(parse_qsl(query))
            fake.requests.append(Request(time.monotonic(), self.command, utility, asked))
            answer = fake.answer(utility, asked)
            fault = fake.next_fault()
            if fault is None:
                self.send(answer.status, answer.body)
            else:
                fault(self, answer.body, fake.stopping)

        def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Keep the tests' output for the tests."""

    return Handler


def _answer(text: str) -> Answer:
    return Answer(200, text.encode())


def _said(error: str, root: str = "eFetchResult") -> Answer:
    return _answer(f"{SEARCH_HEAD}<{root}>{error}</{root}>")


def _pmids(text: str) -> list[int]:
    return [int(each) for each in text.split(",") if each.strip().isdecimal()]


def _is_within(entry: Entry, field: str, low: str, high: str) -> bool:
    """Whether an entry is between two dates; one without a date is in every range."""
    day = entry.revised if field in REVISED else entry.created
    # A limit may stop at the year or the month: the same number of letters is compared.
    said = "" if day is None else day.isoformat().replace("-", "/")
    return day is None or (said[: len(low)] >= low and said[: len(high)] <= high)
