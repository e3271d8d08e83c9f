"""Link: keep what the records now say of belonging together, and withdraw what they no longer say.

Notices link to their record, newer forms to older ones, records of one registered study to each
other, and duplicates to each other. A person's word on two records is never gone over.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from living_review.parsing.links import SYMMETRIC, ordered, stated_links
from living_review.screening.duplicates import matches
from living_review.stages import begin
from living_review.stages.nearby import Neighbours, Region, keys_of
from living_review.synthesis.grouping import Said, same_records
from living_review.warehouse import Warehouse

STATED = "rule:links-2"
MATCHED = "rule:duplicates-1"
RULES = f"{STATED} {MATCHED}"
PORTION = 10_000
# Where more than this share of all records is new, looking for those nearby costs more than all.
MOST_OF_THEM = 0.1


def run(review: Path, run_no: int) -> dict[str, int]:
    """Append every link that the current records give, and revoke the rules' links they do not.

    Only records that are new, have changed or went, or that people spoke of since, and those that
    these can have to do with, are looked at.
    """
    context = begin.load(review, run_no)
    with context.open() as store, store.transaction():
        said_now = link(store, context.as_of, run_no)
    withdrawn = sum(1 for one in said_now if one.revoked)
    return {"links": len(said_now) - withdrawn, "withdrawn": withdrawn}


def link(store: Warehouse, as_of: date, run_no: int) -> list[Said]:
    """Append what has to be said of the records known by then; the caller holds the transaction."""
    at: dict[str, Any] = {"as_of": as_of, "cut": run_no, "rules": RULES}
    changed = {
        row["record_id"]: row["content_hash"]
        for question in ("linked_anew", "unlinked")
        for row in store.rows(question, **at)
    }
    if not changed:
        return []
    region = _compared(store, Neighbours(store, RULES, as_of, run_no), changed, run_no)
    around = {*region.touched, *(record.record_id for record in region.records)}
    spoken = said_of(store, run_no, around)
    held = [one for one in spoken if _touches(one, region.touched)]
    anew = [one for one in found(region, spoken) if _touches(one, region.touched)]
    said_now = [*_changed(anew, held)]
    store.write("record_link", [
        {**one._asdict(), "run_no": run_no, "decided_on": as_of} for one in said_now
    ])  # fmt: skip
    return said_now


def said(store: Warehouse, cut: int) -> list[Said]:
    """The word that holds on every two records by the cut, what people deny too."""
    return [Said(**row) for row in store.rows("links", cut=cut)]


def said_of(store: Warehouse, cut: int, record_ids: Collection[str]) -> list[Said]:
    """As `said`, of every two records of which one is among these."""
    asked = sorted(record_ids)
    return [Said(**row) for row in store.rows("links_of", cut=cut, record_ids=asked)]


def found(region: Region, held: Sequence[Said]) -> list[Said]:
    """Every link that these records give by the rules, whatever anybody said before."""
    ids = [record.record_id for record in region.records]
    matched = [
        Said(*ordered(m.relation, m.first, m.second), m.relation, MATCHED, m.reason, False)
        for m in matches(region.records, region.crowded)
    ]
    same = same_records(ids, [*(one for one in held if one.by_human), *matched])
    stated = [
        Said(link.from_id, link.to_id, link.relation, STATED, link.reason, False)
        for link in stated_links(region.records, same, region.stating)
    ]
    # A notice or a newer form has the title of its record, and yet is another record.
    others = {one.pair for one in stated if one.relation not in SYMMETRIC}
    kept = [one for one in matched if one.relation == "same_study" or one.pair not in others]
    return sorted({_key(one): one for one in (*kept, *stated)}.values())


def _compared(
    store: Warehouse, beside: Neighbours, changed: Mapping[str, str | None], run_no: int
) -> Region:
    """Keep the keys of changed records, and find all that may be linked otherwise for them."""
    before = beside.keys(changed)
    key = {"run_no": run_no, "rules": RULES}
    is_here = {record_id: hashed for record_id, hashed in changed.items() if hashed is not None}
    store.write("linking", [
        key | {"record_id": record_id, "content_hash": hashed}
        for record_id, hashed in changed.items()
    ])  # fmt: skip
    ids = sorted(is_here)
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        store.write("link_key", [
            key | {"record_id": one.record_id, "content_hash": is_here[one.record_id], "key": found}
            for one in beside.read(portion)
            for found in sorted(keys_of(one))
        ])  # fmt: skip
    here = {row["record_id"] for row in store.rows("linked_now", rules=RULES)}
    if len(changed) > MOST_OF_THEM * len(here):
        return Region(here | set(changed), here, beside.read(here), set())
    return beside.region(changed, before)


def _touches(one: Said, records: Collection[str]) -> bool:
    return one.from_id in records or one.to_id in records


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
