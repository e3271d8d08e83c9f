"""Envelopes of Crossref notices read as records; hostile ones are unreadable and nothing else."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review import parsing
from living_review.errors import UnreadableRecord
from living_review.model import PartialDate, Record
from living_review.parsing import crossref
from living_review.parsing.links import RELATIONS
from living_review.parsing.payload import Payload


def stated(kind: str = "retraction", **more: Any) -> dict[str, Any]:
    said = {"of": "10.5555/a", "type": kind, "label": "", "source": "publisher"}
    return said | {"stated_by": "update-to", "date": "2020-03-04"} | more


def record_of(*updates: Any, doi: str | None = "10.5555/n", notice: Any = None) -> Record:
    body = json.dumps({"doi": doi, "notice": notice, "updates": updates}).encode()
    return parsing.parse(Payload(None, "crossref_json", body))


@pytest.mark.parametrize(
    ("kind", "relation", "types"),
    [
        ("retraction", "RetractionOf", ("Retraction Notice",)),
        ("withdrawal", "RetractionOf", ("Retraction Notice", "Crossref: withdrawal")),
        ("removal", "RetractionOf", ("Retraction Notice", "Crossref: removal")),
        ("partial_retraction", "ExpressionOfConcernFor",
         ("Expression of Concern", "Crossref: partial retraction")),
        ("expression_of_concern", "ExpressionOfConcernFor", ("Expression of Concern",)),
        ("erratum", "ErratumFor", ("Published Erratum",)),
        ("corrigendum", "ErratumFor", ("Published Erratum", "Crossref: corrigendum")),
        ("correction", "ErratumFor", ("Published Erratum",)),
        ("clarification", "ErratumFor", ("Published Erratum", "Crossref: clarification")),
        ("addendum", "UpdateOf", ("Crossref: addendum",)),
        ("new_version", "UpdateOf", ("Crossref: new version",)),
        ("new_edition", "UpdateOf", ("Crossref: new edition",)),
        ("reinstatement", "CommentOn", ("Crossref: reinstatement",)),
        ("retration", "CommentOn", ("Crossref: retration",)),
        ("", "CommentOn", ("Crossref: update of no stated type",)),
    ],
)  # fmt: skip
def test_each_type_of_update_is_read_as_what_it_is(kind: str, relation: str, types) -> None:
    record = record_of(stated(kind))
    assert [(link.relation, link.record_id) for link in record.links] == [
        (relation, "doi:10.5555/a")
    ]
    assert record.publication_types == types
    assert record.kind == "notice"
    assert relation in RELATIONS


def test_only_a_whole_withdrawal_of_the_paper_is_a_retraction() -> None:
    retractions = {kind for kind, (relation, _) in crossref.TYPES.items() if "Retract" in relation}
    assert retractions == {"retraction", "withdrawal", "removal"}


def test_a_notice_has_what_its_own_work_says() -> None:
    notice = {
        "title": ["Retraction: &lt;5 mg/<i>l</i> of  <sub>a</sub> drug, p<0.05 and q>1", "Other"],
        "container-title": ["The Journal of Pain &amp; Care", "JPC"],
        "published": {"date-parts": [[2020, 4]]},
        "created": {"date-parts": [[2020, 4, 1]]},
    }
    record = record_of(stated(), notice=notice)
    assert record.title == "Retraction: <5 mg/l of a drug, p<0.05 and q>1"
    assert record.journal == "The Journal of Pain & Care"
    assert record.published == PartialDate(2020, 4)
    assert record.entered == PartialDate(2020, 3, 4)
    assert (record.record_id, record.doi) == ("doi:10.5555/n", "10.5555/n")


def test_a_notice_without_a_work_is_named_by_what_it_does() -> None:
    record = record_of(stated("erratum", label="Corrigendum"), stated("retraction", of="10.5555/b"))
    assert record.title == "Corrigendum of 10.5555/a; retraction of 10.5555/b"


def test_one_notice_links_to_every_work_that_it_is_about() -> None:
    record = record_of(stated(), stated(of="10.5555/b"), stated("erratum", of="10.5555/c"))
    assert [(link.relation, link.record_id) for link in record.links] == [
        ("RetractionOf", "doi:10.5555/a"),
        ("RetractionOf", "doi:10.5555/b"),
        ("ErratumFor", "doi:10.5555/c"),
    ]


def test_a_notice_is_known_from_the_first_date_that_anybody_states() -> None:
    later, earlier = stated(date="2021"), stated(date="2020-05", source="retraction-watch")
    assert record_of(later, earlier, stated(date=None)).entered == PartialDate(2020, 5)


def test_a_notice_of_a_text_that_is_no_doi_is_kept_without_a_record() -> None:
    (link,) = record_of(stated(of="unavailable")).links
    assert (link.record_id, link.citation) == (None, "retraction of unavailable")


@pytest.mark.parametrize(
    "date",
    [None, 7, "2020-01-01", [], {}, {"date-parts": []}, {"date-parts": [[]]},
     {"date-parts": [[None]]}, {"date-parts": [[2020, 13]]}, {"date-parts": [[2021, 2, 29]]},
     {"date-parts": [[0]]}, {"date-parts": [[10**30]]}, {"date-parts": [["x"]]},
     {"date-parts": [[-1, 1, 1]]}, {"date-parts": {"0": 1}}],
)  # fmt: skip
def test_a_date_that_cannot_be_is_no_date(date: Any) -> None:
    assert crossref.read_date(date) is None


def test_a_date_may_be_partial() -> None:
    assert crossref.read_date({"date-parts": [[2020]]}) == PartialDate(2020)
    assert crossref.read_date({"date-parts": [[2020, 2, 29]]}) == PartialDate(2020, 2, 29)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000,
        b'{"doi":"10.5555/n","notice":null,"updates":[]}',
        b'{"doi":"10.5555/n","notice":null}',
        b'{"doi":"nonsense","notice":null,"updates":[{}]}',
        b'{"doi":7,"notice":null,"updates":[{}]}',
        b'{"doi":"10.5555/n","notice":{"title":["\\ud800"]},"updates":[]}',
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableRecord, match="it is no notice of Crossref's"):
        crossref.parse(body)


@pytest.mark.parametrize("date", ["soon", [], "9" * 30, "2020-13", {}])
def test_a_date_of_an_update_that_is_no_date_is_unreadable(date: Any) -> None:
    with pytest.raises(UnreadableRecord, match="date"):
        record_of(stated(date=date))


def test_odd_fields_of_the_work_leave_the_notice_readable() -> None:
    odd = {"title": None, "container-title": [7, "J"], "published": "2020", "created": [1]}
    record = record_of(stated(date=None), notice=odd)
    assert (record.title, record.journal) == ("retraction of 10.5555/a", "J")
    assert record.published is record.entered is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)
parts = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("of", "type", "label", "source", "date"), json_values)
)


@given(st.binary(max_size=50) | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_do_worse_than_to_be_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableRecord):
        crossref.parse(body)


@given(json_values, parts)
def test_no_part_of_an_envelope_does_worse_than_to_make_it_unreadable(work: Any, part: Any) -> None:
    with contextlib.suppress(UnreadableRecord):
        assert record_of(stated() | part, notice=work).kind == "notice"
