"""Outcomes named by their contrary: 'pain relief', 'chewing problems', 'time to relief'.

The vocabulary names an outcome with all its words, so that 'pain relief' is pain. More relief is
less of it: what a clause says of the amount of relief is said of goodness.
"""

from dataclasses import replace

from living_review.tagging.clauses import Clause, Span
from living_review.tagging.cues import words
from living_review.tagging.direction import Said

VERSION = "1"
_RELIEF = frozenset((*words("good_nouns"), "reduction", "decrease"))
_TURNING = frozenset(words("turning_nouns"))


def names_relief(clause: Clause, outcome: Span | None) -> bool:
    """Whether the outcome is named as relief from it, and something else is said of that relief."""
    if outcome is None or not _RELIEF & {t.word for t in clause.words[outcome[0] : outcome[1] + 1]}:
        return False
    return any(not outcome[0] <= m.first <= outcome[1] for m in clause.of("change"))


def of_relief(said: Said) -> Said:
    """What is said of the amount of relief, said of goodness."""
    return replace(said, sense="goodness") if said.sense == "amount" else said


def turned(said: Said, clause: Clause, outcome: Span | None) -> Said:
    """'Chewing problems fell', 'time to relief was shorter': the sign the other way round."""
    if outcome is None or said.sense not in ("amount", "goodness"):
        return said
    before = [t.word for t in clause.words[max(clause.first, outcome[0] - 3) : outcome[0]]]
    after = [t.word for t in clause.words[outcome[1] + 1 : outcome[1] + 3]]
    free = after[:1] == ["free"] or after == ["-", "free"]
    contrary = free or bool(_TURNING & set(after[:1])) or before[-2:] == ["loss", "of"]
    if said.sense == "amount" and (contrary or before[-2:] == ["time", "to"]):
        return replace(said, sign=-said.sign)
    return said
