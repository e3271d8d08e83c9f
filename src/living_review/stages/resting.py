"""What the review rests on: its included records, by the search whose source can be asked."""

from collections import defaultdict
from dataclasses import dataclass

from living_review.protocol import Protocol
from living_review.stages import begin
from living_review.stages.screen import basis
from living_review.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Resting:
    """Included records. `asked` has those a source can be asked for by search; `dois` all DOIs.

    `without_source` came by import, and no source of the protocol has records of their key.
    """

    asked: dict[str, tuple[str, ...]]
    dois: tuple[str, ...]
    without_source: tuple[str, ...]
    newest: int  # the last run that included one of them; 0 where there is none


def resting(store: Warehouse, context: begin.Context) -> Resting:
    """Every included record under the first search of the protocol that has ever found it.

    A service goes before a file, which does not hear of retractions. A record that came by import
    and has a PMID is asked of PubMed all the same.
    """
    on, searches = basis(context.protocol), context.protocol.searches
    rows = store.rows("included_hits", as_of=context.as_of, cut=context.run_no, basis=on)
    found_by: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found_by[row["record_id"]].append(row["name"])
    asked: dict[str, list[str]] = defaultdict(list)
    without: list[str] = []
    for record_id, names in found_by.items():
        known = [name for name in names if name in searches]
        known.sort(key=lambda name: searches[name].source == "files")
        name = known[0] if known else _source_of(record_id, context.protocol)
        (without if name is None else asked[name]).append(record_id)
    return Resting(
        {name: tuple(found) for name, found in asked.items()},
        tuple(sorted({row["doi"] for row in rows if row["doi"]})),
        tuple(without),
        max((row["decided_in"] for row in rows), default=0),
    )


def _source_of(record_id: str, protocol: Protocol) -> str | None:
    """The first search of PubMed, for a record that has a PMID and was never found."""
    if not record_id.startswith("pmid:"):
        return None
    return next((n for n, s in sorted(protocol.searches.items()) if s.source == "pubmed"), None)
