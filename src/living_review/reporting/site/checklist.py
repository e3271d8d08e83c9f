"""PRISMA 2020 and its extension for living reviews, item by item, answered from the report.

The items stand in `checklist.yaml`, in our words; this says what a report knows of each.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from living_review.reporting import words
from living_review.reporting.canonical import Json
from living_review.reporting.pages import page
from living_review.reporting.templating import encoded

_EDITS = {"method_changed", "criteria_changed", "claim_reworded"}


def checklist_html(reports: Sequence[Json]) -> bytes:
    """Render the checklist for the newest of `reports`, oldest first."""
    report = reports[-1]
    listed = items(report, len(reports))
    answered = sum(1 for item in listed if item["answer"])
    return page("checklist.html", root="", report=report, items=listed, answered=answered)


def items(report: Json, versions: int) -> list[dict[str, str]]:
    """Every item: item, topic, answer ("" where data has none, then `missing`), where, place."""
    facts = _of_review(report, versions) | _of_methods(report) | _of_results(report)
    blank = {"answer": "", "missing": "", "where": "", "place": ""}
    return [
        {key: value.format_map(facts) for key, value in (blank | item).items()} for item in _items()
    ]


@cache
def _items() -> list[dict[str, str]]:
    text = files("living_review.reporting").joinpath("checklist.yaml").read_text("utf-8")
    told: list[dict[str, str]] = yaml.safe_load(text)
    return told


def _of_review(report: Json, versions: int) -> dict[str, Any]:
    mode, review = report["living_mode"], report["review"]
    authors = review.get("authors") or ()
    return {
        "version": report["version"],
        "folder": encoded(report["version"]),
        "title": review["title"],
        "question": review["question"],
        "current_to": words.day(report["evidence_current_to"]),
        "living_mode": " ".join(
            mode[key] for key in ("search_cadence", "publication_rule", "retirement_rule")
        ),
        "authors": "; ".join(_author(one) for one in authors),
        "versions": words.count(versions, "version"),
        "previous": report["previous_version"] or "none",
        "trigger": report["trigger"],
        "headline": words.headline(report),
    }


def _author(one: Json) -> str:
    return f"{one['name']} ({one['role']})" if one.get("role") else str(one["name"])


def _of_methods(report: Json) -> dict[str, Any]:
    methods = report["methods"]
    thresholds = methods["thresholds"]
    edited = [entry for entry in report["changes"] if _EDITS & set(entry["causes"])]
    return {
        "method": report["method_version"],
        "criteria": " ".join(
            f"{words.spaced(c['id']).capitalize()}: {c['wording']}" for c in methods["criteria"]
        ),
        "sources": "; ".join(
            f"{search['name']} ({search['source']}), {words.day(search['as_of'])}"
            for search in report["searches"]
        ),
        "searches": words.count(len(report["searches"]), "search", "searches"),
        "taggers": ", ".join(f"{words.spaced(n)} {v}" for n, v in methods["taggers"].items()),
        "machine": methods["disclosure"][0],
        "pool_from": thresholds["pool"]["min_studies"],
        "egger_from": thresholds["certainty"]["egger_min_studies"],
        "bias": methods["disclosure"][2],
        "method_changes": f"An edit of them is behind {words.count(len(edited), 'change')} told"
        if edited
        else "No change told comes from an edit of protocol or method",
    }


def _said_by_people(conclusions: Sequence[Json]) -> Iterator[str]:
    for conclusion in conclusions:
        for item in conclusion["evidence"]:
            yield from item["judged"]


def _of_results(report: Json) -> dict[str, Any]:
    flow, conclusions = report["flow"], report["conclusions"]
    domains = {step["domain"] for c in conclusions for step in c["certainty_steps"]}
    pools = [c["pool"] for c in conclusions if c["pool"]]
    enough = report["methods"]["thresholds"]["certainty"]["egger_min_studies"]
    tested = any(pool["k"] >= enough for pool in pools)
    of_publication = tested or "publication_bias" in domains
    return {
        "identified": flow["identified"],
        "screened": flow["screened"],
        "excluded": sum(flow["excluded"].values()),
        "included": words.count(flow["included_studies"], "study", "studies"),
        "conclusions": words.count(len(conclusions), "conclusion"),
        "pools": words.count(len(pools), "pool"),
        "bias_judged": "Judgements of people are told with each claim"
        if any("risk of bias" in said for said in _said_by_people(conclusions))
        else "",
        "reporting_bias": "Told among the steps of certainty" if of_publication else "",
        "questions": words.count(len(report["queue"]), "question"),
        "warnings": words.count(len(report["warnings"]), "warning"),
    }
