"""What a clause says of an outcome: went up or down, better or worse, or no different.

The reader knows words, not topics: it is told where the outcome and the two arms stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from living_review.tagging.changes import Cue, Sense, cues
from living_review.tagging.clauses import Clause, Span, is_before_after
from living_review.tagging.numbers import p_values
from living_review.tagging.orientation import How, denied, orientation

VERSION = "1"
_NEW_VERB_COST = 12
_SIGNIFICANCE = frozenset((
    "significant", "significantly", "significance", "nonsignificant", "nonsignificantly",
    "insignificant",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says: `sign` is for the intervention; `within` marks before-after."""

    sense: Sense
    sign: int
    significant: bool | None
    within: bool
    oriented: How
    cue: str
    distance: int
    graded: bool = False
    trend: bool = False
    turned: bool = False  # worded of the comparator: 'greater with B than with A'
    last: int | None = None  # the last word of the wording; None for numbers
    denial: str = ""  # the word that denies it: 'not', 'neither'

    @property
    def worded(self) -> str:
        """The wording with what denies it."""
        return f"{self.denial} … {self.cue}" if self.denial else self.cue


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
    heard = cues(clause, not_cues)
    settled = any(c.sense == "same" for c in heard) and bool(clause.between())
    found = [(_distance(cue, outcome, clause), cue) for cue in heard]
    found.sort(key=lambda pair: (pair[0], pair[1].first))
    said = [
        _said(cue, distance, clause, outcome, intervention, comparator) for distance, cue in found
    ]
    if outcome is not None and denied(clause, [outcome]):
        # 'Lowered X but not Y': what is said of X does not hold of Y.
        said = [replace(s, sense="same", sign=0, significant=False) for s in said]
    if settled:
        # 'Both drugs improved X, with no difference between them': the first half is before-after.
        said = [
            replace(s, within=True)
            if s.sense in ("amount", "goodness")
            and not s.graded
            and s.oriented not in ("reference", "favors")
            else s
            for s in said
        ]
    return said


def _distance(cue: Cue, outcome: Span | None, clause: Clause) -> int:
    if outcome is None:
        return 0
    first, last = outcome
    if cue.first <= last and first <= cue.last:
        return 0
    low, high = (cue.last, first) if cue.last < first else (last, cue.first)
    between = [m.first for m in clause.marks if m.kind == "joiner" and low < m.first < high]
    # '… lowered X and raised Y': the second verb has a new object, it says nothing of X.
    new_verb = cue.first > last and cue.first - 3 <= max(between, default=-9) and not cue.graded
    if new_verb and cue.sense in ("amount", "goodness") and not _be_before(cue, clause):
        return high - low + _NEW_VERB_COST
    return high - low + len(between)


def _be_before(cue: Cue, clause: Clause) -> bool:
    before = clause.words[max(clause.first, cue.first - 3) : cue.first]
    return any(t.word in ("was", "were", "is", "are", "be", "been") for t in before)


def _said(
    cue: Cue,
    distance: int,
    clause: Clause,
    outcome: Span | None,
    intervention: Sequence[Span],
    comparator: Sequence[Span],
) -> Said:
    mine = [s for s in intervention if clause.first <= s[0] <= clause.last]
    other = [s for s in comparator if clause.first <= s[0] <= clause.last]
    sense, sign = cue.sense, cue.sign
    excepted = denied(clause, mine)
    others_excepted = denied(clause, other)
    other = [s for s in other if s not in others_excepted]
    turned, oriented = orientation(cue, clause, mine, other)
    if oriented == "favors" and sense != "same":
        sense, sign = "goodness", 1
    if sense in ("amount", "goodness") and excepted:
        sense, sign = "same", 0
    within = (
        sense != "differs"
        and oriented not in ("reference", "favors")
        and not (cue.graded and not clause.of("within_arm"))
        and (bool(clause.of("within_arm")) or is_before_after(clause))
        and not clause.between()
    )
    significant = _significant(cue, clause, outcome)
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
        cue.last,
        "" if cue.by is None else clause.words[cue.by].raw.lower(),
    )


def _significant(cue: Cue, clause: Clause, outcome: Span | None) -> bool | None:
    if _called_insignificant(cue, clause):
        return False
    # 'Lowered X (p = 0.03), Y (p = 0.2) and Z': the p value of an outcome stands behind it.
    behind = cue.first if outcome is None else max(cue.first, outcome[1])
    place = clause.words[behind].start - clause.words[clause.first].start
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
