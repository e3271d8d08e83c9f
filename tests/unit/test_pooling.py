"""Pools at their edges, and a second answer in slow plain Python."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from living_review.model import Pool
from living_review.synthesis.pooling import Refused, pool


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
    assert made.tau2 == pytest.approx(slow_reml(y, [e * e for e in errors]), rel=1e-4)


def test_of_two_tops_of_the_likelihood_the_higher_is_taken() -> None:
    two_tops = pooled([1.12, 1.1, -1.45], [0.3337, 0.5069, 1.1314])  # Hedges' start leads to 0.563
    assert isinstance(two_tops, Pool)
    assert two_tops.tau2 == 0.0


effects = st.floats(-3, 3).map(lambda x: round(x, 3))
errors = st.floats(0.05, 1).map(lambda x: round(x, 3))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(effects, errors), min_size=2, max_size=12))
def test_a_slow_second_answer_agrees(pairs: list[tuple[float, float]]) -> None:
    y, v = [b for b, _ in pairs], [e * e for _, e in pairs]
    made = pooled(y, [e for _, e in pairs])
    assert isinstance(made, Pool)
    # The restricted likelihood can be flat or have two tops: hold the fit to its height there.
    best = slow_reml(y, v)
    assert log_likelihood(made.tau2, y, v) >= log_likelihood(best, y, v) - 1e-6 or is_a_top(
        made.tau2, y, v
    )
    mean, se, se_hk = slow_mean(made.tau2, y, v)
    assert made.benefit == pytest.approx(mean, abs=1e-8)
    assert made.wald_high - made.wald_low == pytest.approx(2 * 1.959964 * se, rel=1e-5)
    hk = (made.hk_high - made.hk_low) / 2
    assert (hk == pytest.approx(0, abs=1e-8)) == (se_hk == pytest.approx(0, abs=1e-9))
    widest = max(made.wald_high - made.wald_low, made.hk_high - made.hk_low)
    assert made.ci_high - made.ci_low == pytest.approx(widest)
    assert 0 <= made.p <= 1
    assert all(math.isfinite(x) for x in (made.tau2, made.i2, made.dl_value, made.dl_low))


def slow_mean(tau2: float, y: list[float], v: list[float]) -> tuple[float, float, float]:
    w = [1 / (x + tau2) for x in v]
    mean = math.fsum(a * b for a, b in zip(w, y, strict=True)) / math.fsum(w)
    spread = math.fsum(a * (b - mean) ** 2 for a, b in zip(w, y, strict=True))
    return mean, math.fsum(w) ** -0.5, (spread / (len(y) - 1) / math.fsum(w)) ** 0.5


def log_likelihood(tau2: float, y: list[float], v: list[float]) -> float:
    """Restricted log-likelihood of τ², but for a constant."""
    mean, se, _ = slow_mean(tau2, y, v)
    spread = math.fsum((a - mean) ** 2 / (b + tau2) for a, b in zip(y, v, strict=True))
    return -0.5 * (math.fsum(math.log(b + tau2) for b in v) - 2 * math.log(se) + spread)


def slow_reml(y: list[float], v: list[float]) -> float:
    """τ² by looking at a fine grid and then between its neighbours."""
    top = (max(y) - min(y)) ** 2 + max(v)
    grid = [0.0] + [top * 1.05**-i for i in range(300)]
    best = max(grid, key=lambda t: log_likelihood(t, y, v))
    low, high = best / 1.05, best * 1.05
    for _ in range(100):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        if log_likelihood(a, y, v) < log_likelihood(b, y, v):
            low = a
        else:
            high = b
    return max((best, (low + high) / 2), key=lambda t: log_likelihood(t, y, v))


def is_a_top(tau2: float, y: list[float], v: list[float]) -> bool:
    step = 1e-4 * (tau2 + min(v))
    here = log_likelihood(tau2, y, v) + 1e-9
    return here >= log_likelihood(tau2 + step, y, v) and (
        tau2 < step or here >= log_likelihood(tau2 - step, y, v)
    )
