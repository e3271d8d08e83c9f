"""Pages above the version folders: they span versions and are always made again.

`index_html` lists the versions, `feed_atom` announces them, `claim_history_html` follows
one claim. None of them reads a clock: dates are those of the versions and of `freshness`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from living_review.reporting.canonical import Json
from living_review.reporting.html_report import labels, page
from living_review.reporting.templating import html


def index_html(
    versions: Sequence[Json],
    latest_report: Json,
    freshness: Json,
    backtested: str | None = None,
) -> bytes:
    """Render the site's first page: conclusions today, how fresh they are, every version.

    `versions`, oldest first: version, as_of, headline, changed, signals (counts). `freshness`:
    `last_search` (date or None), `next_run` (text or None), `stale` (bool), `because` (text),
    `warnings` (what the last search gave cause to say). `backtested` is the version up to which
    a back-test stands in the folder beside the versions.
    """
    return page(
        "site.html",
        versions=list(reversed(versions)),
        report=latest_report,
        freshness={
            "last_search": None,
            "next_run": None,
            "because": "",
            "warnings": [],
            **freshness,
        },
        stale=bool(freshness.get("stale")),
        backtested=backtested,
    )


def history_name(claim_id: str) -> str:
    """Name the page of a claim's history; whatever the id, it stays in its folder."""
    return f"claims/{quote(claim_id, safe='')}.html"


def claim_history_html(claim_id: str, reports: Sequence[Json]) -> bytes:
    """Render how one claim stood in every version that moved it, oldest first.

    `reports` are the canonical reports of all versions in order; ones before the claim
    existed are passed over. KeyError when none of them knows the claim.
    """
    known = [(r, c) for r in reports for c in r["conclusions"] if c["claim"] == claim_id]
    if not known:
        raise KeyError(claim_id)
    latest_report, latest = known[-1]
    return page(
        "claim_history.html",
        latest=latest,
        report=latest_report,
        labels=labels(latest_report),
        moments=_moments(claim_id, known),
    )


def feed_atom(title: str, versions: Sequence[Json], diffs: Mapping[str, Json]) -> bytes:
    """Write the Atom feed, newest first; `diffs` by version become the entries' content.

    `versions` (at least one) are as for `index_html`. Times are midnight UTC of as-of dates.
    """
    entries = [
        {
            **told,
            "id": _urn(f"{title}\n{told['version']}"),
            "updated": _midnight(told),
            "content": _content(diffs.get(told["version"])),
        }
        for told in reversed(versions)
    ]
    updated = max(_midnight(told) for told in versions)
    return html("feed.xml", title=title, id=_urn(title), updated=updated, entries=entries)


def _content(diff: Json | None) -> str:
    return "" if diff is None else html("feed_entry.html", diff=diff).decode()


def _midnight(version: Json) -> str:
    return f"{version['as_of']}T00:00:00Z"


def _urn(name: str) -> str:
    # A UUID made from the name (version 8, RFC 9562): the same on every machine, and no address
    # of the feed has to be known.
    d = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    return f"urn:uuid:{d[:8]}-{d[8:12]}-8{d[13:16]}-a{d[17:20]}-{d[20:32]}"


def _moments(claim_id: str, known: Sequence[tuple[Json, Json]]) -> list[dict[str, object]]:
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
                    "conclusion": conclusion,
                    "changes": changes,
                    "records": report["records"],
                }
            )
    return moments


def _standing(conclusion: Json) -> tuple[object, ...]:
    return conclusion["direction"], conclusion["certainty"]
