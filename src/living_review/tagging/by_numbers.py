"""What printed numbers alone say of two arms: an effect with its interval, two values, counts."""

import re

from living_review.tagging.arm_order import arms_in_order
from living_review.tagging.changes import Sense
from living_review.tagging.checks import shares_of_events
from living_review.tagging.clauses import Clause, is_before_after
from living_review.tagging.comparison import Compared
from living_review.tagging.direction import Said
from living_review.tagging.numbers import before_after, effects, number, p_values
from living_review.tagging.shares import of_arms
from living_review.tagging.values import RATIOS, effect_sign, larger_arm

VERSION = "1"
_BY = re.compile(
    r"\bby (?:a mean of |about |an average of )?(\d+(?:[.·]\d+)?)(?!\s*(?:weeks?|months?|days?))"
)


# Numbers that are the size of a change, and not where it led to: 'by 3', 'a fall of 3', 'in 20 %'.
_SIZE = re.compile(
    r"\bby\s+(?:\w+\s+){0,3}[-−]?\d|\bin\s+\d+(?:[.·]\d+)?\s*%|"
    r"\b(?:reduction|decrease|increase|improvement|change|decline|fall|rise|gain)s?\b[^.;]{0,40}?"
    r"\b(?:was|were|of|averaged)\s+(?:\w+\s+){0,2}[-−]?\d",
    re.IGNORECASE,
)


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
            return _said("same", 0, None if significant is None else False)
        if significant:
            return _said(counted, sign, True)
    return _by_shares(clause, pair) if harm else None


def by_changes(clause: Clause, pair: Compared) -> Said | None:
    """'From 6.4 to 3.1 with A and from 6.5 to 3.0 with B', 'by 4 with A and by 11 with B'.

    The p value counts where the clause says that it is of the difference between the arms.
    """
    order = [arm for _, arm in arms_in_order(clause, pair.mine, pair.other)]
    changes = _changes(clause)
    ps = p_values(clause.printed)
    if len(changes) != 2 or order not in ([1, -1], [-1, 1]) or not (ps and clause.between()):
        return None
    mine, other = changes if order[0] > 0 else changes[::-1]
    if not ps[-1].significant or mine == other:
        return _said("same", 0, ps[-1].significant)
    return _said("amount", 1 if mine > other else -1, True)


def by_values(clause: Clause, pair: Compared, worded: Said) -> Said | None:
    """'Was reduced by 20 % with A and 60 % with B (p = 0.01)': the size of a change, by arm.

    The words tell which way, the numbers in which arm more so. None where nothing is compared.
    """
    told = _values(clause, pair) if _SIZE.search(clause.printed) else None
    if told is None or worded.sense not in ("amount", "goodness") or worded.oriented == "favors":
        return None
    sign, significant = told
    if significant is None or not (pair.mine and pair.other):
        return None
    if significant is False or sign == 0:
        return _said("same", 0, False)
    own = -worded.sign if worded.turned else worded.sign
    return _said(worded.sense, own * sign, True)


def _changes(clause: Clause) -> list[float]:
    """The changes a clause prints, upwards positive."""
    told = [after - before for before, after, _ in before_after(clause.printed)]
    if told:
        return told
    amounts = [number(value) for value in _BY.findall(clause.printed)]
    falls = any(m.name == "fall" for m in clause.of("change"))
    rises = any(m.name == "rise" for m in clause.of("change"))
    return [] if falls == rises else [-a if falls else a for a in amounts]


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
