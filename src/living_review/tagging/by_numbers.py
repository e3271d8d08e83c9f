"""What printed numbers alone say of two arms: an effect with its interval, two values, counts."""

from living_review.tagging.changes import Sense
from living_review.tagging.checks import shares_of_events
from living_review.tagging.clauses import Clause, is_before_after
from living_review.tagging.comparison import Compared
from living_review.tagging.direction import Said
from living_review.tagging.numbers import effects
from living_review.tagging.shares import of_arms
from living_review.tagging.values import RATIOS, effect_sign, larger_arm

VERSION = "1"


def by_numbers(clause: Clause, pair: Compared, harm: bool) -> Said | None:
    """Which arm had more, by an effect or by two values that differ significantly, or not.

    Of people who got better, more is better whatever the outcome. Harms counted in both arms are
    compared without a p value too.
    """
    better = bool(clause.of("responders")) and not harm
    ratio = any(effect.measure in RATIOS for effect, _ in effects(clause.printed))
    shared = bool(of_arms(clause, pair.mine, pair.other))
    counted: Sense = "goodness" if better and (ratio or shared) else "amount"
    for told_by in (effect_sign(clause), _values(clause, pair)):
        if told_by is None:
            continue
        sign, significant = told_by
        if significant is False or sign == 0:
            return _said("same", 0, False)
        if significant:
            return _said(counted, sign, True)
    return _by_shares(clause, pair) if harm else None


def prints_both(clause: Clause, pair: Compared) -> bool:
    """Whether the clause prints a value for each of two arms it names."""
    return bool(pair.mine and pair.other) and larger_arm(clause, pair.mine, pair.other) is not None


def _values(clause: Clause, pair: Compared) -> tuple[int, bool | None] | None:
    if is_before_after(clause) or clause.of("within_arm"):
        return None
    return larger_arm(clause, pair.mine, pair.other)


def _by_shares(clause: Clause, pair: Compared) -> Said | None:
    """Shares of both arms without a p value: the larger is the larger, its significance open.

    Shares that add up to 100 without counts are of events, not of people, and say nothing.
    """
    found = of_arms(clause, pair.mine, pair.other)
    if found is None:
        return None
    mine, other = found
    if mine.n is None and shares_of_events(mine.percent, other.percent, events=True):
        return None
    sign = (mine.percent > other.percent) - (mine.percent < other.percent)
    return _said("amount" if sign else "same", sign, None)


def _said(sense: Sense, sign: int, significant: bool | None) -> Said:
    return Said(sense, sign, significant, False, "named", "numbers", 0, graded=sense != "same")
