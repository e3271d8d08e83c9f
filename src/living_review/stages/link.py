"""Link: keep what the records now say of belonging together, and withdraw what they no longer say.

Notices link to their record, newer forms to older ones, records of one registered study to each
other, and duplicates to each other. A person's word on two records is never gone over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from living_review.model import Record
from living_review.parsing.links import SYMMETRIC, ordered, stated_links
from living_review.screening.duplicates import matches
from living_review.stages import begin, serial
from living_review.synthesis.grouping import Said, same_records
from living_review.warehouse import Warehouse

STATED = "rule:links-2"
MATCHED = "rule:duplicates-1"
PORTION = 2000


def run(review: Path, run_no: int) -> dict[str, int]:
    """Append every link that the current records give, and revoke the rules' links they do not."""
    context = begin.load(review, run_no)
    with context.open() as store:
        held = said(store, run_no)
        changed = [*_changed(found(_records(store, context), held), held)]
        with store.transaction():
            store.write("record_link", [
                {**one._asdict(), "run_no": run_no, "decided_on": context.as_of} for one in changed
            ])  # fmt: skip
    withdrawn = sum(1 for one in changed if one.revoked)
    return {"links": len(changed) - withdrawn, "withdrawn": withdrawn}


def said(store: Warehouse, cut: int) -> list[Said]:
    """The word that holds on every two records by the cut, what people deny too."""
    return [Said(**row) for row in store.rows("links", cut=cut)]


def found(records: Sequence[Record], held: Sequence[Said]) -> list[Said]:
    """Every link that these records give by the rules, whatever anybody said before."""
    ids = [record.record_id for record in records]
    matched = [
        Said(*ordered(m.relation, m.first, m.second), m.relation, MATCHED, m.reason, False)
        for m in matches(records)
    ]
    by_people = [one for one in held if one.by_human]
    stated = [
        Said(link.from_id, link.to_id, link.relation, STATED, link.reason, False)
        for link in stated_links(records, same_records(ids, [*by_people, *matched]))
    ]
    # A notice or a newer form has the title of its record, and yet is another record.
    others = {one.pair for one in stated if one.relation not in SYMMETRIC}
    same = [one for one in matched if one.relation == "same_study" or one.pair not in others]
    return sorted({_key(one): one for one in (*same, *stated)}.values())


def _records(store: Warehouse, context: begin.Context) -> list[Record]:
    """Every current record, read in portions and without its indexing terms, which link nothing.

    A store may have more bodies than memory should hold at once.
    """
    at: dict[str, Any] = {"as_of": context.as_of, "cut": context.run_no}
    ids = [row["record_id"] for row in store.rows("current_ids", **at)]
    records: list[Record] = []
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        rows = store.rows("current_records", **at, first=portion[0], last=portion[-1])
        read = (serial.load(Record, row["body"]) for row in rows)
        records += (replace(record, mesh=(), keywords=()) for record in read)
    return records


def _changed(found: Sequence[Said], held: Sequence[Said]) -> Iterator[Said]:
    """What has to be said for the rules' links to be those found, and no others."""
    before: dict[Any, Said] = {_key(one): one for one in held}
    now = {_key(one): one for one in found}
    for key, one in now.items():
        held_one = before.get(key)
        if held_one is None or (held_one != one and not held_one.by_human):
            yield one
    for key, one in before.items():
        if key not in now and not one.by_human:
            yield one._replace(revoked=True)


def _key(one: Said) -> tuple[str, str, str]:
    return one.from_id, one.to_id, one.relation
