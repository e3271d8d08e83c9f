"""What it costs to publish a review of 50 versions, 14 claims and 300 records.

    python -m benchmarks.site

The claims are those of the review; the records are made up by chance with a fixed seed, six for
each version, five of which bear on a claim, and pass through the real stages. Only the files are
not made while the review is built: that is what is measured, in a fresh process: every
file from nothing, again with nothing changed, and after one more version. What a version's folder
holds is rendered when it is published and only written here, so that is measured by itself.
SITE_STORE names a folder in which the built review is kept, and found again.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from living_review import reporting
from living_review.reporting.diff import diff
from living_review.stages import publish, update
from living_review.stages.draft import published_versions
from living_review.stages.settle import settle
from living_review.warehouse import Warehouse, database_path, store_path
from tests.browser import checks
from tests.stories.living import LivingReview, Paper, trial

VERSIONS, OF_A_VERSION = 50, 6
SEED = 20261126
QUESTIONS = 6
BEGUN, BETWEEN = date(2010, 1, 31), timedelta(days=91)


def rows() -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure: in a process that has rendered nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        built = _built(Path(os.environ.get("SITE_STORE", folder)) / "site")
        copy = Path(folder) / "copy"
        shutil.copytree(built, copy, symlinks=True)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.site", "--here", str(copy)],
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    yield from (tuple(row) for row in json.loads(done.stdout))


def _built(folder: Path) -> Path:
    """A review with that many versions and none of their files."""
    if not folder.exists():
        review = LivingReview(folder.with_suffix(".part"))
        for number in range(VERSIONS):
            _publish(review, number)
        folder.with_suffix(".part").rename(folder)
    return folder


def _publish(review: LivingReview, number: int) -> None:
    """Publish a version, but make no file."""
    as_of = BEGUN + number * BETWEEN
    review.give(*_records(number, as_of))
    with review.held_open(), patch.object(publish, "settle", lambda *_, **__: None):
        update.run(review.folder, as_of, "manual")


def _records(number: int, as_of: date) -> Iterator[Paper]:
    chance = random.Random(f"{SEED} {number}")
    for place in range(OF_A_VERSION):
        pmid = 1_000 + number * OF_A_VERSION + place
        on = str(as_of - timedelta(days=chance.randrange(1, 80)))
        if place == OF_A_VERSION - 1:
            yield Paper(pmid, f"Aspirin for headache {pmid}", "Aspirin was given to 40 adults.", on)
        else:
            yield _trial(pmid, on, pmid % QUESTIONS, chance)


def _trial(pmid: int, on: str, question: int, chance: random.Random) -> Paper:
    """A trial that answers one of the review's questions, each time with other numbers."""
    effect, half = chance.gauss(-0.6, 0.5), chance.uniform(0.4, 1.2)
    told = f"mean difference {effect:.2f}, 95% CI {effect - half:.2f} to {effect + half:.2f}"
    many, few = chance.randrange(20, 45), chance.randrange(5, 20)
    results = (
        f"Leg pain was lower with gabapentin than with placebo ({told}).",
        f"Leg pain was lower with gabapentin than with placebo at 26 weeks ({told}).",
        "Disability on the Oswestry Disability Index did not differ between gabapentin and "
        f"placebo ({told}).",
        f"Adverse events were more frequent with gabapentin ({many}%) than with placebo ({few}%).",
        f"Leg pain was lower with gabapentin than with pregabalin ({told}).",
        f"Leg pain was lower with pregabalin than with placebo ({told}).",
    )
    paper = trial(pmid, on, results[question], n=chance.randrange(40, 400))
    if question != len(results) - 1:
        return paper
    return Paper(
        pmid, paper.title.replace("Gabapentin", "Pregabalin"),
        paper.abstract.replace("gabapentin", "pregabalin"), on, paper.types,
    )  # fmt: skip


def _measured(review: Path) -> Iterator[tuple[str, str]]:
    reports = store_path(review) / "reports"
    with Warehouse(database_path(review)) as store:
        told = [version.report for version in published_versions(store)]
    of = f"{len(told)} versions × {len(told[0]['conclusions'])} claims × {_known(told[-1])} records"
    took = _timed(lambda: settle(review))
    made = _times(reports)
    yield f"the whole site of {of}, from nothing", f"{took}, {len(made):,} files"
    took = _timed(lambda: settle(review))
    yield "the same again, nothing changed", f"{took}, {_touched(reports, made)} touched"
    took = _timed(lambda: _render(told))
    yield f"rendering the files of {len(told)} version folders", f"{took}"
    _publish(_as_it_is(review), VERSIONS)
    took = _timed(lambda: settle(review))
    added = len(_times(reports)) - len(made)
    touched = _touched(reports, made)
    yield (
        f"the same after one more version with {OF_A_VERSION} records",
        f"{took}, {added} files added, {touched} of {len(made):,} changed",
    )
    yield from _weights(reports, told[-1]["version"])


def _weights(reports: Path, version: str) -> Iterator[tuple[str, str]]:
    for page in sorted((reports / version).rglob("*.html")):
        yield (
            f"weight of {page.relative_to(reports / version)} of the version with 300 records",
            f"{page.stat().st_size / 1000:.0f} kB, "
            f"{checks.weight(page) / 1000:.0f} kB without drawings",
        )


def _render(reports: list[dict[str, Any]]) -> None:
    for before, after in zip([None, *reports], reports, strict=False):
        reporting.render_all(after, diff(before, after), {})


def _known(report: dict[str, Any]) -> int:
    """How many records a report has searched: those that it shows, and those excluded."""
    return int(report["flow"]["identified"])


def _as_it_is(review: Path) -> LivingReview:
    kept = LivingReview(review, config_text=(review / "config.yaml").read_text())
    for number in range(VERSIONS):
        kept.give(*_records(number, BEGUN + number * BETWEEN))
    return kept


def _times(folder: Path) -> dict[Path, int]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in found}


def _touched(folder: Path, before: dict[Path, int]) -> int:
    now = _times(folder)
    return sum(now.get(path) != at for path, at in before.items())


def _timed(what: Callable[[], None]) -> str:
    """How long it took: of processor time, which hardly varies with what else runs, and in all."""
    started, worked = time.perf_counter(), time.process_time()
    what()
    processor, wall = time.process_time() - worked, time.perf_counter() - started
    return f"{processor:.1f} s of processor time, {wall:.1f} s by the clock"


if __name__ == "__main__":
    if "--here" in sys.argv:
        print(json.dumps(list(_measured(Path(sys.argv[-1])))))
    else:
        for what, figure in rows():
            print(f"{what}: {figure}")
