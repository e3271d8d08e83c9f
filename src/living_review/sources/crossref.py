"""Crossref: which notices there are on the works the review rests on, asked in both directions.

A publisher states an update on its notice (`update-to`); Crossref turns it round onto the work it
is about (`updated-by`) and adds what Retraction Watch knows. Either may lack what the other has.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from living_review.parsing.doi import bare_doi
from living_review.parsing.payload import Payload
from living_review.protocol import Run, Search
from living_review.sources.contract import Found
from living_review.sources.crossref_notices import Notice, envelope, gather, was_known
from living_review.sources.crossref_replies import SELECT, Work, read_list, read_one
from living_review.sources.http import Http, NotThere
from living_review.sources.pacing import pace_of

BASE_URL = "https://api.crossref.org"
# Crossref's limits on lists of works since December 2025, for those who say who they are and for
# others: requests a second.
PER_SECOND_KNOWN, PER_SECOND = 3, 1
BATCH = 20  # DOIs a request: an address stays short, and the answer small
# The most that Crossref lists on a page; twenty works have no thousand notices, and an answer that
# is not whole is not believed.
LIST = f"works?rows=1000&select={SELECT}"


def open_crossref(
    search: Search, review: Path, run: Run, environ: Mapping[str, str], watched: Sequence[str] = ()
) -> "Crossref":
    """Open Crossref for the DOIs in `watched`; nothing is asked of the network yet.

    LIVING_REVIEW_CROSSREF_URL is where it is, NCBI_EMAIL who is asking; empty ones count as unset.
    """
    del search, review, run  # what is asked follows from the records alone
    base_url = (environ.get("LIVING_REVIEW_CROSSREF_URL") or BASE_URL).rstrip("/")
    email = environ.get("NCBI_EMAIL") or None
    http = Http(
        base_url,
        "Crossref",
        pace_of(base_url, PER_SECOND_KNOWN if email else PER_SECOND),
        "retractions that only Crossref knows of are not known today; it is asked again at the "
        "next update",
        "switch the search off in config.yaml until this program can ask again",
        secrets=(email,) if email else (),
        secondary=True,
    )
    # Crossref takes no POST; a header, unlike an address, stands in no proxy's log.
    http.session.headers["User-Agent"] = f"living-review{f' (mailto:{email})' if email else ''}"
    return Crossref(http, tuple(watched))


@dataclass(frozen=True)
class Crossref:
    """The notices on some works; what Crossref says is asked for once in the life of this."""

    http: Http
    watched: tuple[str, ...]
    remote: bool = True

    def find(self, as_of: date) -> Found:
        """Find every notice on a watched work that was known that day; undated ones were."""
        said = self._said
        ids = [
            key
            for key, notice in sorted(said.notices.items())
            if was_known(notice, said.works, as_of)
        ]
        return Found(tuple(ids), len(ids), said.translation, said.warnings)

    def find_revised(self, since: date, as_of: date) -> tuple[str, ...]:
        """Name all: a notice says nothing of when it was changed, and most are at hand."""
        del since
        return self.find(as_of).record_ids

    def fetch(self, record_ids: Sequence[str]) -> Iterator[Payload]:
        """Give each notice asked for, in that order; one that nobody states has a problem."""
        wanted = list(dict.fromkeys(record_ids))
        if not wanted:
            return
        said = self._said
        stated = [said.notices[key] for key in wanted if key in said.notices]
        missing = {notice.doi for notice in stated if notice.doi} - set(said.works)
        works = said.works | self._works("doi", sorted(missing))
        for key in wanted:
            if key in said.notices:
                yield Payload(key, "crossref_json", envelope(said.notices[key], works))
            else:
                problem = "Crossref states no such notice on the works of this review"
                yield Payload(key, "crossref_json", b"", problem=problem)

    @cached_property
    def _said(self) -> "_Said":
        """All that Crossref states of the watched works, in both directions."""
        dois = {doi for each in self.watched if (doi := bare_doi(each))}
        known, updating = self._works("doi", sorted(dois)), self._works("updates", sorted(dois))
        works = known | updating
        unknown = dois - set(known)
        unasked = (set(known) - dois) | {
            doi for doi, work in updating.items() if not gather(work.updates, dois)
        }
        return _Said(
            gather((update for work in works.values() for update in work.updates), dois),
            works,
            f"notices on {len(dois)} DOIs"
            + (f"; {len(unknown)} unknown to Crossref" if unknown else ""),
            tuple(self._warnings(dois, unasked)),
        )

    def _warnings(self, dois: set[str], unasked: set[str]) -> Iterator[str]:
        for each in sorted({each for each in self.watched if not bare_doi(each)}):
            yield f"Crossref was not asked for notices on {each!r}, which is no DOI"
        for doi in sorted(doi for doi in dois if not _fits_a_list(doi)):
            yield (
                f"Crossref cannot be asked which notices name {doi}, since its filters break off "
                "at a comma; only those that its entry on that work names are known"
            )
        for doi in sorted(unasked):
            yield f"Crossref sent {doi}, which has to do with none of the works asked about"

    def _works(self, asked: str, dois: Sequence[str]) -> dict[str, Work]:
        """The works with these DOIs (`doi`), or those that state updates of them (`updates`)."""
        listed = [doi for doi in dois if _fits_a_list(doi)]
        works: dict[str, Work] = {}
        for start in range(0, len(listed), BATCH):
            filters = ",".join(f"{asked}:{doi}" for doi in listed[start : start + BATCH])
            listed_works = self.http.ask(LIST, {"filter": filters}, read_list)
            works |= {work.doi: work for work in listed_works}
        for doi in dois:
            if asked == "doi" and not _fits_a_list(doi):
                works |= self._work(doi)
        return works

    def _work(self, doi: str) -> dict[str, Work]:
        """The one work with that DOI, whatever stands in the DOI; nothing for an unknown one."""
        try:
            work = self.http.ask(f"works/{quote(doi, safe='')}", {}, read_one)
        except NotThere:
            return {}
        return {work.doi: work}


@dataclass(frozen=True, slots=True)
class _Said:
    """What Crossref said: notices by their keys, and every work that came, by its DOI."""

    notices: Mapping[str, Notice]
    works: dict[str, Work]
    translation: str
    warnings: tuple[str, ...]


def _fits_a_list(doi: str) -> bool:
    """Whether a filter can hold it: a comma there parts one filter from the next."""
    return "," not in doi
