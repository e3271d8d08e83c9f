"""Denials: what a negation, before or behind it, makes of a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from living_review.tagging.clauses import Clause
from living_review.tagging.cues import words
from living_review.tagging.speaking import OBJECT_REACH
from living_review.tagging.words import Mark

VERSION = "1"
Sense = Literal["amount", "goodness", "same", "differs"]
_NEGATION_REACH = 7
_LIKENESSES = frozenset(words("likenesses"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A change as worded, before anyone asks of which arm."""

    first: int
    last: int
    sense: Sense
    sign: int
    graded: bool = False  # a comparative, so it speaks of two arms
    denied: bool = False  # a change that a negation turned into 'no different'
    by: int | None = None  # the first word of that negation


def denied(heard: list[Cue], clause: Clause) -> list[Cue]:
    """A negation turns the first change after it into 'no different', and those joined by 'or'."""
    harmless = clause.of("negation_of_nothing")
    harmless += [m for m in clause.of("change") if m.name == "same"]
    shown = (_not_shown(cue, heard, clause) for cue in heard)
    found = [cue for cue in shown if cue is not None]
    for no in clause.of("negation"):
        if any(h.first <= no.first <= h.last for h in harmless):
            continue
        reached: Cue | None = None
        for place, cue in enumerate(found):
            reach = _NEGATION_REACH if reached is None else 2 * _NEGATION_REACH
            if not 0 < cue.first - no.last <= reach or _excepts(no, cue, clause):
                continue
            if reached is not None and not _or_between(reached, cue, clause):
                break
            if cue.sense != "same":
                found[place] = Cue(
                    cue.first, cue.last, "same", 0, cue.graded, denied=True, by=no.first
                )
            elif cue.first - no.last == 1 and clause.words[cue.first].word == "as":
                # 'Not as effective as' is less effective.
                found[place] = Cue(no.first, cue.last, "goodness", -1, graded=True)
            reached = cue
    return found


def _not_shown(cue: Cue, heard: Sequence[Cue], clause: Clause) -> Cue | None:
    """'Superiority was not demonstrated' is no difference; 'equivalence was not shown' is nothing.

    The words behind the change deny it where no other change stands between.
    """
    for mark in clause.of("not_shown"):
        between = any(cue.last < other.first < mark.first for other in heard)
        if cue.last < mark.first <= cue.last + OBJECT_REACH and not between:
            if cue.sense == "same" and clause.words[cue.first].word in _LIKENESSES:
                return None
            if cue.sense in ("amount", "goodness"):
                return Cue(cue.first, cue.last, "same", 0, cue.graded, denied=True, by=mark.first)
    return cue


def _excepts(no: Mark, cue: Cue, clause: Clause) -> bool:
    """'A, but not B, lowered X' denies nothing of X."""
    if no.last < clause.last and clause.words[no.last + 1].raw == ",":
        return True  # 'whereas B did not, A lowered X'
    if no.first == clause.first or clause.words[no.first - 1].word not in (
        "but",
        "and",
        "although",
    ):
        return False
    return any(t.raw == "," for t in clause.words[no.last + 1 : cue.first])


def _or_between(one: Cue, other: Cue, clause: Clause) -> bool:
    return bool({"or", "nor"} & {t.word for t in clause.words[one.last + 1 : other.first]})
