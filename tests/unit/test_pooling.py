"""Pools at their edges, and beside the second answer in slow plain Python (tests/slow)."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from living_review.model import Pool
from living_review.synthesis.pooling import Refused, pool
from tests.slow.comparing import pool_differences
from tests.slow.pooling import reml


def pooled(benefits: list[float], errors: list[float]) -> Pool | Refused:
    return pool(benefits, errors, measure="SMD", unit="SMD", mid=0.5)


def test_one_effect_is_refused() -> None:
    assert pooled([0.4], [0.1]) == Refused("one effect is not a pool")


def test_two_effects_are_pooled_without_a_prediction_interval() -> None:
    two = pooled([0.2, 0.6], [0.1, 0.1])
    assert isinstance(two, Pool)
    assert (two.k, two.pi_low, two.pi_high) == (2, None, None)
    assert two.benefit == pytest.approx(0.4)
    # Hartung and Knapp with one degree of freedom: t is 12.7.
    assert two.hk_high - two.hk_low == pytest.approx(2 * 12.7062 * 0.2, rel=1e-4)


@pytest.mark.parametrize("error", [0.0, 1e-200, -0.1])
def test_an_effect_without_variance_is_refused(error: float) -> None:
    assert isinstance(pooled([0.2, 0.3, 0.4], [0.1, error, 0.1]), Refused)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_a_number_is_refused(value: float) -> None:
    assert isinstance(pooled([0.2, value, 0.4], [0.1, 0.1, 0.1]), Refused)
    assert isinstance(pooled([0.2, 0.3, 0.4], [0.1, value, 0.1]), Refused)


def test_equal_effects_have_no_heterogeneity_and_walds_interval() -> None:
    same = pooled([0.3, 0.3, 0.3], [0.1, 0.2, 0.3])
    assert isinstance(same, Pool)
    assert (same.tau2, same.i2) == (0.0, 0.0)
    assert (same.ci_low, same.ci_high) == (same.wald_low, same.wald_high)


def test_huge_opposite_effects_give_a_huge_interval_and_no_nan() -> None:
    opposite = pooled([1e6, -1e6, 1e6, -1e6], [0.001] * 4)
    assert isinstance(opposite, Pool)
    assert opposite.benefit == pytest.approx(0, abs=1)
    assert opposite.benefit_low < -1e6
    assert opposite.benefit_high > 1e6


def test_a_benefit_of_a_lower_is_better_outcome_prints_below_zero() -> None:
    made = pooled([0.2, 0.3, 0.4], [0.1, 0.1, 0.1])
    assert isinstance(made, Pool)
    assert (made.value, made.ci_low, made.ci_high) == pytest.approx(
        (-made.benefit, -made.benefit_high, -made.benefit_low)
    )


def test_a_fit_that_swings_about_its_top_settles_on_it() -> None:
    y, errors = [0.0, 0.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0, 0.25]
    made = pooled(y, errors)
    assert isinstance(made, Pool)
    assert made.tau2 == pytest.approx(reml(y, [e * e for e in errors]), rel=1e-4)


def test_of_two_tops_of_the_likelihood_the_higher_is_taken() -> None:
    two_tops = pooled([1.12, 1.1, -1.45], [0.3337, 0.5069, 1.1314])  # Hedges' start leads to 0.563
    assert isinstance(two_tops, Pool)
    assert two_tops.tau2 == 0.0


effects = st.floats(-3, 3).map(lambda x: round(x, 3))
errors = st.floats(0.05, 1).map(lambda x: round(x, 3))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(effects, errors), min_size=2, max_size=12))
def test_a_slow_second_answer_agrees(pairs: list[tuple[float, float]]) -> None:
    y, e = [b for b, _ in pairs], [e for _, e in pairs]
    made = pooled(y, e)
    assert isinstance(made, Pool)
    assert pool_differences(made, pairs, lower_is_better=True) == []
