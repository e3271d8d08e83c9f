"""How many of each arm had an event: '13 (13.3 %) of 98 on A and 3 of 45 on B', '15 % v 8 %'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from living_review.tagging.arm_order import arms_in_order, first_arm
from living_review.tagging.clauses import Clause, Span
from living_review.tagging.numbers import number

VERSION = "1"
_PERCENT = r"(?<![\d.])(?P<percent{0}>\d{{1,3}}(?:[.·]\d{{1,6}})?)\s*%(?!\s*(?:C\.?I|conf|cred))"
_OF = r"\s*(?:out of|of|/)\s*(?:the\s+)?"
_FORMS = re.compile(
    "|".join((
        rf"(?<![\d.])(?P<events1>\d{{1,7}})\s*[\[(]\s*{_PERCENT.format(1)}\s*[\])]{_OF}(?P<n1>\d{{1,7}}(?!\d))",
        rf"(?<![\d.])(?P<events2>\d{{1,7}}){_OF}(?P<n2>\d{{1,7}}(?!\d))(?:\s+[a-z]+){{0,2}}\s*[\[(,;]\s*{_PERCENT.format(2)}",
        rf"{_PERCENT.format(3)}\s*[\[(]\s*(?P<events3>\d{{1,7}}){_OF}(?P<n3>\d{{1,7}}(?!\d))",
        rf"(?<![\d.])(?P<events4>\d{{1,7}}){_OF}(?P<n4>\d{{1,7}}(?!\d))(?![\d./]|\s*%)",
        _PERCENT.format(5),
    ))
)  # fmt: skip
_ROUNDING = 1.5  # points between a printed share and its counts
_LEAST_ARM = 5  # people; '1 of 2' is no arm


@dataclass(frozen=True, slots=True)
class Share:
    """The share of an arm (per cent), with its counts where they are printed and agree."""

    percent: float
    events: int | None = None
    n: int | None = None


def shares(text: str) -> list[Share]:
    """Every share of people in a text, in order; counts that belie their share are dropped."""
    return [share for found in _FORMS.finditer(text) if (share := _share(found)) is not None]


def _share(found: re.Match[str]) -> Share | None:
    told = {name[:-1]: value for name, value in found.groupdict().items() if value is not None}
    percent = number(told["percent"]) if "percent" in told else None
    if "n" not in told:
        return Share(percent) if percent is not None and percent <= 100 else None
    events, n = int(told["events"]), int(told["n"])
    if events > n or n < _LEAST_ARM:
        return None if percent is None else Share(percent)
    counted = 100 * events / n
    if percent is not None and abs(percent - counted) > _ROUNDING:
        return Share(percent)
    return Share(counted if percent is None else percent, events, n)


def of_arms(
    clause: Clause, intervention: Sequence[Span], comparator: Sequence[Span]
) -> tuple[Share, Share] | None:
    """The intervention's share and the comparator's, where the clause prints one for each.

    More than two shares are of doses, times or subgroups, and nobody can tell of which.
    """
    found = shares(clause.printed)
    if len(found) != 2:
        return None
    order = [arm for _, arm in arms_in_order(clause, intervention, comparator)]
    if set(order) != {1, -1}:
        return None
    mine_first = first_arm(clause, intervention, comparator) > 0
    return (found[0], found[1]) if mine_first else (found[1], found[0])
