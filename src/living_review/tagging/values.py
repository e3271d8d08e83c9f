"""Which arm's number is the larger: '3.2 vs 4.1', '66% with A and 38% with B', ratios."""

import re
from collections.abc import Sequence

from living_review.model import Effect
from living_review.tagging.arm_order import arms_in_order, first_arm
from living_review.tagging.clauses import Clause, Span
from living_review.tagging.numbers import effects, number, p_values, pairs
from living_review.tagging.shares import shares

VERSION = "2"

RATIOS = ("RR", "OR", "HR")
_VALUE = re.compile(
    r"(?<![\w.<>=≤≥-])(?<!at )(?<!after )(?<!over )(?<!week )(?<!day )(?<!month )(?<!group )"
    r"([-−]?\d+(?:[.·]\d+)?)(?![\w.]*\d|-|–|\s*(?:mg|mcg|µg|μg|patients|participants|of\b|to\b))"
    r"\s*(%)?(?:\s*(?:±|\+/-)\s*\d+(?:\.\d+)?)?"
)
_OF = re.compile(r"\b\d+\s*(?:of|/|out of)\s*\d+\b")
_P_OR_CI = re.compile(
    (
        r"\bp\s*(?:-?\s*value)?\s*[<>=≤≥]\s*[\d.·]+|\d\d\s*%\s*C\.?I\.?[^)\];]*|"
        r"n\s*=\s*\d+|[(\[][^)\]]*[)\]]"
    ),
    re.IGNORECASE,
)


def null_value(effect: Effect) -> float:
    """The value of no effect: 1 for ratios, 0 for differences."""
    return 1.0 if effect.measure in RATIOS else 0.0


def is_significant(effect: Effect) -> bool | None:
    """Whether the interval leaves out no effect, else what p says; None where neither stands."""
    if effect.ci_low is not None and effect.ci_high is not None:
        none = null_value(effect)
        return not effect.ci_low <= none <= effect.ci_high
    return None if effect.p is None else effect.p < 0.05


def larger_arm(
    clause: Clause,
    intervention: Sequence[Span],
    comparator: Sequence[Span],
    outcome: Span | None = None,
) -> tuple[int, bool | None] | None:
    """+1 where the intervention's number is larger, with significance by p; None where not told.

    Of several pairs of numbers the first behind the outcome counts.
    """
    text = clause.printed
    behind = _end_of(outcome, clause)
    printed = pairs(text)
    if printed:
        one, two, _, at = next((p for p in printed if p[3] >= behind), printed[0])
        first = first_arm(clause, intervention, comparator)
        return (0 if one == two else first * (1 if one > two else -1)), _significant(text, at)
    counted = [share.percent for share in shares(text) if share.n is not None]
    values = (
        counted
        if len(counted) == 2  # '12 of 48 with A and 3 of 50 with B'
        else _one_for_each(text, [*intervention, *comparator], clause)
    )
    order = [arm for _, arm in arms_in_order(clause, intervention, comparator)]
    if len(values) == len(order) > 2 and {1, -1} == set(order) and "respectively" in text:
        one, two = values[order.index(1)], values[order.index(-1)]
        return (one > two) - (one < two), _significant(text, behind)
    distinct = [arm for place, arm in enumerate(order) if place == 0 or arm != order[place - 1]]
    if len(values) != 2 or sorted(set(distinct)) != [-1, 1] or len(distinct) > 2:
        return None
    one, two = values
    return (0 if one == two else distinct[0] * (1 if one > two else -1)), _significant(text, behind)


def _end_of(outcome: Span | None, clause: Clause) -> int:
    """Where an outcome ends in the printed clause; its start where none is named."""
    if outcome is None or not clause.first <= outcome[1] <= clause.last:
        return 0
    return clause.words[outcome[1]].end - clause.words[clause.first].start


def _significant(text: str, behind: int) -> bool | None:
    """What the first p value behind a place says, else the last before it."""
    ps = p_values(text)
    after = [p for p in ps if p.start >= behind]
    return after[0].significant if after else ps[-1].significant if ps else None


def _one_for_each(text: str, arms: Sequence[Span], clause: Clause) -> list[float]:
    """The numbers of a clause, those of its arms' names, p values and intervals aside.

    Its shares, where not all are shares and the rest is not of two.
    """
    start = clause.words[clause.first].start
    for first, last in arms:
        if clause.first <= first and last <= clause.last:
            text = _blank(text, clause.words[first].start - start, clause.words[last].end - start)
    text = _OF.sub(lambda m: " " * len(m.group()), text)
    plain = _P_OR_CI.sub(lambda m: " " * len(m.group()), text)
    values = [(number(m.group(1)), bool(m.group(2))) for m in _VALUE.finditer(plain)]
    if not values:
        inside = re.findall(r"[(\[]\s*([-−]?\d+(?:[.·]\d+)?)\s*%?", text)
        values = [(number(v), False) for v in inside]
    shares = [value for value, is_share in values if is_share]
    return shares if len(values) != 2 and len(shares) == 2 else [value for value, _ in values]


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def effect_sign(
    clause: Clause, good: int = 0, outcome: Span | None = None
) -> tuple[int, bool | None] | None:
    """The side of no effect on which the clause's effect lies, and its significance.

    Of several effects the first behind the outcome counts. A hazard is of the bad event: below 1
    it means more of an outcome that is good (`good` > 0), survival for one.
    """
    behind = _end_of(outcome, clause)
    read = effects(clause.printed)
    for effect, _ in sorted(read, key=lambda found: (found[1] < behind, found[1])):
        if effect.measure == "NNT":
            continue
        significant = is_significant(effect)
        if significant is None:
            continue
        none = null_value(effect)
        side = 0 if effect.value == none else 1 if effect.value > none else -1
        return (-side if effect.measure == "HR" and good > 0 else side), significant
    return None
