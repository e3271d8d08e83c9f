"""PubMed through the E-utilities: the whole set of a search's ids, and records in batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from living_review.errors import SourceRefused, SourceUnavailable
from living_review.parsing import pubmed_xml
from living_review.parsing.payload import Payload
from living_review.protocol import Run, Search
from living_review.sources.contract import Found
from living_review.sources.entrez import Entrez
from living_review.sources.entrez_replies import SearchReply, read_search

# Since April 2022 PubMed lists no more than the first 9,999 records of a search, by any route.
MOST_LISTED = 9_999
# Older than every record; all searches have both ends so that slices add up to the whole.
FIRST_DAY = date(1700, 1, 1)
# Records revised after the as-of date were revised since, too: PubMed keeps only the last date.
LAST_DAY = "3000"


def open_pubmed(search: Search, review: Path, run: Run, environ: Mapping[str, str]) -> "PubMed":
    """Open PubMed for one search; nothing is asked of the network yet."""
    del review  # a query is relative to nothing
    return PubMed(search.query or "", run, Entrez.from_environ(environ))


@dataclass(frozen=True)
class PubMed:
    """One query to PubMed."""

    query: str
    run: Run
    entrez: Entrez

    def find(self, as_of: date) -> Found:
        """Find every record of the query created in PubMed up to that day.

        The whole set every time, since EDAT and relevance order make "new since" unsafe.
        Raises SourceRefused above `run.max_hits`.
        """
        pmids, whole, warnings = self._find_all(as_of, {})
        return Found(_record_ids(pmids), whole.count, whole.translation, warnings)

    def find_revised(self, since: date, as_of: date) -> tuple[str, ...]:
        """Find those that PubMed has revised since: a retraction keeps its old create date."""
        revised = {"datetype": "mdat", "mindate": f"{since:%Y/%m/%d}", "maxdate": LAST_DAY}
        return _record_ids(self._find_all(as_of, revised)[0])

    def fetch(self, record_ids: Sequence[str]) -> Iterator[Payload]:
        """Give each record asked for, in that order; one that PubMed did not send has a problem."""
        pmids = [each.removeprefix("pmid:") for each in record_ids if each.startswith("pmid:")]
        for start in range(0, len(pmids), self.run.batch_size):
            yield from self._fetch_batch(pmids[start : start + self.run.batch_size])
        for each in record_ids:
            if not each.startswith("pmid:"):
                yield Payload(
                    each, "pubmed_xml", b"", problem="PubMed has no records of such a key"
                )

    def _find_all(
        self, as_of: date, limits: Mapping[str, str]
    ) -> tuple[set[str], SearchReply, tuple[str, ...]]:
        whole = self._search(FIRST_DAY, as_of, limits)
        if whole.count > self.run.max_hits:
            raise SourceRefused(
                f"the search finds {whole.count:,} records, more than run.max_hits "
                f"({self.run.max_hits:,}); narrow the query or raise run.max_hits in config.yaml"
            )
        slices = list(self._slices(whole, FIRST_DAY, as_of, limits))
        counted = sum(each.count for each in slices)
        if counted < whole.count:
            raise SourceUnavailable(
                f"PubMed counted {whole.count:,} records, and {counted:,} slice by slice: it "
                "changed while it was searched; run again"
            )
        pmids = {pmid for each in slices for pmid in each.pmids}
        warnings = whole.warnings
        if len(pmids) < counted:
            short = f"PubMed counted {counted:,} records and listed {len(pmids):,}"
            warnings = (*warnings, f"{short}; the others cannot be had today")
        return pmids, whole, warnings

    def _slices(
        self, reply: SearchReply, first: date, last: date, limits: Mapping[str, str]
    ) -> Iterator[SearchReply]:
        """The reply itself, or those of its halves by create date until each can be listed."""
        if reply.count <= MOST_LISTED:
            yield reply
            return
        if first == last:
            raise SourceRefused(
                f"the search finds {reply.count:,} records created on {first}, and PubMed lists "
                f"{MOST_LISTED:,} at most; narrow the query in config.yaml"
            )
        middle = first + (last - first) // 2
        for low, high in ((first, middle), (middle + timedelta(days=1), last)):
            yield from self._slices(self._search(low, high, limits), low, high, limits)

    def _search(self, first: date, last: date, limits: Mapping[str, str]) -> SearchReply:
        created = f'"{first:%Y/%m/%d}"[crdt] : "{last:%Y/%m/%d}"[crdt]'
        asked = {
            "db": "pubmed",
            "term": f"({self.query}) AND ({created})",
            "retmax": str(MOST_LISTED),
            "retmode": "xml",
            **limits,
        }
        return self.entrez.ask("esearch", asked, read_search)

    def _fetch_batch(self, pmids: Sequence[str]) -> Iterator[Payload]:
        asked = {"db": "pubmed", "id": ",".join(pmids), "rettype": "xml", "retmode": "xml"}
        received = self.entrez.ask("efetch", asked, _read_articles)
        by_id: dict[str | None, Payload] = {}
        for payload in received:
            before = by_id.setdefault(payload.record_id, payload)
            if payload.version > before.version:
                by_id[payload.record_id] = payload
        wanted = [f"pmid:{pmid}" for pmid in pmids]
        others = sorted(each for each in by_id if each is not None and each not in wanted)
        instead = f"; it sent {', '.join(others)}, which was not asked for" if others else ""
        for record_id in wanted:
            missing = Payload(
                record_id, "pubmed_xml", b"", problem=f"PubMed did not send it{instead}"
            )
            yield by_id.get(record_id, missing)
        yield from (payload for payload in received if payload.record_id is None)


def _read_articles(body: bytes) -> tuple[Payload, ...]:
    """The answer whole: a truncated one raises SourceError and is asked for again."""
    return tuple(pubmed_xml.split(BytesIO(body)))


def _record_ids(pmids: set[str]) -> tuple[str, ...]:
    return tuple(sorted(f"pmid:{pmid}" for pmid in pmids))
