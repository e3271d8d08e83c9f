"""From an effect as printed to a benefit on the claim's unit."""

from dataclasses import replace

import pytest

from living_review.model import Arm, Effect
from living_review.protocol import Mid
from living_review.synthesis.effects import (
    Oriented,
    common_unit,
    direction_against,
    flipped,
    on_units,
    units_of,
)
from tests.weighing_builders import AGAINST, finding, points, smd, the_protocol

OUTCOMES = the_protocol().vocabulary.outcomes
PAIN = the_protocol().rules.mids["leg_pain_vs_placebo"]
HARMS = the_protocol().rules.mids["adverse_events"]


def pain(effect: Effect | None = None, arms: tuple[Arm, ...] = ()) -> dict[str, Oriented]:
    return on_units(finding(effect=effect, arms=arms), OUTCOMES["leg_pain"], PAIN, 2.0)


def harms(**more: object) -> dict[str, Oriented]:
    told = finding(outcome="adverse_events", **more)
    return on_units(told, OUTCOMES["adverse_events"], HARMS, None)


def test_less_pain_is_a_benefit_on_points_and_on_sds() -> None:
    found = pain(points(-1.0, -2.0, 0.0))
    assert list(found) == ["0-10", "SMD"]
    assert found["0-10"].benefit == 1.0
    assert found["0-10"].se == pytest.approx(2 / (2 * 1.959964), rel=1e-6)
    assert found["SMD"].benefit == 0.5
    assert found["SMD"].conversions == (
        "SE from the interval",
        "divided by a typical SD of 2 points",
    )


def test_a_hundred_point_scale_is_mapped_to_ten() -> None:
    found = pain(Effect("MD", -26.6, -38.3, -14.9, scale=100))
    assert found["0-10"].benefit == pytest.approx(2.66)
    assert "mapped from 0–100 to 0–10" in found["0-10"].conversions


def test_a_mean_difference_on_an_unknown_scale_is_on_no_unit() -> None:
    assert pain(Effect("MD", -1.0, -2.0, 0.0)) == {}


def test_means_and_sds_give_hedges_g() -> None:
    arms = (Arm("drug", n=23, mean=2.34, sd=1.8), Arm("placebo", n=20, mean=4.73, sd=1.1))
    found = pain(arms=arms)["SMD"]
    assert found.benefit == pytest.approx(1.5762 * (1 - 3 / (4 * 43 - 9)), abs=5e-4)
    assert found.conversions == ("Hedges' g from means and SDs",)


def test_a_p_value_gives_a_standard_error() -> None:
    found = pain(Effect("SMD", -0.4997, p=0.05))["SMD"]
    assert found.se == pytest.approx(0.4997 / 1.959964, rel=1e-6)
    assert found.conversions == ("SE from the p-value",)


@pytest.mark.parametrize(
    "effect",
    [
        points(-1.0, -0.9, 0.5),  # outside its own interval
        points(-1.0, -1.0, -1.0),  # an interval without a width
        Effect("MD", -1.0, se=0.0, scale=10),
        Effect("MD", float("nan"), se=0.2, scale=10),
    ],
)
def test_numbers_that_cannot_stand_together_are_left_out(effect: Effect) -> None:
    assert pain(effect) == {}


def test_a_p_value_of_one_leaves_the_effect_without_precision() -> None:
    assert pain(Effect("SMD", -0.1, p=0.999))["SMD"].se is None


def test_more_events_are_a_harm() -> None:
    arms = (Arm("drug", n=100, events=64), Arm("placebo", n=100, events=43))
    found = harms(arms=arms)["risk difference"]
    assert found.benefit == pytest.approx(-0.21)
    assert found.se == pytest.approx((0.64 * 0.36 / 100 + 0.43 * 0.57 / 100) ** 0.5)


def test_no_events_in_either_arm_still_have_a_width() -> None:
    arms = (Arm("drug", n=20, events=0), Arm("placebo", n=20, events=0))
    found = harms(arms=arms)["risk difference"]
    assert found.benefit == 0
    assert found.se is not None
    assert found.se > 0
    assert "half an event added to each cell for its precision" in found.conversions


def test_more_events_than_patients_are_refused() -> None:
    arms = (Arm("drug", n=20, events=25), Arm("placebo", n=20, events=1))
    assert harms(arms=arms) == {}


def test_a_number_needed_to_harm_takes_its_side_from_the_words() -> None:
    told = harms(direction="favours_comparator", effect=Effect("NNT", 7, 4, 30))
    assert told["risk difference"].benefit == pytest.approx(-1 / 7)


def test_a_ratio_alone_is_not_set_against_a_difference() -> None:
    assert harms(effect=Effect("RR", 1.99, 1.17, 3.37)) == {}


def test_0_4997_printed_as_0_50_reaches_a_mid_of_0_50() -> None:
    sizes = units_of(PAIN)
    assert direction_against(pain(smd(-0.4997)), sizes) == "favours_intervention"
    assert direction_against(pain(smd(-0.4949)), sizes) == "no_difference"
    assert direction_against(pain(smd(0.5)), sizes) == "favours_comparator"
    assert direction_against({}, sizes) is None


@pytest.mark.parametrize("value", [-0.995, -9.95])
def test_a_half_of_the_last_digit_is_a_half_on_every_scale(value: float) -> None:
    on_a_scale = Effect("MD", value, se=0.1, scale=10 if value > -1 else 100)
    assert direction_against(pain(on_a_scale), units_of(PAIN)) == "favours_intervention"


def test_a_finding_turned_around_says_the_same() -> None:
    told = finding(
        direction="favours_comparator", intervention="pregabalin", comparator="gabapentin",
        effect=replace(points(0.3, -0.1, 0.7), n_intervention=10, n_comparator=20),
    )  # fmt: skip
    turned = flipped(told)
    assert (turned.intervention, turned.direction) == ("gabapentin", "favours_intervention")
    assert turned.effect is not None
    assert (turned.effect.value, turned.effect.ci_low, turned.effect.ci_high) == (-0.3, -0.7, 0.1)
    assert (turned.effect.n_intervention, turned.effect.source) == (
        20,
        "abstract; comparison turned around",
    )


def test_a_number_needed_to_harm_is_as_precise_from_either_side() -> None:
    told = finding(outcome="adverse_events", effect=Effect("NNT", 7, 4, 30), direction=AGAINST)
    there = on_units(told, OUTCOMES["adverse_events"], HARMS, None)["risk difference"]
    back = on_units(flipped(told), OUTCOMES["adverse_events"], HARMS, None)["risk difference"]
    assert (back.benefit, back.se) == (-there.benefit, there.se)
    assert back.se is not None


def test_the_unit_most_studies_share_is_taken_and_the_preferred_one_on_a_tie() -> None:
    units = list(units_of(Mid(points=1, scale=10, smd=0.5)))
    both, only_smd = pain(points(-1, -2, 0)), pain(smd(-0.5, 0.2))
    assert common_unit([both, both], units) == "0-10"
    assert common_unit([both, only_smd], units) == "SMD"
    assert common_unit([pain(smd(-0.5))], units) is None
