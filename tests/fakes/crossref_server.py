"""A stand-in for Crossref's REST API on 127.0.0.1, as strict as it is with filters and selects.

    with FakeCrossref(works) as fake:
        os.environ["LIVING_REVIEW_CROSSREF_URL"] = fake.url
        fake.fail(faults.status(503))                    the next request

It knows `works` and `works/<DOI>`. What it refuses, and in which words, is as others have met it:
https://github.com/poemswe/co-researcher/pull/23 for a comma in a DOI, for one.
"""

import json
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.entrez_faults import Fault
from tests.fakes.serving import Answering, Served

Work = Mapping[str, Any]

MOST_ROWS, USUAL_ROWS = 1000, 20
LONGEST_ADDRESS = 4_000
PARAMETERS = ("filter", "rows", "select", "mailto", "offset", "cursor", "sort", "order")
# Some of the many; the two that take a DOI, and those that say whether there is one.
FILTERS = ("doi", "updates", "is-update", "has-update", "update-type", "type")
# As Crossref itself lists them in the answer to a select that it does not know.
SELECTS = (
    "abstract, URL, resource, member, posted, score, created, degree, update-policy, short-title, "
    "license, ISSN, container-title, issued, update-to, issue, prefix, approved, indexed, "
    "article-number, clinical-trial-number, accepted, author, group-title, DOI, "
    "is-referenced-by-count, updated-by, event, chair, standards-body, original-title, funder, "
    "translator, published, archive, published-print, alternative-id, subject, subtitle, "
    "published-online, publisher-location, content-domain, reference, title, link, type, "
    "publisher, volume, references-count, ISBN, issn-type, assertion, deposited, page, "
    "contributor, content-created, short-container-title, relation, editor"
)


@dataclass(frozen=True)
class Request:
    """One request as it came in; `at` is time.monotonic(), `path` is decoded."""

    at: float
    path: str
    parameters: dict[str, str]
    agent: str


class FakeCrossref(Served):
    """The stand-in server; `works` may be changed while it runs."""

    def __init__(self, works: Iterable[Work] = ()) -> None:
        self.works = list(works)
        self.requests: list[Request] = []
        self._faults: deque[Fault] = deque()
        super().__init__(_handler(self), "")

    def fail(self, *faults: Fault) -> None:
        """Answer the next requests with these faults, one each, before serving again."""
        self._faults.extend(faults)

    def next_fault(self) -> Fault | None:
        return self._faults.popleft() if self._faults else None

    def answer(self, path: str, asked: Mapping[str, str]) -> tuple[int, bytes]:
        if path == "/works":
            return self._list(asked)
        if not path.startswith("/works/"):
            return 404, b"Resource not found."
        if "select" in asked:
            return _refused("parameter-not-allowed", "select", "This route does not support select")
        doi = path.removeprefix("/works/").lower()
        found = [work for work in self.works if work["DOI"].lower() == doi]
        return _well("work", found[0]) if found else (404, b"Resource not found.")

    def _list(self, asked: Mapping[str, str]) -> tuple[int, bytes]:
        for name in asked:
            if name not in PARAMETERS:
                return _refused("parameter-not-allowed", name, f"Parameter {name} specified but "
                                "there is no such parameter available on this route")  # fmt: skip
        rows = asked.get("rows", str(USUAL_ROWS))
        if not rows.isdecimal() or int(rows) > MOST_ROWS:
            return _refused("integer-not-valid", rows, f"Integer specified as {rows} but must be a "
                            f"positive integer less than or equal to {MOST_ROWS}")  # fmt: skip
        selects = asked["select"].split(",") if "select" in asked else None
        for name in selects or ():
            if name not in SELECTS.split(", "):
                return _refused("select-not-available", name, f"Select '{name}' specified but "
                                "there is no such select for this route. Valid selects for this "
                                f"route are: {SELECTS}")  # fmt: skip
        filters: dict[str, list[str]] = defaultdict(list)
        for part in asked["filter"].split(",") if "filter" in asked else ():
            name, colon, value = part.partition(":")
            # What stands behind the comma of a DOI is taken for a filter, too.
            if not colon or name not in FILTERS:
                return _refused("filter-not-available", name, f"Filter {name} specified but "
                                "there is no such filter for this route. Valid filters for this "
                                f"route are: {', '.join(FILTERS)}")  # fmt: skip
            filters[name].append(value.lower())
        # Filters of one name are alternatives, those of different names all hold.
        found = [
            work
            for work in self.works
            if all(any(_matches(work, n, v) for v in values) for n, values in filters.items())
        ]
        items = [_selected(work, selects) for work in found[: int(rows)]]
        return _well("work-list", {
            "facets": {}, "total-results": len(found), "items": items,
            "items-per-page": int(rows), "query": {"start-index": 0, "search-terms": None},
        })  # fmt: skip


def _matches(work: Work, name: str, value: str) -> bool:
    stated = work.get("update-to", [])
    match name:
        case "doi":
            return bool(work["DOI"].lower() == value)
        case "updates":
            return any(update["DOI"].lower() == value for update in stated)
        case "is-update":
            return bool(stated) == (value in ("1", "t", "true"))
        case "has-update":
            return ("updated-by" in work) == (value in ("1", "t", "true"))
        case "update-type":
            return any(update["type"].lower() == value for update in stated)
        case _:
            return bool(work.get(name) == value)


def _selected(work: Work, selects: list[str] | None) -> Work:
    """The fields asked for; what a work does not have is left out, as Crossref does."""
    return work if selects is None else {k: v for k, v in work.items() if k in selects}


def _well(kind: str, message: Any) -> tuple[int, bytes]:
    answer = {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}
    return 200, json.dumps(answer).encode()


def _refused(kind: str, value: str, said: str) -> tuple[int, bytes]:
    answer = {
        "status": "failed", "message-type": "validation-failure",
        "message": [{"type": kind, "value": value, "message": said}],
    }  # fmt: skip
    return 400, json.dumps(answer).encode()


def _handler(fake: FakeCrossref) -> type[BaseHTTPRequestHandler]:
    class Handler(Answering, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked, path = dict(parse_qsl(address.query)), unquote(address.path)
            agent = self.headers.get("User-Agent", "")
            fake.requests.append(Request(time.monotonic(), path, asked, agent))
            too_long = len(self.path) > LONGEST_ADDRESS
            status, body = (414, b"") if too_long else fake.answer(path, asked)
            fault = fake.next_fault()
            if fault is None:
                self.send(status, body)
            else:
                fault(self, body, fake.stopping)

    return Handler
