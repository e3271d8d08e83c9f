"""What changed in a record, told part by part."""

from dataclasses import fields, replace

import pytest

from living_review.model import Link, PartialDate, Record, Section
from living_review.parsing.revisions import PARTS, changed_parts

RECORD = Record("pmid:1", "A title")
OTHERWISE = {
    "title": "Another title", "kind": "notice", "pmid": "2", "doi": "10.5555/a", "pmc": "PMC1",
    "record_id": "pmid:2", "registrations": ("NCT00000001",), "vernacular_title": "Ein Titel",
    "abstract": (Section(None, "Text"),), "authors": ("Alder AB",),
    "collective_authors": ("A group",), "journal": "Another journal", "citation": "1:2",
    "published": PartialDate(2001), "published_online": PartialDate(2001),
    "publication_types": ("Letter",), "mesh": ("Pain",), "keywords": ("pain",),
    "languages": ("ger",), "links": (Link("ErratumIn", "pmid:9", ""),),
}  # fmt: skip
BOOKKEEPING = {"revised", "entered", "available_from", "version"}


def test_every_field_of_the_content_hash_belongs_to_exactly_one_part():
    grouped = [field for part in PARTS.values() for field in part]
    hashed = {
        name
        for name, value in (OTHERWISE | dict.fromkeys(BOOKKEEPING, PartialDate(2001))).items()
        if replace(RECORD, **{name: value}).content_hash != RECORD.content_hash
    }
    assert sorted(grouped) == sorted(hashed)
    assert hashed | BOOKKEEPING == {field.name for field in fields(Record)}


@pytest.mark.parametrize(("part", "names"), PARTS.items())
def test_a_change_in_any_field_of_a_part_names_the_part(part, names):
    for name in names:
        assert changed_parts(RECORD, replace(RECORD, **{name: OTHERWISE[name]})) == (part,)


def test_parts_come_in_one_order():
    assert changed_parts(RECORD, replace(RECORD, **OTHERWISE)) == tuple(PARTS)


def test_bookkeeping_dates_are_no_change():
    assert changed_parts(RECORD, replace(RECORD, revised=PartialDate(2020), version=2)) == ()
