"""What people enter: records as JSON lines, and tables of effects; errors name line and key."""

from io import BytesIO
from math import isclose
from pathlib import Path

import pytest

from living_review import parsing
from living_review.errors import ImportError_
from living_review.model import Link, PartialDate, Section
from living_review.parsing import effect_table, json_lines
from living_review.protocol import Drug, Outcome, Term, Vocabulary

SAMPLE = Path(parsing.__file__).parents[1] / "sample"
VOCABULARY = Vocabulary(
    drugs={"aspirin": Drug(names=("aspirin",))},
    drug_classes={"nsaid": Term(names=("NSAID",))},
    comparators={"placebo": Term(names=("placebo",))},
    conditions={},
    outcomes={
        "pain": Outcome(label="pain", names=("pain",), better="lower"),
        "walking": Outcome(label="walking", names=("walking",), better="higher"),
    },
)
HEADER = "record_id,intervention,comparator,outcome,measure,value,by"


def lines(*texts: str) -> list:
    payloads = json_lines.split(BytesIO("\n".join(texts).encode()))
    return [parsing.parse(payload) for payload in payloads]


def effects(*rows: str, more: str = "") -> list:
    text = "\n".join([HEADER + (f",{more}" if more else ""), *rows])
    return [each.finding for each in effect_table.parse(text, VOCABULARY)]


