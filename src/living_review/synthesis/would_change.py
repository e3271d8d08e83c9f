"""What it would take to change a conclusion, in one sentence (METHOD 5, UNCHANGED)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import numpy as np
from scipy.special import ndtri

from living_review.model import Direction, Pool
from living_review.protocol import Claim, Rules
from living_review.synthesis import counts, pooling
from living_review.synthesis.direction import Settled, direction_of

Z95 = float(ndtri(0.975))

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
_FINE = 1.05
_SIZES = (*(math.ceil(20 * 1.5**step) for step in range(18)), 20_000)

_FOUND: dict[Direction, str] = {
    "benefit": "with a benefit", "harm": "against it", "little_or_none": "without a difference",
}  # fmt: skip


# Among trials of one size the one that finds no difference is named: it is what trials find.
_LIKELIEST_FIRST: tuple[Direction, ...] = ("little_or_none", "harm", "benefit")


def sentence(settled: Settled, participants: int, claim: Claim, rules: Rules) -> str:
    """Say what would change the direction; what a review sets is worded by its own rule."""
    if settled.method == "none":
        return "Any eligible study would be the first."
    if settled.method == "pooled" and settled.pool is not None:
        return _of_pool(settled.pool, settled, participants, claim, rules)
    return _of_counts(settled, rules)


def participants_needed(p: float, participants: int) -> float | None:
    """Participants still needed for significance: N·(1.96/z)² − N, after Barrowman 2003.

    z is that of the p-value rules use. None where |z| is 0 or significance is already there.
    """
    z = -float(ndtri(p / 2))
    if not 0 < z < Z95 or not participants:
        return None
    needed = participants * (Z95 / z) ** 2 - participants
    return needed if math.isfinite(needed) else None


def smallest_trial(settled: Settled, rules: Rules) -> tuple[Direction, int] | None:
    """Find the smallest single new trial that changes the counts: its finding and participants.

    None when no one trial could.
    """
    options = [
        (size, direction)
        for direction in _LIKELIEST_FIRST
        for size in _sizes(settled, direction, rules)
    ]
    if not options:
        return None
    size, direction = min(options, key=lambda option: option[0])
    return direction, size


def smallest_trial_for_pool(settled: Settled, rules: Rules) -> tuple[str, int] | None:
    """Find the smallest single new trial that changes a pool's direction beyond the margin (ours).

    It finds no difference, the smallest one that matters, or one twice as large, and is as
    precise for its size as the pooled studies are in the middle. Its finding in words and its
    participants, to a twentieth; None where none of up to 20,000 participants would.
    """
    variance = _variance_a_participant(settled)
    if variance is None:
        return None
    for effects in _TRIED:
        found = _smallest(settled, effects, variance, _SIZES, rules)
        if found is not None and found[1] > _SIZES[0]:
            # Between the size that does and the one before it, in finer steps.
            before = _SIZES[_SIZES.index(found[1]) - 1]
            steps = round(math.log(found[1] / before) / math.log(_FINE))
            finer = [math.ceil(before * _FINE**step) for step in range(1, steps)] + [found[1]]
            found = _smallest(settled, effects, variance, finer, rules)
        if found is not None:
            return found
    return None


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


def _smallest(
    settled: Settled,
    effects: Mapping[str, float],
    variance: float,
    sizes: Sequence[int],
    rules: Rules,
) -> tuple[str, int] | None:
    """The first of these sizes, in order, at which a trial of some finding changes the pool."""
    pool, unit = settled.pool, settled.unit
    if pool is None or unit is None or pool.mid is None:
        return None
    mid = pool.mid
    tried = [(way, times * mid, size) for size in sizes for way, times in effects.items()]
    k = len(settled.pooled)
    benefits, variances = np.empty((len(tried), k + 1)), np.empty((len(tried), k + 1))
    benefits[:, :k] = [study.oriented[unit].benefit for study in settled.pooled]
    variances[:, :k] = [(study.oriented[unit].se or 0.0) ** 2 for study in settled.pooled]
    benefits[:, k] = [effect for _, effect, _ in tried]
    variances[:, k] = [variance / size for _, _, size in tried]
    fitted = pooling.fit(benefits, variances, start=pool.tau2, tolerance=pooling.ROUGHLY)
    half = pooling.wider_half_widths(fitted)
    margin = rules.change.mid_margin
    for (way, _, size), mean, h, ok in zip(tried, fitted.mean, half, fitted.converged, strict=True):
        now = {
            direction_of(float(mean), float(mean - h), float(mean + h), mid * factor)
            for factor in (1 - margin, 1.0, 1 + margin)
        }
        if ok and len(now) == 1 and settled.direction not in now:
            return way, size
    return None


def _of_pool(pool: Pool, settled: Settled, participants: int, claim: Claim, rules: Rules) -> str:
    found = smallest_trial_for_pool(settled, rules)
    if found is None:
        parts = [
            f"No single new trial of up to {_SIZES[-1]:,} participants, as precise as those so "
            "far, would change it; it would take several."
        ]
    else:
        way, size = found
        parts = [
            f"One new trial {way}, with about {size:,} participants and as precise as those "
            "so far, would change it."
        ]
    needed = None
    if claim.asserts in ("benefit", "harm"):
        needed = participants_needed(pool.p, participants)
    if needed is not None:
        parts.append(
            f"At the effect seen so far about {math.ceil(needed):,} more participants would make "
            "the pooled estimate statistically significant."
        )
    elif settled.direction != "uncertain":
        mid = pool.mid or 0.0
        edge = min((mid, -mid), key=lambda m: abs(m - pool.benefit))
        parts.append(
            f"The pooled benefit of {pool.benefit:.2f} would have to move by "
            f"{abs(edge - pool.benefit):.2f} to cross the smallest difference that matters "
            f"({mid:g} on {pool.unit})."
        )
    return " ".join(parts)


def _of_counts(settled: Settled, rules: Rules) -> str:
    found = smallest_trial(settled, rules)
    if found is None:
        return "No single new trial could change it; it would take several."
    direction, size = found
    people = "participant" if size == 1 else "participants"
    if size == 1:
        return f"One new trial {_FOUND[direction]}, however small, would change it."
    return f"One new trial {_FOUND[direction]} with at least {size:,} {people} would change it."


def _sizes(settled: Settled, direction: Direction, rules: Rules) -> Iterator[int]:
    """Yield the least size of a trial of that direction that moves the counts, if any does.

    With one study more, shares by studies are fixed and shares by participants move one way, so
    only the sizes at which a two-thirds line is met need a look.
    """
    tallied, share = settled.tally, rules.direction_share
    held, total = tallied.participants[direction], tallied.total_participants
    lines = [1.0, (share * total - held) / (1 - share) if share < 1 else math.inf]
    lines += [n / share - total for n in tallied.participants.values()]
    for size in sorted({max(1, math.ceil(line + step)) for line in lines if math.isfinite(line)
                        for step in (-1e-6, 1e-6)}):  # fmt: skip
        with_it = counts.shifted(tallied, direction, 1, float(size))
        if counts.direction_of(with_it, share) != settled.direction:
            yield size
            return
