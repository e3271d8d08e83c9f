"""Primary studies on a claim → a direction, by a pool or by counts (METHOD 4)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from living_review.protocol import Claim, Protocol
from tests.slow.effects import AGAINST, FAVOURS, units
from tests.slow.numbers import filled_in
from tests.slow.pooling import Pooled, pool
from tests.slow.studies import UNCLEAR, Told

SAYS = {FAVOURS: "benefit", AGAINST: "harm", "no_difference": "little_or_none"}
TWO_THIRDS = Fraction(2, 3)


class Settled(NamedTuple):
    """What the primary studies say together; `pool` is shown, `used` decides."""

    direction: str
    method: str
    unit: str | None = None
    pooled: tuple[tuple[float, float], ...] = ()
    pool: Pooled | None = None
    mid: float | None = None
    able: tuple[Told, ...] = ()

    @property
    def used(self) -> tuple[Pooled, tuple[tuple[float, float], ...], float] | None:
        return (self.pool, self.pooled, self.mid) if self.method == "pooled" else None


def settle(primary: Sequence[Told], claim: Claim, protocol: Protocol) -> Settled:
    """Direction by a pool where the rules allow one, else by counts."""
    if not primary:
        return Settled("no_evidence", "none")
    unit, mid, able = common_unit(primary, claim, protocol)
    usable = holds_enough(able, primary, protocol)
    pooled = tuple((s.effects[unit].benefit, s.effects[unit].se) for s in able)
    made = None
    if usable or len(primary) == len(able) == 2:  # a pool of two is shown and not used
        made = pool([b for b, _ in pooled], [e for _, e in pooled])
    if usable:
        return Settled(by_pool(made, mid), "pooled", unit, pooled, made, mid, tuple(able))
    return Settled(by_counts(primary), "direction_counts", unit, pooled, made, mid)


def common_unit(
    primary: Sequence[Told], claim: Claim, protocol: Protocol
) -> tuple[str | None, float | None, list[Told]]:
    """The unit that most studies have with a precision, the MID on it, and those studies."""
    best, size, able = None, None, []
    sizes = {} if claim.mid is None else units(protocol.rules.mids[claim.mid])
    for unit, mid in sizes.items():
        have = [s for s in primary if unit in s.effects and s.effects[unit].se is not None]
        if len(have) > len(able):
            best, size, able = unit, mid, have
    return best, size, able


def holds_enough(able: Sequence[Told], primary: Sequence[Told], protocol: Protocol) -> bool:
    """Three at least, two thirds of all settling studies, and of their participants."""
    sizes = filled_in([s.participants for s in primary])
    held = sum(n for s, n in zip(primary, sizes, strict=True) if s in able)
    return (
        len(able) >= protocol.rules.pool.min_studies
        and len(able) >= TWO_THIRDS * len(primary)
        and held >= TWO_THIRDS * sum(sizes)
    )


def by_pool(made: Pooled, mid: float) -> str:
    low, high = made.used
    if low <= -mid and high >= mid:
        return "uncertain"
    if made.mean >= mid:
        return "benefit"
    return "harm" if made.mean <= -mid else "little_or_none"


def by_counts(primary: Sequence[Told]) -> str:
    """The direction that holds two thirds of the clear studies and of their participants."""
    sizes = filled_in([s.participants for s in primary])
    clear = [
        (s.direction, n) for s, n in zip(primary, sizes, strict=True) if s.direction != UNCLEAR
    ]
    for found, direction in SAYS.items():
        mine = [n for d, n in clear if d == found]
        by_studies = len(mine) >= TWO_THIRDS * len(clear)
        if mine and by_studies and sum(mine) >= TWO_THIRDS * sum(n for _, n in clear):
            return direction
    return "uncertain"


def is_fragile(settled: Settled, primary: Sequence[Told], claim: Claim, protocol: Protocol) -> bool:
    """Whether it rests on one study: there is but one, or without one it would be another."""
    if settled.direction in ("uncertain", "no_evidence"):
        return False
    if len([s for s in primary if s.direction != UNCLEAR]) == 1:
        return True
    rests = [[s for s in primary if s is not out] for out in primary]
    return any(settle(r, claim, protocol).direction != settled.direction for r in rests)


def without_each(settled: Settled) -> tuple[tuple[object, ...], ...]:
    """The pool that decides, again without each of its studies."""
    if settled.method != "pooled":
        return ()
    found = []
    for study in settled.able:
        rest = [
            effect for s, effect in zip(settled.able, settled.pooled, strict=True) if s is not study
        ]
        made = pool([b for b, _ in rest], [e for _, e in rest])
        found.append((study.study, made.mean, *made.used, by_pool(made, settled.mid)))
    return tuple(sorted(found))
