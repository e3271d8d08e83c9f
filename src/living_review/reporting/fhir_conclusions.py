"""`conclusions.fhir.json`: the conclusions as a Bundle of FHIR R5, shaped as EBMonFHIR does.

What does not fit the standard is left out, and the Citation of the version names it.
"""

import re
from typing import Any

from living_review.reporting.canonical import Json, dump
from living_review.reporting.fhir_evidence import evidence
from living_review.reporting.plain import plain

NAME = "conclusions.fhir.json"
_NO_ID = re.compile(r"[^A-Za-z0-9.-]+")


def render(report: Json, _diff: Json) -> bytes:
    """Write the Citation of the version, then an Evidence for each conclusion with variables."""
    fitting = [found for found in report["conclusions"] if found.get("asks")]
    ids = _ids([found["claim"] for found in fitting])
    resources = [
        _citation(report),
        *(evidence(found, report, ids[found["claim"]]) for found in fitting),
    ]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": resource} for resource in resources],
    }
    return dump(bundle)


def left_out(report: Json) -> list[str]:
    """The claims whose conclusions have no variables, and so no place in the standard."""
    return [found["claim"] for found in report["conclusions"] if not found.get("asks")]


def _citation(report: Json) -> dict[str, Any]:
    review = report["review"]
    names = [plain(author["name"]) for author in review.get("authors") or ()]
    artifact: dict[str, Any] = {
        "version": {"value": report["version"]},
        "title": [{"text": plain(review["title"])}],
    }
    if names:
        artifact["contributorship"] = {"summary": [{"value": "; ".join(names)}]}
    return {
        "resourceType": "Citation",
        "version": report["version"],
        "title": f"{plain(review['title'])}, version {report['version']}",
        "status": "active",
        "date": report["as_of"],
        "description": plain(review["question"]),
        "note": [{"text": f"not here, since FHIR has no place for it: {_what(left_out(report))}"}],
        "citedArtifact": artifact,
    }


def _what(claims: list[str]) -> str:
    also = [f"conclusions on no variables of their own ({', '.join(claims)})"] if claims else []
    return "; ".join([*also, "changes and the rules behind them", "signals", "the quoted words"])


def _ids(claims: list[str]) -> dict[str, str]:
    """An id of the letters that FHIR allows for each claim, at most 64, each once."""
    ids: dict[str, str] = {}
    for claim in claims:
        base = _NO_ID.sub("-", claim)[:60]
        taken = [other for other in ids.values() if other == base or other.startswith(f"{base}.")]
        ids[claim] = f"{base}.{len(taken) + 1}" if taken else base
    return ids
