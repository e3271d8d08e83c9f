"""A stand-in for ClinicalTrials.gov's API, version 2, on 127.0.0.1: GET /studies and no more.

    with FakeRegister([study(1, "A trial", posted="2016-03-01")]) as fake:
        environ = {"LIVING_REVIEW_CLINICALTRIALS_URL": fake.url}
        fake.fail(faults.status(500))                 the next request

It keeps to the documented parameters: unknown ones, unknown fields, ids that are none and page
tokens that it did not give for the same question are answered with 400 and a sentence. Every study
matches every query; date ranges are kept, and a study without the date is in none.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.entrez_faults import Fault
from tests.fakes.serving import Answering, Served

PARAMETERS = {
    "query.term", "filter.advanced", "filter.ids", "fields", "pageSize", "pageToken", "countTotal",
}  # fmt: skip
FOR_THE_PAGE = {"pageSize", "pageToken", "countTotal"}
MODULES = {
    f"{name}Module": f"{name[0].lower()}{name[1:]}Module"
    for name in (
        "Identification", "Status", "SponsorCollaborators", "Description", "Conditions", "Design",
        "ArmsInterventions", "Outcomes", "Eligibility", "References", "ContactsLocations",
    )
}  # fmt: skip
FIELDS = {"NCTId", "HasResults", *MODULES}
DATES = {
    "StudyFirstPostDate": "studyFirstPostDateStruct",
    "LastUpdatePostDate": "lastUpdatePostDateStruct",
}
DAY = r"\d{4}-\d{2}-\d{2}"
RANGE = re.compile(rf"AREA\[(\w+)\]RANGE\[(MIN|{DAY}),\s*(MAX|{DAY})\]")
ONLY_NUMBERS = re.compile(r"(?:NCT\d{8}[,\s]*)+")
LONGEST_ADDRESS = 8_000
LARGEST_PAGE = 1_000

Study = dict[str, Any]


class Refused(Exception):
    """400, with what is wrong."""


class FakeRegister(Served):
    """The stand-in server. Studies in `lost` are counted and never sent.

    `largest_page` is the most studies a page has, whatever is asked.
    """

    def __init__(self, studies: Iterable[Study] = (), largest_page: int = LARGEST_PAGE) -> None:
        self.studies = list(studies)
        self.largest_page = largest_page
        self.lost: set[str] = set()
        self.requests: list[dict[str, str]] = []
        self._faults: deque[Fault | None] = deque()
        self._tokens: dict[str, tuple[dict[str, str], int]] = {}
        super().__init__(_handler(self), "/api/v2")

    def fail(self, *faults: Fault, after: int = 0) -> None:
        """Answer requests with these faults, one each, once `after` of them were served well."""
        self._faults.extend([*[None] * after, *faults])

    def next_fault(self) -> Fault | None:
        return self._faults.popleft() if self._faults else None

    def page(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """One page of what is asked for."""
        for name in asked:
            if name not in PARAMETERS:
                raise Refused(f"`{name}` is unknown parameter")
        found = [each for each in self.studies if _is_asked_for(each, asked)]
        question = {name: asked[name] for name in asked if name not in FOR_THE_PAGE}
        start = self._start(question, asked.get("pageToken"))
        end = start + min(_page_size(asked), self.largest_page)
        page: dict[str, Any] = {
            "studies": [
                _projected(each, asked.get("fields"))
                for each in found[start:end]
                if number_of(each) not in self.lost
            ]
        }
        if asked.get("countTotal") == "true" and start == 0:
            page["totalCount"] = len(found)
        if end < len(found):
            page["nextPageToken"] = token = f"token{len(self._tokens)}"
            self._tokens[token] = (question, end)
        return page

    def _start(self, question: dict[str, str], token: str | None) -> int:
        if token is None:
            return 0
        asked, start = self._tokens.get(token, ({}, 0))
        if asked != question or not start:
            raise Refused("`pageToken` is not of this request")
        return start


def number_of(study: Study) -> str:
    return str(study["protocolSection"]["identificationModule"]["nctId"])


def _page_size(asked: Mapping[str, str]) -> int:
    size = asked.get("pageSize", "0")
    if not size.isdecimal():
        raise Refused("`pageSize` is no number")
    return min(int(size) or 10, LARGEST_PAGE)


def _is_asked_for(study: Study, asked: Mapping[str, str]) -> bool:
    ids = [each for each in re.split(r"[,|]", asked.get("filter.ids", "")) if each]
    ranges = _ranges(asked.get("filter.advanced", ""))
    if bad := [each for each in ids if not re.fullmatch(r"NCT\d{8}", each)]:
        raise Refused(f"`filter.ids` has an invalid id {bad[0]}")
    if ONLY_NUMBERS.fullmatch(asked.get("query.term", "")):
        return number_of(study) in asked["query.term"]  # filters are ignored, as documented
    named = study["protocolSection"]["identificationModule"]
    numbers = {named["nctId"], *named.get("nctIdAliases", ())}
    dates = study["protocolSection"].get("statusModule", {})
    return (not ids or bool(numbers & set(ids))) and all(
        low <= dates.get(field, {}).get("date", "") <= high for field, low, high in ranges
    )


def _ranges(expression: str) -> list[tuple[str, str, str]]:
    found = RANGE.findall(expression)
    if RANGE.sub("", expression).replace(" AND ", "") or any(f not in DATES for f, _, _ in found):
        raise Refused("`filter.advanced` cannot be parsed")
    # "0" comes after the empty text of a missing date and before every date.
    return [(DATES[f], low.replace("MIN", "0"), high.replace("MAX", "9")) for f, low, high in found]


def _projected(study: Study, fields: str | None) -> Study:
    wanted = set(re.split(r"[,|]", fields)) if fields else FIELDS
    if unknown := sorted(wanted - FIELDS):
        raise Refused(f"`fields` has an unknown field {unknown[0]}")
    section = study["protocolSection"]
    kept = {MODULES[name] for name in wanted if name in MODULES}
    sent: Study = {"protocolSection": {name: section[name] for name in section if name in kept}}
    if "NCTId" in wanted and "IdentificationModule" not in wanted:
        sent["protocolSection"]["identificationModule"] = {"nctId": number_of(study)}
    if "HasResults" in wanted:
        sent["hasResults"] = study.get("hasResults", False)
    return sent


def _handler(fake: FakeRegister) -> type[BaseHTTPRequestHandler]:
    class Handler(Answering, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = dict(parse_qsl(address.query))
            fake.requests.append(asked)
            status, body = self._answer(address.path, asked)
            fault = fake.next_fault()
            if fault is None:
                self.send(status, body)
            else:
                fault(self, body, fake.stopping)

        def _answer(self, path: str, asked: Mapping[str, str]) -> tuple[int, bytes]:
            if path != "/api/v2/studies":
                return 404, b"Not Found"
            if len(self.path) > LONGEST_ADDRESS:
                return 414, b"Request-URI Too Long"
            try:
                return 200, json.dumps(fake.page(asked)).encode()
            except Refused as error:
                return 400, str(error).encode()

    return Handler
