"""The changes a clause words: went up, went down, better, worse, no different.

Comparatives are joined to the change they grade ('the reduction was larger', 'less effective in
reducing'); a negation turns a change into 'no different'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from living_review.tagging.clauses import Clause
from living_review.tagging.words import Mark

VERSION = "1"
Sense = Literal["amount", "goodness", "same", "differs"]
_SENSES: dict[str, tuple[Sense, int]] = {
    "rise": ("amount", 1), "fall": ("amount", -1), "better": ("goodness", 1),
    "worse": ("goodness", -1), "more": ("amount", 1), "less": ("amount", -1),
    "same": ("same", 0), "differ": ("differs", 0),
}  # fmt: skip
_GRADES = ("more", "less")
_JOIN_AHEAD = 4  # tokens between 'greater' and the change it grades
_JOIN_BACK = 9  # 'the reduction in pain on movement was significantly larger'
_NEGATION_REACH = 7
_OBJECT_REACH = 10
_OF = frozenset(("in", "for", "of", "at", "regarding", "to", "on"))
_VERBS = frozenset((
    "was", "were", "is", "are", "had", "have", "has", "did", "and", "but",
))  # fmt: skip
_GOOD_NOUNS = frozenset(("relief", "improvement", "benefit", "recovery", "advantage"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A change as worded, before anyone asks of which arm."""

    first: int
    last: int
    sense: Sense
    sign: int
    graded: bool = False  # a comparative, so it speaks of two arms
    denied: bool = False  # a change that a negation turned into 'no different'


def cues(clause: Clause) -> list[Cue]:
    """The changes a clause words, comparatives joined and negations applied."""
    changes = clause.of("change")
    joiners = [m.first for m in clause.marks if m.kind == "joiner"]
    read: list[Cue] = []
    used: set[int] = set()
    for place, mark in enumerate(changes):
        if place in used:
            continue
        if mark.name in _GRADES and _counts(mark, clause):
            continue
        if mark.name not in ("same", "differ") and _object_of_same(mark, changes[:place], clause):
            continue
        sense, sign = _SENSES[mark.name]
        cue = Cue(mark.first, mark.last, sense, sign, graded=mark.name in _GRADES)
        ahead = place + 1
        if sense not in ("same", "differs") and ahead < len(changes):
            joined = _join(cue, changes[ahead], joiners, mark.name in _GRADES, clause)
            if joined is not None:
                cue = joined
                used.add(ahead)
        if mark.name in _GRADES and cue.sense == "amount" and cue.last == mark.last and read:
            back = read[-1]
            gap = cue.first - back.last - 1
            if (
                back.sense in ("amount", "goodness")
                and not back.graded
                and gap <= _JOIN_BACK
                and not any(back.last < j < cue.first for j in joiners)
            ):
                read[-1] = Cue(back.first, cue.last, back.sense, back.sign * cue.sign, graded=True)
                continue
        read.append(cue)
    return _negated(read, clause)


def _object_of_same(mark: Mark, before: Sequence[Mark], clause: Clause) -> bool:
    """Whether a change is what did not differ: 'no difference in the reduction of X'."""
    for same in before:
        if same.name == "same" and 0 < mark.first - same.last <= _OBJECT_REACH:
            between = [t.word for t in clause.words[same.last + 1 : mark.first]]
            if between and between[0] in _OF and not _VERBS & set(between):
                return True
    return False


def _counts(mark: Mark, clause: Clause) -> bool:
    """'More than 20 %' counts; it grades nothing."""
    after = [t.word for t in clause.words[mark.last + 1 : mark.last + 4]]
    return (after[:1] == ["than"] and any(w[:1].isdigit() for w in after[1:])) or after[:1] == [
        "or"
    ]


def _is_noun(cue: Cue, clause: Clause) -> bool:
    """'Relief increased' is more relief; 'effective in increasing' is an increase."""
    return clause.words[cue.first].word in _GOOD_NOUNS


def _join(cue: Cue, after: Mark, joiners: list[int], grade: bool, clause: Clause) -> Cue | None:
    gap = after.first - cue.last - 1
    if gap > _JOIN_AHEAD or any(cue.last < j < after.first for j in joiners):
        return None
    sense, sign = _SENSES[after.name]
    if after.name in _GRADES or sense in ("same", "differs"):
        return None
    if grade:
        return Cue(cue.first, after.last, sense, cue.sign * sign, graded=True)
    if (
        sense == "amount"
        and cue.sense == "goodness"
        and cue.last == cue.first
        and _is_noun(cue, clause)
    ):
        return Cue(cue.first, after.last, "goodness", cue.sign * sign, graded=cue.graded)
    if sense == "amount":  # 'effective in reducing', 'prevented the increase', 'better reduction'
        return Cue(cue.first, after.last, "amount", cue.sign * sign, graded=cue.graded)
    return None


def _negated(heard: list[Cue], clause: Clause) -> list[Cue]:
    """A negation turns the first change after it into 'no different', and those joined by 'or'."""
    harmless = clause.of("negation_of_nothing")
    same = [m for m in clause.of("change") if m.name == "same"]
    denials = [
        no
        for no in clause.of("negation")
        if not any(h.first <= no.first <= h.last for h in harmless + same)
    ]
    found = list(heard)
    for no in denials:
        reached: Cue | None = None
        for place, cue in enumerate(found):
            gap = cue.first - no.last
            if not 0 < gap <= _NEGATION_REACH + (0 if reached is None else _NEGATION_REACH):
                continue
            if reached is not None:
                between = {t.word for t in clause.words[reached.last + 1 : cue.first]}
                if not between & {"or", "nor"}:
                    break
            if cue.sense != "same":
                found[place] = Cue(cue.first, cue.last, "same", 0, cue.graded, denied=True)
            reached = cue
    return found
