"""What a reader is told in words, and how foreign text is made safe before it is shown."""

import pytest

from living_review.reporting import amounts, citations, words
from living_review.reporting.axis import axis_for, mark
from living_review.reporting.plain import cell, markdown, plain, shorten


def effect(benefit, low=None, high=None, **other):
    return {"benefit": benefit, "benefit_low": low, "benefit_high": high, **other}


@pytest.mark.parametrize(
    ("told", "unit", "said"),
    [
        (effect(0.42, -0.47, 1.31), "0-10",
         "0.42 points of 10 better (95% CI 0.47 worse to 1.31 better)"),
        (effect(-1.2, -2.0, -0.4), "0-10", "1.20 points of 10 worse (95% CI 2.00 to 0.40 worse)"),
        (effect(-0.14, -0.258, -0.022), "risk difference",
         "14 percentage points worse (95% CI 25.8 to 2.2 worse)"),
        (effect(0.3), "SMD", "0.30 standard deviations better"),
        (effect(0.0, 0.0, 0.5), "0-10", "0.00 points of 10 (95% CI 0.00 to 0.50 better)"),
        (effect(None), "0-10", ""),
    ],
)  # fmt: skip
def test_an_effect_is_said_as_better_or_worse_for_patients(told, unit, said):
    assert amounts.benefit(told, unit) == said


@pytest.mark.parametrize(
    ("size", "unit", "said"),
    [
        (1.0, "0-10", "1 point of 10"),
        (0.5, "0-10", "0.5 points of 10"),
        (0.05, "risk difference", "5 percentage points"),
        (None, None, ""),
    ],
)
def test_the_smallest_difference_that_matters_is_said_on_its_scale(size, unit, said):
    assert amounts.mid(size, unit) == said


@pytest.mark.parametrize(
    ("asserts", "direction", "certainty", "verdict"),
    [
        ("benefit", "benefit", "very_low", "supported, at very low certainty"),
        ("benefit", "little_or_none", "low", "contradicted, at low certainty"),
        ("benefit", "uncertain", "very_low", "not settled"),
        ("harm", "harm", None, "supported"),
        ("little_or_none", "harm", None, "supported"),
        ("little_or_none", "benefit", None, "contradicted"),
        ("low", None, "low", ""),
    ],
)
def test_a_claim_as_worded_is_supported_contradicted_or_not_settled(
    asserts, direction, certainty, verdict
):
    weighed = {"claim_asserts": asserts, "direction": direction, "certainty": certainty}
    assert words.stands(weighed) == verdict


def test_every_direction_and_class_has_a_symbol_of_its_own_beside_its_colour():
    directions = [symbol for code, (symbol, _) in words.DIRECTIONS.items()
                  if code not in (None, "not_addressed")]  # fmt: skip
    assert len(set(directions)) == len(directions)
    assert len({symbol for symbol, _ in words.CLASSES.values()}) == len(words.CLASSES)


def test_a_signal_that_leaves_the_conclusion_standing_says_so():
    same = {"direction": "benefit", "certainty": "low"}
    assert words.moved({"before": same, "after": same}) == "benefit, low certainty, as before"


def test_every_rule_of_the_method_is_worded_with_its_source():
    known = {"B1", "B2", "A1", "A2", "A7", "MID", "GRADE", "RETRACTION", "EOC", "ERRATUM", "NPR",
             "RESULTS"}  # fmt: skip
    assert known <= set(words.RULES)
    assert all(rule.words and rule.source for rule in words.RULES.values())


def test_a_rule_that_no_table_names_is_shown_by_its_code():
    assert words.rule("Z9") == "Z9"


def test_control_and_overriding_characters_never_reach_a_reader():
    assert plain("a\x1b[31mb\x00\u202ec\ud800\n\td") == "a[31mbc d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[a](javascript:x)", r"\[a\](javascript:x)"),
        ("`code` *b* _i_ $x$", r"\`code\` \*b\* \_i\_ \$x\$"),
        ("1. not a list", r"1\. not a list"),
        ("- not a list", r"\- not a list"),
        ("0.05 stays", "0.05 stays"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_shows_foreign_text_as_it_is(text, shown):
    assert markdown(text) == shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_starts_a_formula(start):
    assert cell(f"{start}SUM(A1)").startswith("'")


def test_a_missing_cell_is_empty_and_a_number_is_itself():
    assert (cell(None), cell(12)) == ("", "12")


def test_long_text_is_cut_with_a_sign_of_it():
    assert shorten("word " * 100, 50).endswith("…")
    assert len(shorten("x" * 20_000, 50)) == 50


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Alder AB", "Alder"),
        ("van der Alder A", "van der Alder"),
        ("Alder, Anna", "Alder"),
        ("The Made-up Group", "The Made-up Group"),
        ("Alder", "Alder"),
    ],
)
def test_a_study_goes_by_its_first_authors_family_name(author, name):
    assert citations.surname(author) == name


@pytest.mark.parametrize(
    ("record", "address"),
    [
        ({"pmid": "1"}, "https://pubmed.ncbi.nlm.nih.gov/1/"),
        ({"pmid": None, "doi": "10.0000/made.up"}, "https://doi.org/10.0000/made.up"),
        ({"pmid": "javascript:x", "doi": "javascript:x"}, None),
        ({"doi": '10.0000/"><script>'}, "https://doi.org/10.0000/%22%3E%3Cscript%3E"),
        ({}, None),
    ],
)
def test_only_a_real_pmid_or_doi_becomes_a_link(record, address):
    assert citations.link(record) == address


def test_effects_on_two_scales_share_an_axis_in_mids():
    on_ten, on_smd = effect(1.0, mid=1.0), effect(0.5, mid=0.5)
    axis = axis_for([on_ten, on_smd])
    assert mark(axis, on_ten).at == mark(axis, on_smd).at == axis.band[1]


def test_an_interval_beyond_the_axis_is_cut_and_marked():
    wide = effect(0.0, -40.0, 1.0, mid=1.0)
    drawn = mark(axis_for([wide]), wide)
    assert (drawn.low, drawn.cut_low, drawn.cut_high) == (0, True, False)


def test_an_effect_without_a_number_is_not_drawn():
    assert mark(axis_for([None]), None) is None


MID = {"sizes": {"0-10": 0.5, "SMD": 0.25}, "wording": "0.5 points on a 0–10 scale"}


def found_nothing(value, measure="MD", **more):
    effect = {"value": value, "measure": measure}
    item = {"direction": "no_difference", "benefit": None, "unit": None, "mid": None}
    return item | {"effect": effect} | more


def test_a_difference_too_small_to_matter_is_told_on_its_own_scale():
    item = found_nothing(0.18, benefit=-0.18, unit="SMD", mid=0.5)
    assert amounts.too_small(item, MID) == (
        "the difference found (0.18 worse) is under 0.5 standard deviations, too small to matter"
    )


def test_one_whose_scale_was_not_read_is_held_against_the_protocols_points():
    assert "(0.31) is under 0.5 points on a 0–10 scale" in amounts.too_small(
        found_nothing(0.31), MID
    )


@pytest.mark.parametrize(
    "item",
    [
        found_nothing(5.0),
        found_nothing(0.5),
        found_nothing(0.31, "RR"),
        found_nothing(0.9, benefit=0.9, unit="SMD", mid=0.5),
        found_nothing(0.31) | {"effect": None},
    ],
    ids=["larger", "as large", "a ratio", "larger on its unit", "in words alone"],
)
def test_what_is_not_under_the_threshold_is_never_called_so(item):
    assert amounts.too_small(item, MID) == ""
