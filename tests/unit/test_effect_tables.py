"""Tables of effects, a row a comparison: what stands in for an estimate, and what contradicts."""

import pytest

from living_review.errors import ImportError_
from living_review.model import Finding
from living_review.parsing import effect_table
from living_review.protocol import Drug, Mid, Outcome, Scale, Term, Vocabulary
from living_review.synthesis.effects import on_units

VOCABULARY = Vocabulary(
    drugs={
        "aspirin": Drug(names=("aspirin", "acetylsalicylic acid")),
        "codeine": Drug(names=("codeine",)),
    },
    drug_classes={"nsaid": Term(names=("NSAID",))},
    comparators={
        "placebo": Term(names=("placebo",)),
        "usual_care": Term(names=("usual care",)),
        "dose": Term(names=("higher dose",)),
    },
    conditions={},
    outcomes={
        "leg_pain": Outcome(
            label="pain", names=("pain",), better="lower",
            scales=(Scale(names=("VAS",), length=10),),
        ),
        "nausea": Outcome(label="nausea", names=("nausea",), better="lower", harm=True),
        "walking": Outcome(label="walking", names=("walking",), better="higher"),
    },
)  # fmt: skip
MEANS = (
    "mean_intervention,sd_intervention,n_intervention,mean_comparator,sd_comparator,n_comparator"
)
EVENTS = "events_intervention,n_intervention,events_comparator,n_comparator"
BY_P = "p,favours,n_intervention,n_comparator"
HEADER = "study,intervention,comparator,outcome,by"
PAIN = "pmid:1,aspirin,placebo,leg_pain,ab"
NAUSEA = "pmid:1,aspirin,placebo,nausea,ab"


def read(*lines: str) -> list[Finding]:
    return [each.finding for each in effect_table.parse("\n".join(lines), VOCABULARY)]


def one(columns: str, cells: str, row: str = PAIN) -> Finding:
    (finding,) = read(f"{HEADER},{columns}", f"{row},{cells}")
    return finding


def refusal(*lines: str) -> str:
    with pytest.raises(ImportError_) as refused:
        read(*lines)
    return str(refused.value)


# What may stand in place of an estimate.


@pytest.mark.parametrize(
    ("cells", "value", "variance"),
    [
        ("0.05,intervention,32,32", -0.4997, 0.064451),  # McCleane 2001
        ("0.332,intervention,110,107", -0.132, 0.018477),  # Baron 2010
        ("0.234,intervention,34,38", -0.2834, 0.056285),  # Atkinson 2016
        ("0.19,comparator,106,101", 0.1828, 0.019416),  # Mathieson 2017
    ],
)
def test_a_p_value_gives_the_smd_that_openmetaanalysis_printed(cells, value, variance) -> None:
    found = one(BY_P, cells)
    assert found.effect is not None
    assert found.effect.se is not None
    assert round(found.effect.value, 4) == value
    assert round(found.effect.se**2, 6) == variance
    assert found.effect.measure == "SMD"
    assert found.effect.source == "extraction: ab; SMD and its SE from the p-value"
    assert found.effect.p == float(cells.split(",")[0])


def test_the_side_of_a_p_value_follows_what_is_better() -> None:
    found = one(BY_P, "0.01,intervention,30,30", "pmid:1,aspirin,placebo,walking,ab")
    assert found.effect is not None
    assert found.effect.value > 0
    assert (found.direction, found.significant) == ("favours_intervention", True)


def test_a_p_value_of_one_is_no_difference() -> None:
    found = one(BY_P, "1,intervention,30,30")
    assert (found.effect and found.effect.value, found.direction) == (0, "no_difference")


def test_means_and_sds_make_a_mean_difference_and_are_kept_as_entered() -> None:
    found = one(f"{MEANS},scale,weeks", "2.34,1.8,23,4.73,1.1,20,10,8")
    assert found.effect is not None
    assert (found.effect.measure, found.effect.value, found.effect.scale) == ("MD", -2.39, 10)
    assert found.effect.se == pytest.approx((1.8**2 / 23 + 1.1**2 / 20) ** 0.5)
    assert found.effect.source == "extraction: ab; MD and its SE from means and SDs"
    assert [(arm.n, arm.mean, arm.sd) for arm in found.arms] == [(23, 2.34, 1.8), (20, 4.73, 1.1)]
    assert (found.direction, found.change, found.weeks) == ("favours_intervention", "lower", 8)


