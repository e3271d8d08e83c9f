"""The changes a clause words: went up, went down, better, worse, no different.

Three steps: which words speak of a change at all; comparatives joined to the change they grade
('the reduction was larger', 'less effective in reducing'); negations, which turn a change into
'no different'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from living_review.tagging.clauses import Clause, Span
from living_review.tagging.cues import words
from living_review.tagging.words import Mark

VERSION = "1"

Sense = Literal["amount", "goodness", "same", "differs"]

_SENSES: dict[str, tuple[Sense, int]] = {
    "rise": ("amount", 1), "fall": ("amount", -1), "better": ("goodness", 1),
    "worse": ("goodness", -1), "more": ("amount", 1), "less": ("amount", -1),
    "same": ("same", 0), "differ": ("differs", 0),
}  # fmt: skip
_GRADES = ("more", "less")
_CHANGES = ("rise", "fall", "better", "worse")
_JOIN_AHEAD = 4  # words between 'greater' and the change it grades
_JOIN_BACK = 9  # 'the reduction in pain on movement was significantly larger'
_JOIN_FAR = 22  # the same, where the comparative is the predicate
_NEGATION_REACH = 7
_OBJECT_REACH = 10
_OF = frozenset(("in", "for", "of", "at", "regarding", "to", "on"))
_AT_WHAT = frozenset(("in", "at", "for"))
_VERBS = frozenset(("was", "were", "is", "are", "had", "have", "has", "did", "and", "but"))
_NORMS = frozenset(("normal", "expected", "recommended", "predicted", "reference", "usual"))
_LIKENESSES = frozenset(("equivalence", "similarity", "noninferiority"))
_BODY = frozenset(("limb", "extremity", "upper", "leg", "lobe", "jaw", "lip", "eyelid"))
_LIKE_REACH = 6
_TIMES = frozenset(("twice", "time", "half", "third", "such"))
_PURPOSE_REACH = 3  # words: 'for the chronic relief', 'for headache relief'
_MEANT = frozenset(words("meant"))
_THRESHOLDS = frozenset(
    ("clinically", "minimal", "minimum", "important", "relevant", "threshold", "margin")
)
_GOOD_NOUNS = frozenset(("relief", "improvement", "benefit", "recovery", "advantage"))
_ADVERBS = frozenset(("nonsignificantly", "non", "nonsignificant", "insignificantly"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A change as worded, before anyone asks of which arm."""

    first: int
    last: int
    sense: Sense
    sign: int
    graded: bool = False  # a comparative, so it speaks of two arms
    denied: bool = False  # a change that a negation turned into 'no different'


def cues(clause: Clause, not_cues: Sequence[Span] = ()) -> list[Cue]:
    """The changes a clause words, comparatives joined and negations applied.

    `not_cues` are spans whose words are the outcome's own ('rate of improvement') and say nothing
    of its change.
    """
    heard = [m for m in _speaking(clause) if not _covered(m, not_cues)]
    return _negated(_joined(heard, clause), clause)


def _covered(mark: Mark, spans: Sequence[Span]) -> bool:
    return any(first <= mark.first and mark.last <= last for first, last in spans)


def _speaking(clause: Clause) -> list[Mark]:
    """The marks that tell of a change; not what did not differ, not 'more than 20'."""
    names = clause.of("no_change")
    marks = [
        m
        for m in clause.of("change")
        if not any(n.first <= m.first and m.last <= n.last for n in names)
    ]
    marks = [m for m in marks if not _is_adverb(m, marks, clause) and not _is_place(m, clause)]
    kept: list[Mark] = []
    last_silent: Mark | None = None
    for place, mark in enumerate(marks):
        following = marks[place + 1] if place + 1 < len(marks) else None
        silent = (
            (mark.name in _GRADES and _counts(mark, clause))
            or (mark.name in (*_CHANGES, *_GRADES) and _is_object(mark, marks[:place], clause))
            or (mark.name == "same" and _qualifies(mark, following, clause))
            or (mark.name in _CHANGES and _is_purpose(mark, marks[:place], clause))
        )
        liked = _likened(mark, clause)
        if (silent and mark.name in (*_CHANGES, *_GRADES)) or _is_as(liked, clause):
            last_silent = mark
        if silent:
            continue
        if not silent and not _goes_with(mark, last_silent, clause):
            kept.append(liked)
    return kept


