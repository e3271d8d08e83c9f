"""The PRISMA flow and what it leaves open: the queue, and who still owes results.

A record that is known in several forms counts once, by the form that stands for all of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from living_review.model import Reading
from living_review.synthesis.grouping import Said, doubts, representatives, same_records
from living_review.synthesis.standing import Standing, standing

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Screened:
    """The decisions at one date and cut, with the readings and the links they rest on.

    `excluded` are decisions of the rules on records that bear on nothing, and have no readings.
    """

    bearing: Rows
    readings: Mapping[str, Reading]
    links: Sequence[Said]
    excluded: Rows = field(default_factory=list)

    @cached_property
    def decided(self) -> Rows:
        """Every decision, by record id."""
        return sorted([*self.bearing, *self.excluded], key=lambda row: row["record_id"])

    @cached_property
    def same(self) -> dict[str, str]:
        """The first id of each record that is known in several forms."""
        return same_records((row["record_id"] for row in self.decided), self.links)

    @cached_property
    def shown_as(self) -> dict[str, str]:
        """The form that stands for each record in all its forms."""
        standing = {row["record_id"]: (row["verdict"], row["decider"]) for row in self.decided}
        return representatives(self.same, standing)

    @cached_property
    def once(self) -> Rows:
        """The decisions on the forms that stand for their records."""
        return [row for row in self.decided if self.shown_as[row["record_id"]] == row["record_id"]]

    @cached_property
    def reported_studies(self) -> set[str]:
        """Studies of which a record counts, so that nobody waits for their results."""
        return {reading.study_id for reading in self.readings.values() if reading.counted}


def flow(screened: Screened) -> dict[str, Any]:
    """How many records are in each box; those below `screened` add up to it."""
    once, studies = screened.once, screened.reported_studies
    boxes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for row in once:
        box = _box(row, screened.readings, studies)
        boxes[box] += 1
        if box == "excluded":
            # A person excludes for a reason of their own, which is no criterion.
            reasons[row["criterion"] or "a person's decision"] += 1
    return {
        "duplicates": len(screened.decided) - len(once),
        "screened": len(once),
        "excluded": dict(sorted(reasons.items())),
        "unclear": boxes["unclear"],
        "awaiting_results": boxes["awaiting_results"],
        "results_published": boxes["results_published"],
        "retracted": boxes["retracted"],
        "included_records": boxes["included_records"],
        "included_studies": len(studies),
    }


def _box(row: dict[str, Any], readings: Mapping[str, Reading], reported_studies: set[str]) -> str:
    if row["verdict"] == "exclude":
        return "excluded"
    reading = readings[row["record_id"]]
    match row["verdict"]:
        case "include":
            return "included_records" if reading.counted else "retracted"
        case "awaiting_results" if reading.study_id in reported_studies:
            return "results_published"
        case verdict:
            return str(verdict)


def awaiting(screened: Screened) -> list[str]:
    """The records whose study has no results yet."""
    studies = screened.reported_studies
    return [
        row["record_id"]
        for row in screened.once
        if _box(row, screened.readings, studies) == "awaiting_results"
    ]


def queue(screened: Screened) -> Rows:
    """What a person is asked: unclear records, unclear findings, and doubtful duplicates."""
    waiting = []
    excluded = {row["record_id"] for row in screened.decided if row["verdict"] == "exclude"}
    for row in screened.once:
        record_id, reading = row["record_id"], screened.readings.get(row["record_id"])
        if reading is None:
            continue
        if row["verdict"] == "unclear":
            waiting.append({"record": record_id, "what": "screening", "reason": row["reason"]})
        told = standing(reading) if reading.counted else Standing(())
        waiting += [
            {
                "record": record_id,
                "what": f"finding: {f.intervention} vs {f.comparator}, {f.outcome}",
                "reason": f.unclear_because,
            }
            for f in (*told.findings, *told.proposals)
            if f.unclear_because
        ]
    return waiting + [
        {
            "record": doubt.from_id,
            "what": "the same record?",
            "reason": f"{doubt.to_id} may be the same: {doubt.reason}; answer with "
            f"`living-review link {doubt.from_id} {doubt.to_id} same|study|apart`",
        }
        for doubt in doubts(screened.same, screened.links)
        # Whether two excluded records are one changes nothing that anybody reads.
        if not {doubt.from_id, doubt.to_id} <= excluded
    ]
