"""The smallest new trial that would change a pool's direction: a forecast, and no rule (ours)."""

import math
from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np

from living_review.protocol import Rules
from living_review.synthesis import reml
from living_review.synthesis.direction import Settled, direction_of

# What a new trial of a pool is tried to find, in MIDs of benefit. What trials seldom find is
# tried only where none of the likelier would do: of a small pool a wild trial turns anything.
_TRIED = (
    {
        "without a difference": 0.0,
        "with the smallest benefit that matters": 1.0,
        "with the smallest harm that matters": -1.0,
    },
    {
        "with twice the smallest benefit that matters": 2.0,
        "with twice the smallest harm that matters": -2.0,
    },
)
LARGEST = 20_000
_SIZES = (*(20 * 3**step for step in range(7)), LARGEST)
_FINER = (1.3, 1.05)  # steps between the size that does and the one before it


def smallest_trial_for_pool(settled: Settled, rules: Rules) -> tuple[str, int] | None:
    """Find the smallest single new trial that changes a pool's direction beyond the margin (ours).

    It finds no difference, the smallest one that matters, or one twice as large, and is as
    precise for its size as the pooled studies are in the middle. Its finding in words and its
    participants, to a twentieth; None where none of up to 20,000 participants would.
    """
    variance = _variance_a_participant(settled)
    if variance is None:
        return None
    likely, wild = _TRIED
    coarse = _changing(settled, {**likely, **wild}, variance, _SIZES, rules)
    for effects in _TRIED:
        found = next((one for one in coarse if one[0] in effects), None)
        if found is not None:
            return _refined(settled, effects, variance, found, rules)
    return None


def _refined(
    settled: Settled,
    effects: Mapping[str, float],
    variance: float,
    found: tuple[str, int],
    rules: Rules,
) -> tuple[str, int]:
    """The same in finer and finer steps between the size found and the one before it."""
    sizes: Sequence[int] = _SIZES
    for step in _FINER:
        if found[1] == sizes[0]:
            break
        sizes = _between(sizes[sizes.index(found[1]) - 1], found[1], step)
        found = next(iter(_changing(settled, effects, variance, sizes, rules)), found)
    return found


def _between(before: int, size: int, step: float) -> list[int]:
    """Sizes from the one before up to this one, in steps of this factor."""
    steps = round(math.log(size / before) / math.log(step))
    return [before, *(math.ceil(before * step**n) for n in range(1, steps)), size]


def _variance_a_participant(settled: Settled) -> float | None:
    """The variance of an effect times its study's participants, in the middle of the pool."""
    unit = settled.unit
    if unit is None:
        return None
    each = [
        (study.oriented[unit].se or 0.0) ** 2 * study.participants
        for study in settled.pooled
        if study.participants
    ]
    return median(each) if each else None


def _changing(
    settled: Settled,
    effects: Mapping[str, float],
    variance: float,
    sizes: Sequence[int],
    rules: Rules,
) -> list[tuple[str, int]]:
    """The findings and sizes of trials that change the pool beyond the margin, smallest first."""
    pool, unit = settled.pool, settled.unit
    if pool is None or unit is None or pool.mid is None:
        return []
    mid = pool.mid
    tried = [(way, times * mid, size) for size in sizes for way, times in effects.items()]
    fitted = reml.with_each(
        np.array([study.oriented[unit].benefit for study in settled.pooled]),
        np.array([study.oriented[unit].se or 0.0 for study in settled.pooled]) ** 2,
        np.array([effect for _, effect, _ in tried]),
        np.array([variance / size for _, _, size in tried]),
    )
    half = reml.wider_half_widths(fitted)
    margin = rules.change.mid_margin
    found = []
    for (way, _, size), mean, h, ok in zip(tried, fitted.mean, half, fitted.converged, strict=True):
        now = {
            direction_of(float(mean), float(mean - h), float(mean + h), mid * factor)
            for factor in (1 - margin, 1.0, 1 + margin)
        }
        if ok and len(now) == 1 and settled.direction not in now:
            found.append((way, size))
    return found
