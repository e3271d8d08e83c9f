"""Pools that others have published, to the printed digit (METHOD 5; PLATFORM 4)."""

import math

import pytest

from living_review.synthesis.pooling import Pool, Refused, pool
from tests.weighing_builders import nine_trials

# Colditz 1994, as in every textbook of meta-analysis: cases and non-cases, vaccinated and not.
BCG = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
    (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
    (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)  # fmt: skip


def pooled(pairs: list[tuple[float, float]]) -> Pool:
    made = pool(
        [-value for value, _ in pairs], [se for _, se in pairs], measure="SMD", unit="SMD", mid=0.5
    )
    assert not isinstance(made, Refused)
    return made


def trials(*drugs: str) -> list[tuple[float, float]]:
    found = [reading.extracted[0] for reading in nine_trials()]
    return [(f.effect.value, f.effect.se) for f in found if f.intervention in drugs]


def test_nine_trials_with_dersimonian_laird_and_hartung_knapp() -> None:
    nine = pooled(trials("gabapentin", "pregabalin"))
    assert (nine.k, round(nine.dl_value, 3)) == (9, -0.177)
    assert (round(nine.dl_low, 2), round(nine.dl_high, 2)) == (-0.51, 0.16)
    assert round(nine.i2) == 70


def test_nine_trials_with_reml() -> None:
    nine = pooled(trials("gabapentin", "pregabalin"))
    assert (round(nine.value, 3), round(nine.tau2, 3)) == (-0.201, 0.126)
    assert (round(nine.ci_low, 2), round(nine.ci_high, 2)) == (-0.56, 0.16)
    assert (nine.benefit, nine.benefit_high) == (-nine.value, -nine.ci_low)


def test_gabapentin_alone() -> None:
    three = pooled(trials("gabapentin"))
    assert (three.k, round(three.dl_value, 2), round(three.i2)) == (3, -0.74, 79)
    assert (round(three.dl_low, 2), round(three.dl_high, 2)) == (-2.42, 0.93)


def test_pregabalin_alone() -> None:
    six = pooled(trials("pregabalin"))
    assert (six.k, round(six.dl_value, 3), round(six.i2)) == (6, -0.006, 0)
    assert (round(six.dl_low, 2), round(six.dl_high, 2)) == (-0.14, 0.12)


def test_bcg_vaccine_trials() -> None:
    def log_rr(a: int, b: int, c: int, d: int) -> tuple[float, float]:
        variance = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
        return math.log((a / (a + b)) / (c / (c + d))), variance**0.5

    bcg = pooled([log_rr(*table) for table in BCG])
    assert (round(bcg.tau2, 4), round(bcg.value, 4)) == (0.3132, -0.7145)
    hk_se = (bcg.hk_high - bcg.hk_low) / 2 / 2.1788128  # t with 12 degrees of freedom
    wald_se = (bcg.wald_high - bcg.wald_low) / 2 / 1.959964
    assert (round(hk_se, 4), round(wald_se, 4)) == (0.1808, 0.1798)
    assert round(bcg.i2, 1) == 92.1
    assert round(bcg.dl_value, 4) == -0.7141


def test_three_agreeing_trials_get_the_wider_walds_interval() -> None:
    three = pooled([(-0.5, 0.2), (-0.5, 0.25), (-0.51, 0.3)])
    assert three.hk_high - three.hk_low < three.wald_high - three.wald_low
    assert (three.ci_low, three.ci_high) == (three.wald_low, three.wald_high)
    assert three.tau2 == pytest.approx(0)
