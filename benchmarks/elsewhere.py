"""A new review, and an update of it in a process of its own, against the stand-in for PubMed."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.fakes.entrez_server import FakeEntrez


def new_review(folder: Path) -> Path:
    """Make a review of the template that searches PubMed."""
    review = folder / "review"
    command = [sys.executable, "-m", "living_review", "init", str(review)]
    subprocess.run(command, check=True, capture_output=True)
    return review


def run(code: str, review: Path, argument: str, fake: FakeEntrez, **environ: str) -> dict[str, Any]:
    """Run `code` on the review with one argument more; what it prints, as JSON."""
    # In a file: DuckDB takes `python -c` for a person, and prints how far a long query is.
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(code)
        script.flush()
        done = subprocess.run(
            [sys.executable, script.name, str(review), argument],
            check=True, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"LIVING_REVIEW_ENTREZ_URL": fake.url} | environ,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found
