"""Whose change it is: the arm after 'than', 'versus', 'compared with' is the one held against."""

from typing import Literal

from living_review.tagging.changes import Cue
from living_review.tagging.clauses import Clause, Span

VERSION = "1"
How = Literal["reference", "favors", "named", "assumed"]
_REFERENCE_REACH = 7
_AT = frozenset(
    [
        "with",
        "in",
        "on",
        "for",
        "under",
        "by",
        "among",
        "after",
        "following",
        "during",
        "from",
        "of",
        "the",
    ]
)


def orientation(cue: Cue, clause: Clause, mine: list[Span], other: list[Span]) -> tuple[int, How]:
    """+1 where the change is the intervention's, -1 where it is the comparator's."""
    for mark in clause.of("favors"):
        nearest = _next_arm(mark.last, 4, mine, other)
        if nearest:
            return nearest, "favors"
    beside = _arm_after(cue, clause, mine, other)
    if beside:
        return beside, "named"
    references = clause.of("reference") + [
        m
        for m in clause.of("reference_after_superior")
        if 0 < m.first - cue.last <= 2 or 0 < cue.first - m.last < 0
    ]
    for mark in sorted(references, key=lambda m: abs(m.first - cue.last)):
        held_against = _next_arm(mark.last, _REFERENCE_REACH, mine, other)
        if held_against:
            return -held_against, "reference"
    if mine and not other:
        return 1, "named"
    if other and not mine:
        return -1, "named"
    if mine and other:
        before = [(s[1], 1) for s in mine if s[1] < cue.first]
        before += [(s[1], -1) for s in other if s[1] < cue.first]
        after = [(s[0], 1) for s in mine if s[0] > cue.last]
        after += [(s[0], -1) for s in other if s[0] > cue.last]
        if after and not clause.of("between_arms"):
            return min(after)[1], "named"
        if before:
            return max(before)[1], "named"
    return 1, "assumed"


def _arm_after(cue: Cue, clause: Clause, mine: list[Span], other: list[Span]) -> int:
    """The arm a change is said of right after it: 'greater with A', 'fewer in the B group'."""
    place = cue.last + 1
    while place <= clause.last and clause.words[place].word in _AT:
        place += 1
    if place == cue.last + 1:
        return 0
    return _next_arm(place - 1, 1, mine, other)


def _next_arm(place: int, reach: int, mine: list[Span], other: list[Span]) -> int:
    """+1 or -1 for the first arm named within reach after a place; 0 where there is none."""
    near = [(s[0], 1) for s in mine if place < s[0] <= place + reach]
    near += [(s[0], -1) for s in other if place < s[0] <= place + reach]
    return min(near)[1] if near else 0


def is_denied(clause: Clause, mine: list[Span]) -> bool:
    """Whether the clause says '… but not with <the intervention>'."""
    for first, _ in mine:
        before = [t.word for t in clause.words[max(clause.first, first - 4) : first]]
        if "not" in before and ("but" in before or "and" in before):
            return True
    return False