def test_weighing_finds_points_and_hedges_g_in_the_same_means() -> None:
    found = one(f"{MEANS},scale", "23.4,18,23,47.3,11,20,100")
    units = on_units(
        found, VOCABULARY.outcomes["leg_pain"], Mid(points=1, scale=10, smd=0.5, wording=""), None
    )
    assert units["0-10"].benefit == pytest.approx(2.39)
    assert units["0-10"].conversions == ("mapped from 0–100 to 0–10",)
    assert units["SMD"].conversions == ("Hedges' g from means and SDs",)


def test_an_smd_that_is_left_out_is_left_to_weighing() -> None:
    found = one(f"measure,{MEANS}", "SMD,2.34,1.8,23,4.73,1.1,20")
    assert (found.effect, found.direction) == (None, "favours_intervention")
    assert len(found.arms) == 2


def test_events_go_on_as_entered_and_more_of_them_are_worse() -> None:
    found = one(f"p,{EVENTS}", "0.03,12,50,4,49", NAUSEA)
    assert (found.effect, found.quote) == (None, "p = 0.03")
    assert [(arm.events, arm.n) for arm in found.arms] == [(12, 50), (4, 49)]
    assert (found.direction, found.significant) == ("favours_comparator", True)


@pytest.mark.parametrize(("measure", "value"), [("RR", 2.94), ("OR", 71 * 1 / 1 * 0.05003)])
def test_a_ratio_that_is_asked_for_is_made_from_events(measure, value) -> None:
    found = one(f"measure,{EVENTS}", f"{measure},12,50,4,49", NAUSEA)
    assert found.effect is not None
    assert found.effect.value == pytest.approx(value, rel=2e-3)
    assert found.effect.source == f"extraction: ab; {measure} and its SE from events"


def test_a_minus_sign_from_a_paper_is_a_minus_sign() -> None:
    assert one("measure,value", "MD,−0.5").effect.value == -0.5


def test_a_spreadsheets_semicolons_spellings_and_empty_rows_are_understood() -> None:
    (found,) = read(
        "Study;Intervention;Comparator;Outcome;By;Measure;Value;Time point",
        "pmid:1;Aspirin;Usual care;Leg pain;ab;SMD;-0.4;3 months",
        ";;;;;;;",
        "",
    )
    assert (found.intervention, found.comparator, found.outcome) == (
        "aspirin", "usual_care", "leg_pain",
    )  # fmt: skip
    assert (found.weeks, found.quote) == (13, "time point: 3 months")


@pytest.mark.parametrize(
    ("said", "weeks"),
    [("8 weeks", 8), ("6 wk", 6), ("week 12", 12), ("10 days", 1.43), ("1.5 mo", 6.5), ("1y", 52)],
)
def test_a_time_point_is_a_number_and_its_unit(said, weeks) -> None:
    assert one("measure,value,time_point", f"SMD,-0.4,{said}").weeks == weeks


# What is refused.


