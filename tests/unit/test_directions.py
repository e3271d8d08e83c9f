"""From studies to a direction: pools where the rules allow one, counts otherwise."""

import pytest

from living_review.model import Conclusion, Reading
from living_review.synthesis import weigh
from living_review.synthesis.counts import direction_of as by_counts
from living_review.synthesis.counts import exact_interval, tally, weights
from living_review.synthesis.direction import direction_of
from tests.weighing_builders import AGAINST, FAVOURS, SAME, UNCLEAR, smd, study, the_protocol

SHARE = 2 / 3


def on(*readings: Reading, claim: str = "pain-vs-placebo") -> Conclusion:
    return weigh(readings, the_protocol(), (claim,))[0]


@pytest.mark.parametrize(
    ("benefit", "low", "high", "direction"),
    [
        (0.5, 0.1, 0.9, "benefit"),
        (0.499, 0.1, 0.9, "little_or_none"),
        (-0.5, -0.9, -0.1, "harm"),
        (0.2, -0.16, 0.56, "little_or_none"),  # the nine trials: reaches one, not both
        (0.74, -0.93, 2.42, "uncertain"),  # gabapentin alone: reaches both
        (0.0, -0.5, 0.5, "uncertain"),
        (0.0, -0.499, 0.5, "little_or_none"),
    ],
)
def test_a_pool_is_judged_by_its_interval_and_the_mid(
    benefit: float, low: float, high: float, direction: str
) -> None:
    assert direction_of(benefit, low, high, 0.5) == direction


def test_two_thirds_by_studies_and_by_participants() -> None:
    three = [FAVOURS, FAVOURS, SAME]
    assert by_counts(tally(three, [100, 100, 100]), SHARE) == "benefit"
    assert by_counts(tally(three, [100, 100, 101]), SHARE) == "uncertain"
    assert by_counts(tally([FAVOURS, SAME], [1000, 1]), SHARE) == "uncertain"
    assert by_counts(tally([SAME, SAME, AGAINST], [50, 50, 50]), SHARE) == "little_or_none"
    assert by_counts(tally([AGAINST, UNCLEAR], [50, 500]), SHARE) == "harm"
    assert by_counts(tally([UNCLEAR], [50]), SHARE) == "uncertain"


def test_an_unknown_size_counts_as_the_median_of_the_others() -> None:
    assert weights([100, None, 30, 40]) == [100, 40, 30, 40]
    assert weights([None, None]) == [1, 1]


def test_the_exact_interval_of_no_and_of_all_studies() -> None:
    assert exact_interval(0, 0) == (None, None)
    assert exact_interval(0, 3) == (0.0, pytest.approx(0.7076, abs=1e-4))
    assert exact_interval(3, 3) == (pytest.approx(0.2924, abs=1e-4), 1.0)


def test_nothing_to_weigh_is_no_evidence_without_certainty() -> None:
    nothing = on()
    assert (nothing.direction, nothing.certainty, nothing.method) == ("no_evidence", None, "none")


def test_a_pool_of_two_is_shown_and_not_used() -> None:
    two = on(study(1, effect=smd(-1, 0.2)), study(2, effect=smd(-0.8, 0.2)))
    assert two.method == "direction_counts"
    assert two.pool is not None
    assert two.pool.k == 2


def test_three_comparable_effects_are_pooled() -> None:
    three = on(*(study(i, effect=smd(-0.8, 0.2)) for i in (1, 2, 3)))
    assert (three.method, three.direction) == ("pooled", "benefit")


def test_a_pool_needs_two_thirds_of_the_studies_unclear_ones_among_them() -> None:
    pooled = [study(i, effect=smd(-0.8, 0.2)) for i in (1, 2, 3, 4)]
    assert on(*pooled, study(5, SAME), study(6, UNCLEAR)).method == "pooled"
    assert on(*pooled, study(5, SAME), study(6, UNCLEAR), study(7)).method == "direction_counts"


def test_a_pool_needs_two_thirds_of_the_participants() -> None:
    pooled = [study(i, n=100, effect=smd(-0.8, 0.2)) for i in (1, 2, 3)]
    assert on(*pooled, study(4, SAME, n=150)).method == "pooled"
    assert on(*pooled, study(4, SAME, n=151)).method == "direction_counts"
    assert on(*pooled, study(4, SAME, n=None)).method == "pooled"


def test_an_effect_without_variance_is_counted_and_not_pooled() -> None:
    three = [study(i, effect=smd(-0.8, 0.0 if i == 3 else 0.2)) for i in (1, 2, 3)]
    assert on(*three).method == "direction_counts"


def test_a_mechanism_claim_goes_by_counts_from_low() -> None:
    rats = {"species": "rat", "condition": "sciatic_nerve_model", "design": "animal"}
    trials = [study(i, n=8, outcome="allodynia", reading=rats) for i in (1, 2, 3)]
    conclusion = on(*trials, claim="allodynia")
    assert (conclusion.method, conclusion.direction) == ("direction_counts", "benefit")
    assert conclusion.certainty == "low"


def test_one_study_only_is_fragile() -> None:
    assert on(study(1)).fragile_because == "rests on one study only"


def test_a_direction_that_one_study_decides_names_it() -> None:
    three = [study(1), study(2), study(3, SAME)]
    assert on(*three).fragile_because == "would be different without pmid:1 or without pmid:2"
    assert not on(*three, study(4), study(5)).fragile


def test_without_a_study_the_others_are_weighed_as_they_then_are() -> None:
    """Without the uncounted size's neighbour the median is another; without pmid:4 they pool."""
    sizes = [study(1, n=43), study(2, n=41), study(3, SAME, n=None), study(4, n=43)]
    assert not on(*sizes).fragile
    three = [study(i, effect=smd(v, 0.2)) for i, v in ((1, -1.0), (2, -0.9), (3, 0.9))]
    counted = on(*three, study(4, n=151))
    assert (counted.method, counted.direction) == ("direction_counts", "benefit")
    assert counted.fragile_because == "would be different without pmid:4"


def test_an_uncertain_direction_rests_on_no_study() -> None:
    assert not on(study(1), study(2, SAME)).fragile


def test_a_pool_that_one_trial_turns_is_fragile() -> None:
    trials = [study(i, effect=smd(-0.45, 0.1)) for i in range(1, 7)]
    trials.append(study(7, effect=smd(-1.4, 0.1)))
    conclusion = on(*trials)
    assert conclusion.direction == "benefit"
    assert conclusion.fragile_because == "would be different without pmid:7"


def test_a_copy_of_a_study_changes_nothing() -> None:
    trials = [study(1), study(2, SAME)]
    assert on(*trials, study(1)) == on(*trials)
