"""Whether people were randomised: said, shown by how they were allotted, or not at all."""

import pytest

from tests.reading_builders import record, value

DONE = " Pain was recorded in 40 patients. Pain fell (p = 0.01)."


@pytest.mark.parametrize(
    "abstract",
    [
        "In this crossover study 12 patients took alphacin and then betacin.",
        "A controlled trial was conducted in 40 patients.",
        "Forty patients were treated with either alphacin or betacin.",
        "Participants were allocated to alphacin or to usual care.",
        "One group received alphacin, the control group received advice.",
        "The trial had a parallel-group design.",
        "The rater was blinded: an observer-blinded comparison of alphacin with advice.",
    ],
)
def test_people_allotted_without_a_word_of_chance_are_a_trial_whose_randomisation_is_inferred(
    abstract,
):
    one = record(abstract + DONE, "Alphacin in toothache")
    assert (value(one, "design"), value(one, "randomised")) == ("rct", "inferred")


@pytest.mark.parametrize(
    "abstract",
    [
        "Patients were randomised to alphacin or betacin.",
        "This randomised trial lasted a week. Patients took alphacin or placebo.",
        "Forty randomly chosen patients were randomly assigned to alphacin or betacin.",
        "Two randomised crossover studies of alphacin were carried out in 40 patients.",
        "The effects of a randomised treatment strategy on pain were studied in 40 patients.",
    ],
)
def test_randomisation_in_so_many_words_is_stated(abstract):
    one = record(abstract + DONE, "Alphacin in toothache")
    assert (value(one, "design"), value(one, "randomised")) == ("rct", "stated")


@pytest.mark.parametrize(
    "abstract",
    [
        "The records of patients given either alphacin or betacin were reviewed retrospectively.",
        "Forty patients took alphacin in a single-arm study of treatment before an operation.",
        "In a case-control study patients were compared with healthy controls.",
    ],
)
def test_people_found_or_treated_without_comparison_are_no_trial(abstract):
    one = record(abstract + DONE, "Alphacin in toothache")
    assert value(one, "design") != "rct"
    assert value(one, "randomised") is None


def test_a_publication_type_turns_inferred_into_stated():
    abstract = "Forty patients were treated with either alphacin or betacin." + DONE
    types = ("Randomized Controlled Trial",)
    one = record(abstract, "Alphacin in toothache", publication_types=types)
    assert value(one, "randomised") == "stated"


def test_a_title_alone_that_compares_treatments_is_a_trial_to_ask_about():
    one = record("", "Effectiveness of alphacin alone versus alphacin plus betacin in toothache")
    assert (value(one, "design"), value(one, "randomised")) == ("rct", "inferred")
