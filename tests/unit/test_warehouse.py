"""The store keeps what it was given, says who holds it, and never shows half of anything."""

import hashlib
import os
import signal
import subprocess
import sys
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.errors import (
    MigrationEdited,
    SchemaTooNew,
    WarehouseBusy,
    WarehouseError,
)
from living_review.warehouse import Warehouse, names, sql

ANY_TIME = {"as_of": date(2020, 1, 1), "cut": 9, "record_ids": ["pmid:0", "pmid:1", "pmid:2"]}


def record(record_id: str, **stated: object) -> dict[str, object]:
    columns = {
        "run_no": 1, "record_id": record_id, "payload_hash": "bytes", "parser": "1",
        "content_hash": "a", "available_on": None, "kind": "publication", "pmid": None,
        "doi": None, "title": "", "body": "{}",
    }  # fmt: skip
    return columns | stated


def received(record_id: str) -> dict[str, object]:
    return {
        "run_no": 1, "record_id": record_id, "payload_hash": "bytes", "came_by": "pubmed",
        "deleted": False, "problem": "",
    }  # fmt: skip


def add(store: Warehouse, *record_ids: str) -> None:
    with store.transaction():
        store.write("raw_record", [received(r) for r in record_ids])
        store.write("record", [record(r) for r in record_ids])


def ids(store: Warehouse) -> list[str]:
    return [row["record_id"] for row in store.rows("current_records", **ANY_TIME)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store" / "review.duckdb"


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory):
    with Warehouse(tmp_path_factory.mktemp("store") / "review.duckdb") as store:
        yield store


# Migrations


def test_migrations_run_once_and_are_recorded_with_the_hash_of_their_text(path):
    for _ in range(2):
        with Warehouse(path) as store:
            applied = store.rows("applied_migrations")
    assert applied == [
        {"name": name, "sha256": hashlib.sha256(sql("migrations", name).encode()).hexdigest()}
        for name in names("migrations")
    ]


def test_opening_again_keeps_what_is_stored(path):
    with Warehouse(path) as store:
        add(store, "pmid:1")
    with Warehouse(path) as store:
        assert ids(store) == ["pmid:1"]


def test_an_edited_migration_is_refused_by_name(path):
    Warehouse(path).__exit__(None, None, None)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE schema_migration SET sha256 = 'other' WHERE name LIKE '0001%'")
    with pytest.raises(MigrationEdited, match=r"0001_facts was changed after .* new migration"):
        Warehouse(path)


def test_a_store_of_a_newer_program_is_refused(path):
    Warehouse(path).__exit__(None, None, None)
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO schema_migration VALUES ('9999_tomorrow', 'x')")
    with pytest.raises(SchemaTooNew, match=r"9999_tomorrow.*install that version or newer"):
        Warehouse(path)


