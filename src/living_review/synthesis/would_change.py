"""What it would take to change a conclusion, in one sentence (METHOD 5, UNCHANGED)."""

import math
from collections.abc import Iterator

from scipy.special import ndtri

from living_review.model import Direction, Pool
from living_review.protocol import Claim, Rules
from living_review.synthesis import counts
from living_review.synthesis.direction import Settled
from living_review.synthesis.next_trial import LARGEST, smallest_trial_for_pool

Z95 = float(ndtri(0.975))

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


def _of_pool(pool: Pool, settled: Settled, participants: int, claim: Claim, rules: Rules) -> str:
    found = smallest_trial_for_pool(settled, rules)
    if found is None:
        parts = [
            f"No single new trial of up to {LARGEST:,} participants, as precise as those so "
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
