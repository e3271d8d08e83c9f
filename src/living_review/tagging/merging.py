"""Many sentences, one finding: what a record says of one comparison, outcome and time."""

from collections.abc import Sequence
from dataclasses import replace

from living_review.model import Finding
from living_review.tagging.findings import Told

VERSION = "1"

_PARTS = ("results", "other", "conclusion", "title")
_CONTRADICTED = 0.75
_AGREED = 1.08


def merge(told: Sequence[Told], review: bool) -> tuple[Finding, ...]:
    """One finding for each comparison, outcome and time point, best read first.

    Results outrank conclusions and conclusions the title; numbers outrank words. An outcome named
    itself outranks its parts (any adverse event before dizziness); parts that disagree are
    `mixed_unclear`. A review's conclusion is its answer over all time points, so that it is kept
    beside the single results, as primary.
    """
    groups: dict[tuple[str, str, str, str], list[Told]] = {}
    for one in told:
        f = one.finding
        point = "conclusion" if review and one.part == "conclusion" else f"{f.weeks}"
        groups.setdefault((f.intervention, f.comparator, f.outcome, point), []).append(one)
    merged = [_one(groups[key], review) for key in sorted(groups)]
    return tuple(_drop_echoes(merged, review))


def _one(group: list[Told], review: bool) -> Finding:
    whole = [t for t in group if not t.child] or group
    if whole is group and len({t.finding.direction for t in _telling(group)}) > 1 and group[0].child:
        return _parts_disagree(group)
    ranked = sorted(
        whole,
        key=lambda t: (
            t.finding.effect is None and not t.finding.unclear_because,
            _PARTS.index(t.part),
            not t.finding.arms,
            -t.finding.confidence,
        ),
    )
    best = ranked[0].finding
    others = [t.finding.direction for t in ranked[1:] if t.finding.direction != "mixed_unclear"]
    if best.direction != "mixed_unclear" and others:
        agree = sum(d == best.direction for d in others)
        factor = _AGREED if agree >= len(others) - agree else _CONTRADICTED
        best = replace(best, confidence=round(min(0.98, best.confidence * factor), 3))
    if best.direction == "mixed_unclear" and best.effect is None and "interval" not in best.unclear_because:
        words = [t.finding for t in ranked[1:] if t.finding.direction != "mixed_unclear"]
        if words:
            best = replace(words[0], unclear_because=best.unclear_because)
    if review and any(t.part == "conclusion" for t in group):
        best = replace(best, primary=True)
    return best


def _telling(group: Sequence[Told]) -> list[Told]:
    return [t for t in group if t.finding.direction != "mixed_unclear"]


def _parts_disagree(group: list[Told]) -> Finding:
    best = max(group, key=lambda t: t.finding.confidence).finding
    return replace(
        best,
        direction="mixed_unclear",
        change="unclear",
        effect=None,
        arms=(),
        unclear_because="single events or scales point different ways",
    )


def _drop_echoes(merged: list[Finding], review: bool) -> list[Finding]:
    """A conclusion without a time point that only repeats a dated result is that result again."""
    kept = []
    for one in merged:
        same = [
            o
            for o in merged
            if o is not one
            and (o.intervention, o.comparator, o.outcome) == (one.intervention, one.comparator, one.outcome)
        ]
        echo = not review and any(
            o.direction == one.direction and o.confidence >= one.confidence and o.effect is not None
            for o in same
        ) and one.effect is None and one.weeks is None
        if not echo:
            kept.append(one)
    return kept
