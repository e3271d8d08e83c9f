"""What it would take to change a conclusion."""

import math
import re

import pytest

from living_review.changes.anchors import state_of
from living_review.changes.margins import holds
from living_review.model import Reading
from living_review.synthesis import weigh
from living_review.synthesis.would_change import participants_needed
from tests.weighing_builders import FAVOURS, SAME, review, smd, study, the_protocol


def sentence(*readings: Reading, claim: str = "pain-vs-placebo") -> str:
    return weigh(readings, the_protocol(), (claim,))[0].would_change


def test_nothing_yet() -> None:
    assert sentence() == "Any eligible study would be the first."


def test_one_study_is_undone_by_any_other() -> None:
    assert (
        sentence(study(1)) == "One new trial without a difference, however small, would change it."
    )


def test_two_studies_are_undone_by_more_than_half_their_participants() -> None:
    said = sentence(study(1, FAVOURS, n=60), study(2, FAVOURS, n=40))
    assert (
        said == "One new trial without a difference with at least 51 participants would change it."
    )


def test_many_studies_are_undone_by_one_large_trial_or_by_none() -> None:
    said = sentence(*(study(i, FAVOURS, n=100) for i in range(1, 6)))
    assert (
        said == "One new trial without a difference with at least 251 participants would change it."
    )


def test_no_single_trial_settles_four_against_four() -> None:
    readings = [study(i, FAVOURS if i < 5 else SAME) for i in range(1, 9)]
    assert sentence(*readings) == "No single new trial could change it; it would take several."


def test_participants_still_needed_after_barrowman() -> None:
    # z = 0.98 is half of 1.96: four times the participants, three times as many more.
    p = 2 * (1 - 0.8364569)
    assert participants_needed(p, 100) == pytest.approx(300, rel=1e-3)
    assert participants_needed(0.04, 100) is None
    assert participants_needed(1.0, 100) is None


def test_a_pool_short_of_significance_names_the_participants() -> None:
    pool = [study(i, effect=smd(v, 0.3)) for i, v in ((1, -0.2), (2, -0.3), (3, -0.4))]
    assert "more participants would make the pooled estimate" in sentence(*pool)


def test_a_significant_pool_names_the_distance_to_the_mid() -> None:
    pool = [study(i, effect=smd(-0.8, 0.1)) for i in (1, 2, 3)]
    assert sentence(*pool) == (
        "One new trial with twice the smallest harm that matters, with about 20 participants and "
        "as precise as those so far, would change it. The pooled benefit of 0.80 would have to "
        "move by 0.30 to cross the smallest difference that matters (0.5 on SMD)."
    )


@pytest.mark.parametrize(
    "values", [(-0.62, -0.66, -0.7), (-0.4, -0.35, -0.42, -0.38), (0.3, -1.2, -1.2)]
)
def test_the_smallest_trial_named_for_a_pool_does_change_it_and_a_smaller_one_does_not(
    values: tuple[float, ...],
) -> None:
    trials = [study(i, n=100, effect=smd(v, 0.2)) for i, v in enumerate(values)]
    said = re.match(r"One new trial (.+), with about ([\d,]+) participants", sentence(*trials))
    assert said is not None
    way, size = said[1], int(said[2].replace(",", ""))
    side = 1 if "harm" in way else -1
    effect = 0.0 if way == "without a difference" else side * (1.0 if "twice" in way else 0.5)

    def changes_with(people: int) -> bool:
        # As precise for its size as the others: their variance times their participants is 4.
        new = study(50, n=people, effect=smd(effect, math.sqrt(0.2**2 * 100 / people)))
        with_it = weigh([*trials, new], the_protocol(), ("pain-vs-placebo",))[0]
        return holds(with_it, state_of(now), the_protocol().rules)

    (now,) = weigh(trials, the_protocol(), ("pain-vs-placebo",))
    assert changes_with(size)
    assert not changes_with(size // 2)


def test_a_review_is_undone_by_a_later_trial() -> None:
    assert "newer than the search of the review" in sentence(review(1))
