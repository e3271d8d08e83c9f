"""Announce: what this run has to show, for whoever watches it run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from living_review.reporting import words
from living_review.stages import begin
from living_review.warehouse import Warehouse, store_path

COLUMNS = ("class", "claim", "before", "after", "rules", "causes", "records", "why")


@dataclass(frozen=True)
class Announcement:
    """One run in a headline, a table of changes (always a row) and the diff as Markdown.

    `version` is what this run published, None for nothing. `pages` are the pages a reader may
    want next, by name; none before the first version.
    """

    version: str | None
    headline: str
    rows: tuple[dict[str, str], ...]
    diff_markdown: str
    pages: Mapping[str, Path]


def run(review: Path, run_no: int) -> Announcement:
    """Read from the store what this run published, or that it published nothing."""
    context = begin.load(review, run_no)
    with context.open() as store:
        latest = store.rows("latest_version")
        if not latest:
            return _nothing("Nothing to publish yet: no record is included", {})
        version = latest[0]["version"]
        pages = _pages(store_path(review) / "reports", version)
        if latest[0]["run_no"] != run_no:
            since = f"Nothing changed since {version}; searched as of {context.as_of}"
            return _nothing(since, pages)
        diff = json.loads(_text(store, version, "diff.json"))
        markdown = _text(store, version, "diff.md")
    headline = f"Published {version}: {diff['headline']}"
    rows = tuple(_row(change) for change in diff["changes"]) or (_one_row(headline),)
    return Announcement(version, headline, rows, markdown, pages)


def _pages(reports: Path, version: str) -> dict[str, Path]:
    """The pages of the latest version and of the whole review that there are."""
    named = {
        "what-changed": reports / version / "diff.html",
        "report": reports / version / "index.html",
        "review": reports / "index.html",
        "queue": reports / "queue.html",
    }
    return {name: page for name, page in named.items() if page.is_file()}


def _nothing(headline: str, pages: Mapping[str, Path]) -> Announcement:
    return Announcement(None, headline, (_one_row(headline),), f"{headline}.\n", pages)


def _one_row(why: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"claim": "none", "why": why}


def _row(change: dict[str, Any]) -> dict[str, str]:
    cells = {
        "class": change["class"],
        "claim": change["claim"],
        "before": words.state(change["before"]),
        "after": words.state(change["after"]),
        "rules": ", ".join(change["rules"]),
        "causes": ", ".join(change["causes"]),
        "records": ", ".join(change["records"]),
        "why": change["why"],
    }
    return {column: cells[column] for column in COLUMNS}


def _text(store: Warehouse, version: str, name: str) -> str:
    return bytes(store.rows("published_text", version=version, name=name)[0]["body"]).decode()
