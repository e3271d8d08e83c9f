"""PubMed through the E-utilities: the whole set of a search's ids, and records in batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from living_review.sources.pubmed_batch import complete_batch

# Since April 2022 PubMed lists no more than the first 9,999 records of a search, by any route.
MOST_LISTED = 9_999
# Older than every record; all searches have both ends so that slices add up to the whole.
FIRST_DAY = date(1700, 1, 1)
# Hardly a record is older: where a search is cut in two, what is before counts as one day.
FIRST_BUSY_DAY = date(1945, 1, 1)
# PubMed's remark where it lists fewer than it counts, which is why a search is sliced.
CLAMPED = "Restrictions achieved"
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
    remote: bool = True

    def find(self, as_of: date) -> Found:
        """Find every record of the query created in PubMed up to that day.

        The whole set every time, since EDAT and relevance order make "new since" unsafe.
        Raises SourceRefused above `run.max_hits`.
        """
        found = self._find_all(as_of, {})
        # No hit at all is more often a search that broke than a review without literature.
        return found if found.count else self._find_all(as_of, {})

    def find_revised(self, since: date, as_of: date) -> tuple[str, ...]:
        """Find those that PubMed has revised since: a retraction keeps its old create date.

        Where PubMed counts more of them than it lists, or none without a word, every record may be
        one.
        """
        revised = {"datetype": "mdat", "mindate": f"{since:%Y/%m/%d}", "maxdate": LAST_DAY}
        found = self._find_all(as_of, revised)
        is_whole = len(found.record_ids) == found.count
        # PubMed says "No items found." where it finds none; a zero without a word is no answer.
        if not is_whole or not (found.count or found.warnings):
            found = self._find_all(as_of, {})
        return found.record_ids

    def fetch(self, record_ids: Sequence[str]) -> Iterator[Payload]:
        """Give each record asked for, in that order; one that PubMed did not send has a problem."""
        pmids = [each.removeprefix("pmid:") for each in record_ids if each.startswith("pmid:")]
        for start in range(0, len(pmids), self.run.batch_size):
            yield from complete_batch(pmids[start : start + self.run.batch_size], self._fetch)
        for each in record_ids:
            if not each.startswith("pmid:"):
                yield Payload(
                    each, "pubmed_xml", b"", problem="PubMed has no records of such a key"
                )

    def _find_all(self, as_of: date, limits: Mapping[str, str]) -> Found:
        whole = self._search(FIRST_DAY, as_of, limits)
        if whole.count > self.run.max_hits:
            raise SourceRefused(
                f"the search finds {whole.count:,} records, more than run.max_hits "
                f"({self.run.max_hits:,}); narrow the query or raise run.max_hits in config.yaml"
            )
        slices = list(self._slices(whole, as_of, limits))
        counted = sum(each.count for each in slices)
        listed = [pmid for each in slices for pmid in set(each.pmids)]
        pmids = set(listed)
        # No two days have a record in common.
        if (counted != whole.count and len(slices) > 1) or len(pmids) < len(listed):
            raise SourceUnavailable(
                f"PubMed counted {whole.count:,} records, and {counted:,} slice by slice with "
                f"{len(listed) - len(pmids):,} in two of them: it changed while it was searched; "
                "run again"
            )
        warnings = tuple(dict.fromkeys(text for each in slices for text in each.warnings))
        if len(pmids) < counted:
            short = f"PubMed counted {counted:,} records and listed {len(pmids):,}"
            warnings = (*warnings, f"{short}; the others cannot be had today")
        record_ids = tuple(sorted(f"pmid:{pmid}" for pmid in pmids))
        return Found(record_ids, counted, whole.translation, warnings)

    def _slices(
        self, whole: SearchReply, as_of: date, limits: Mapping[str, str]
    ) -> Iterator[SearchReply]:
        """The reply itself, or replies by create date that can each be listed."""
        if whole.count <= MOST_LISTED:
            yield self._listed(whole, FIRST_DAY, as_of, limits)
            return
        remarks = tuple(text for text in whole.warnings if CLAMPED not in text)
        yield SearchReply(0, (), whole.translation, remarks)
        for each in self._cut(whole.count, FIRST_DAY, as_of, limits):
            # An empty or narrow slice says of itself what is not so of the search.
            yield replace(each, warnings=tuple(w for w in each.warnings if CLAMPED in w))

    def _cut(
        self, count: int, first: date, last: date, limits: Mapping[str, str]
    ) -> Iterator[SearchReply]:
        """Replies that make up what was created in a period, none above the limit.

        Only the first half of a period is counted by PubMed, and the rest is taken to be in the
        second; so `count` says whether to cut on, and no part goes unasked for it.
        """
        if count <= MOST_LISTED or first == last:
            reply = self._search(first, last, limits)
            if reply.count <= MOST_LISTED:
                yield self._listed(reply, first, last, limits)
                return
            count = reply.count
        if first == last:
            raise SourceRefused(
                f"the search finds {count:,} records created on {first}, and PubMed lists "
                f"{MOST_LISTED:,} at most; narrow the query in config.yaml"
            )
        busy = min(max(first, FIRST_BUSY_DAY), last - timedelta(days=1))
        middle = busy + (last - busy) // 2
        half = self._search(first, middle, limits)
        if half.count <= MOST_LISTED:
            yield self._listed(half, first, middle, limits)
        else:
            yield from self._cut(half.count, first, middle, limits)
        yield from self._cut(count - half.count, middle + timedelta(days=1), last, limits)

    def _listed(
        self, reply: SearchReply, first: date, last: date, limits: Mapping[str, str]
    ) -> SearchReply:
        """The reply, asked for once more where it lists other than it counts."""
        if reply.is_whole:
            return reply
        again = self._search(first, last, limits)
        if len(set(again.pmids)) > again.count or again.count < reply.count:
            raise SourceUnavailable(
                f"PubMed counted {reply.count:,} records and listed {len(set(reply.pmids)):,}, "
                f"then {again.count:,} and {len(set(again.pmids)):,}; run again"
            )
        return again

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

    def _fetch(self, pmids: Sequence[str]) -> tuple[Payload, ...]:
        asked = {"db": "pubmed", "id": ",".join(pmids), "rettype": "xml", "retmode": "xml"}
        return self.entrez.ask("efetch", asked, _read_articles)


def _read_articles(body: bytes) -> tuple[Payload, ...]:
    """The answer whole: a truncated one raises SourceError and is asked for again."""
    return tuple(pubmed_xml.split(BytesIO(body)))
