"""Linking what is new to what is stored, answered twice: step by step, and all anew at once."""

import random
from dataclasses import replace
from datetime import date

import pytest

from living_review.model import Link, PartialDate, Record
from living_review.stages import link
from living_review.stages.parse import record_columns
from living_review.synthesis.grouping import Said
from living_review.warehouse import Warehouse

TODAY = date(2026, 11, 1)
TITLES = [
    "A made-up drug for a made-up ailment of the leg in grown people: a trial",
    "A made-up drug for a made-up ailment of the leg in grown peoples: a trial",
    "Correction: A made-up drug for a made-up ailment of the leg in grown people: a trial",
    "Another made-up drug against pain that was also made up: a long report",
    "Editorial",
]
AUTHORS = [("Maker A", "Second B"), ("Maker A",), ("Taker C",), ()]
RELATIONS = ("RetractionOf", "RetractionIn", "ErratumIn", "UpdateOf", "ResultsIn", "CommentOn")


def any_record(chance: random.Random, number: int) -> Record:
    """A record that shares something with most others, under one of few ids."""
    stated = [
        Link(chance.choice(RELATIONS), f"pmid:{chance.randrange(12)}", "Made up. 2001")
        for _ in range(chance.choice((0, 0, 1, 2)))
    ]
    own = chance.random() < 0.3
    return Record(
        f"own:{number}" if own else f"pmid:{number}",
        chance.choice(TITLES),
        pmid=str(chance.randrange(12)) if own and chance.random() < 0.3 else str(number),
        doi=f"10.5555/{chance.randrange(8)}" if chance.random() < 0.4 else None,
        kind=chance.choice(("publication", "publication", "publication", "notice", "registration")),
        authors=chance.choice(AUTHORS),
        citation=chance.choice(("J Made Up. 2001;1(1):10-20", "J Made Up. 2002;2(1):5-9", None)),
        journal="J Made Up",
        published=PartialDate(chance.choice((2001, 2002))),
        registrations=tuple(
            chance.sample(("NCT00000001", "NCT00000002"), chance.choice((0, 0, 1)))
        ),
        links=tuple(stated),
    )


def keep(store: Warehouse, run_no: int, record: Record, deleted: bool = False) -> None:
    payload = f"{record.content_hash} {deleted}"
    store.write("raw_record", [
        {"run_no": run_no, "record_id": record.record_id, "payload_hash": payload,
         "came_by": "pubmed", "deleted": deleted, "problem": ""}
    ])  # fmt: skip
    if not deleted:
        store.write("record", [
            {"run_no": run_no, "record_id": record.record_id, "payload_hash": payload,
             "parser": "1", **record_columns(replace(record, entered=PartialDate(2001)))}
        ])  # fmt: skip


def standing(store: Warehouse) -> list[Said]:
    return sorted(one for one in link.said(store, 99) if not one.revoked or one.by_human)


def say(store: Warehouse, run_no: int, chance: random.Random, ids: list[str]) -> None:
    """A person says of two records that they are one, or are not."""
    first, second = sorted(chance.sample(ids, 2))
    store.write("record_link", [
        {"run_no": run_no, "from_id": first, "to_id": second, "relation": "same_record",
         "decider": "human:ab", "revoked": chance.random() < 0.5, "reason": "seen",
         "decided_on": TODAY}
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_records_that_come_change_and_go_are_linked_as_if_all_had_come_at_once(
    tmp_path, monkeypatch, seed
):
    monkeypatch.setattr(link, "MOST_OF_THEM", 2.0)  # always look only at what is nearby
    chance = random.Random(seed)
    last: dict[str, Record] = {}
    with Warehouse(tmp_path / "grown.duckdb") as grown, Warehouse(tmp_path / "anew.duckdb") as anew:
        for run_no in range(1, 11):
            with grown.transaction(), anew.transaction():
                for number in chance.sample(range(12), chance.choice((1, 1, 2))):
                    record = any_record(chance, number)
                    gone = record.record_id in last and chance.random() < 0.25
                    last[record.record_id] = record
                    for store in (grown, anew):
                        keep(store, run_no, record, gone)
                if len(last) > 1 and chance.random() < 0.3:
                    for store in (grown, anew):
                        say(store, run_no, random.Random(seed + run_no), sorted(last))
                link.link(grown, TODAY, run_no)
        with anew.transaction():
            monkeypatch.setattr(link, "MOST_OF_THEM", 0.0)
            link.link(anew, TODAY, 10)
        assert standing(grown) == standing(anew) != []
