"""The changes a clause words: went up, went down, better, worse, no different.

Three steps: which words speak of a change at all (`speaking.py`); comparatives joined to the change
they grade ('the reduction was larger', 'less effective in reducing'); denials, which turn a change
into 'no different' (`denials.py`).
"""

from collections.abc import Sequence

from living_review.tagging.clauses import Clause, Span
from living_review.tagging.cues import words
from living_review.tagging.denials import Cue, Sense, denied
from living_review.tagging.speaking import AT_WHAT, CHANGES, GRADES, JOIN_AHEAD, is_parted, speaking
from living_review.tagging.words import Mark

VERSION = "2"
__all__ = ["Cue", "Sense", "cues"]

_SENSES: dict[str, tuple[Sense, int]] = {
    "rise": ("amount", 1), "fall": ("amount", -1), "better": ("goodness", 1),
    "worse": ("goodness", -1), "more": ("amount", 1), "less": ("amount", -1),
    "same": ("same", 0), "differ": ("differs", 0),
}  # fmt: skip
_NOUN_REACH = 3  # 'inferior pain relief'
_JOIN_BACK = 9  # 'the reduction in pain on movement was significantly larger'
_JOIN_FAR = 22  # the same, where the comparative is the predicate
_EFFECTS = frozenset(words("effects"))
_GOOD_NOUNS = frozenset(words("good_nouns"))


def cues(clause: Clause, not_cues: Sequence[Span] = ()) -> list[Cue]:
    """The changes a clause words, comparatives joined and negations applied.

    `not_cues` are spans whose words are the outcome's own ('rate of improvement') and say nothing
    of its change.
    """
    heard = [m for m in speaking(clause) if not _covered(m, not_cues)]
    return denied(_joined(heard, clause), clause)


def _covered(mark: Mark, spans: Sequence[Span]) -> bool:
    return any(first <= mark.first and mark.last <= last for first, last in spans)


def _joined(marks: list[Mark], clause: Clause) -> list[Cue]:
    read: list[Cue] = []
    place = 0
    while place < len(marks):
        mark = marks[place]
        sense, sign = _SENSES[mark.name]
        cue = Cue(mark.first, mark.last, sense, sign, graded=mark.name in GRADES)
        if cue.graded and _is_of_effect(cue, clause):
            cue = Cue(cue.first, cue.last, "goodness", sign, graded=True)
        place += 1
        while place < len(marks):  # 'less effective in reducing' joins twice
            longer = _ahead(
                cue, mark.name in GRADES and cue.last == mark.last, marks[place], clause
            )
            if longer is None:
                break
            cue = longer
            place += 1
        if read and _is_no_more(mark, read[-1], clause):
            read[-1] = cue  # 'lowered X no more than B'
            continue
        grades = mark.name in GRADES and cue.last == mark.last
        if grades and read and _grades_back(read[-1], cue, clause):
            back = read[-1]
            no = _denial_between(back, cue, clause)
            if no is not None:  # 'the reduction did not exceed'
                read[-1] = Cue(back.first, cue.last, "same", 0, True, denied=True, by=no)
                continue
            read[-1] = Cue(back.first, cue.last, back.sense, back.sign * cue.sign, graded=True)
        else:
            read.append(cue)
    return read


def _denial_between(back: Cue, cue: Cue, clause: Clause) -> int | None:
    harmless = clause.of("negation_of_nothing")
    for no in clause.of("negation"):
        if back.last < no.first < cue.first and not any(
            h.first <= no.first <= h.last for h in harmless
        ):
            return no.first
    return None


def _is_no_more(mark: Mark, back: Cue, clause: Clause) -> bool:
    """'… no more than': what was changed before it was changed no more than by another arm."""
    held = any(0 < m.first - mark.last <= 2 for m in clause.of("reference"))
    no = clause.words[mark.first].word == "no" and mark.name == "same"
    near = back.sense in ("amount", "goodness") and mark.first - back.last <= _JOIN_BACK
    return no and held and near and not back.graded


def _is_of_effect(cue: Cue, clause: Clause) -> bool:
    """'The effect on X was greater': more effect is better; not so of adverse effects."""
    before = [t.word for t in clause.words[clause.first : cue.first]]
    of_drug = any(
        word in _EFFECTS and not {"adverse", "side"} & set(before[max(0, at - 2) : at])
        for at, word in enumerate(before)
    )
    others = any(m.first < cue.first for m in clause.of("change"))
    return of_drug and not others and _is_said(cue, clause)


def _ahead(cue: Cue, grade: bool, after: Mark, clause: Clause) -> Cue | None:
    """The cue with the change after it, where they are one: 'greater reduction'."""
    if cue.sense not in ("amount", "goodness") or after.name not in CHANGES:
        return None
    if after.first - cue.last - 1 > JOIN_AHEAD or is_parted(cue.last, after.first, clause):
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
    near = after.first - cue.last <= _NOUN_REACH
    noun = after.first == after.last and clause.words[after.first].word in _GOOD_NOUNS
    if noun and near and cue.sense in ("amount", "goodness"):
        return "goodness"  # 'reduced the relief', 'inferior relief'
    if cue.sense == "amount":
        return None
    if sense == "goodness":  # 'superior in relieving'
        return sense if clause.words[after.first - 1].word in AT_WHAT else None
    # 'Relief increased' is more relief; 'effective in increasing' is an increase.
    noun = cue.first == cue.last and clause.words[cue.first].word in _GOOD_NOUNS
    return "goodness" if noun else "amount"


def _grades_back(back: Cue, cue: Cue, clause: Clause) -> bool:
    """Whether a comparative grades the change before it: 'the reduction was larger'."""
    return (
        back.sense in ("amount", "goodness")
        and not back.graded
        and cue.first - back.last - 1 <= (_JOIN_FAR if _is_said(cue, clause) else _JOIN_BACK)
        and not is_parted(back.last, cue.first, clause)
    )


def _is_said(cue: Cue, clause: Clause) -> bool:
    """'… was significantly greater': the comparative is what the sentence says."""
    before = clause.words[max(clause.first, cue.first - 3) : cue.first]
    return any(t.word in ("was", "were", "is", "are") for t in before)
