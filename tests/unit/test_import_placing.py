"""What an import does to a store that knows some of its records already."""

import json
from pathlib import Path

import pytest

from living_review import parsing
from living_review.parsing.payload import Payload
from living_review.stages import begin, importing, initialise, keep
from living_review.warehouse import Warehouse, database_path

SAMPLES = Path(__file__).parents[1] / "samples" / "import"
TITLE = "Trial of Pregabalin for Acute and Chronic Sciatica"


@pytest.fixture
def review(tmp_path) -> Path:
    initialise.run(tmp_path, sample=False)
    return tmp_path


def bring(review: Path, *lines: str, name: str = "a.ris") -> dict:
    path = review / name
    path.write_text("\n".join(["TY  - JOUR", *lines, "ER  - ", ""]))
    return importing.run(review, [path])


def found_by_search(review: Path, record_id: str, title: str) -> None:
    with begin.writing(review) as (store, run_no):
        body = json.dumps({"record_id": record_id, "title": title}).encode()
        payload = Payload(record_id, "json_line", body)
        keep.add(store, [(keep.raw_row(run_no, "pubmed", payload), payload)])


def stored(review: Path) -> dict[str, tuple[str, str]]:
    """Who brought each record last, and its title."""
    with Warehouse(database_path(review)) as store:
        known = store.rows("known_payloads", cut=99)
        rows = store.rows("stored_payloads", record_ids=[r["record_id"] for r in known], cut=99)
    payloads = [Payload(row["record_id"], row["format"], bytes(row["body"])) for row in rows]
    return {
        row["record_id"]: (row["came_by"], parsing.parse(payload).title)
        for row, payload in zip(rows, payloads, strict=True)
    }


def counted(counts: dict) -> tuple[int, int, int]:
    return counts["new"], counts["revised"], counts["already_known"]


def test_what_comes_twice_is_known_and_what_comes_changed_is_a_revision(review) -> None:
    assert counted(bring(review, f"TI  - {TITLE}", "PM  - 28328324")) == (1, 0, 0)
    assert counted(bring(review, f"TI  - {TITLE}", "PM  - 28328324")) == (0, 0, 1)
    assert counted(bring(review, f"TI  - {TITLE}", "PM  - 28328324", "AB  - None.")) == (0, 1, 0)


def test_a_record_that_a_search_brought_is_not_overwritten(review) -> None:
    found_by_search(review, "pmid:28328324", f"{TITLE}.")
    assert counted(bring(review, f"TI  - {TITLE.upper()}", "PM  - 28328324")) == (0, 0, 1)
    assert stored(review) == {"pmid:28328324": ("pubmed", f"{TITLE}.")}


def test_a_title_without_its_subtitle_is_still_the_same_record(review) -> None:
    whole = (
        "Treating pain in the back: a long subtitle which tells of a randomised controlled trial"
    )
    found_by_search(review, "pmid:1", whole)
    assert counted(bring(review, "TI  - Treating pain in the back", "PM  - 1")) == (0, 0, 1)


def test_a_wrong_pmid_is_said_and_the_record_stands_under_its_doi(review) -> None:
    found_by_search(review, "pmid:28328324", TITLE)
    counts = bring(
        review, "TI  - Meniscal tears and physiotherapy", "PM  - 28328324",
        "DO  - https://doi.org/10.1136/BMJ.e487",
    )  # fmt: skip
    assert counted(counts) == (1, 0, 0)
    assert counts["said"][0] == (
        "'Meniscal tears and physiotherapy' states pmid:28328324, which is "
        f"'{TITLE}'; taken as doi:10.1136/bmj.e487"
    )
    assert set(stored(review)) == {"pmid:28328324", "doi:10.1136/bmj.e487"}


def test_the_same_wrong_pmid_again_is_known(review) -> None:
    found_by_search(review, "pmid:28328324", TITLE)
    importing.run(review, [SAMPLES / "zotero.csv"])
    again = importing.run(review, [SAMPLES / "zotero.csv"])
    assert counted(again) == (0, 0, 2)
    mirotas = [key for key in stored(review) if key.startswith("own:")]
    assert len(mirotas) == 1


def test_a_wrong_pmid_and_a_wrong_doi_leave_the_record_under_a_key_of_our_own(review) -> None:
    found_by_search(review, "pmid:28328324", TITLE)
    found_by_search(
        review, "doi:10.1136/bmj.e487", "Treating sciatica in the face of poor evidence"
    )
    bring(review, "TI  - Meniscal tears", "PM  - 28328324", "DO  - 10.1136/bmj.e487")
    (key,) = [key for key in stored(review) if key.startswith("own:")]
    with Warehouse(database_path(review)) as store:
        (row,) = store.rows("stored_payloads", record_ids=[key], cut=99)
    record = parsing.parse(Payload(key, row["format"], bytes(row["body"])))
    assert (record.record_id, record.pmid, record.doi) == (key, None, None)


def test_an_abstract_and_its_paper_of_one_title_and_year_are_two_records(review) -> None:
    same = ("TI  - Pain and its relief", "AU  - Roe, A", "PY  - 2010")
    paper = bring(review, *same, "JO  - Pain")
    abstract = bring(review, *same, "JO  - Pain", "M3  - Conference Abstract")
    elsewhere = bring(review, *same, "JO  - Neurology")
    again = bring(review, *same, "JO  - Neurology")
    assert [counted(c) for c in (paper, abstract, elsewhere, again)] == [
        (1, 0, 0), (1, 0, 0), (1, 0, 0), (0, 0, 1),
    ]  # fmt: skip
    assert len(stored(review)) == 3


def test_one_record_from_two_databases_in_one_import_is_taken_once(review) -> None:
    counts = importing.run(review, [SAMPLES / "zotero.ris", SAMPLES / "endnote.ris"])
    assert counts["files"] == [
        {"file": "zotero.ris", "effects": 0, "new": 2, "revised": 0, "already_known": 0},
        {"file": "endnote.ris", "effects": 0, "new": 1, "revised": 0, "already_known": 1},
    ]
    assert "duplicates" in counts["said"][-1]


def test_a_record_without_a_date_is_said_to_count_from_the_beginning(review) -> None:
    said = bring(review, "TI  - A trial")["said"]
    assert said[0] == "1 records state no date, and count as known from the beginning"


def test_a_file_that_is_no_utf8_is_taken_with_a_word_of_caution(review) -> None:
    said = importing.run(review, [SAMPLES / "excel_cp1252.csv"])["said"]
    assert said[0].startswith("excel_cp1252.csv: is not UTF-8 and was read as Windows-1252")


def test_records_by_hand_keep_the_key_they_name(review) -> None:
    found_by_search(review, "pmid:28328324", TITLE)
    path = review / "b.jsonl"
    path.write_text('{"record_id": "own:mine", "title": "A"}\n')
    assert counted(importing.run(review, [path])) == (1, 0, 0)
    assert stored(review)["own:mine"] == ("import", "A")
