"""How long the sample's history takes to replay, in one process and as a Prefect flow.

python -m benchmarks.replay_sample
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

DATES = (
    "2003-12-31", "2010-12-31", "2012-12-31", "2016-12-31", "2017-12-31", "2018-12-31",
    "2019-06-30", "2019-12-31", "2022-12-31", "2024-12-31", "2026-11-01",
)  # fmt: skip


def rows() -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure."""
    for name, flags in (("one process", ["--no-prefect"]), ("as a Prefect flow", [])):
        with tempfile.TemporaryDirectory() as folder:
            review = str(Path(folder) / "review")
            _run("init", review, "--sample")
            seconds = _run("--review", review, "replay", *flags, "--at", *DATES)
            yield f"replay of the sample at {len(DATES)} dates, {name}", f"{seconds:.1f} s"
            if not flags:
                continue
            quiet = _run("--review", review, "update", "--no-prefect", "--as-of", "2026-11-02")
            yield "an update that finds nothing new, one process", f"{quiet:.1f} s"
            seconds = _run("--review", review, "verify")
            yield "verify, rebuilding every version", f"{seconds:.1f} s"


def _run(*arguments: str) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "living_review", *arguments]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what}: {figure}")
