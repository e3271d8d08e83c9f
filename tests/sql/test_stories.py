"""Each question to the store is tested by stories: tests/sql/<query or check>/<story>.yaml.

A story gives rows of tables (never of views, so those are under test too), parameters, and the
rows it expects, in order. It states only what it is about: every other column has the default
below, a record was received as it was read, and an expected row is compared on the columns that
it names. Values that the store keeps as JSON are written as YAML.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from living_review.warehouse import Warehouse, names

HERE = Path(__file__).parent
STORIES = sorted(HERE.glob("*/*.yaml"))

LONG_AGO = date(2000, 1, 1)
PARAMS = {
    "as_of": date(2020, 1, 1),
    "cut": 9,
    "first": "",
    "last": "~",
    "basis": "criteria",
    "reader": "reader",
    "parser": "1",
    "draft": "draft",
    "second_reader": "model:m:1",
    "record_ids": ["own:1", *(f"pmid:{number}" for number in range(1, 10))],
    "other_cut": 9,
    "rules": "rules",
    "keys": [],
    "verdicts": ["include", "awaiting_results"],
    "judged": [],
    "judged_in": [],
    "names": json.dumps(
        [
            {"drug": drug, "name": name, "studied": drug != "drug_c"}
            for drug, name in (
                ("drug_a", "drug a"),
                ("drug_a", "alpha"),
                ("drug_a", "gabas"),
                ("drug_b", "drug b"),
                ("drug_b", "gabas"),
                ("gaba", "gabas"),
                ("gaba", "drug a"),
                ("gaba", "drug b"),
                ("drug_c", "drug c"),
            )
        ]
    ),
    "settled_by": json.dumps([{"claim": "c", "design": "rct"}]),
}
DEFAULTS = {
    "protocol": {"protocol_hash": "p", "body": "", "run_no": 1},
    "search_run": {
        "run_no": 1, "name": "pubmed", "source": "pubmed", "query": "", "translation": "",
        "count": 0, "as_of": LONG_AGO, "reconstructed": False, "warnings": "[]",
    },
    "search_hit": {"run_no": 1, "name": "pubmed", "present": True},
    "payload": {"format": "pubmed_xml", "body": b""},
    "raw_record": {
        "run_no": 1, "payload_hash": "bytes of a", "came_by": "pubmed", "deleted": False,
        "problem": "",
    },
    "record": {
        "run_no": 1, "parser": "1", "content_hash": "a", "available_on": LONG_AGO,
        "kind": "publication", "pmid": None, "doi": None, "title": "", "body": "{}",
    },
    "unreadable": {"run_no": 1, "payload_hash": "bytes of a", "parser": "1", "reason": ""},
    "record_link": {
        "run_no": 1, "relation": "same_study", "decider": "rule:1", "revoked": False, "reason": "",
        "decided_on": LONG_AGO,
    },
    "linking": {"run_no": 1, "content_hash": "a", "rules": "rules"},
    "link_key": {"run_no": 1, "content_hash": "a", "rules": "rules"},
    "fetched": {
        "run_no": 1, "name": "pubmed", "as_of": LONG_AGO, "payload_hash": "bytes of a",
        "deleted": False, "problem": "",
    },
    "source_failure": {"run_no": 1, "name": "registry", "as_of": LONG_AGO, "reason": "no answer"},
    "reading": {"run_no": 1, "content_hash": "a", "reader": "reader"},
    "tag": {
        "run_no": 1, "content_hash": "a", "reader": "reader", "quote": "", "tagger": "design:1",
    },
    "finding": {
        "run_no": 1, "content_hash": "a", "reader": "reader", "ordinal": 0, "intervention": "",
        "comparator": "", "outcome": "", "direction": "", "unclear_because": "", "quote": "",
        "body": "{}",
    },
    "extracted_effect": {
        "run_no": 1, "ordinal": 0, "entered_by": "extraction: ab", "body": "{}", "label": "",
    },
    "screening_decision": {
        "run_no": 1, "content_hash": "a", "basis": "criteria", "verdict": "include",
        "criterion": None, "decider": "rule:1", "safety_signal": False, "reason": "",
        "answers": "[]", "decided_on": LONG_AGO,
    },
    "judgement": {
        "run_no": 1, "content_hash": "a", "subject": "tag", "target": "design", "withdrawn": False,
        "body": "{}", "read_then": "[]", "reason": "seen in full", "decider": "human:ab",
        "decided_on": LONG_AGO,
    },
    "claim_judgement": {
        "run_no": 1, "claim": "c", "subject": "certainty", "target": "imprecision",
        "withdrawn": False, "body": "{}", "basis": "b", "reason": "seen in full",
        "decider": "human:ab", "decided_on": LONG_AGO,
    },
    "second_reading": {
        "run_no": 1, "content_hash": "a", "reader": "model:m:1", "findings": "[]",
        "discarded": "{}",
    },
    "draft_conclusion": {
        "run_no": 1, "draft": "draft", "ordinal": 0, "claim": "c", "direction": None,
        "certainty": None, "body": '{"evidence": [], "reviews": []}',
    },
    "draft_comparison": {"run_no": 1, "draft": "draft", "part": "none", "body": "{}"},
    "review_version": {
        "run_no": 1, "cut": 1, "as_of": LONG_AGO, "draft": "draft", "protocol_hash": "p",
        "triggered_by": "replay", "code": "0", "announced": "{}", "pool_updates": "{}",
        "report": "{}",
    },
    "made_views": {},
    "blob": {"body": b""},
    "published_file": {"name": "report.md", "sha256": "s"},
}  # fmt: skip


def row(table: str, stated: dict) -> dict:
    """A whole row: what the story states, and the defaults of its table for the rest."""
    whole = DEFAULTS[table] | stated
    if table == "record":
        whole.setdefault("payload_hash", f"bytes of {whole['content_hash']}")
    return {name: _stored(value) for name, value in whole.items()}


def _stored(value: object) -> object:
    return json.dumps(value) if isinstance(value, list | dict) else value


def received(given: dict) -> Iterator[dict]:
    """The raw records of records that a story states without saying how they came."""
    told = {raw["record_id"] for raw in given.get("raw_record", [])}
    for stated in given.get("record", []):
        if stated["record_id"] not in told:
            record = row("record", stated)
            yield {key: record[key] for key in ("record_id", "run_no", "payload_hash")}


def kind(name: str) -> str:
    return next(folder for folder in ("queries", "checks") if name in names(folder))


def answer(store: Warehouse, name: str, given: dict, params: dict) -> list[dict]:
    stated = {**given, "raw_record": [*given.get("raw_record", []), *received(given)]}
    for table, rows in stated.items():
        store.write(table, [row(table, r) for r in rows])
    ask = store.rows if kind(name) == "queries" else store.check
    return ask(name, **(PARAMS | params))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Warehouse(tmp_path_factory.mktemp("store") / "review.duckdb") as opened:
        yield opened


class EndOfStory(Exception):
    """Ends the transaction of a story, so that the next one begins with an empty store."""


def told(store: Warehouse, name: str, story: dict) -> list[dict]:
    found: list[dict] = []
    try:
        with store.transaction():
            found = answer(store, name, story["given"], story.get("params", {}))
            raise EndOfStory
    except EndOfStory:
        return found


@pytest.mark.parametrize("path", STORIES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_story(store, path):
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(story) <= {"given", "params", "expect"}, "a story has given, params and expect"
    found = told(store, path.parent.name, story)
    named = [set(expected) for expected in story["expect"]]
    compared = [
        {name: value for name, value in row.items() if name in columns}
        for row, columns in zip(found, named, strict=False)
    ] + [dict(row) for row in found[len(named) :]]
    assert compared == [{k: _stored(v) for k, v in row.items()} for row in story["expect"]]


def test_every_question_and_every_check_has_a_story():
    untold = {*names("queries"), *names("checks")} - {path.parent.name for path in STORIES}
    assert untold == {"applied_migrations"}, "its table is the store's own; see test_warehouse.py"


@pytest.mark.parametrize("name", names("checks"))
def test_a_check_has_a_story_in_which_it_finds_bad_rows_and_one_in_which_it_finds_none(name):
    expected = [
        bool(yaml.safe_load(path.read_text(encoding="utf-8"))["expect"])
        for path in STORIES
        if path.parent.name == name
    ]
    assert set(expected) == {True, False}


def test_a_story_that_expects_the_wrong_rows_fails(store):
    given = {"record": [{"record_id": "pmid:1"}]}
    assert told(store, "current_records", {"given": given})[0]["record_id"] == "pmid:1"
    assert told(store, "current_records", {"given": {}}) == [], "stories do not leak into another"
