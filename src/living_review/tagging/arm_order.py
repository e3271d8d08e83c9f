"""In which order a clause names its two arms, and whose number is printed first."""

from collections.abc import Sequence

from living_review.tagging.clauses import Clause, Span

VERSION = "1"
_HELD_REACH = 9  # words between 'compared with' and the arm


def arms_in_order(
    clause: Clause, intervention: Sequence[Span], comparator: Sequence[Span]
) -> list[tuple[int, int]]:
    """Where the clause names its arms, and +1 for the intervention or -1 for the comparator."""
    arms = [(s[0], 1) for s in intervention if clause.first <= s[0] <= clause.last]
    arms += [(s[0], -1) for s in comparator if clause.first <= s[0] <= clause.last]
    return sorted(arms)


def first_arm(clause: Clause, intervention: Sequence[Span], comparator: Sequence[Span]) -> int:
    """The arm whose number is printed first: the one spoken of, not the one it is held against."""
    arms = arms_in_order(clause, intervention, comparator)
    for mark in clause.of("reference"):
        held = next((arm for place, arm in arms if 0 < place - mark.last <= _HELD_REACH), None)
        if held is not None and (1, -1)[held > 0] in {arm for _, arm in arms}:
            return -held
    return arms[0][1] if arms else 1