def test_a_line_is_a_record_with_all_that_it_says() -> None:
    (record,) = lines(
        '{"comment": "made by hand"}',
        "",
        '{"record_id": "doi:10.1/x", "title": "A trial", "doi": "10.1/x", "published": "2019-04",'
        ' "available_from": "2026-11-01", "abstract": [{"label": null, "text": "Pain fell."}],'
        ' "links": [{"relation": "CommentOn", "record_id": "pmid:1", "citation": ""}]}',
    )
    assert record.record_id == "doi:10.1/x"
    assert record.published == PartialDate(2019, 4)
    assert str(record.available_on) == "2026-11-01"
    assert record.abstract == (Section(None, "Pain fell."),)
    assert record.links == (Link("CommentOn", "pmid:1", ""),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"record_id": "own:1", "titel": "A"}', "line 2: 'titel'.*did you mean 'title'"),
        ('{"record_id": "own:1"}', "line 2: 'title' is missing"),
        ('{"record_id": "1", "title": "A"}', "line 2: 'record_id' is '1'"),
        ('{"record_id": "own:1", "title": ""}', "line 2: 'title' is ''"),
        ('{"record_id": "own:1", "title": 3}', "line 2: 'title' is '3'"),
        ('{"record_id": "own:1", "title": "A", "published": "2019-13"}', "2: 'published'.*2016-07"),
        ('{"record_id": "own:1", "title": "A", "published": 2019}', "line 2: 'published'"),
        ('{"record_id": "own:1", "title": "A", "abstract": "text"}', "line 2: 'abstract'"),
        ('{"record_id": "own:1", "title": "A", "abstract": [{}]}', r"line 2: 'abstract\.0"),
        ('{"record_id": "own:1", "title": "A", "kind": "paper"}', "line 2: 'kind'"),
        ('{"record_id": "own:1", "title": "A"', "line 2: it is not JSON"),
        ("not JSON", "line 2: it is not JSON"),
        ("[" * 100_000, "line 2: it is not JSON"),
        ("[]", "line 2:"),
        ('{"record_id": "own:0", "title": "A"}', "line 2: record_id 'own:0' stands in line 1"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_its_key(line: str, said: str) -> None:
    with pytest.raises(ImportError_, match=said):
        lines('{"record_id": "own:0", "title": "Right"}', line)


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(ImportError_, match="line 1"):
        list(json_lines.split(BytesIO(b"\xff\xfe\x00{")))


def test_the_bundled_records_are_read() -> None:
    with (SAMPLE / "beyond_pubmed.jsonl").open("rb") as stream:
        payloads = list(json_lines.split(stream))
    assert len(payloads) == 89
    assert all(parsing.parse(each).record_id == each.record_id for each in payloads)


@pytest.mark.parametrize(
    ("outcome", "measure", "value", "direction", "change"),
    [
        ("pain", "SMD", -0.5, "favours_intervention", "lower"),
        ("pain", "MD", 0.5, "favours_comparator", "higher"),
        ("walking", "MD", 5, "favours_intervention", "higher"),
        ("pain", "RR", 0.8, "favours_intervention", "lower"),
        ("walking", "OR", 0.8, "favours_comparator", "lower"),
        ("pain", "RD", 0, "no_difference", "no_difference"),
        ("pain", "RR", 1, "no_difference", "no_difference"),
    ],
)
def test_the_direction_follows_from_the_sign_and_from_which_way_is_better(
    outcome, measure, value, direction, change
) -> None:
    (finding,) = effects(f"pmid:1,aspirin,placebo,{outcome},{measure},{value},ab")
    assert (finding.direction, finding.change) == (direction, change)


def test_who_entered_an_effect_and_why_goes_with_it() -> None:
    (finding,) = effects('pmid:1,aspirin,placebo,pain,SMD,-1,ab,"read off figure 2"', more="note")
    assert finding.tagger == "human:ab"
    assert finding.quote == "read off figure 2"
    assert finding.effect.source == "extraction: ab"


@pytest.mark.parametrize(
    ("columns", "cells", "significant"),
    [
        ("p", "0.049", True),
        ("p", "0.05", False),
        ("variance", "0.25", True),
        ("se", "0.6", False),
        ("ci_low,ci_high", "-2,-0.1", True),
        ("ci_low,ci_high", "-2,0.1", False),
        ("weeks", "8", None),
    ],
)
def test_significance_is_by_p_else_interval_else_standard_error(columns, cells, significant):
    (finding,) = effects(f"pmid:1,aspirin,placebo,pain,SMD,-1,ab,{cells}", more=columns)
    assert finding.significant is significant


def test_a_variance_becomes_a_standard_error() -> None:
    (finding,) = effects("pmid:1,aspirin,nsaid,pain,SMD,-1,ab,0.04", more="variance")
    assert isclose(finding.effect.se, 0.2)


def test_means_of_both_arms_are_kept_as_arms() -> None:
    more = "n_intervention,n_comparator,mean_intervention,sd_intervention,mean_comparator"
    (finding,) = effects("pmid:1,aspirin,placebo,pain,MD,-1,ab,20,22,3,1.5,4", more=more)
    one, other = finding.arms
    assert (one.name, one.n, one.mean, one.sd) == ("aspirin", 20, 3.0, 1.5)
    assert (other.name, other.n, other.mean, other.sd) == ("placebo", 22, 4.0, None)


@pytest.mark.parametrize(
    ("row", "more", "said"),
    [
        ("pmid:1,asprin,placebo,pain,SMD,-1,ab", "", "2: 'intervention'.*did you mean 'aspirin'"),
        ("pmid:1,aspirin,nothing,pain,SMD,-1,ab", "", "line 2: 'comparator'"),
        ("pmid:1,aspirin,placebo,pains,SMD,-1,ab", "", "line 2: 'outcome'"),
        ("pmid:1,aspirin,placebo,pain,XX,-1,ab", "", "line 2: 'measure' is 'XX'"),
        ("pmid:1,aspirin,placebo,pain,SMD,minus one,ab", "", "line 2: 'value' is 'minus one'"),
        ("pmid:1,aspirin,placebo,pain,SMD,nan,ab", "", "line 2: 'value'"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,", "", "line 2: 'by' is empty"),
        ("1,aspirin,placebo,pain,SMD,-1,ab", "", "line 2: 'record_id'"),
        ("pmid:1,aspirin,placebo,pain,RR,-1,ab", "", "line 2: 'value' is -1; a RR is above 0"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,ab,0", "variance", "line 2: 'variance' is '0'"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,ab,2", "p", "line 2: 'p' is '2'"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,ab,1,2", "ci_low,ci_high", "line 2: 'value' -1"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,ab,-2,", "ci_low,ci_high", "line 2: .*together"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,ab,2.5", "n_intervention", "line 2: 'n_intervention'"),
        (
            "pmid:1,aspirin,placebo,pain,RD,-1,ab,9,8",
            "events_intervention,n_intervention",
            "line 2",
        ),
        ("pmid:1,aspirin,placebo,pain,SMD,-1", "", "line 2: .*as many cells"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,ab,x", "", "line 2: .*as many cells"),
        ("pmid:1,aspirin,placebo,pain,SMD,-1,ab", "wieght", "line 1: 'wieght' is not a known"),
        ('pmid:1,"aspirin', "", "is not CSV"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_column(row: str, more: str, said: str) -> None:
    with pytest.raises(ImportError_, match=said):
        effects(row, more=more)


def test_the_same_effect_twice_is_refused() -> None:
    row = "pmid:1,aspirin,placebo,pain,SMD,-1,ab"
    with pytest.raises(ImportError_, match="line 3: repeats line 2"):
        effects(row, row)


def test_comment_lines_come_first_and_are_counted_as_lines() -> None:
    with pytest.raises(ImportError_, match="line 4: 'outcome'"):
        effect_table.parse(f"# one\n# two\n{HEADER}\npmid:1,aspirin,placebo,x,MD,1,ab", VOCABULARY)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "a,b\n1,2\n"])
def test_a_table_without_its_columns_is_refused(text: str) -> None:
    with pytest.raises(ImportError_, match="column"):
        effect_table.parse(text, VOCABULARY)
