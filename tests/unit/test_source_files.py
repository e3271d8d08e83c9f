"""PubMed XML on disk: single files, gzipped ones, folders."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from living_review import parsing
from living_review.errors import SourceRefused
from living_review.sources.files import Files
from tests.pubmed_builders import article, article_set, deletion

LATE = date(2026, 11, 1)


def files(folder: Path) -> Files:
    return Files(folder, folder.name)


def test_a_folder_is_read_whole_gzipped_files_and_subfolders_too(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(article_set(article(2)))
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "a.xml.gz").write_bytes(gzip.compress(article_set(article(1))))
    (tmp_path / "notes.txt").write_text("not PubMed XML")
    assert files(tmp_path).find(LATE).record_ids == ("pmid:1", "pmid:2")


def test_of_a_repeated_record_the_highest_version_counts_then_the_later_one(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(
        article_set(article(1, "second version", version=2), article(7, "earlier"))
    )
    (tmp_path / "2.xml").write_bytes(article_set(article(1, "first version"), article(7, "later")))
    source = files(tmp_path)
    titles = {p.record_id: parsing.parse(p).title for p in source.fetch(["pmid:1", "pmid:7"])}
    assert titles == {"pmid:1": "second version", "pmid:7": "later"}
    (warning,) = source.find(LATE).warnings
    assert "2 record(s)" in warning


def test_a_withdrawn_record_is_found_and_comes_as_deleted(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(article_set(article(1, version=3), article(2)))
    (tmp_path / "2.xml").write_bytes(article_set(deletion(1, 9)))
    source = files(tmp_path)
    assert source.find(LATE).record_ids == ("pmid:1", "pmid:2", "pmid:9")
    assert {p.record_id: p.deleted for p in source.fetch(["pmid:1", "pmid:2", "pmid:9"])} == {
        "pmid:1": True,
        "pmid:2": False,
        "pmid:9": True,
    }


def test_a_record_that_comes_again_after_its_withdrawal_is_back(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(article_set(article(1, version=2), deletion(1)))
    (tmp_path / "2.xml").write_bytes(article_set(article(1, "back again")))
    (payload,) = files(tmp_path).fetch(["pmid:1"])
    assert parsing.parse(payload).title == "back again"


def test_an_unreadable_record_is_found_and_comes_with_its_problem(tmp_path: Path) -> None:
    without = article(1).replace('<PMID Version="1">1</PMID>', "")
    (tmp_path / "1.xml").write_bytes(article_set(without, article(2)))
    source = files(tmp_path)
    unreadable, readable = source.find(LATE).record_ids[::-1]
    assert readable == "pmid:2"
    (payload,) = source.fetch([unreadable])
    assert payload.record_id == unreadable
    assert "no PMID" in payload.problem
    assert b"A trial" in payload.body


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-8],
        lambda whole: b"\x1f\x8b" + b"\x00" * 40,
        lambda whole: whole[:40] + b"\xff" * 20 + whole[60:],
    ],
    ids=["cut in half", "without its checksum", "no gzip at all", "bytes changed"],
)
def test_a_damaged_gzip_is_refused_by_name(damage, tmp_path: Path) -> None:
    whole = gzip.compress(article_set(*(article(n, f"Trial {n * 7919}") for n in range(1, 200))))
    (tmp_path / "damaged.xml.gz").write_bytes(damage(whole))
    with pytest.raises(SourceRefused, match=r"damaged\.xml\.gz cannot be read"):
        files(tmp_path).find(LATE)


def test_a_folder_without_pubmed_xml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="put one there"):
        files(tmp_path).find(LATE)


def test_a_file_that_is_no_pubmed_xml_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "page.xml").write_text("<!doctype html><html><body>Sign in</body></html>")
    with pytest.raises(SourceRefused, match=r"page\.xml cannot be read: this is a web page"):
        files(tmp_path).find(LATE)
