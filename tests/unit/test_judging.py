"""The words a judgement may use, and the tags that hold once people have judged them."""

import pytest

from living_review.errors import DecisionError
from living_review.judging.quotes import is_verbatim
from living_review.judging.tags import judged_tags
from living_review.judging.words import (
    finding_of,
    finding_target,
    is_known,
    said,
    tag_names,
    tag_of,
)
from living_review.model import JudgedTag, Record, Section, Tag
from tests.reading_builders import VOCABULARY

FINDING = {
    "intervention": "alphacin", "comparator": "placebo", "outcome": "pain", "weeks": None,
    "direction": "no_difference", "significant": None, "quote": "", "decider": "human:ab",
}  # fmt: skip


def judged_finding(**other):
    return finding_of(VOCABULARY, **FINDING | other)


def judged_tag(name, value):
    return tag_of(VOCABULARY, name, value, "", "human:ab")


@pytest.mark.parametrize(
    "words",
    [
        {}, {"intervention": "cins"}, {"comparator": "betacin"}, {"comparator": "cins"},
        {"weeks": 0}, {"weeks": 12.5}, {"direction": "none"}, {"significant": "no"},
    ],
)  # fmt: skip
def test_a_finding_in_the_words_of_the_vocabulary_is_taken(words):
    assert judged_finding(**words).decider == "human:ab"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ({"intervention": "alfacin"}, "--intervention is 'alfacin', which is not known; known: "
                                      "alphacin, betacin, cins, gammol"),
        ({"intervention": "placebo"}, "--intervention is 'placebo'"),
        ({"comparator": "nothing"}, "--comparator is 'nothing', .* known: alphacin, baseline, bet"),
        ({"comparator": "alphacin"}, "compared with itself"),
        ({"outcome": "agony"}, "--outcome is 'agony', .* known: .*chewing"),
        ({"direction": "better"}, "--direction is 'better', .* known: favours_comparator, "
                                  "favours_intervention, mixed_unclear, no_difference, none"),
        ({"significant": "true"}, "--significant is 'true', .* known: no, yes"),
        ({"weeks": -1}, "--weeks -1 is no length"),
        ({"weeks": float("nan")}, "--weeks nan is no length"),
        ({"weeks": float("inf")}, "--weeks inf is no length"),
    ],
)  # fmt: skip
def test_an_unknown_word_is_answered_with_the_known_ones(words, answer):
    with pytest.raises(DecisionError, match=answer):
        judged_finding(**words)


@pytest.mark.parametrize(
    ("name", "value", "values"),
    [
        ("design", "rct", ("rct",)), ("species", "guinea pig", ("guinea pig",)),
        ("condition", "jaw_pain", ("jaw_pain",)), ("participants", "0", ("0",)),
        ("weeks", "0.5", ("0.5",)), ("pain_setting", "chronic", ("chronic",)),
        ("drug:alphacin", "background", ("background",)), ("drug:cins", "none", ()),
        ("outcome", "pain,chewing", ("chewing", "pain")), ("outcome", "none", ()),
        ("search_until", "2019-06", ("2019-06",)), ("secondary", "yes", ("yes",)),
        ("design", "none", ()), ("funding", "a public body", ("a public body",)),
    ],
)  # fmt: skip
def test_a_tag_with_a_value_that_it_may_have_is_taken(name, value, values):
    assert judged_tag(name, value).values == values


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("desing", "rct", "a tag's name is 'desing', .* known: comparator, condition, design"),
        ("population", "direct", "is not known"), ("language", "eng", "is not known"),
        ("drug:aspirin", "background", "is not known"),
        ("design", "trial", "the value of design is 'trial', .*known: animal, case_control"),
        ("condition", "cold", "the value of condition is 'cold', .*jaw_pain"),
        ("drug:alphacin", "active", "known: background, comparator, intervention, mentioned"),
        ("outcome", "pain,agony", "the value of outcome is 'agony'"),
        ("outcome", "pain, chewing", "the value of outcome is ' chewing'"),
        ("harm", "pain", "the value of harm"), ("comparator", "alphacin", "value of comparator"),
        ("participants", "many", "should be a whole number, or none"),
        ("participants", "-1", "whole number"), ("participants", "1.5", "whole number"),
        ("participants", "12345678", "whole number"), ("participants", "٣", "whole number"),
        ("weeks", "8 weeks", "a number of weeks"), ("species", "Rat!", "human, or an animal"),
        ("search_until", "June 2019", "a date, as 2019-06"), ("secondary", "no", "known: yes"),
        ("funding", " ", "said in words"),
    ],
)  # fmt: skip
def test_a_tag_or_value_that_is_none_is_answered_with_those_that_are(name, value, answer):
    with pytest.raises(DecisionError, match=answer):
        judged_tag(name, value)


