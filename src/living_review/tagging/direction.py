"""What a clause says of an outcome: went up or down, better or worse, or no different.

The reader knows words, not topics: it is told where the outcome and the two arms stand.
Order of work: the clause is cut at 'but', 'whereas', ';'; comparatives are joined to the change
they grade ('the reduction was larger', 'less effective in reducing'); negation turns a change into
'no different'; the arm after 'than', 'versus', 'compared with' is the one held against.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from living_review.tagging.numbers import p_values
from living_review.tagging.words import Mark, Token

VERSION = "1"

Sense = Literal["amount", "goodness", "same", "differs"]
Span = tuple[int, int]

_SENSES: dict[str, tuple[Sense, int]] = {
    "rise": ("amount", 1), "fall": ("amount", -1), "better": ("goodness", 1),
    "worse": ("goodness", -1), "more": ("amount", 1), "less": ("amount", -1),
    "same": ("same", 0), "differ": ("differs", 0),
}  # fmt: skip
_FROM_TO = re.compile(
    (
        r"\bfrom (?:about |a mean of )?-?\d[^;]{0,40}? (?:up |down )?to (?:about )?-?\d[\d.]*"
        r"(?!\S*\s*(?:weeks?|months?|days?|years?|mg|h\b))"
    ),
    re.IGNORECASE,
)
_GRADES = ("more", "less")
_JOIN_AHEAD = 4  # tokens between 'greater' and the change it grades
_JOIN_BACK = 9  # 'the reduction in pain on movement was significantly larger'
_NEGATION_REACH = 7
_REFERENCE_REACH = 7
_NEW_VERB_COST = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """A change as worded, before anyone asks of which arm."""

    first: int
    last: int
    sense: Sense
    sign: int
    graded: bool = False  # a comparative, so it speaks of two arms
    denied: bool = False  # a change that a negation turned into 'no different'


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says: `sign` is for the intervention; `within` marks before-after."""

    sense: Sense
    sign: int
    significant: bool | None
    within: bool
    oriented: Literal["reference", "favors", "named", "assumed"]
    cue: str
    distance: int
    graded: bool = False
    trend: bool = False
    turned: bool = False  # worded of the comparator: 'greater with B than with A'


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between breaks, with the marks that fall in it."""

    text: str
    words: Sequence[Token]
    marks: Sequence[Mark]
    first: int
    last: int

    def of(self, kind: str) -> list[Mark]:
        """The marks of one kind in this clause."""
        return [m for m in self.marks if m.kind == kind]

    @property
    def printed(self) -> str:
        """The clause as it stands in the sentence."""
        return self.text[self.words[self.first].start : self.words[self.last].end]


def clauses(text: str, words: Sequence[Token], marks: Sequence[Mark]) -> list[Clause]:
    """Cut a sentence at 'but', 'whereas', ';' outside brackets."""
    if not words:
        return []
    depth, inside = 0, set()
    for place, token in enumerate(words):
        depth += token.raw in "(["
        if depth > 0:
            inside.add(place)
        depth = max(0, depth - (token.raw in ")]"))
    cuts = [m.first for m in marks if m.kind == "clause_break" and m.first not in inside]
    edges = sorted({0, *cuts, len(words)})
    found = []
    for first, after in zip(edges, edges[1:], strict=False):
        if after > first:
            part = [m for m in marks if first <= m.first and m.last < after]
            found.append(Clause(text, words, part, first, after - 1))
    return found


def is_before_after(clause: Clause) -> bool:
    """Whether the clause prints a change 'from 7.5 to 5.8'."""
    return _FROM_TO.search(clause.printed) is not None


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
        if sense != "same" and sense != "differs" and ahead < len(changes):
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


_OBJECT_REACH = 10
_OF = frozenset(("in", "for", "of", "at", "regarding", "to", "on"))


def _object_of_same(mark: Mark, before: Sequence[Mark], clause: Clause) -> bool:
    """Whether a change is what did not differ: 'no difference in the reduction of X'."""
    for same in before:
        if same.name == "same" and 0 < mark.first - same.last <= _OBJECT_REACH:
            between = [t.word for t in clause.words[same.last + 1 : mark.first]]
            if between and between[0] in _OF and not _VERBS & set(between):
                return True
    return False


_VERBS = frozenset(["was", "were", "is", "are", "had", "have", "has", "did", "and", "but"])


def _counts(mark: Mark, clause: Clause) -> bool:
    """'More than 20 %' counts; it grades nothing."""
    after = [t.word for t in clause.words[mark.last + 1 : mark.last + 4]]
    return (after[:1] == ["than"] and any(w[:1].isdigit() for w in after[1:])) or after[:1] == [
        "or"
    ]


_GOOD_NOUNS = frozenset(("relief", "improvement", "benefit", "recovery", "advantage"))


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


def read(
    clause: Clause,
    outcome: Span | None,
    intervention: Sequence[Span],
    comparator: Sequence[Span],
    not_cues: Sequence[Span] = (),
) -> list[Said]:
    """What the clause says of the outcome, nearest wording first.

    `outcome` None asks what it says of an outcome named before. `not_cues` are spans whose words
    are the outcome's own ('rate of improvement') and say nothing of its change.
    """
    heard = [c for c in cues(clause) if not _covered(c, not_cues)]
    settled = any(c.sense == "same" for c in heard) and bool(clause.of("between_arms"))
    found = [(_distance(cue, outcome, clause), cue) for cue in heard]
    found.sort(key=lambda pair: (pair[0], pair[1].first))
    said = [_said(cue, distance, clause, intervention, comparator) for distance, cue in found]
    if settled:
        # 'Both drugs improved X, with no difference between them': the first half is before-after.
        said = [
            replace(s, within=True) if s.sense in ("amount", "goodness") and not s.graded else s
            for s in said
        ]
    return said


def _covered(cue: Cue, spans: Sequence[Span]) -> bool:
    return any(first <= cue.first and cue.last <= last for first, last in spans)


def _distance(cue: Cue, outcome: Span | None, clause: Clause) -> int:
    if outcome is None:
        return 0
    first, last = outcome
    if cue.first <= last and first <= cue.last:
        return 0
    low, high = (cue.last, first) if cue.last < first else (last, cue.first)
    between = [m.first for m in clause.marks if m.kind == "joiner" and low < m.first < high]
    if cue.first > last and cue.first - 3 <= max(between, default=-9) and not cue.graded:
        # '… lowered X and raised Y': the second verb has a new object, it says nothing of X.
        if cue.sense in ("amount", "goodness") and not _be_before(cue, clause):
            return high - low + _NEW_VERB_COST
    return high - low + len(between)


def _be_before(cue: Cue, clause: Clause) -> bool:
    before = clause.words[max(clause.first, cue.first - 3) : cue.first]
    return any(t.word in ("was", "were", "is", "are", "be", "been") for t in before)


def _said(
    cue: Cue,
    distance: int,
    clause: Clause,
    intervention: Sequence[Span],
    comparator: Sequence[Span],
) -> Said:
    mine = [s for s in intervention if clause.first <= s[0] <= clause.last]
    other = [s for s in comparator if clause.first <= s[0] <= clause.last]
    sense, sign = cue.sense, cue.sign
    turned, oriented = _orientation(cue, clause, mine, other)
    if oriented == "favors":
        sense, sign = "goodness", 1
    if sense in ("amount", "goodness") and _denied_arm(clause, mine):
        sense, sign = "same", 0
    within = (
        sense != "differs"
        and oriented not in ("reference", "favors")
        and not (cue.graded and not clause.of("within_arm"))
        and (bool(clause.of("within_arm")) or is_before_after(clause))
        and not clause.of("between_arms")
    )
    significant = _significant(cue, clause)
    if sense == "same" and not cue.denied:
        significant = False
    return Said(
        sense,
        sign * turned,
        significant,
        within,
        oriented,
        clause.text[clause.words[cue.first].start : clause.words[cue.last].end],
        distance,
        cue.graded,
        bool(clause.of("trend")),
        turned < 0,
    )


def _orientation(
    cue: Cue, clause: Clause, mine: list[Span], other: list[Span]
) -> tuple[int, Literal["reference", "favors", "named", "assumed"]]:
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


def _denied_arm(clause: Clause, mine: list[Span]) -> bool:
    """Whether the clause says '… but not with <the intervention>'."""
    for first, _ in mine:
        before = [t.word for t in clause.words[max(clause.first, first - 4) : first]]
        if "not" in before and ("but" in before or "and" in before):
            return True
    return False


def _significant(cue: Cue, clause: Clause) -> bool | None:
    if _called_insignificant(cue, clause):
        return False
    place = clause.words[cue.first].start - clause.words[clause.first].start
    ps = p_values(clause.printed)
    if ps:
        after = [p for p in ps if p.start >= place] or ps
        return after[0].significant
    stated = clause.of("significant")
    if cue.denied:
        return False if stated else None
    return True if stated else None


def _called_insignificant(cue: Cue, clause: Clause) -> bool:
    """'Non-significantly reduced'; 'was higher, but these differences were not significant'."""
    for mark in clause.of("change"):
        if mark.name != "same":
            continue
        words = {t.word for t in clause.words[mark.first : mark.last + 1]}
        if not words & _SIGNIFICANCE:
            continue
        if mark.last < cue.first <= mark.last + 3:
            return True
        lead = {t.word for t in clause.words[max(cue.last + 1, mark.first - 6) : mark.first]}
        if cue.last < mark.first and lead & {
            "difference",
            "differences",
            "this",
            "these",
            "which",
            "it",
        }:
            return True
    return False


_SIGNIFICANCE = frozenset(
    [
        "significant",
        "significantly",
        "significance",
        "nonsignificant",
        "nonsignificantly",
        "insignificant",
    ]
)
