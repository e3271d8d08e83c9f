"""Whether every published page is valid, accessible, silent, safe and light, and how long it takes.

    python -m benchmarks.pages [REPORTS_DIR]

Every page under the folder in every look (`tests/browser/looking.py`): two widths, light and dark,
scripts on and off. Without a folder, the sample's history is replayed for it first.
Needs chromium and java, as the tests do. Ends with 1 where a page has a fault.
"""

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.replay_sample import DATES
from tests.browser import checks, looking
from tests.browser.fault import Fault


def rows(reports: Path | None = None, kept: list[Fault] | None = None) -> Iterator[tuple[str, str]]:
    """Yield each sort of page and how its pages did; without a folder, those of the sample.

    What is wrong is put into `kept`, if that is given.
    """
    if reports is None:
        with tempfile.TemporaryDirectory() as folder:
            yield from rows(_replayed(Path(folder) / "review"))
        return
    found, seconds = _found(reports)
    (kept if kept is not None else []).extend(found)
    for kind, pages in checks.kinds(reports).items():
        yield f"pages {kind}", _figure(pages, [fault for fault in found if fault.page in pages])
    number = len(checks.pages(reports))
    yield "all these pages", f"{number} in {len(looking.LOOKS)} looks each, {seconds:.0f} s"


def _found(reports: Path) -> tuple[list[Fault], float]:
    started = time.perf_counter()
    with looking.browser() as browser:
        found = list(checks.faults(reports, checks.pages(reports), browser))
    return found, time.perf_counter() - started


def _figure(pages: list[Path], found: list[Fault]) -> str:
    counted = Counter(fault.check for fault in found)
    told = ", ".join(f"{number} of {check}" for check, number in sorted(counted.items()))
    heaviest = max(checks.weight(page) for page in pages) / 1000
    weight = f"the heaviest {heaviest:.0f} kB without drawings"
    return f"{len(pages)} pages: {told or 'no fault'}; {weight}"


def _replayed(review: Path) -> Path:
    for arguments in (
        ("init", str(review), "--sample"),
        ("--review", str(review), "replay", "--no-prefect", "--at", *DATES),
        ("--review", str(review), "backtest"),
    ):
        command = [sys.executable, "-m", "living_review", *arguments]
        subprocess.run(command, check=True, capture_output=True)
    return review / "warehouse" / "store" / "reports"


def main(reports: Path) -> int:
    """Print each sort of page, then each different fault with the first page that has it."""
    kept: list[Fault] = []
    for what, figure in rows(reports, kept):
        print(f"{what}: {figure}", flush=True)
    first: dict[tuple[str, str], Fault] = {}
    for fault in kept:
        first.setdefault((fault.check, fault.said), fault)
    for fault in first.values():
        print(fault)
    return 1 if kept else 0


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(main(Path(sys.argv[1]).resolve()))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(main(_replayed(Path(folder) / "review")))
