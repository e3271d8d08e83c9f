"""Which words of a clause speak of a change: not 'more than 20', not what something is for.

A change that did not differ ('no difference in the reduction of X') is silent too, and so is what
is graded 'as … as' or 'not better' before it.
"""

from collections.abc import Sequence

from living_review.tagging.clauses import Clause
from living_review.tagging.cues import words
from living_review.tagging.words import Mark

VERSION = "1"
GRADES = ("more", "less")
CHANGES = ("rise", "fall", "better", "worse")
JOIN_AHEAD = 4  # words between 'greater' and the change it grades
OBJECT_REACH = 10
_PLACE_REACH = 6  # words: 'lower and left upper'
_LIKE_REACH = 6  # words between 'as effective' and its second 'as'; before the name of a limb
_PURPOSE_REACH = 3  # words: 'for the chronic relief', 'for headache relief'
_OF = frozenset(("in", "for", "of", "at", "regarding", "to", "on"))
AT_WHAT = frozenset(("in", "at", "for"))
_VERBS = frozenset(("was", "were", "is", "are", "had", "have", "has", "did", "and", "but"))
_NORMS = frozenset(words("norms"))
_THRESHOLDS = frozenset(words("thresholds"))
_BODY = frozenset(words("parts_of_the_body"))
_TIMES = frozenset(words("times_as"))
_MEANT = frozenset(words("meant"))
_ADVERBS = frozenset(words("not_significantly"))


def speaking(clause: Clause) -> list[Mark]:
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
            (mark.name in GRADES and _counts(mark, clause))
            or (mark.name in (*CHANGES, *GRADES) and _is_object(mark, marks[:place], clause))
            or (mark.name == "same" and _qualifies(mark, following, clause))
            or (mark.name in CHANGES and _is_purpose(mark, marks[:place], clause))
            or _is_asked(mark, clause)
        )
        liked = _likened(mark, clause)
        if (silent and mark.name in (*CHANGES, *GRADES)) or _is_as(liked, clause):
            last_silent = mark
        if not silent and not _goes_with(mark, last_silent, clause):
            kept.append(liked)
    return kept


def _is_asked(mark: Mark, clause: Clause) -> bool:
    """'Whether A lowers X is unknown' asks; 'regardless of whether' does not."""
    before = [t.word for t in clause.words[clause.first : mark.first]]
    return "whether" in before and "regardless" not in before and "irrespective" not in before


def _is_as(mark: Mark, clause: Clause) -> bool:
    """'As effective as': what comes behind it says in what."""
    return mark.name == "same" and "as" in (
        clause.words[mark.first].word, clause.words[max(0, mark.first - 1)].word
    )  # fmt: skip


def _goes_with(mark: Mark, silent: Mark | None, clause: Clause) -> bool:
    """'Not significantly better than B in lowering X': the lowering is what was not better."""
    if silent is None or not 0 < mark.first - silent.last <= OBJECT_REACH:
        return False
    graded = mark.name in CHANGES and clause.words[mark.first - 1].word in AT_WHAT
    return graded and not is_parted(silent.last, mark.first, clause)


def _is_adverb(mark: Mark, marks: Sequence[Mark], clause: Clause) -> bool:
    """'Similarly lowered X versus B in men and women': the likeness is of men and women."""
    verb = any(m.name in CHANGES and 0 < m.first - mark.last <= 2 for m in marks)
    return clause.words[mark.first].word == "similarly" and verb and bool(clause.of("reference"))


def _is_place(mark: Mark, clause: Clause) -> bool:
    """'Lower and left upper limbs' are parts of the body; 'lower leg pain' is not."""
    after = [t.word for t in clause.words[mark.last + 1 : mark.last + 1 + _PLACE_REACH]]
    if clause.words[mark.first].word != "lower" or not after:
        return False
    return after[0] in _BODY or (after[0] == "and" and "upper" in after)


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
        if same.name != "same" or not 0 < gap <= OBJECT_REACH:
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
        return not any(0 < mark.first - m.last <= JOIN_AHEAD + _PURPOSE_REACH for m in before)
    return lead[-1:] == ["to"] and bool(set(lead) & _MEANT)


def _qualifies(mark: Mark, following: Mark | None, clause: Clause) -> bool:
    """'Non-significantly lower' is lower, and not significant."""
    if following is None or clause.words[mark.first].word not in _ADVERBS:
        return False
    return following.first - mark.last <= 2


def is_parted(first: int, last: int, clause: Clause) -> bool:
    """Whether 'and', 'or' or a comma stands between two places."""
    if any(t.word in ("without", "cost") for t in clause.words[first + 1 : last]):
        return True
    return any(first < m.first < last for m in clause.of("joiner"))
