"""File names of record pages: in their folder, and one for each id."""

from hypothesis import given
from hypothesis import strategies as st

from living_review.reporting.addresses import record_file


def test_a_pubmed_record_has_a_plain_name():
    assert record_file("pmid:123") == "pmid-123.html"


def test_a_doi_keeps_its_page_in_the_folder():
    assert record_file("doi:10.1000/a_b") == "doi-10.1000_2fa_5fb.html"


def test_ids_that_look_alike_have_names_of_their_own():
    ids = ["own:a", "own:a-", "own:a/b", "own:a_2fb", "own-a:", "own:A b", "own:" + "x" * 300,
           "own:" + "x" * 301]  # fmt: skip
    assert len({record_file(one) for one in ids}) == len(ids)


@given(st.text())
def test_whatever_the_id_its_page_is_a_file_of_that_folder(record_id):
    name = record_file(record_id)
    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith(".")
    assert len(name.encode()) < 200