def test_what_a_source_states_in_a_field_of_its_own_is_no_tag_to_judge():
    assert not {"language", "registration", "population"} & set(tag_names(VOCABULARY))


def test_a_comparison_has_one_name_from_both_sides():
    turned = judged_finding(intervention="betacin", comparator="alphacin")
    straight = judged_finding(intervention="alphacin", comparator="betacin")
    assert (
        finding_target(turned) == finding_target(straight) == "alphacin vs betacin, pain, any time"
    )
    assert finding_target(judged_finding(weeks=8.0)) == "alphacin vs placebo, pain, 8 weeks"


def test_a_judgement_is_known_as_long_as_the_vocabulary_has_its_words():
    smaller = VOCABULARY.model_copy(update={"outcomes": {}, "conditions": {}})
    assert is_known(judged_finding(direction="none"), VOCABULARY)
    assert is_known(judged_tag("condition", "none"), smaller)
    assert not is_known(judged_finding(), smaller)
    assert not is_known(judged_tag("condition", "toothache"), smaller)


def test_a_judgement_is_said_in_a_few_words():
    assert said(judged_finding(weeks=8)) == "alphacin vs placebo, pain at 8 weeks: no_difference"
    assert said(judged_finding(direction="none")) == "alphacin vs placebo, pain: not stated"
    assert said(judged_tag("outcome", "pain,chewing")) == "outcome is chewing, pain"


# Tags.


READ = (
    Tag("design", "cohort", "we followed", "design:1"),
    Tag("condition", "migraine", "of migraine", "condition:1"),
    Tag("population", "excluded", "of migraine", "condition:1"),
    Tag("outcome", "pain", "pain fell", "outcomes:1"),
    Tag("outcome", "chewing", "chewing rose", "outcomes:1"),
)


def held(*judged):
    return {(t.name, t.value, t.quote, t.tagger) for t in judged_tags(READ, judged, VOCABULARY)}


def as_read(*names):
    return {(t.name, t.value, t.quote, t.tagger) for t in READ if t.name in names}


def test_a_persons_tag_stands_in_place_of_the_one_read_with_its_words():
    assert held(JudgedTag("design", ("rct",), "", "human:ab")) == as_read(
        "condition", "population", "outcome"
    ) | {("design", "rct", "we followed", "human:ab")}


def test_a_condition_brings_its_population():
    found = held(JudgedTag("condition", ("toothache",), "of teeth", "human:ab"))
    assert found == as_read("design", "outcome") | {
        ("condition", "toothache", "of teeth", "human:ab"),
        ("population", "direct", "of teeth", "human:ab"),
    }


def test_a_persons_tag_is_the_whole_of_it():
    assert held(JudgedTag("outcome", ("chewing",), "", "human:ab")) == as_read(
        "design", "condition", "population"
    ) | {("outcome", "chewing", "chewing rose", "human:ab")}
    assert held(JudgedTag("condition", (), "", "human:ab")) == as_read("design", "outcome")


def test_a_tag_that_no_reader_read_is_entered_without_words():
    assert ("species", "human", "", "human:ab") in held(
        JudgedTag("species", ("human",), "", "human:ab")
    )


def test_of_two_words_on_one_tag_the_later_one_holds():
    first = JudgedTag("design", ("rct",), "", "human:ab")
    assert ("design", "animal", "we followed", "human:cd") in held(
        first, JudgedTag("design", ("animal",), "", "human:cd")
    )


# Quotes.


@pytest.mark.parametrize(
    ("quote", "verbatim"),
    [
        ("Pain fell", True), ("pain fell", False), ("Pain\n   fell", True), ("of pain", True),
        ("Pain  fell by half.", True), ("Pain fell by half. It", False), ("", False),
        ("  ", False), ("Pain rose", False),
    ],
)  # fmt: skip
def test_a_quote_stands_word_for_word_in_title_or_one_part_of_the_abstract(quote, verbatim):
    record = Record("pmid:1", "A trial of pain", abstract=(
        Section("RESULTS", "Pain fell\nby half."), Section("CONCLUSION", "It helps."),
    ))  # fmt: skip
    assert is_verbatim(quote, record) is verbatim