@pytest.mark.parametrize(
    ("columns", "cells", "said"),
    [
        ("weeks", "8", "'value' is empty; fill it with its 'measure', or mean, sd and n of both"),
        ("value", "-1", "'measure' is empty; a 'value' needs one"),
        ("measure,se", "MD,0.2", "'value' is empty beside its interval or standard error"),
        (f"measure,{MEANS}", "RR,2,1,20,3,1,20", "means and SDs give an MD or SMD, and no RR"),
        (f"measure,{EVENTS}", "HR,2,20,3,20", "events give a RD, RR or OR, and no HR"),
        (EVENTS, "2,20,3,20", "'leg_pain' is measured on a scale, so that nothing says whether"),
        (f"measure,{BY_P}", "MD,0.2,comparator,20,20", "a p-value gives an SMD, and no MD"),
        (BY_P, "0,comparator,20,20", "'p' is 0, which gives no effect"),
        (BY_P, "0.2,comparator,20,1", "only with the size of both arms"),
        (BY_P, "0.2,neither,20,20", "'favours' is 'neither'"),
        (BY_P, "1e-300,comparator,20,20", "the numbers give an SMD of"),
        (MEANS, "2,0.1,20,4,0.1,20", "the means are 20 SDs apart; are the SDs standard errors?"),
        (MEANS, "2,1,1,4,1,20", "'n_intervention' is 1, and one person has no SD"),
        (f"{MEANS},scale", "2,1,20,4,11,20,10", "'sd_comparator' is 11, more than the whole scale"),
        (f"{MEANS},scale", "52,1,20,4,1,20,10", "'mean_intervention' is 52, off its scale of 10"),
        ("measure,value", "RD,5", r"no RD goes beyond ±1, as a share: 0\.05 for 5 points"),
        ("measure,value", "SMD,-12", "no SMD goes beyond ±10"),
        ("measure,value,scale", "MD,-12,10", "'value' is -12, more than the whole scale of 10"),
        ("measure,value,se,variance", "MD,-1,0.5,0.5", "'se' 0.5 is not the root of 'variance'"),
        ("measure,value,favours", "MD,-1,comparator", "favours the intervention, by"),
        (f"{MEANS},favours", "2,1,20,1,1,20,intervention", "favours the comparator, by which"),
        ("measure,value,n_comparator", "MD,-1,2.5", "'n_comparator' is '2.5'; it is no whole"),
        ("measure,value,sd_comparator", "MD,-1,0", "'sd_comparator' is '0'"),
        ("measure,value,n_comparator", "MD,-1,-4", "'n_comparator' is '-4'"),
        ("measure,value,time_point", "MD,-1,8", "'time_point' is '8'; write a number and its unit"),
        ("measure,value,time_point", "MD,-1,0 days", "longer than nothing"),
        ("measure,value,time_point,weeks", "MD,-1,8 wk,8", "'weeks' and 'time_point' say one"),
        ("measure,value,ci_low,ci_high", "RR,1.2,-1,2", "'ci_low' is -1; a RR is above 0"),
        ("measure,value,ci_low,ci_high", "MD,1,-2,0.9", "outside its own interval, -2 to 0.9"),
        ("measure,value,ci_low,ci_high,p", "MD,1,0.2,1.8,0.5", "leaves out 0, and 'p' is 0.5"),
        ("measure,value,ci_low,ci_high,p", "RR,1.5,0.9,2.5,0.001", "holds 1, and 'p' is 0.001"),
        ("measure,value,ci_low,ci_high,se", "MD,1,0.2,1.8,8", "by the interval .* it is 0.408"),
        (f"measure,value,se,{MEANS}", "MD,-1,0.6,2,0.3,40,3,0.3,40", "the SDs 0.3 and 0.3 give"),
        ("measure,value,total,n_comparator", "MD,-1,30,31", "'placebo' has 31 people, and"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_or_lacks_its_numbers_is_named(columns, cells, said) -> None:
    with pytest.raises(ImportError_, match=rf"^line 2: .*{said}"):
        one(columns, cells)


def test_a_ratio_with_an_empty_cell_is_left_to_the_risk_difference() -> None:
    row = f"{NAUSEA},RR,0,50,4,49"
    assert "gives no RR; leave 'measure' empty" in refusal(f"{HEADER},measure,{EVENTS}", row)
    assert one(EVENTS, "0,50,4,49", NAUSEA).direction == "favours_intervention"


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("ci_low,ci_high,p", "0.1,1.9,0.07"),  # an interval of 90 %
        ("ci_low,ci_high,p", "-0.1,2.1,0.02"),  # one of 99 %
        ("ci_low,ci_high,p", "0.0,2.0,0.001"),  # its end is rounded
        ("ci_low,ci_high,se", "0.2,1.8,0.8"),  # very few people
        (f"se,{MEANS}", "0.2,2,1,40,3,1,40"),  # adjusted for the value at baseline
        (f"se,{MEANS}", "0.5,2,1,40,3,1,40"),  # clusters
    ],
)
def test_what_may_be_so_is_taken(columns, cells) -> None:
    assert one(f"measure,value,{columns}", f"MD,1,{cells}").effect.value == 1


@pytest.mark.parametrize(
    ("name", "meant"),
    [("asprin", "aspirin"), ("Acetylsalicylic acid", "aspirin"), ("N.S.A.I.D", None)],
)
def test_an_unknown_name_is_answered_with_the_one_that_is_meant(name, meant) -> None:
    row = f"pmid:1,{name},placebo,leg_pain,ab,SMD,-1"
    if meant is None:
        assert read(f"{HEADER},measure,value", row)[0].intervention == "nsaid"
    else:
        assert f"did you mean '{meant}'?" in refusal(f"{HEADER},measure,value", row)


def test_the_same_comparison_from_the_other_side_is_a_repeat() -> None:
    said = refusal(
        f"{HEADER},measure,value",
        "pmid:1,aspirin,codeine,leg_pain,ab,SMD,-1",
        "pmid:1,codeine,aspirin,leg_pain,ab,SMD,1",
    )
    assert said == "line 3: tells the other way round line 2; keep one of the two"


def test_two_people_may_enter_the_same_but_not_other_sizes_of_an_arm() -> None:
    header = f"{HEADER},measure,value,n_comparator"
    other = PAIN.replace(",ab", ",cd")
    assert len(read(header, f"{PAIN},SMD,-1,20", f"{other},SMD,-0.9,20")) == 2
    said = refusal(header, f"{PAIN},SMD,-1,20", f"{other},SMD,-0.9,22")
    assert said.startswith("line 3: 'placebo' has 22 people, and 20 in line 2")


def test_an_arm_of_one_dose_may_be_smaller_than_the_whole() -> None:
    assert read(
        f"{HEADER},measure,value,n_intervention",
        f"{PAIN},SMD,-1,40",
        "pmid:1,aspirin,dose,leg_pain,ab,SMD,-0.1,20",
    )


def test_a_study_has_one_total() -> None:
    said = refusal(f"{HEADER},measure,value,total", f"{PAIN},SMD,-1,40", f"{NAUSEA},RR,1.2,44")
    assert said == "line 3: 'total' is 44, and 40 in line 2"


def test_every_fault_of_a_file_is_named_with_its_line() -> None:
    said = refusal(
        "# made by hand",
        f"{HEADER},measure,value,p",
        f"{PAIN},SMD,-1,0.5",
        f"{PAIN},SMD,-1,0.5",
        "Roe 2010,aspirn,placebo,pains,,SMD,much,2",
        "pmid:2,aspirin,aspirin,leg_pain,ab,RR,-1,",
        "pmid:3,aspirin",
    ).splitlines()
    assert said[0] == "9 faults, so that no row is taken:"
    assert [line.split(":")[0].strip() for line in said[1:]] == [
        "line 4", *["line 5"] * 6, "line 6", "line 7",
    ]  # fmt: skip
    assert "'record_id' (or 'study') is 'Roe 2010'; write the record's id, as pmid:123" in said[2]


def test_the_first_twenty_faults_are_listed_and_the_rest_counted() -> None:
    said = refusal(f"{HEADER},measure,value", *[f"{PAIN},SMD,x"] * 23).splitlines()
    assert said[0] == "23 faults, so that no row is taken:"
    assert len(said) == 22
    assert said[20].startswith("  line 21: ")
    assert said[21] == "  and 3 more"


def test_every_fault_of_a_header_is_named() -> None:
    said = refusal("study,record_id,intervention,outcome,by,wieks,sd", "")
    assert "line 1: the columns 'study' and 'record_id' say one thing" in said
    assert "line 1: 'wieks' is not a known column; did you mean 'weeks'?" in said
    assert (
        "line 1: 'sd' is not a known column; it belongs to a table with a row for each arm" in said
    )
    assert "line 1: the column 'comparator' is missing" in said
