"""Whose change it is: the arm after 'than', 'versus', 'compared with' is the one held against."""

from collections.abc import Sequence
from typing import Literal

from living_review.tagging.changes import Cue
from living_review.tagging.clauses import Clause, Span
from living_review.tagging.words import Mark

VERSION = "1"
How = Literal["reference", "favors", "named", "assumed"]
_REFERENCE_REACH = 7  # words between 'than' and the arm
_FAVOR_REACH = 4
_HELD_REACH = 3
_AT = frozenset((
    "with", "in", "on", "for", "under", "by", "among", "after", "following", "during", "from",
    "of", "the",
))  # fmt: skip


def orientation(cue: Cue, clause: Clause, mine: list[Span], other: list[Span]) -> tuple[int, How]:
    """+1 where the change is the intervention's, -1 where it is the comparator's."""
    ways: tuple[tuple[int, How], ...] = (
        (_favored(clause, mine, other), "favors"),
        (_arm_after(cue, clause, mine, other), "named"),
        (-_held_against(cue, clause, mine, other), "reference"),
        (_nearest(cue, clause, mine, other), "named"),
    )
    return next(((turn, how) for turn, how in ways if turn), (1, "assumed"))


def _favored(clause: Clause, mine: list[Span], other: list[Span]) -> int:
    """The arm a clause says is favoured."""
    found = (_next_arm(m.last, _FAVOR_REACH, mine, other) for m in clause.of("favors"))
    return next((arm for arm in found if arm), 0)


def _held_against(cue: Cue, clause: Clause, mine: list[Span], other: list[Span]) -> int:
    """The arm after 'than', 'compared with', or 'to' behind 'superior'."""
    places = {s[0] for s in (*mine, *other)}
    marks = [
        m for m in clause.of("reference") if m.last + 1 in places or not _is_count(m, clause)
    ] + [m for m in clause.of("reference_after_superior") if 0 < m.first - cue.last <= 2]
    if clause.words[cue.last].word == "as":  # 'not as effective as B'
        marks.append(Mark("reference", "as", cue.last, cue.last))
    marks.sort(key=lambda m: abs(m.first - cue.last))
    found = (_next_arm(m.last, _REFERENCE_REACH, mine, other) for m in marks)
    return next((arm for arm in found if arm), 0)


def _is_count(mark: Mark, clause: Clause) -> bool:
    """'More than 20 patients' holds against no arm."""
    return mark.last < clause.last and clause.words[mark.last + 1].word[0].isdigit()


def _nearest(cue: Cue, clause: Clause, mine: list[Span], other: list[Span]) -> int:
    """The only arm named; of two, the first after the change, else the last before it."""
    if not (mine and other):
        return bool(mine) - bool(other)
    arms = [(s, 1) for s in mine] + [(s, -1) for s in other]
    after = [(s[0], arm) for s, arm in arms if s[0] > cue.last]
    before = [(s[1], arm) for s, arm in arms if s[1] < cue.first]
    before = [(at, arm) for at, arm in before if not _is_held(at, clause)] or before
    if after and not clause.between():
        return min(after)[1]
    return max(before)[1] if before else 0


def _is_held(place: int, clause: Clause) -> bool:
    """'As good as B and caused less X', 'compared with B, A lowered X': B is not spoken of."""
    held = any(0 < place - m.last <= _HELD_REACH for m in clause.of("reference"))
    return held or any(t.word == "as" for t in clause.words[max(clause.first, place - 2) : place])


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


def _did_not(span: Span, clause: Clause) -> bool:
    """'A lowered X and B did not'."""
    after = [t.word for t in clause.words[span[1] + 1 : min(clause.last, span[1] + 3) + 1]]
    ends = len(after) == 2 or (len(after) > 2 and after[2] in ".,;)")
    return (
        after[:1] in (["did"], ["does"], ["do"], ["was"], ["were"])
        and after[1:2] == ["not"]
        and ends
    )


def denied(clause: Clause, arm: Sequence[Span]) -> list[Span]:
    """The places of an arm that the clause excepts: '… but not with <the arm>'."""
    found = []
    for span in arm:
        before = [t.word for t in clause.words[max(clause.first, span[0] - 4) : span[0]]]
        comma_not = before[-2:] in ([",", "not"],) or before[-3:-1] == [",", "not"]
        excepting = any(0 < span[0] - m.last <= _HELD_REACH for m in clause.of("excepting"))
        if (
            comma_not
            or excepting
            or _did_not(span, clause)
            or ("not" in before and ("but" in before or "and" in before))
        ):
            found.append(span)
    return found
