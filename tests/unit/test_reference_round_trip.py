"""Records out and back in: the same record from RIS, NBIB and JSON lines, whatever it says."""

from dataclasses import fields, replace
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from living_review import parsing
from living_review.errors import ImportError_, UnreadableRecord
from living_review.model import Record, Section
from living_review.parsing.file_kinds import kind_of_file
from living_review.parsing.text_files import decode
from living_review.reporting.references import Reference, nbib, ris, rows
from living_review.stages.importing import SPLITTERS
from living_review.stages.placing import candidates
from tests.reference_builders import ATTACKS, BARE, FULL, REFERENCES, references

WRITERS = {"ris": ris.render, "nbib": nbib.render, "json_line": rows.render_json}
SUFFIXES = {"ris": ".txt", "nbib": ".nbib", "json_line": ".jsonl"}
TAGGED = ("ris", "nbib")


def payloads(kind: str, body: bytes):
    assert kind_of_file(SUFFIXES[kind], decode(body)[0]) == kind
    return list(SPLITTERS[kind](BytesIO(body)))


def read(kind: str, body: bytes) -> list[Record]:
    return [parsing.parse(payload) for payload in payloads(kind, body)]


def written(kind: str, *given: Record) -> bytes:
    return WRITERS[kind]([Reference(record) for record in given])


def lost(back: list[Record], given: list[Record]) -> list[str]:
    """The fields that did not come back, by name: whole records would fill the screen."""
    assert len(back) == len(given)
    return [
        field.name
        for now, was in zip(back, given, strict=True)
        for field in fields(Record)
        if getattr(now, field.name) != getattr(was, field.name)
    ]


@pytest.mark.parametrize("kind", WRITERS)
def test_every_field_comes_back(kind):
    back = read(kind, WRITERS[kind](REFERENCES))
    assert lost(back, [one.record for one in REFERENCES]) == []


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_a_hostile_word_in_every_field_forges_and_loses_nothing(kind, attack):
    hostile = replace(
        FULL, title=attack, doi=attack, pmc=attack, registrations=(attack,), authors=(attack,),
        abstract=(Section(attack, attack),), collective_authors=(attack,), journal=attack,
        citation=attack, publication_types=(attack,), mesh=(attack,), keywords=(attack,),
        languages=(attack,), vernacular_title=attack,
    )  # fmt: skip
    other = replace(hostile, record_id="own:2")
    told = [Reference(r, "exclude", attack, attack, attack, attack) for r in (hostile, BARE, other)]
    assert lost(read(kind, WRITERS[kind](told)), [hostile, BARE, other]) == []


@settings(max_examples=40)
@given(given_=st.lists(references(), max_size=2))
def test_whatever_the_store_holds_comes_back_equal(given_):
    records = [one.record for one in given_]
    for kind in TAGGED:
        back = [parsing.parse(p) for p in SPLITTERS[kind](BytesIO(WRITERS[kind](given_)))]
        assert lost(back, records) == []


@settings(max_examples=40)
@given(one=references().filter(lambda one: one.record.title))
@example(one=Reference(replace(FULL, title="\u202e")))
def test_json_lines_hold_every_field_and_nothing_that_acts_on_a_terminal(one):
    text = rows.render_json([one]).decode()
    assert lost(read("json_line", text.encode()), [one.record]) == []
    assert not set(text) & {"\x1b", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\x00"}


def test_half_a_character_in_a_report_costs_itself_and_not_the_file():
    (back,) = read("ris", ris.render_tags([Reference(replace(BARE, title="A \ud800 title"))]))
    assert back.title == "A title"


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("ris", "AU  - Maker, A. B.\n", "AU  - Mender, A. B.\n"),
        ("nbib", "AU  - Maker AB\n", "AU  - Mender AB\n"),
    ],
)
def test_what_a_person_edits_in_a_reference_manager_holds_against_the_line_beside(kind, old, new):
    text = written(kind, FULL).decode()
    assert old in text
    (back,) = read(kind, text.replace(old, new).encode())
    assert back.authors[0] == "Mender AB"
    assert (back.record_id, back.abstract) == (FULL.record_id, FULL.abstract)


@pytest.mark.parametrize("kind", TAGGED)
def test_without_the_line_beside_the_tags_still_say_what_the_record_is(kind):
    lines = written(kind, FULL).decode().splitlines(keepends=True)
    (back,) = read(kind, "".join(x for x in lines if "living-review fields" not in x).encode())
    kept = ("pmid", "doi", "pmc", "journal", "citation", "published", "published_online", "title")
    assert {name: getattr(back, name) for name in kept} == {n: getattr(FULL, n) for n in kept}
    assert back.authors[: len(FULL.authors)] == FULL.authors


@pytest.mark.parametrize(
    "line",
    [
        "living-review fields {", "living-review fields []", 'living-review fields {"title": 1}',
        'living-review fields {"colour": ["0", "red"]}',
        'living-review fields {"record_id": ["0", "no key"]}',
        'living-review fields {"record_id": ["0", 7]}',
        f"living-review fields {'[' * 100_000}",
    ],
    ids=range(7),
)  # fmt: skip
def test_a_damaged_line_beside_is_named_with_the_way_out(line):
    body = f"TY  - JOUR\nTI  - A title\nC8  - {line}\nER  - \n".encode()
    with pytest.raises(UnreadableRecord, match="is damaged; take the line out"):
        parsing.ris.parse(body)


def test_a_line_beside_with_a_day_that_never_was_is_damaged():
    text = written("ris", replace(BARE, entered=FULL.entered)).decode()
    with pytest.raises(UnreadableRecord, match="is damaged"):
        parsing.ris.parse(text.replace('"day": 2', '"day": 32').encode())


def test_a_record_is_looked_for_under_its_own_key_first():
    own = replace(FULL, record_id="own:12")
    (payload,) = payloads("ris", written("ris", own))
    assert candidates(payload, own)[:2] == ("own:12", "pmid:12")


def test_remarks_of_ours_say_nothing_of_the_record():
    remarked = Reference(BARE, "exclude", reason="PMC99; doi:10.5555/other; PMID: 99")
    body = ris.render_tags([remarked])
    (back,) = read("ris", body)
    assert (back.pmid, back.doi, back.pmc) == (None, None, None)


def test_nbib_tells_the_registrations_of_a_publication():
    body = b"PMID- 1\nTI  - A trial\nSI  - ClinicalTrials.gov/NCT01234567\nSI  - GENBANK/AF1\n"
    assert parsing.nbib.parse(body).registrations == ("NCT01234567",)


def test_json_lines_of_ours_state_a_decision_and_import_takes_none():
    body = rows.render_json(REFERENCES[:1])
    assert b'"decider": "human:ab"' in body
    assert read("json_line", body) == [BARE]


def test_another_unknown_key_in_json_lines_is_refused_still():
    with pytest.raises(ImportError_, match="'decided' is not a known key"):
        list(SPLITTERS["json_line"](BytesIO(b'{"record_id": "own:1", "title": "A", "decided": 1}')))