def _is_as(mark: Mark, clause: Clause) -> bool:
    """'As effective as': what comes behind it says in what."""
    return mark.name == "same" and "as" in (
        clause.words[mark.first].word, clause.words[max(0, mark.first - 1)].word
    )  # fmt: skip


def _goes_with(mark: Mark, silent: Mark | None, clause: Clause) -> bool:
    """'Not significantly better than B in lowering X': the lowering is what was not better."""
    if silent is None or not 0 < mark.first - silent.last <= _OBJECT_REACH:
        return False
    graded = mark.name in _CHANGES and clause.words[mark.first - 1].word in _AT_WHAT
    return graded and not _parted(silent.last, mark.first, clause)


def _is_adverb(mark: Mark, marks: Sequence[Mark], clause: Clause) -> bool:
    """'Similarly lowered X versus B in men and women': the likeness is of men and women."""
    verb = any(m.name in _CHANGES and 0 < m.first - mark.last <= 2 for m in marks)
    return clause.words[mark.first].word == "similarly" and verb and bool(clause.of("reference"))


def _is_place(mark: Mark, clause: Clause) -> bool:
    """'In lower and left upper limbs' is a part of the body."""
    after = {t.word for t in clause.words[mark.last + 1 : mark.last + 1 + _LIKE_REACH]}
    return clause.words[mark.first].word == "lower" and bool(_BODY & after)


def _likened(mark: Mark, clause: Clause) -> Mark:
    """'As effective for X as': no different."""
    before = [t.word for t in clause.words[max(clause.first, mark.first - 3) : mark.first]]
    if before[-1:] == ["well"]:
        before.pop()
    after = clause.words[mark.last + 1 : min(clause.last, mark.last + _LIKE_REACH) + 1]
    alike = before[-1:] == ["as"] and not _TIMES & set(before)
    if alike and any(t.word == "as" for t in after):
        return mark._replace(name="same")
    return mark


def _counts(mark: Mark, clause: Clause) -> bool:
    """'More than 20 %', 'above normal' and 'one or more' count; they grade nothing."""
    after = [t.word for t in clause.words[mark.last + 1 : mark.last + 5]]
    above = after[:1] == ["than"] and any(w[:1].isdigit() or w in _NORMS for w in after[1:])
    to_a_norm = {"the", "than"} & set(after[:1]) and _THRESHOLDS & set(after)
    return above or bool(to_a_norm) or after[:1] == ["or"]


def _is_object(mark: Mark, before: Sequence[Mark], clause: Clause) -> bool:
    """Whether a change is what did not differ: 'no difference in the reduction of X'."""
    for same in before:
        gap = mark.first - same.last
        if same.name != "same" or not 0 < gap <= _OBJECT_REACH:
            continue
        if gap == 1 and clause.words[same.first].word not in _ADVERBS:
            return True  # 'equally effective', 'similar reductions'
        between = [t.word for t in clause.words[same.last + 1 : mark.first]]
        if between[:1] == ["that"]:
            return True  # 'no evidence that A lowered X'
        if between and between[0] in _OF and not _VERBS & set(between):
            return True
    return False


def _is_purpose(mark: Mark, before: Sequence[Mark], clause: Clause) -> bool:
    """'Prescribed for the relief of X', 'given to reduce X': what it is for, not what it did."""
    lead = [t.word for t in clause.words[max(clause.first, mark.first - 5) : mark.first]]
    near = lead[-_PURPOSE_REACH:]
    if "for" in near and not _VERBS & set(near) and "," not in near:
        return not any(0 < mark.first - m.last <= _JOIN_AHEAD + _PURPOSE_REACH for m in before)
    return lead[-1:] == ["to"] and bool(set(lead) & _MEANT)


