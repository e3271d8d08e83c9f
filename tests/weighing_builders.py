"""Readings for the tests of weighing and comparing: defaults for all a test is not about."""

import csv
from datetime import date
from pathlib import Path

from living_review import config
from living_review.model import Effect, Finding, FindingDirection, PartialDate, Reading
from living_review.protocol import Protocol

ROOT = Path(__file__).parents[1]
FAVOURS, AGAINST = "favours_intervention", "favours_comparator"
SAME, UNCLEAR = "no_difference", "mixed_unclear"


def the_protocol(*claims: str) -> Protocol:
    """The review's own protocol, with these claims only where any are named."""
    whole = config.load(ROOT / "config.yaml")
    if not claims:
        return whole
    kept = tuple(
        claim.model_copy(update={"contradicts": tuple(c for c in claim.contradicts if c in claims)})
        for claim in (whole.claim(name) for name in claims)
    )
    return whole.model_copy(update={"claims": kept})


def smd(value: float, se: float | None = None) -> Effect:
    return Effect("SMD", value, se=se)


def points(value: float, low: float | None = None, high: float | None = None) -> Effect:
    """A mean difference on a 0–10 scale; below zero favours the drug."""
    return Effect("MD", value, ci_low=low, ci_high=high, scale=10)


def finding(
    record_id: str = "pmid:1",
    direction: FindingDirection = FAVOURS,
    *,
    intervention: str = "gabapentin",
    comparator: str = "placebo",
    outcome: str = "leg_pain",
    weeks: float | None = 8,
    **more: object,
) -> Finding:
    change = {FAVOURS: "lower", AGAINST: "higher", SAME: "no_difference"}.get(direction, "unclear")
    return Finding(
        record_id=record_id, intervention=intervention, comparator=comparator, outcome=outcome,
        direction=direction, change=change, significant=None, quote=f"{record_id}: {direction}",
        tagger="findings:1", weeks=weeks, **more,
    )  # fmt: skip


def study(
    number: int,
    direction: FindingDirection = FAVOURS,
    *,
    n: int | None = 100,
    year: int = 2015,
    effect: Effect | None = None,
    reading: dict[str, object] | None = None,
    **of_finding: object,
) -> Reading:
    """A randomised trial of gabapentin against placebo in sciatica, unless told otherwise."""
    record_id = f"pmid:{number}"
    found = finding(record_id, direction, effect=effect, **of_finding)
    fields: dict[str, object] = {
        "study_id": record_id, "title": f"Trial number {number} of a drug", "design": "rct",
        "verdict": "include", "decider": "rule:1", "content_hash": f"hash{number}",
        "findings": (found,), "condition": "sciatica", "species": "human", "participants": n,
        "known_on": date(year, 7, 1), "published": PartialDate(year),
    }  # fmt: skip
    return Reading(record_id=record_id, **{**fields, **(reading or {})})


def review(
    number: int,
    direction: FindingDirection = SAME,
    *,
    year: int = 2020,
    searched: int | None = None,
    direct_trials: int | None = None,
    reading: dict[str, object] | None = None,
    **of_finding: object,
) -> Reading:
    """A systematic review of the same comparison."""
    more = {
        "design": "systematic_review", "title": f"Review number {number} of trials",
        "search_until": PartialDate(searched) if searched else None,
        "direct_trials": direct_trials, **(reading or {}),
    }  # fmt: skip
    return study(number, direction, n=None, year=year, reading=more, **of_finding)


def nine_trials() -> list[Reading]:
    """The nine trials of METHOD 5's golden series, every one against placebo, by year."""
    years = {
        "doi:10.1163/156856901753420945": (2001, 65, "low_back_pain"),
        "doi:10.1163/156856903767650718": (2003, 43, "sciatica"),
        "pmid:20493632": (2010, 217, "sciatica"),
        "pmid:24738609": (2015, 288, "low_back_pain"),
        "pmid:25503625": (2015, 29, "spinal_stenosis"),
        "nct:NCT01838044": (2016, 156, "low_back_pain"),
        "pmid:26963844": (2016, 108, "low_back_pain"),
        "pmid:27045252": (2016, 122, "sciatica"),
        "pmid:28328324": (2017, 209, "sciatica"),
    }
    path = ROOT / "src/living_review/sample/effects.csv"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    readings = []
    for row in csv.DictReader(lines):
        year, n, condition = years[row["record_id"]]
        value = float(row["value"])
        effect = smd(value, float(row["variance"]) ** 0.5)
        found = finding(
            row["record_id"], FAVOURS if value < 0 else AGAINST,
            intervention=row["intervention"], effect=effect, weeks=float(row["weeks"]),
        )  # fmt: skip
        readings.append(
            Reading(
                record_id=row["record_id"],
                study_id=row["record_id"],
                title=row["record_id"],
                design="rct",
                verdict="include",
                decider="rule:1",
                content_hash="h",
                extracted=(found,),
                condition=condition,
                species="human",
                participants=n,
                known_on=date(year, 7, 1),
                published=PartialDate(year),
            )
        )
    return sorted(readings, key=lambda reading: (reading.known_on, reading.record_id))
