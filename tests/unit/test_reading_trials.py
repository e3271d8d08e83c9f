"""Whether people were randomised: said, shown by how they were allotted, or not at all."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from living_review import parsing
from living_review.parsing import pubmed_xml
from living_review.tagging import allotted, design_words
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


def test_indexers_who_read_a_blinded_method_are_believed_but_chance_stays_inferred():
    abstract = "Forty patients were treated with alphacin." + DONE
    one = record(abstract, "Alphacin in toothache", mesh=("Humans", "Double-Blind Method"))
    assert (value(one, "design"), value(one, "randomised")) == ("rct", "inferred")


@pytest.mark.parametrize(
    ("types", "design"),
    [
        (("Journal Article", "Meta-Analysis"), "systematic_review"),
        (("Case Reports",), "case_report"),
        (("Retracted Publication", "Randomized Controlled Trial"), "rct"),
        (("Retracted Publication",), "nonrandomised_trial"),
    ],
)
def test_publication_types_confirm_and_a_retraction_leaves_the_design_as_it_was(types, design):
    abstract = "In this open study 40 patients took alphacin. Pain was recorded (p = 0.01)."
    one = record(abstract, "Alphacin in toothache", publication_types=types)
    assert value(one, "design") == design


def test_a_title_alone_that_compares_treatments_is_a_trial_to_ask_about():
    one = record("", "Effectiveness of alphacin alone versus alphacin plus betacin in toothache")
    assert (value(one, "design"), value(one, "randomised")) == ("rct", "inferred")


def test_plain_words_looked_for_first_never_hide_a_pattern():
    """`needs` make reading fast; no sentence may match a list's patterns without one of them."""
    lists = {name: (design_words._NEEDS[name], words) for name, words in design_words.WORDS.items()}
    for kind in ("strong", "weak"):
        for name, cue in allotted._DATA[kind].items():
            lists[name] = (tuple(cue["needs"]), re.compile(cue["words"]))
    hidden = {
        (name, sentence)
        for sentence in texts_of_the_sample()
        for name, (needs, words) in lists.items()
        if needs and not any(word in sentence for word in needs) and words.search(sentence)
    }
    assert hidden == set()


def texts_of_the_sample() -> Iterator[str]:
    with files("living_review.sample").joinpath("pubmed.xml").open("rb") as stream:
        for payload in pubmed_xml.split(stream):
            one = parsing.parse(payload)
            yield one.title.lower()
            yield one.text.lower()
