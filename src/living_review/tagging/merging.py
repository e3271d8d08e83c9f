"""Many sentences, one finding: what a record says of one comparison, outcome and time."""

import re
from collections.abc import Sequence
from dataclasses import replace

from living_review.model import Finding
from living_review.tagging.told import Told

VERSION = "1"

_TIMED = re.compile(
    r"\b(?:early|earlier|initially|at first|later|short|immediate|weeks?|months?|years?|days?)\b",
    re.IGNORECASE,
)
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
    groups: dict[_Key, list[Told]] = {}
    for one in told:
        f = one.finding
        overall = review and one.part == "conclusion" and not _TIMED.search(f.quote)
        point = "conclusion" if overall else f"{f.weeks}"
        groups.setdefault((f.intervention, f.comparator, f.outcome, point), []).append(one)
    merged = []
    for key in sorted(groups):
        group = groups[key]
        if key[3] == "conclusion" and _by_time(group) and _dated(groups, key):
            continue  # 'better early on, equal later': the dated results say it better
        single = _one(group)
        merged.append(replace(single, primary=True) if key[3] == "conclusion" else single)
    return tuple(_drop_echoes(_drop_unheld(merged)))


_Key = tuple[str, str, str, str]


def _by_time(group: Sequence[Told]) -> bool:
    return len({t.finding.direction for t in _telling(group)}) > 1


def _dated(groups: dict[_Key, list[Told]], key: _Key) -> bool:
    return any(other[:3] == key[:3] and other != key for other in groups)


def _one(group: list[Told]) -> Finding:
    whole = [t for t in group if not t.child] or group
    if (
        whole is group
        and len({t.finding.direction for t in _telling(group)}) > 1
        and group[0].child
    ):
        return _parts_disagree(group)
    ranked = sorted(
        whole,
        key=lambda t: (
            t.finding.effect is None and not t.finding.unclear_because,
            t.implied,
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
    if (
        best.direction == "mixed_unclear"
        and best.effect is None
        and "interval" not in best.unclear_because
    ):
        words = [t.finding for t in ranked[1:] if t.finding.direction != "mixed_unclear"]
        if words:
            best = words[0]
    dropped = next(
        (t.finding for t in group if t.finding.unclear_because.endswith("dropped")), None
    )
    if dropped is not None and best.effect is None:
        best = replace(best, arms=(), unclear_because=dropped.unclear_because)
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


def _drop_unheld(merged: list[Finding]) -> list[Finding]:
    """Harms told of one arm are no news where the same drug's are held against another's."""
    held = {(f.intervention, f.outcome) for f in merged if f.direction != "mixed_unclear"}
    return [
        f
        for f in merged
        if not (
            f.unclear_because.startswith("harms are told") and (f.intervention, f.outcome) in held
        )
    ]


def _drop_echoes(merged: list[Finding]) -> list[Finding]:
    """A statement without time or numbers that only repeats a numbered result is that result."""
    return [
        one
        for one in merged
        if one.primary
        or one.effect is not None
        or one.weeks is not None
        or not any(
            o.effect is not None
            and (o.intervention, o.comparator, o.outcome, o.direction)
            == (one.intervention, one.comparator, one.outcome, one.direction)
            for o in merged
        )
    ]
