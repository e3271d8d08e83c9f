"""Trend: how a conclusion stands against the baseline, and since which version it stands so."""

from collections.abc import Sequence
from typing import Any

from living_review.reporting import words
from living_review.reporting.canonical import Json
from living_review.reporting.diff import told

_LEVELS = (None, "very_low", "low", "moderate", "high")


def trends(reports: Sequence[Json]) -> dict[str, dict[str, Any]]:
    """Say for each claim of the newest of `reports` (oldest first) where it came from.

    `since_baseline` in words ("" where it is not compared), `kind` for its look (same, other,
    surer, less_sure), and the version and date since which direction and certainty are as now.
    """
    newest = reports[-1]
    against = {entry["claim"]: entry["baseline"] for entry in newest["from_baseline"]}
    return {
        conclusion["claim"]: {
            **_against(against.get(conclusion["claim"]), conclusion),
            **_standing_since(conclusion, reports),
        }
        for conclusion in newest["conclusions"]
    }


def _against(baseline: Any, now: Json) -> dict[str, str]:
    if baseline is None:
        return {"kind": "none", "since_baseline": ""}
    before = told(baseline)
    if before["direction"] != now["direction"]:
        return {"kind": "other", "since_baseline": f"was {words.state(before)}"}
    step = _LEVELS.index(now["certainty"]) - _LEVELS.index(before["certainty"])
    if before["certainty"] is None or step == 0:
        return {"kind": "same", "since_baseline": "the same"}
    kind = "surer" if step > 0 else "less_sure"
    was = words.CERTAINTIES[before["certainty"]][1]
    return {"kind": kind, "since_baseline": f"{words.spaced(kind)}: was {was}"}


def _standing_since(now: Json, reports: Sequence[Json]) -> dict[str, Any]:
    since = reports[-1]
    for report in reversed(reports):
        then = [c for c in report["conclusions"] if c["claim"] == now["claim"]]
        if not then or any(then[0][key] != now[key] for key in ("direction", "certainty")):
            break
        since = report
    return {"version": since["version"], "as_of": since["as_of"]}
