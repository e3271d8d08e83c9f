"""Site: the pages above the version folders, made again where what they show has changed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from living_review.reporting.diff import diff
from living_review.reporting.html_diff import NAME as DIFF
from living_review.reporting.site.feed import feed_atom
from living_review.reporting.site.index import index_html
from living_review.reporting.templating import looks
from living_review.stages import pages
from living_review.stages.draft import Published
from living_review.stages.published import summary
from living_review.stages.record_pages import remake_records
from living_review.warehouse import Warehouse, store_path

BACKTEST = "backtest"  # the folder beside the versions that `stages.backtest` writes
TIMELINE = "timeline.svg"

Report = dict[str, Any]


def remake(
    store: Warehouse, review: Path, versions: list[Published], fresh: Mapping[str, Any]
) -> None:
    """Make every page that spans versions; `fresh` is the freshness of what is shown."""
    folder = store_path(review) / "reports"
    reports = [version.report for version in versions]
    shown_at = pages_of(store, reports)
    listed = [{**summary(told), "page": shown_at[told["version"]]} for told in reports]
    _remake_of_versions(folder, reports, listed)
    timeline = (folder / TIMELINE).read_bytes(), str(pages.note(folder)["timeline"])
    body = index_html(listed, reports, fresh, timeline, _backtested(folder))
    pages.write(folder / "index.html", body)
    remake_records(store, review, reports, shown_at)


def pages_of(store: Warehouse, reports: Sequence[Report]) -> dict[str, str]:
    """The page of each version, in its folder, that tells what it changed.

    Versions published before there was one tell it in their report.
    """
    files = {(row["version"], row["name"]) for row in store.rows("file_names")}
    return {
        report["version"]: DIFF if (report["version"], DIFF) in files else "index.html"
        for report in reports
    }


def _remake_of_versions(folder: Path, reports: list[Report], listed: list[Report]) -> None:
    """Make what follows from the published versions alone, when there is another one."""
    made_of = json.loads(json.dumps([looks(), listed]))
    note = pages.note(folder)
    known = note.get("of_versions") == made_of
    if known and all((folder / name).is_file() for name in note["spanning"]):
        return
    # Imported here: these draw with matplotlib, which takes most of a second to load.
    from living_review.reporting.figures import timeline  # noqa: PLC0415
    from living_review.reporting.site import spanning  # noqa: PLC0415

    files = spanning.render(reports, {told["version"]: told["page"] for told in listed})
    diffs = {
        after["version"]: diff(before, after)
        for before, after in zip([None, *reports], reports, strict=False)
    }
    files["feed.xml"] = feed_atom(reports[-1]["review"]["title"], listed, diffs)
    files[TIMELINE] = timeline.draw(reports)
    for name, body in files.items():
        pages.write(folder / name, body)
    pages.keep_note(
        folder,
        of_versions=made_of,
        spanning=sorted(files),
        timeline=timeline.alternative(reports),
    )


def _backtested(folder: Path) -> str | None:
    """The version up to which a back-test has been made; None where there is none."""
    path = folder / BACKTEST / "backtest.json"
    return str(json.loads(path.read_bytes())["until"]) if path.is_file() else None
