"""What each record bore on and changed, over all versions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from living_review.reporting import amounts, words
from living_review.reporting.canonical import Json

Bears = dict[str, list[dict[str, Any]]]


def borne(reports: Sequence[Json]) -> Bears:
    """For each record the claims it is evidence on: claim, label, found, versions (in words).

    `reports` are oldest first; what it found is told as the newest of them that has it.
    """
    held: dict[tuple[str, str], dict[str, Any]] = {}
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, report in enumerate(reports):
        for conclusion in report["conclusions"]:
            for item in conclusion["evidence"]:
                for record in item["records"]:
                    key = (record, conclusion["claim"])
                    places[key].append(place)
                    held[key] = {
                        "claim": conclusion["claim"],
                        "label": conclusion["label"],
                        "found": _found(item),
                    }
    by_record: Bears = defaultdict(list)
    for key, told in held.items():
        by_record[key[0]].append({**told, "versions": _span(places[key], reports)})
    return by_record


def moved(reports: Sequence[Json], pages: Mapping[str, str]) -> Bears:
    """For each record the changes it is named for: version, its page, label, why, oldest first."""
    by_record: Bears = defaultdict(list)
    for report in reports:
        labels = {c["claim"]: c["label"] for c in report["conclusions"]}
        version = report["version"]
        for entry in report["changes"]:
            for record in entry["records"]:
                by_record[record].append(
                    {
                        "version": version,
                        "page": pages[version],
                        "label": labels.get(entry["claim"], entry["claim"]),
                        "why": entry["why"],
                    }
                )
    return by_record


def _found(item: Json) -> str:
    sized = amounts.benefit(item)
    beside = "" if item["settles"] else " (stands beside)"
    return f"{words.found(item)}{f', {sized}' if sized else ''}{beside}"


def _span(places: Sequence[int], reports: Sequence[Json]) -> str:
    first, last = (reports[place]["version"] for place in (places[0], places[-1]))
    if places[-1] == len(reports) - 1:
        return f"since {first}"
    return first if first == last else f"{first} to {last}"
