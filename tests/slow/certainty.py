"""GRADE's words and every step down, again (METHOD 4, read as DECISIONS 8 says)."""

from collections.abc import Sequence
from fractions import Fraction

from living_review.protocol import CertaintyRules, Claim
from tests.slow.numbers import filled_in
from tests.slow.pooling import Pooled, egger_p
from tests.slow.studies import UNCLEAR, Told

LEVELS = ("very_low", "low", "moderate", "high")
Steps = tuple[tuple[str, int], ...]
# The pool that decides, what was pooled (benefits with errors), and the MID on its unit.
Used = tuple[Pooled, Sequence[tuple[float, float]], float] | None


def certainty(
    direction: str,
    primary: Sequence[Told],
    used: Used,
    claim: Claim,
    rules: CertaintyRules,
) -> tuple[str | None, Steps]:
    """Level and steps, in GRADE's order."""
    if not primary:
        return None, ()
    sizes = list(zip(primary, filled_in([s.participants for s in primary]), strict=True))
    clear = [(s, n) for s, n in sizes if s.direction != UNCLEAR]
    steps = {
        "design": start(clear or sizes, claim),
        "risk_of_bias": risk_of_bias([s for s, _ in clear], claim),
        "inconsistency": inconsistency(direction, clear != [], used, rules),
        "indirectness": indirectness(clear, rules),
        "imprecision": imprecision([s for s, _ in clear], used, claim, rules),
        "publication_bias": publication_bias(used, rules),
    }  # fmt: skip
    left = max(0, 3 + sum(steps.values()))
    if direction == "uncertain":  # always very low
        steps["direction"], left = -left, 0
    return LEVELS[left], tuple((domain, levels) for domain, levels in steps.items() if levels)


def start(bearing: Sequence[tuple[Told, Fraction]], claim: Claim) -> int:
    """Where the better designs start that hold half of the participants between them."""
    if not claim.clinical:
        return -2
    lost = {"rct": 0, "case_report": -3}
    people = sum(n for _, n in bearing)
    for level in (0, -2):
        if 2 * sum(n for s, n in bearing if lost.get(s.design, -2) >= level) >= people:
            return level
    return -3


def risk_of_bias(clear: Sequence[Told], claim: Claim) -> int:
    """Case reports alone start at the bottom already."""
    if not claim.clinical or all(s.design == "case_report" for s in clear):
        return 0
    return -any(s.bias != "low" for s in clear)


def inconsistency(direction: str, some: bool, used: Used, rules: CertaintyRules) -> int:
    if used is not None:
        return -(used[0].i2 >= rules.i2_inconsistent)
    return -(some and direction == "uncertain")


def indirectness(clear: Sequence[tuple[Told, Fraction]], rules: CertaintyRules) -> int:
    wide = sum(n for s, n in clear if s.indirect)
    return -(clear != [] and wide >= rules.indirect_share * sum(n for _, n in clear))


def imprecision(
    clear: Sequence[Told],
    used: Used,
    claim: Claim,
    rules: CertaintyRules,
) -> int:
    if not claim.clinical:
        return 0
    known = [s.participants for s in clear if s.participants]
    if known and sum(known) < rules.very_few_participants:
        return -2
    if sum(known) < rules.few_participants:
        return -1
    if used is None:
        return 0
    (low, high), mid = used[0].used, used[2]
    return -(low < mid < high or low < -mid < high)


def publication_bias(used: Used, rules: CertaintyRules) -> int:
    if used is None or len(used[1]) < rules.egger_min_studies:
        return 0
    p = egger_p([b for b, _ in used[1]], [e for _, e in used[1]])
    return -(p is not None and p < rules.egger_p)