def test_a_refused_store_is_let_go(path):
    test_a_store_of_a_newer_program_is_refused(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM schema_migration WHERE name = '9999_tomorrow'")
    with Warehouse(path) as store:
        assert ids(store) == []


# Transactions


def test_a_transaction_that_fails_leaves_nothing(path):
    with Warehouse(path) as store:
        with pytest.raises(KeyError), store.transaction():  # noqa: PT012
            store.write("raw_record", [received("pmid:1")])
            store.write("record", [record("pmid:1")])
            raise KeyError
        assert ids(store) == []
        add(store, "pmid:2")
        assert ids(store) == ["pmid:2"], "and the store goes on"


def test_a_row_that_the_schema_refuses_takes_the_whole_transaction_with_it(path):
    blob = {"version": "1.0.0", "name": "report.md", "sha256": "s"}
    with Warehouse(path) as store:
        with pytest.raises(duckdb.ConstraintException), store.transaction():  # noqa: PT012
            store.write("raw_record", [received("pmid:1")])
            store.write("published_file", [blob, blob])
        assert store.rows("known_payloads", cut=9) == []


def test_writing_no_rows_writes_nothing(path):
    with Warehouse(path) as store:
        store.write("record", [])
        assert ids(store) == []


def test_a_name_without_a_file_is_said_to_have_none(path):
    with Warehouse(path) as store:
        with pytest.raises(WarehouseError, match=r"there is no warehouse/queries/nothing\.sql"):
            store.rows("nothing")
        with pytest.raises(WarehouseError, match=r"there is no warehouse/writes/nothing\.sql"):
            store.write("nothing", [{"a": 1}])


# What goes in comes out


@given(text=st.text())
def test_any_text_comes_out_as_it_went_in(kept_open, text):
    with kept_open.transaction():
        kept_open.write(
            "draft_comparison", [{"run_no": 1, "draft": text, "part": text, "body": text}]
        )
    assert {"part": text, "body": text} in kept_open.rows("draft_comparison", draft=text)


def test_a_column_that_is_empty_throughout_stays_empty(path):
    with Warehouse(path) as store:
        with store.transaction():
            store.write("raw_record", [received("pmid:1"), received("pmid:2")])
            store.write("record", [record("pmid:1"), record("pmid:2", title="nan")])
        assert [row["title"] for row in _contents(store, "pmid:1", "pmid:2")] == ["", "nan"]
    with duckdb.connect(str(path)) as connection:
        kept = connection.execute("SELECT DISTINCT available_on, pmid, doi FROM record").fetchall()
    assert kept == [(None, None, None)]


def test_one_value_among_thousands_of_empty_ones_is_kept(path):
    # A table's column types are guessed from a sample of its rows; the one must not be lost.
    many = [record(f"pmid:{n}") for n in range(5000)]
    many[4321] |= {"available_on": date(2019, 7, 1), "pmid": "4321"}
    with Warehouse(path) as store, store.transaction():
        store.write("record", many)
    with duckdb.connect(str(path)) as connection:
        kept = connection.execute(
            "SELECT record_id, available_on, pmid FROM record WHERE pmid IS NOT NULL"
        ).fetchall()
    assert kept == [("pmid:4321", date(2019, 7, 1), "4321")]


def test_bytes_come_out_as_they_went_in(path):
    body = bytes(range(256)) * 300
    with Warehouse(path) as store:
        with store.transaction():
            store.write("blob", [{"sha256": "s", "body": body}, {"sha256": "s", "body": body}])
            store.write("blob", [{"sha256": "s", "body": b"never written over"}])
            store.write("published_file", [{"version": "1", "name": "x", "sha256": "s"}])
        assert [bytes(row["body"]) for row in store.rows("blobs", versions=["1"])] == [body]


def _contents(store: Warehouse, *record_ids: str) -> list[dict[str, object]]:
    return [store.rows("record_content", record_id=r)[0] for r in record_ids]


# One at a time

HOLD = """
import sys
from pathlib import Path
from living_review.warehouse import Warehouse
with Warehouse(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(path):
    """Another process that holds the store until the test is over."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.stdin.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_that_another_process_holds_is_busy_and_names_it(path, holder, read_only):
    with pytest.raises(WarehouseBusy, match=f"held by process {holder.pid}; try again"):
        Warehouse(path, read_only=read_only, wait=0.2)


def test_a_store_is_waited_for(path, holder):
    holder.stdin.close()
    with Warehouse(path, wait=30) as store:
        assert ids(store) == []


def test_readers_do_not_mind_who_holds_the_store(path, tmp_path):
    copy = tmp_path / "read.duckdb"
    with Warehouse(path) as store:
        add(store, "pmid:1")
        store.snapshot_for_readers(copy)
    with Warehouse(path), Warehouse(copy, read_only=True) as reader:
        assert ids(reader) == ["pmid:1"]


# Whole or not at all


def test_the_readers_copy_is_whole_and_replaced_whole(path, tmp_path):
    copy = tmp_path / "read.duckdb"
    for n in range(3):
        with Warehouse(path) as store:
            add(store, f"pmid:{n}")
            store.snapshot_for_readers(copy)
        with Warehouse(copy, read_only=True) as reader:
            assert ids(reader) == [f"pmid:{m}" for m in range(n + 1)]
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["read.duckdb"]


def test_a_reader_keeps_what_it_opened_while_the_copy_is_replaced(path, tmp_path):
    copy = tmp_path / "read.duckdb"
    with Warehouse(path) as store:
        add(store, "pmid:1")
        store.snapshot_for_readers(copy)
    with Warehouse(copy, read_only=True) as reader:
        with Warehouse(path) as store:
            add(store, "pmid:2")
            store.snapshot_for_readers(copy)
        assert ids(reader) == ["pmid:1"]


def test_the_store_stays_held_until_the_readers_copy_is_in_its_place(path, tmp_path, monkeypatch):
    asked = []

    def ask_while_copying(source, target):
        asked.append(_can_be_opened_by_another_process(path))
        target.write(source.read())

    monkeypatch.setattr("living_review.warehouse.shutil.copyfileobj", ask_while_copying)
    with Warehouse(path) as store:
        add(store, "pmid:1")
        store.snapshot_for_readers(tmp_path / "read.duckdb")
    assert asked == [False]
    assert _can_be_opened_by_another_process(path)


def _can_be_opened_by_another_process(path) -> bool:
    attempt = "import duckdb, sys; duckdb.connect(sys.argv[1]).close()"
    ran = subprocess.run(
        [sys.executable, "-c", attempt, str(path)], capture_output=True, check=False
    )
    return ran.returncode == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from living_review.warehouse import Warehouse
store = Warehouse(Path(sys.argv[1]))
row = {"run_no": 1, "from_id": "pmid:1", "relation": "same_study", "decider": "rule:1",
       "revoked": False, "reason": "", "decided_on": None}
with store.transaction():
    store.write("record_link", [row | {"to_id": "committed"}])
store._connection.execute("BEGIN")
store.write("record_link", [row | {"to_id": "never committed"}])
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_committed_before_a_kill_is_kept_also_in_the_readers_copy(path, tmp_path):
    ran = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert path.with_name("review.duckdb.wal").exists(), "the commit is in the log beside the file"
    copy = tmp_path / "read.duckdb"
    with Warehouse(path) as store:
        assert [link["to_id"] for link in store.rows("links", cut=9)] == ["committed"]
        store.snapshot_for_readers(copy)
    with Warehouse(copy, read_only=True) as reader:
        assert [link["to_id"] for link in reader.rows("links", cut=9)] == ["committed"]


def test_nothing_is_stored_yet_is_said_to_a_reader(tmp_path):
    with pytest.raises(WarehouseError, match="nothing is stored yet; run `living-review update`"):
        Warehouse(tmp_path / "read.duckdb", read_only=True)


# Damage


def filled(path) -> bytes:
    with Warehouse(path) as store:
        add(store, *(f"pmid:{n}" for n in range(3000)))
    return path.read_bytes()


def use(path) -> None:
    with Warehouse(path) as store:
        ids(store)
        store.rows("record_content", record_id="pmid:7")
        add(store, "pmid:another")


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"this is no database",
        lambda whole: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:4096] + bytes(8192) + whole[12288:],
        lambda whole: whole[:12288] + os.urandom(len(whole) - 12288),
    ],
    ids=["another file", "an empty file", "half of it", "no headers", "garbage behind the header"],
)
def test_a_damaged_store_is_an_error_with_a_way_out_and_no_traceback(path, damage):
    path.write_bytes(damage(filled(path)))
    with pytest.raises(WarehouseError, match=r"review\.duckdb is damaged or cannot be used.*copy"):
        use(path)


def test_a_mistake_of_ours_is_not_called_damage(path):
    with Warehouse(path) as store, pytest.raises(duckdb.Error) as caught:
        store.rows("protocol")
    assert not isinstance(caught.value, WarehouseError)
