"""One page a claim: where it stands, the evidence, and how it came to stand so."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from living_review.reporting import figures
from living_review.reporting.addresses import claim_file
from living_review.reporting.canonical import Json
from living_review.reporting.figures import history
from living_review.reporting.pages import data_address, page


def claim_name(claim_id: str) -> str:
    """Name the page of a claim in the site."""
    return f"claims/{claim_file(claim_id)}"


def claim_html(claim_id: str, reports: Sequence[Json], pages: Mapping[str, str]) -> bytes:
    """Render how one claim stands, on what, and in which versions it moved, oldest first.

    `reports` are the canonical reports of all versions in order; ones before the claim
    existed are passed over. `pages` names the page of each version that tells what it changed.
    KeyError when no report knows the claim.
    """
    known = [(r, c) for r in reports for c in r["conclusions"] if c["claim"] == claim_id]
    if not known:
        raise KeyError(claim_id)
    report, latest = known[-1]
    moments = _moments(claim_id, known, pages)
    return page(
        "claim.html",
        latest=latest,
        report=report,
        studies=_studies(latest, report),
        file=f"figures/{quote(figures.file_name(claim_id))}",
        # A claim that never moved has no story that a picture could tell.
        history=_history(claim_id, [told for told, _ in known]) if len(moments) > 1 else None,
        moments=moments,
    )


def _studies(conclusion: Json, report: Json) -> dict[str, str] | None:
    if not figures.has_figure(conclusion):
        return None
    return {
        "address": data_address(figures.draw(conclusion, report["records"])),
        "alternative": figures.alternative(conclusion, report["records"]),
    }


def _history(claim_id: str, reports: Sequence[Json]) -> dict[str, str] | None:
    drawn = history.draw(claim_id, reports)
    if drawn is None:
        return None
    return {
        "address": data_address(drawn),
        "alternative": history.alternative(claim_id, reports),
    }


def _moments(
    claim_id: str, known: Sequence[tuple[Json, Json]], pages: Mapping[str, str]
) -> list[dict[str, object]]:
    """Keep the first version that knew the claim, and each later one with news of it."""
    moments: list[dict[str, object]] = []
    for place, (report, conclusion) in enumerate(known):
        changes = [entry for entry in report["changes"] if entry["claim"] == claim_id]
        before = known[place - 1][1] if place else None
        moved = before is None or _standing(before) != _standing(conclusion)
        if changes or moved:
            moments.append(
                {
                    "version": report["version"],
                    "as_of": report["as_of"],
                    "page": pages[report["version"]],
                    "conclusion": conclusion,
                    "changes": changes,
                    "records": report["records"],
                }
            )
    return moments


def _standing(conclusion: Json) -> tuple[object, ...]:
    return conclusion["direction"], conclusion["certainty"]
