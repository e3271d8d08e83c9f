"""What one clause says of one outcome: between arms, within an arm, or of harms alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from living_review.tagging import direction, follow_up
from living_review.tagging.by_numbers import by_changes, by_numbers, by_values, prints_both
from living_review.tagging.clauses import Clause, is_before_after, is_of_start
from living_review.tagging.comparison import Compared, compared
from living_review.tagging.direction import Said
from living_review.tagging.numbers import effects
from living_review.tagging.orientation import denied
from living_review.tagging.shares import of_arms
from living_review.tagging.told import Place, Setting, Told, as_finding
from living_review.tagging.turned_round import names_relief, of_relief, turned
from living_review.tagging.values import larger_arm
from living_review.tagging.within_arm import before_after, unheld_harms

VERSION = "2"
_MEASURED = re.compile(
    (
        r"\b(?:was|were) (?:also )?(?:recorded|assessed|examined|measured|noted|"
        r"evaluated|collected|extracted|monitored|compared)\b"
    ),
    re.IGNORECASE,
)
_BUT_NOT_AT = re.compile(r"\bbut not (?:at|after|by|beyond|in|over)\b(.*)$", re.IGNORECASE)
_REFERENCE_REACH = 9  # words between a wording and 'than'
_ARM_REACH = 4  # words between 'than' and an arm
_PEOPLE = (
    "patients|participants|people|subjects|adults|women|men|children|proportion|percentage|"
    "number|rate|likely|often|likelihood|odds"
)
_UNSETTLED = "said to leave open whether the arms differ"
_OF_BOTH = "harms are told of both arms, but not which arm had more"
_PRINTED = "both arms' values are printed, but not whether they differ"


def statements(place: Place, setting: Setting, implied: bool = False) -> list[Told]:
    """The findings of one clause on one outcome: between arms, and within each."""
    if _is_of_start(place.clause):
        return []
    found: list[Told] = []
    told_of: list[Compared] = []
    pairs = compared(
        place.clause, place.sentence, setting.record, setting.vocabulary, setting.about
    )
    kind = setting.vocabulary.outcomes[place.outcome]
    absolute = kind.harm and not _compares_harms(place.clause, pairs)
    for pair in pairs:
        between = None if absolute else _said_between(place, pair, setting, kind.harm)
        if between is not None:
            found.append(as_finding(place, pair, between, setting, implied))
            told_of.append(pair)
    if not any(
        t.finding.change != "no_difference" and p.named for t, p in zip(found, told_of, strict=True)
    ):
        found += before_after(place, setting, implied)
    if kind.harm and not found and not _MEASURED.search(place.sentence.text):
        found = unheld_harms(place, setting)
        if not absolute:
            found = [_open(one, _OF_BOTH) for one in found]
    if not told_of and not kind.harm:
        found += [
            _open(as_finding(place, pair, _nothing_said(), setting, implied), _PRINTED)
            for pair in pairs
            if prints_both(place.clause, pair)
        ]
    if place.clause.of("unsettled"):
        return [_open(one, _UNSETTLED) for one in found]
    return found + [other for one in found if (other := _but_not_at(one, place)) is not None]


def _is_of_start(clause: Clause) -> bool:
    """'Similar at baseline', 'higher at baseline': how the arms began, and no result."""
    graded = any(c.name in ("same", "differ", "more", "less") for c in clause.of("change"))
    return graded and is_of_start(clause) and not is_before_after(clause)


def _said_between(place: Place, pair: Compared, setting: Setting, harm: bool) -> Said | None:
    """What the clause says of one arm against the other, in words or else in numbers."""
    changes = by_changes(place.clause, pair)
    if changes is not None:
        return changes
    said = _worded(place, pair)
    sizes = (by_values(place.clause, pair, s) for s in said if not _compares_well(s))
    size = next((s for s in sizes if s is not None), None)
    if size is not None:
        return size
    between = next(
        (
            _of_people(s, place.clause, harm)
            for s in said
            if _between(s, pair, place.clause, setting) and not _of_another(s, pair, place)
        ),
        None,
    )
    if between is None or (between.sense == "goodness" and not _compares_well(between)):
        between = by_numbers(place.clause, pair, harm) or between
    return between


def _worded(place: Place, pair: Compared) -> list[Said]:
    """What the clause says in words, of relief from the outcome or of the outcome itself."""
    clause, span = place.clause, place.span
    if names_relief(clause, span):
        own = [span] if span is not None else []
        said = direction.read(clause, span, pair.mine, pair.other, own)
        return [of_relief(turned(s, clause, span)) for s in said]
    said = direction.read(clause, span, pair.mine, pair.other)
    return [turned(s, clause, span) for s in said]


def _of_another(said: Said, pair: Compared, place: Place) -> bool:
    """'Lower with C than with A or B' says nothing of A against B; 'fewer than C' nothing of B.

    What a wording is held against stands behind the reference that follows it.
    """
    if said.last is None or pair.comparator == "dose":
        return False
    clause = place.clause
    marks = [m for m in clause.of("reference") if 0 <= m.first - said.last <= _REFERENCE_REACH]
    if not marks:
        return False
    behind = marks[0].last
    arms = [
        m
        for m in place.sentence.terms
        if m.kind in ("drug", "drug_class", "comparator") and behind < m.first <= clause.last
    ]
    if arms and arms[0].first - behind <= _ARM_REACH:
        held = (arms[0].first, arms[0].last)
        if held not in (*pair.mine, *pair.other):
            return True
    both = [s for s in (*pair.mine, *pair.other) if clause.first <= s[0] <= clause.last]
    named = bool(pair.mine) and bool(pair.other)
    return named and bool(both) and all(first > behind for first, _ in both)


def _of_people(said: Said, clause: Clause, harm: bool) -> Said:
    """'More patients responded': more of those who got better is better."""
    if said.sense == "amount" and not harm and clause.of("responders"):
        counted = re.search(
            rf"{re.escape(said.cue)}\s+(?:\w+\s+)?(?:{_PEOPLE})\b", clause.printed, re.IGNORECASE
        )
        if said.graded and counted:
            return replace(said, sense="goodness")
    return said


def _nothing_said() -> Said:
    return Said("same", 0, None, False, "named", "numbers", 0)


def _open(told: Told, because: str) -> Told:
    """The same without a direction: a human is to say."""
    finding = replace(
        told.finding, direction="mixed_unclear", change="unclear", unclear_because=because
    )
    return replace(told, finding=finding)


def _but_not_at(told: Told, place: Place) -> Told | None:
    """'Better at 4 weeks, but not at 12': no difference at 12."""
    excepted = _BUT_NOT_AT.search(place.clause.printed)
    times = follow_up.times(excepted.group(1)) if excepted else []
    if not times or told.finding.comparator == "baseline":
        return None
    finding = replace(
        told.finding, direction="no_difference", change="no_difference", significant=False,
        weeks=times[0][0], effect=None, arms=(), cue="but not",
    )  # fmt: skip
    return replace(told, finding=finding)


def _compares_harms(clause: Clause, pairs: Sequence[Compared]) -> bool:
    """Whether harms are held against another arm's: 'well tolerated' alone is no comparison."""
    if any(
        c.name in ("more", "less", "same", "differ", "rise", "worse") for c in clause.of("change")
    ):
        return True
    if clause.of("reference") or effects(clause.printed) or clause.between():
        return True
    return larger_arm(clause, (), ()) is not None or any(
        of_arms(clause, p.mine, p.other) for p in pairs
    )