def _qualifies(mark: Mark, following: Mark | None, clause: Clause) -> bool:
    """'Non-significantly lower' is lower, and not significant."""
    if following is None or clause.words[mark.first].word not in _ADVERBS:
        return False
    return following.first - mark.last <= 2


def _joined(marks: list[Mark], clause: Clause) -> list[Cue]:
    read: list[Cue] = []
    place = 0
    while place < len(marks):
        mark = marks[place]
        sense, sign = _SENSES[mark.name]
        cue = Cue(mark.first, mark.last, sense, sign, graded=mark.name in _GRADES)
        place += 1
        while place < len(marks):  # 'less effective in reducing' joins twice
            longer = _ahead(
                cue, mark.name in _GRADES and cue.last == mark.last, marks[place], clause
            )
            if longer is None:
                break
            cue = longer
            place += 1
        grades = mark.name in _GRADES and cue.last == mark.last
        if grades and read and _grades_back(read[-1], cue, clause):
            back = read[-1]
            read[-1] = Cue(back.first, cue.last, back.sense, back.sign * cue.sign, graded=True)
        else:
            read.append(cue)
    return read


def _ahead(cue: Cue, grade: bool, after: Mark, clause: Clause) -> Cue | None:
    """The cue with the change after it, where they are one: 'greater reduction'."""
    if cue.sense not in ("amount", "goodness") or after.name not in _CHANGES:
        return None
    if after.first - cue.last - 1 > _JOIN_AHEAD or _parted(cue.last, after.first, clause):
        return None
    sense = _sense_together(cue, grade, after, clause)
    if sense is None:
        return None
    sign = cue.sign * _SENSES[after.name][1]
    return Cue(cue.first, after.last, sense, sign, graded=grade or cue.graded)


def _sense_together(cue: Cue, grade: bool, after: Mark, clause: Clause) -> Sense | None:
    """What two changes in a row speak of; None where each speaks for itself."""
    sense = _SENSES[after.name][0]
    if grade or sense == "amount" == cue.sense:  # 'greater benefit', 'prevented the increase'
        return sense
    if cue.sense == "amount":
        return None
    if sense == "goodness":  # 'superior in relieving'
        return sense if clause.words[after.first - 1].word in _AT_WHAT else None
    # 'Relief increased' is more relief; 'effective in increasing' is an increase.
    noun = cue.first == cue.last and clause.words[cue.first].word in _GOOD_NOUNS
    return "goodness" if noun else "amount"


def _grades_back(back: Cue, cue: Cue, clause: Clause) -> bool:
    """Whether a comparative grades the change before it: 'the reduction was larger'."""
    return (
        back.sense in ("amount", "goodness")
        and not back.graded
        and cue.first - back.last - 1 <= (_JOIN_FAR if _is_said(cue, clause) else _JOIN_BACK)
        and not _parted(back.last, cue.first, clause)
    )


def _is_said(cue: Cue, clause: Clause) -> bool:
    """'… was significantly greater': the comparative is what the sentence says."""
    before = clause.words[max(clause.first, cue.first - 3) : cue.first]
    return any(t.word in ("was", "were", "is", "are") for t in before)


def _parted(first: int, last: int, clause: Clause) -> bool:
    """Whether 'and', 'or' or a comma stands between two places."""
    return any(first < m.first < last for m in clause.of("joiner"))


def _negated(heard: list[Cue], clause: Clause) -> list[Cue]:
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
                found[place] = Cue(cue.first, cue.last, "same", 0, cue.graded, denied=True)
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
        if cue.last < mark.first <= cue.last + _OBJECT_REACH and not between:
            if cue.sense == "same" and clause.words[cue.first].word in _LIKENESSES:
                return None
            if cue.sense in ("amount", "goodness"):
                return Cue(cue.first, cue.last, "same", 0, cue.graded, denied=True)
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
