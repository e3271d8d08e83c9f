"""One batch of records as PubMed sends it: short, doubled, turned round or without names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from living_review.parsing.payload import Payload

Fetch = Callable[[Sequence[str]], Sequence[Payload]]  # asks for PMIDs


def complete_batch(pmids: Sequence[str], fetch: Fetch) -> Iterator[Payload]:
    """Give each record of a batch once, in the order asked for; what lacks is asked for again.

    Of several versions the highest counts. A record that PubMed does not send either time comes
    with its `problem`. What has no PMID and is none of these comes after them.
    """
    received = list(fetch(pmids))
    missing = _missing(pmids, received)
    if missing:
        # What came without a PMID was one of the missing: the second answer counts.
        again = _named(list(fetch(missing)), missing)
        received = [payload for payload in received if payload.record_id] + again
    by_id: dict[str | None, Payload] = {}
    for payload in received:
        before = by_id.setdefault(payload.record_id, payload)
        if payload.version > before.version:
            by_id[payload.record_id] = payload
    wanted = [f"pmid:{pmid}" for pmid in pmids]
    others = sorted(each for each in by_id if each is not None and each not in wanted)
    instead = f"; it sent {', '.join(others)}, which was not asked for" if others else ""
    for record_id in wanted:
        missed = Payload(record_id, "pubmed_xml", b"", problem=f"PubMed did not send it{instead}")
        yield by_id.get(record_id, missed)
    yield from {p.body: p for p in received if p.record_id is None}.values()


def _missing(pmids: Sequence[str], received: Sequence[Payload]) -> list[str]:
    have = {payload.record_id for payload in received}
    return [pmid for pmid in pmids if f"pmid:{pmid}" not in have]


def _named(received: list[Payload], pmids: Sequence[str]) -> list[Payload]:
    """An answer in which what has no PMID is what was asked for, where there is one of each."""
    missing = _missing(pmids, received)
    nameless = [payload for payload in received if payload.record_id is None]
    if len(missing) != 1 or len(nameless) != 1:
        return received
    found = replace(nameless[0], record_id=f"pmid:{missing[0]}")
    return [found if payload is nameless[0] else payload for payload in received]
