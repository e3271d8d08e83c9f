"""Tables of effects, a row an arm: which comparisons they make, and what their arms contradict."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.errors import ImportError_
from living_review.parsing import effect_table
from living_review.parsing.file_kinds import kind_of_file
from tests.unit.test_effect_tables import VOCABULARY, read, refusal
from tests.weighing_builders import ROOT, the_protocol

HEADER = "study,arm,outcome,mean,sd,n,events,weeks,by"
DRUG = "pmid:1,aspirin,leg_pain,3.1,2.0,40,,8,ab"
OTHER = "pmid:1,codeine,leg_pain,3.6,2.1,41,,8,ab"
PLACEBO = "pmid:1,placebo,leg_pain,4.0,1.9,42,,8,ab"


def compared(*rows: str, header: str = HEADER) -> list[tuple[str, str]]:
    return [(found.intervention, found.comparator) for found in read(header, *rows)]


def test_two_arms_make_an_effect_with_the_drug_as_intervention() -> None:
    (found,) = read(HEADER, PLACEBO, DRUG)
    assert (found.intervention, found.comparator) == ("aspirin", "placebo")
    assert found.effect is not None
    assert (found.effect.measure, found.effect.value) == ("MD", -0.9)
    assert (found.effect.n_intervention, found.effect.n_comparator) == (40, 42)
    assert [arm.name for arm in found.arms] == ["aspirin", "placebo"]
    assert (found.record_id, found.weeks, found.tagger) == ("pmid:1", 8, "human:ab")


def test_of_two_drugs_the_first_listed_is_the_intervention() -> None:
    assert compared(OTHER, DRUG) == [("codeine", "aspirin")]


def test_of_three_arms_each_drug_is_held_against_each_other_arm() -> None:
    assert compared(DRUG, OTHER, PLACEBO) == [
        ("aspirin", "codeine"), ("aspirin", "placebo"), ("codeine", "placebo"),
    ]  # fmt: skip


def test_two_comparators_of_three_arms_are_not_held_against_each_other() -> None:
    care = PLACEBO.replace("placebo", "usual care")
    assert compared(PLACEBO, care, DRUG) == [("aspirin", "placebo"), ("aspirin", "usual_care")]


def test_outcomes_times_and_people_are_results_of_their_own() -> None:
    rows = [DRUG, PLACEBO]
    nausea = ["pmid:1,aspirin,nausea,,,40,9,8,ab", "pmid:1,placebo,nausea,,,42,3,8,ab"]
    later = [row.replace(",8,ab", ",26,ab") for row in rows]
    second = [row.replace(",ab", ",cd") for row in rows]
    found = read(HEADER, *rows, *nausea, *later, *second)
    assert [(f.outcome, f.weeks, f.tagger) for f in found] == [
        ("leg_pain", 8, "human:ab"), ("nausea", 8, "human:ab"),
        ("leg_pain", 26, "human:ab"), ("leg_pain", 8, "human:cd"),
    ]  # fmt: skip
    assert found[1].effect is None
    assert [arm.events for arm in found[1].arms] == [9, 3]


def test_weeks_and_a_time_point_in_words_belong_together() -> None:
    header = "study,arm,outcome,mean,sd,n,weeks,time_point,by"
    rows = ("pmid:1,aspirin,leg_pain,3,2,40,13,,ab", "pmid:1,placebo,leg_pain,4,2,40,,3 months,ab")
    assert compared(*rows, header=header) == [("aspirin", "placebo")]


def test_scale_measure_and_total_may_stand_in_one_row_and_notes_are_joined() -> None:
    (found,) = read(
        f"{HEADER},scale,measure,total,note", f"{DRUG},100,,82,table 2", f"{PLACEBO},,MD,,figure 1"
    )
    assert found.effect is not None
    assert (found.effect.scale, found.effect.measure) == (100, "MD")
    assert found.quote == "table 2; figure 1"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([DRUG], "line 2: 'aspirin' is the only arm of its study, outcome, time and 'by'"),
        ([DRUG, PLACEBO, DRUG], "line 4: repeats the arm 'aspirin' of line 2"),
        (
            [PLACEBO, PLACEBO.replace("placebo", "usual_care")],
            "line 3: no arm from line 2 on is a drug or drug class",
        ),
        ([DRUG, PLACEBO.replace("4.0,1.9", ",")], "line 3: 'mean' is empty; an arm needs 'mean', "),
        ([DRUG, PLACEBO.replace("1.9", "")], "line 3: 'sd' is empty; an arm needs"),
        ([DRUG, PLACEBO.replace("1.9", "0")], "line 3: 'sd' is '0'"),
        ([DRUG, PLACEBO.replace(",42,", ",-42,")], "line 3: 'n' is '-42'"),
        ([DRUG, PLACEBO.replace("42,,", "42,9,")], "line 3: an arm is measured or counted"),
        ([DRUG, PLACEBO.replace("4.0,1.9,42,,", ",,42,43,")], "line 3: 'events' is 43; give 'n'"),
        (
            [DRUG, PLACEBO.replace("4.0,1.9,42,,", ",,42,4,")],
            "line 3: one arm is measured and the other counted, in line 2",
        ),
        ([DRUG, PLACEBO.replace("placebo", "plazebo")], "line 3: 'arm' is 'plazebo'.*'placebo'"),
        (
            [DRUG, PLACEBO.replace("4.0,1.9", "40,1.9")],
            "line 3: with line 2: the means are 18.9 SDs apart",
        ),
        (
            [DRUG, PLACEBO, DRUG.replace("40,,8,ab", "44,,8,cd"), PLACEBO.replace("ab", "cd")],
            "line 4: 'aspirin' has 44 people, and 40 in line 2",
        ),
    ],
)  # fmt: skip
def test_arms_that_make_no_effect_are_named_with_their_line(rows: list[str], said: str) -> None:
    with pytest.raises(ImportError_, match=rf"^{said}"):
        read(HEADER, *rows)


def test_a_header_alone_is_refused() -> None:
    assert refusal(HEADER, ",,,,,,,,") == "holds no row below its header"


def test_a_note_over_two_lines_is_named_by_its_first() -> None:
    rows = f'{DRUG},"table 2,\nlower half"', f"{PLACEBO},", f"{PLACEBO},"
    assert refusal(f"{HEADER},note", *rows).startswith(
        "line 5: repeats the arm 'placebo' of line 4"
    )


def test_arms_at_two_times_are_each_alone() -> None:
    said = refusal(HEADER, DRUG, PLACEBO.replace(",8,", ",9,"))
    assert "line 2: 'aspirin' is the only arm" in said
    assert "line 3: 'placebo' is the only arm" in said


@pytest.mark.parametrize(
    ("column", "cells", "said"),
    [
        ("scale", ("10", "100"), "line 3: 'scale' is 100.0, and 10.0 in line 2"),
        ("measure", ("MD", "SMD"), "line 3: 'measure' is SMD, and MD in line 2"),
        ("total", ("41", "41"), "line 3: 'placebo' has 42 people, and the whole study 41"),
        ("total", ("90", "91"), "line 3: 'total' is 91, and 90 in line 2"),
    ],
)
def test_what_arms_of_one_result_say_of_it_must_agree(column, cells, said) -> None:
    rows = (f"{row},{cell}" for row, cell in zip((DRUG, PLACEBO), cells, strict=True))
    assert said in refusal(f"{HEADER},{column}", *rows)


def test_the_arm_beside_a_faulty_row_is_not_said_to_stand_alone() -> None:
    said = refusal(HEADER, DRUG, PLACEBO.replace("1.9", "-1.9"))
    assert said.startswith("line 3: 'sd' is '-1.9'")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (HEADER, "effects"),
        ("Study;Arm;Outcome;Mean;SD;N", "effects"),
        ("study\tarm\toutcome\tevents\tn", "effects"),
        ("Title,Arm,Year", "csv_row"),
    ],
)
def test_a_table_of_arms_is_known_by_its_header(header: str, kind: str) -> None:
    assert kind_of_file(".tsv" if "\t" in header else ".csv", header) == kind


def test_effects_beside_titles_are_refused_with_the_way_out() -> None:
    with pytest.raises(ImportError_, match="take the column with the titles out"):
        kind_of_file(".csv", f"{HEADER},Title")


def test_the_tables_that_the_readme_shows_are_taken_as_they_stand() -> None:
    text = (ROOT / "README.md").read_text()
    section = text[text.index("### Enter effects") : text.index("## Make your own review")]
    tables = re.findall(r"^\| study(?:.*\n\|)*.*", section, re.MULTILINE)
    assert len(tables) == 2
    vocabulary = the_protocol().vocabulary
    for table in tables:
        rows = [line for line in table.splitlines() if not line.startswith("|---")]
        cells = [",".join(cell.strip() for cell in row[1:-1].split("|")) for row in rows]
        assert len(effect_table.parse("\n".join(cells), vocabulary)) == 2


CELLS = st.sampled_from(
    ["", "pmid:1", "aspirin", "placebo", "leg_pain", "nausea", "0", "1", "-1", "2.5", "1e308",
     "nan", "inf", "1e-320", "MD", "SMD", "RR", "OR", "intervention", "8 weeks", '"', "x"]
)  # fmt: skip
COLUMNS = {
    "arms": "study,arm,outcome,mean,sd,n,events,measure,scale,weeks,time_point,by,note,total",
    "effects": "study,intervention,comparator,outcome,by,measure,value,variance,se,ci_low,ci_high,"
    "p,favours,n_intervention,n_comparator,mean_intervention,mean_comparator,sd_intervention,"
    "sd_comparator,events_intervention,events_comparator,scale,weeks,total",
}


@pytest.mark.parametrize("form", sorted(COLUMNS))
@given(data=st.data())
def test_whatever_is_in_the_cells_a_table_is_read_or_refused(form: str, data) -> None:
    columns = COLUMNS[form].split(",")
    likely = {
        "study": "pmid:1", "arm": "aspirin", "intervention": "aspirin", "comparator": "placebo",
        "outcome": "leg_pain", "by": "ab",
    }  # fmt: skip
    rows = [
        ",".join(likely.get(c) or data.draw(CELLS) for c in columns),
        ",".join(({**likely, "arm": "placebo"}).get(c) or data.draw(CELLS) for c in columns),
    ]
    with suppress(ImportError_):  # and nothing else
        effect_table.parse("\n".join([COLUMNS[form], *rows]), VOCABULARY)
