"""Which findings of a record stand, of those the rules, a second reader and people have told.

People outrank both readers. The second reader decides nothing: where it says otherwise than the
rules, neither holds; where the rules say nothing, it only proposes to people.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from living_review.model import Finding, FindingDirection, JudgedFinding, OutcomeChange, Reading
from living_review.protocol import Outcome
from living_review.synthesis.effects import flipped

Key = tuple[str, str, str]
CLEAR = ("favours_intervention", "favours_comparator", "no_difference")


@dataclass(frozen=True, slots=True)
class Standing:
    """The findings that count, and the second reader's proposals, which only people see."""

    findings: tuple[Finding, ...]
    proposals: tuple[Finding, ...] = ()
    agreed: int = 0  # comparisons of an outcome on which both readers have a direction
    disagreed: int = 0
    proposed: int = 0  # … on which only the second reader has one


def standing(reading: Reading) -> Standing:
    """The findings of a reading that stand: both readers' together, then people's over them."""
    if not (reading.second or reading.judged):
        return Standing(reading.findings)
    both = combined(reading.findings, reading.second)
    findings = both.findings
    for one in reading.judged:
        findings = judged_over(findings, one, reading.record_id)
    settled = {_key(judged) for judged in reading.judged}
    settled |= {_key(entered) for entered in reading.extracted}
    open_ = tuple(p for p in both.proposals if _key(p) not in settled)
    return replace(both, findings=findings, proposals=open_)


def combined(rules: Sequence[Finding], second: Sequence[Finding]) -> Standing:
    """The rules' findings beside the second reader's, comparison by comparison.

    Agreement with any time point keeps the rules' findings. A second reader that has no direction
    has nothing to say. What it says of a comparison that the rules are silent on is proposed.
    """
    told: dict[Key, list[Finding]] = defaultdict(list)
    for finding in rules:
        told[_key(finding)].append(finding)
    opposed: dict[Key, Finding] = {}
    proposals: list[Finding] = []
    agreed = 0
    for other in second:
        if other.direction not in CLEAR:
            continue
        clear = [f for f in told[_key(other)] if f.direction in CLEAR]
        if not clear:
            proposals.append(_proposed(other))
        elif any(_alike(f, other).direction == f.direction for f in clear):
            agreed += 1
        else:
            opposed[_key(other)] = other
    found = [
        _opposed(f, _alike(f, opposed[_key(f)]))
        if _key(f) in opposed and f.direction in CLEAR
        else f
        for f in rules
    ]
    return Standing(tuple(found), tuple(proposals), agreed, len(opposed), len(proposals))


def judged_over(
    findings: Sequence[Finding], judged: JudgedFinding, record_id: str
) -> tuple[Finding, ...]:
    """The findings with one judgement over them; it may add one, or take some away.

    Without weeks it speaks of every time point. With weeks it puts those of other stated times
    not aside. Numbers stay where the person gives the direction that was read with them: beside
    another direction they would be weighed in its place.
    """
    concerned = [f for f in findings if is_about(judged, f)]
    kept = tuple(f for f in findings if not is_about(judged, f))
    direction = judged.direction
    if direction is None:
        return kept
    if not concerned:
        return (*kept, _entered(judged, direction, record_id))
    said = {_corrected(_as_told(f, judged), judged, direction): None for f in concerned}
    return (*kept, *said)


def is_about(judged: JudgedFinding, finding: Finding) -> bool:
    """Whether a judgement speaks of this finding, told from whichever side."""
    if _key(judged) != _key(finding):
        return False
    return judged.weeks is None or finding.weeks in (None, judged.weeks)


def outcome_change(direction: FindingDirection, outcome: Outcome) -> OutcomeChange:
    """Which way the outcome goes where that direction is better for patients."""
    if direction not in ("favours_intervention", "favours_comparator"):
        return "no_difference" if direction == "no_difference" else "unclear"
    lower = (outcome.better == "lower") == (direction == "favours_intervention")
    return "lower" if lower else "higher"


def _key(told: Finding | JudgedFinding) -> Key:
    """A comparison and outcome, alike from either side of the comparison."""
    low, high = sorted((told.intervention, told.comparator))
    return low, high, told.outcome


def _alike(finding: Finding, other: Finding) -> Finding:
    """The other finding, told from the same side as this one."""
    return other if other.intervention == finding.intervention else flipped(other)


def _as_told(finding: Finding, judged: JudgedFinding) -> Finding:
    return finding if finding.intervention == judged.intervention else flipped(finding)


def _corrected(read: Finding, judged: JudgedFinding, direction: FindingDirection) -> Finding:
    same = read.direction == direction
    significant = read.significant if same else None
    return replace(
        read,
        direction=direction,
        change=read.change if same else "unclear",
        significant=significant if judged.significant is None else judged.significant,
        quote=judged.quote or read.quote,
        tagger=judged.decider,
        weeks=read.weeks if judged.weeks is None else judged.weeks,
        effect=read.effect if same else None,
        arms=read.arms if same else (),
        confidence=1.0,
        unclear_because="",
    )


def _entered(judged: JudgedFinding, direction: FindingDirection, record_id: str) -> Finding:
    """A finding that no reader has read."""
    return Finding(
        record_id=record_id,
        intervention=judged.intervention,
        comparator=judged.comparator,
        outcome=judged.outcome,
        direction=direction,
        change="unclear",
        significant=judged.significant,
        quote=judged.quote,
        tagger=judged.decider,
        weeks=judged.weeks,
    )


def _opposed(read: Finding, other: Finding) -> Finding:
    return replace(
        read,
        direction="mixed_unclear",
        change="unclear",
        tagger=f"{read.tagger}; {other.tagger}",
        unclear_because=f"{read.tagger} reads {_plain(read)}, {other.tagger} reads {_plain(other)}"
        f" in “{other.quote}”",
    )


def _proposed(other: Finding) -> Finding:
    return replace(
        other,
        direction="mixed_unclear",
        change="unclear",
        unclear_because=f"{other.tagger} proposes {_plain(other)}, from “{other.quote}”; "
        "the rules read no direction",
    )


def _plain(finding: Finding) -> str:
    return finding.direction.replace("_", " ")
