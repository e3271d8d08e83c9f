"""Systematic reviews beside primary studies, and when one sets the direction."""

import pytest

from living_review.model import Conclusion, PartialDate, Reading, ReviewView
from living_review.synthesis import weigh
from tests.weighing_builders import (
    AGAINST,
    FAVOURS,
    SAME,
    UNCLEAR,
    points,
    review,
    smd,
    study,
    the_protocol,
)


def on(*readings: Reading, claim: str = "pain-vs-placebo") -> Conclusion:
    return weigh(readings, the_protocol(), (claim,))[0]


def view(*readings: Reading) -> ReviewView:
    return on(*readings).reviews[0]


def test_a_later_review_sets_the_direction_at_low_certainty() -> None:
    conclusion = on(study(1, FAVOURS, year=2019), review(9, SAME, year=2024, searched=2023))
    assert (conclusion.direction, conclusion.certainty) == ("little_or_none", "low")
    assert conclusion.method == "review_level"
    (step,) = conclusion.certainty_steps
    assert (step.domain, step.levels) == ("review", -2)
    assert step.reason == "a single review sets it, so it is low at most"
    assert (conclusion.reviews[0].agrees, conclusion.reviews[0].sets_direction) == (
        "disagree",
        True,
    )


def test_it_sets_it_too_where_no_primary_study_is() -> None:
    assert on(review(9, AGAINST)).direction == "harm"


def test_a_review_that_merely_agrees_leaves_the_counts_standing() -> None:
    conclusion = on(study(1, FAVOURS, n=50), review(9, FAVOURS, year=2024, searched=2023))
    assert (conclusion.method, conclusion.certainty) == ("direction_counts", "very_low")
    assert conclusion.reviews[0].agrees == "agree"


def test_a_pool_is_never_set_aside_by_a_review() -> None:
    trials = [study(i, effect=smd(-0.8, 0.2)) for i in (1, 2, 3)]
    conclusion = on(*trials, review(9, SAME, year=2024, searched=2023))
    assert (conclusion.method, conclusion.direction) == ("pooled", "benefit")
    assert conclusion.reviews[0].agrees == "disagree"


@pytest.mark.parametrize(
    ("later", "sets"),
    [
        (review(9, SAME, year=2024, searched=2023), True),
        (review(9, SAME, year=2024, searched=2018), False),  # its search is older
        (review(9, SAME, year=2024, searched=2019), False),  # the same year is not later
        (review(9, SAME, year=2020), True),  # search not stated: published after it
        (review(9, SAME, year=2019), False),
        (review(9, SAME, year=2024, searched=2023, direct_trials=0), False),
        (review(9, SAME, year=2024, searched=2023, direct_trials=1), True),
        (review(9, UNCLEAR, year=2024, searched=2023), False),
        (review(9, SAME, year=2024, searched=2023, intervention="gabapentinoid"), False),
    ],
)  # fmt: skip
def test_who_may_set_it(later: Reading, sets: bool) -> None:
    assert view(study(1, FAVOURS, year=2019), later).sets_direction is sets


def test_an_undated_study_is_not_known_to_be_newer_than_a_review() -> None:
    undated = study(1, FAVOURS, reading={"published": None})
    dated = study(2, FAVOURS, year=2019)
    seen = view(dated, undated, review(9, SAME, year=2024, searched=2023))
    assert seen.sets_direction


def test_where_no_study_has_a_date_no_review_is_known_to_be_later() -> None:
    undated = study(1, FAVOURS, reading={"published": None})
    seen = view(undated, review(9, SAME, year=2024, searched=2023))
    assert not seen.sets_direction
    assert "no settling study has a date" in seen.reason


def test_a_broader_population_does_not_bar_a_review_but_is_said() -> None:
    broad = review(9, SAME, year=2024, searched=2023, reading={"condition": "low_back_pain"})
    seen = view(study(1, FAVOURS, year=2019), broad)
    assert seen.sets_direction
    assert "broader population: low back pain" in seen.reason


def test_the_newest_of_several_sets_it() -> None:
    older = review(8, AGAINST, year=2021)
    newer = review(9, SAME, year=2024)
    conclusion = on(study(1, FAVOURS, year=2019), older, newer)
    assert conclusion.direction == "little_or_none"
    assert [v.sets_direction for v in conclusion.reviews] == [False, True]


def test_its_effect_is_set_against_the_mid_before_its_words() -> None:
    kwon = review(
        9, AGAINST, year=2024, searched=2023, comparator="pregabalin", effect=points(0.31)
    )
    conclusion = on(kwon, claim="pain-vs-pregabalin")
    assert conclusion.direction == "little_or_none"


def test_a_class_result_sets_a_claim_on_the_class() -> None:
    enke = review(9, SAME, intervention="gabapentinoid")
    assert on(enke, claim="class-effect").method == "review_level"


def test_a_trial_after_the_reviews_search_brings_back_the_counts() -> None:
    readings = [study(1, FAVOURS, year=2019), review(9, SAME, year=2024, searched=2023)]
    assert on(*readings, study(2, FAVOURS, year=2025)).method == "direction_counts"


def test_of_a_review_in_two_editions_the_newer_counts() -> None:
    first = review(8, FAVOURS, year=2014)
    second = review(9, SAME, year=2017, reading={"study_id": "pmid:8"})
    conclusion = on(first, second)
    assert [v.record for v in conclusion.reviews] == ["pmid:9"]
    assert conclusion.direction == "little_or_none"


def test_dates_are_compared_at_the_end_of_their_period() -> None:
    trial = study(1, FAVOURS, reading={"published": PartialDate(2019, 10, 22)})
    searched = review(9, SAME, year=2021, reading={"search_until": PartialDate(2019, 10)})
    assert view(trial, searched).sets_direction
