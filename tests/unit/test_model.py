"""The nouns: dates known in part, when a record could be known, and what counts as its content."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.model import Link, PartialDate, Reading, Record, Section

RECORD = Record(
    record_id="pmid:1",
    title="A trial",
    pmid="1",
    abstract=(Section("METHODS", "We tried."), Section(None, "It helped.")),
    authors=("A B",),
    published=PartialDate(2016, 7),
    entered=PartialDate(2016, 8, 1),
    revised=PartialDate(2017, 1, 1),
)


# Dates known in part


@pytest.mark.parametrize("text", ["2016", "2016-07", "2016-07-01"])
def test_a_partial_date_is_said_as_it_was_given(text):
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2016", date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 29)),
        ("2015-02", date(2015, 2, 28)),
        ("2016-07-04", date(2016, 7, 4)),
    ],
)
def test_a_partial_date_has_passed_on_the_last_day_of_its_period(text, last):
    assert PartialDate.parse(text).last_day() == last


@pytest.mark.parametrize(
    "text", ["", "2016-13", "2016-02-30", "2016-00", "July 2016", "2016-07-01-02", "2016-", "0"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # whichever part of it is wrong
        PartialDate.parse(text)


@given(st.dates())
def test_a_whole_date_survives_being_said_and_read(day):
    assert PartialDate.parse(str(day)).last_day() == day


# When a review could have known a record


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ({"entered": PartialDate(2016, 8, 1)}, date(2016, 8, 1)),
        ({"published": PartialDate(2016, 7), "entered": PartialDate(2016, 8, 1)}, date(2016, 8, 1)),
        ({"published": PartialDate(2016, 7)}, date(2016, 7, 31)),
        (
            {"published": PartialDate(2016), "published_online": PartialDate(2015, 10, 2)},
            date(2015, 10, 2),
        ),
        ({"published_online": PartialDate(2015, 10)}, date(2015, 10, 31)),
        (
            {"available_from": PartialDate(2026, 11, 1), "entered": PartialDate(2016, 8, 1)},
            date(2026, 11, 1),
        ),
        ({"revised": PartialDate(2020, 1, 1)}, None),
        ({}, None),
    ],
    ids=[
        "when PubMed entered it",
        "PubMed's entry before the journal's date",
        "a month counts from its last day",
        "the earlier of print and online",
        "online only",
        "an import's own word first of all",
        "a revision dates nothing",
        "undated",
    ],
)
def test_a_record_is_available_from(stated, day):
    assert Record(record_id="own:x", title="", **stated).available_on == day


# What counts as content


@pytest.mark.parametrize(
    "bookkeeping",
    [
        {"revised": PartialDate(2026, 1, 1)},
        {"revised": None},
        {"entered": None},
        {"available_from": PartialDate(2026, 11, 1)},
        {"version": 2},
    ],
    ids=str,
)
def test_bookkeeping_is_no_change_of_content(bookkeeping):
    assert replace(RECORD, **bookkeeping).content_hash == RECORD.content_hash


READ = {
    "record_id": "pmid:2",
    "title": "A trial.",
    "kind": "notice",
    "pmid": "2",
    "doi": "10.1000/x",
    "pmc": "PMC1",
    "registrations": ("NCT00000000",),
    "vernacular_title": "Ein Versuch",
    "abstract": (Section(None, "We tried. It helped."),),
    "authors": ("B A",),
    "collective_authors": ("The Group",),
    "journal": "Pain",
    "citation": "1(1):1",
    "published": PartialDate(2016, 8),
    "published_online": PartialDate(2016, 6),
    "publication_types": ("Retracted Publication",),
    "mesh": ("Humans",),
    "keywords": ("pain",),
    "languages": ("ger",),
    "links": (Link("RetractionIn", None, "J Pain 2020"),),
}


@pytest.mark.parametrize("field", READ)
def test_what_a_reader_reads_is_content(field):
    changed = replace(RECORD, **{field: READ[field]})
    assert changed.content_hash != RECORD.content_hash


def test_every_field_of_a_record_is_either_content_or_bookkeeping():
    bookkeeping = {"version", "entered", "revised", "available_from"}
    assert {field.name for field in fields(Record)} == set(READ) | bookkeeping


def test_the_hash_is_the_same_in_every_process_and_release():
    # Pinned: a stored human decision holds for as long as this value does.
    assert Record(record_id="pmid:1", title="Schmerz – 痛み").content_hash == "4c8dc73ab2a960e6"


def test_the_text_is_title_and_abstract_in_reading_order():
    assert RECORD.text == "A trial\nWe tried.\nIt helped."


def test_a_record_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        RECORD.title = "Another"


# Which readings may bear on a claim


@pytest.mark.parametrize(
    ("verdict", "retracted", "counts"),
    [
        ("include", None, True),
        ("include", "pmid:9", False),
        ("exclude", None, False),
        ("unclear", None, False),
        ("awaiting_results", None, False),
    ],
)
def test_a_reading_counts_when_it_is_included_and_not_retracted(verdict, retracted, counts):
    reading = Reading(
        record_id="pmid:1",
        study_id="pmid:1",
        title="",
        design="rct",
        verdict=verdict,
        decider="rule:1",
        content_hash="a",
        retracted=retracted,
    )
    assert reading.counted is counts
