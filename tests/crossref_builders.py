"""Works as Crossref lists them, and Crossref opened on a stand-in that serves them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from living_review.model import Record
from living_review.parsing import crossref as parsing
from living_review.protocol import Run, Schedules, Search
from living_review.sources import Source, open_source
from tests.fakes.crossref_server import FakeCrossref

SAMPLE = Path(__file__).parent / "samples" / "crossref" / "works.json"
RUN = Run(schedules=Schedules(update="0 3 * * *", recheck_included="0 15 * * *"))
EMAIL = "review@example.org"


def sample_works() -> list[dict[str, Any]]:
    """The made-up works of tests/samples/crossref."""
    works: list[dict[str, Any]] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return works


def update(doi: str, kind: str = "retraction", on: str = "2020-01-01", **more: Any) -> Any:
    """One entry of `update-to` or `updated-by`."""
    parts = [[int(part) for part in on.split("-")]]
    stated = {"DOI": doi, "type": kind, "label": kind.replace("_", " ").capitalize()}
    return stated | {"source": "publisher", "updated": {"date-parts": parts}} | more


def work(doi: str, *, to: Iterable[Any] = (), by: Iterable[Any] = (), **more: Any) -> Any:
    """One work, with what it updates and what updates it."""
    found = {"DOI": doi, "title": [f"The work {doi}"], "type": "journal-article", **more}
    found |= {"update-to": list(to)} if to else {}
    return found | ({"updated-by": list(by)} if by else {})


def opened(fake: FakeCrossref, *watched: str, email: str = EMAIL) -> Source:
    """The source that asks the stand-in about these DOIs."""
    environ = {"LIVING_REVIEW_CROSSREF_URL": fake.url, "NCBI_EMAIL": email}
    return open_source(Search(source="crossref"), Path(), RUN, environ, watched)


def read(source: Source, *record_ids: str) -> dict[str, Record]:
    """The records of these notices, by their ids."""
    payloads = source.fetch(record_ids)
    return {payload.record_id or "": parsing.parse(payload.body) for payload in payloads}