def _both_here(pair: Compared, clause: Clause) -> bool:
    """Whether a clause names both arms, and excepts neither."""
    ranked = {"superior", "inferior"} & {
        t.word for t in clause.words[clause.first : clause.last + 1]
    }
    if clause.of("reference") or ranked:
        return False
    return all(
        any(clause.first <= s[0] <= clause.last for s in arm) and not denied(clause, arm)
        for arm in (pair.mine, pair.other)
    )


def _compares_well(said: Said) -> bool:
    """'Effective in 2 of 10 with A and 4 of 9 with B' leaves the comparing to the numbers."""
    return said.graded or said.oriented in ("reference", "favors")


def _between(said: Said, pair: Compared, clause: Clause, setting: Setting) -> bool:
    """Whether what is said sets two arms against each other."""
    if said.within or said.sense == "differs":
        return False
    if said.cue.lower() == "well tolerated":
        return False  # of one arm, or of both
    if said.sense == "same" or said.graded or said.oriented in ("reference", "favors"):
        return True
    if effects(clause.printed):
        return True
    if said.oriented == "named" and _both_here(pair, clause):
        return False  # 'A and B lowered X': of each, and not of one against the other
    # An experiment tells of treated animals; that they are held against its controls is understood.
    experiment = (
        setting.design in ("animal", "in_vitro") and pair.comparator in setting.record.plain
    )
    return pair.named or bool(pair.mine) or experiment
