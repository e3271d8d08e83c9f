"""Primary studies on one claim → a direction, by pool or by counts (METHOD 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from living_review.model import Counts, Direction, LeftOut, Pool, WeighingMethod
from living_review.protocol import Claim, Outcome, Rules
from living_review.synthesis import counts as counting
from living_review.synthesis import pooling, reml
from living_review.synthesis.effects import MEASURES, common_unit, units_of
from living_review.synthesis.studies import Study

_SLACK = 1e-9  # two of three are two thirds, whatever binary fractions make of it


@dataclass(frozen=True, slots=True)
class Settled:
    """What the primary studies say together. `pool` is used only when `method` is pooled.

    `weights` are the participants each study counts with, unknown sizes filled in.
    """

    direction: Direction
    method: WeighingMethod
    counts: Counts
    tally: counting.Tally
    weights: tuple[float, ...]
    unit: str | None = None
    pool: Pool | None = None
    pooled: tuple[Study, ...] = ()


def settle(studies: Sequence[Study], claim: Claim, rules: Rules, outcome: Outcome) -> Settled:
    """Direction of the settling primary studies: a pool where the rules allow one, else counts."""
    directions = [study.direction for study in studies]
    weights = tuple(counting.weights([study.participants for study in studies]))
    tallied = counting.tally(directions, weights)
    printed = counting.as_counts(directions)
    if not studies:
        return Settled("no_evidence", "none", printed, tallied, weights)
    unit = _unit(studies, claim, rules)
    pooled = tuple(study for study in studies if unit is not None and _is_poolable(study, unit))
    usable = _holds_enough(pooled, studies, weights, rules)
    # A pool of two is shown beside the counts and never used.
    shown = usable or len(studies) == len(pooled) == 2
    pool = _pool(pooled, claim, rules, outcome, unit) if shown else None
    if usable and pool is not None and pool.mid is not None:
        direction = direction_of(pool.benefit, pool.benefit_low, pool.benefit_high, pool.mid)
        return Settled(direction, "pooled", printed, tallied, weights, unit, pool, pooled)
    by_counts = counting.direction_of(tallied, rules.direction_share)
    return Settled(by_counts, "direction_counts", printed, tallied, weights, unit, pool)


def direction_of(benefit: float, low: float, high: float, mid: float) -> Direction:
    """Judge a pool by its interval and the MID, all as benefits.

    Uncertain when the interval that rules use contains both a benefit ≥ MID and a harm ≤ −MID
    ("reaches both", METHOD 4). An interval that reaches one of them lowers certainty only.
    """
    if low <= -mid and high >= mid:
        return "uncertain"
    if benefit >= mid:
        return "benefit"
    return "harm" if benefit <= -mid else "little_or_none"


def leave_one_out(settled: Settled) -> tuple[LeftOut, ...]:
    """The pool that decides, fitted without each of its studies in turn, all at once."""
    pooled, unit, pool = settled.pooled, settled.unit, settled.pool
    if settled.method != "pooled" or unit is None or pool is None or pool.mid is None:
        return ()
    benefits = np.array([study.oriented[unit].benefit for study in pooled])
    errors = np.array([study.oriented[unit].se or 0.0 for study in pooled])
    fitted = reml.without_each(benefits, errors**2)
    half = reml.wider_half_widths(fitted)
    return tuple(
        LeftOut(
            study.study_id, float(mean), float(mean - h), float(mean + h),
            direction_of(float(mean), float(mean - h), float(mean + h), pool.mid),
        )
        for study, mean, h, ok in zip(pooled, fitted.mean, half, fitted.converged, strict=True)
        if ok
    )  # fmt: skip


def reversing(
    settled: Settled,
    studies: Sequence[Study],
    without: Sequence[LeftOut],
    claim: Claim,
    rules: Rules,
    outcome: Outcome,
) -> list[Study]:
    """Find the studies without any one of which the direction would be another.

    The others are settled again, as they then are: a median that stands in for an unknown size
    is theirs, and they are pooled where they can be. `without` is the pool without each of its
    studies, where a pool decides, and saves most of that.
    """
    pools: dict[str, Direction] = {}
    if settled.method == "pooled":
        inside = {study.study_id for study in settled.pooled}
        pools = {s.study_id: settled.direction for s in studies if s.study_id not in inside}
        pools |= {one.study: one.direction for one in without}
    stays = bool(pools) and _stays_pooled(settled, studies, claim, rules)

    def direction_without(out: Study) -> Direction:
        pooled = pools.get(out.study_id)
        if pooled is not None and stays:
            return pooled
        rest = [study for study in studies if study is not out]
        if pooled is not None and _are_pooled(rest, settled.unit, claim, rules):
            return pooled
        return settle(rest, claim, rules, outcome).direction

    return [study for study in studies if direction_without(study) != settled.direction]


def _stays_pooled(settled: Settled, studies: Sequence[Study], claim: Claim, rules: Rules) -> bool:
    """Whether it is plain that a pool on the same unit decides without any one of the studies.

    So it is where all are in the pool, enough are left, and no unit that is preferred is near.
    """
    k = len(settled.pooled)
    if settled.unit is None or claim.mid is None or k < len(studies) or k <= rules.pool.min_studies:
        return False
    units = list(units_of(rules.mids[claim.mid]))
    preferred = units[: units.index(settled.unit)]
    return all(sum(_is_poolable(study, unit) for study in studies) < k - 1 for unit in preferred)


def _are_pooled(studies: Sequence[Study], unit: str | None, claim: Claim, rules: Rules) -> bool:
    """Whether a pool on this unit would decide for these studies."""
    if unit is None or _unit(studies, claim, rules) != unit:
        return False
    pooled = [study for study in studies if _is_poolable(study, unit)]
    weights = counting.weights([study.participants for study in studies])
    return _holds_enough(pooled, studies, weights, rules)


def _unit(studies: Sequence[Study], claim: Claim, rules: Rules) -> str | None:
    if claim.mid is None:
        return None
    return common_unit([s.oriented for s in studies], units_of(rules.mids[claim.mid]))


def _is_poolable(study: Study, unit: str) -> bool:
    return unit in study.oriented and study.oriented[unit].se is not None


def _pool(
    pooled: Sequence[Study], claim: Claim, rules: Rules, outcome: Outcome, unit: str | None
) -> Pool | None:
    if unit is None or claim.mid is None or len(pooled) < 2:
        return None
    made = pooling.pool(
        [study.oriented[unit].benefit for study in pooled],
        [study.oriented[unit].se or 0.0 for study in pooled],
        measure=MEASURES.get(unit, "MD"),
        unit=unit,
        mid=units_of(rules.mids[claim.mid])[unit],
        lower_is_better=outcome.better == "lower",
    )
    return made if isinstance(made, Pool) else None


def _holds_enough(
    pooled: Sequence[Study], studies: Sequence[Study], weights: Sequence[float], rules: Rules
) -> bool:
    """Whether enough studies, and enough of all settling studies and participants, are pooled.

    Studies of unclear direction are among the settling studies; an unknown size counts as the
    median of the others.
    """
    inside = {study.study_id for study in pooled}
    held = sum(w for study, w in zip(studies, weights, strict=True) if study.study_id in inside)
    share = rules.pool.min_share
    return (
        len(pooled) >= rules.pool.min_studies
        and len(pooled) >= share * len(studies) - _SLACK
        and held >= share * sum(weights) - _SLACK
    )
