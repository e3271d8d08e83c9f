"""Which arm's number is the larger: '3.2 vs 4.1', '66% with A and 38% with B', ratios."""

import re
from collections.abc import Sequence

from living_review.model import Effect
from living_review.tagging.clauses import Clause, Span
from living_review.tagging.numbers import effects, number, p_values, pairs

VERSION = "1"

RATIOS = ("RR", "OR", "HR")
_VALUE = re.compile(
    r"(?<![\w.<>=≤≥-])(?<!at )(?<!after )(?<!over )(?<!week )(?<!day )(?<!month )(?<!group )"
    r"([-−]?\d+(?:[.·]\d+)?)(?![\w.]*\d|-|–|\s*(?:mg|mcg|µg|μg|patients|participants|of\b|to\b))"
    r"\s*(%)?(?:\s*(?:±|\+/-)\s*\d+(?:\.\d+)?)?"
)
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
    clause: Clause, intervention: Sequence[Span], comparator: Sequence[Span]
) -> tuple[int, bool | None] | None:
    """+1 where the intervention's number is larger, with significance by p; None where not told."""
    text = clause.printed
    ps = p_values(text)
    significant = ps[0].significant if ps else None
    arms = [(s[0], 1) for s in intervention if clause.first <= s[0] <= clause.last]
    arms += [(s[0], -1) for s in comparator if clause.first <= s[0] <= clause.last]
    arms.sort()
    first_arm = arms[0][1] if arms else 1
    printed = pairs(text)
    if printed:
        one, two, _, _ = printed[0]
        return (0 if one == two else first_arm * (1 if one > two else -1)), significant
    order = [arm for _, arm in arms]
    distinct = [arm for place, arm in enumerate(order) if place == 0 or arm != order[place - 1]]
    if sorted(set(distinct)) != [-1, 1] or len(distinct) > 2:
        return None
    plain = _P_OR_CI.sub(lambda m: " " * len(m.group()), text)
    values = [(number(m.group(1)), bool(m.group(2))) for m in _VALUE.finditer(plain)]
    if not values:
        inside = re.findall(r"[(\[]\s*([-−]?\d+(?:[.·]\d+)?)\s*%?", text)
        values = [(number(v), False) for v in inside]
    if len(values) != 2:
        shares = [v for v in values if v[1]]
        if len(shares) != 2:
            return None
        values = shares
    (one, _), (two, _) = values
    return (0 if one == two else distinct[0] * (1 if one > two else -1)), significant


def effect_sign(clause: Clause, good: int = 0) -> tuple[int, bool | None] | None:
    """The side of no effect on which the first effect of the clause lies, and its significance.

    A hazard is of the bad event: below 1 it means more of an outcome that is good (`good` > 0),
    survival for one.
    """
    read = effects(clause.printed)
    for effect, _ in read:
        if effect.measure == "NNT":
            continue
        significant = is_significant(effect)
        if significant is None:
            continue
        none = null_value(effect)
        side = 0 if effect.value == none else 1 if effect.value > none else -1
        return (-side if effect.measure == "HR" and good > 0 else side), significant
    return None
