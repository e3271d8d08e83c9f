"""A review served by a real Prefect server: it runs on its cron, on request, and leaves no trace.

The one slow test of the flows: it waits for a minute to begin.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from living_review.errors import UserError
from living_review.flows.serve import trigger
from living_review.stages.freshness import attempts
from living_review.warehouse import store_path
from tests.flows.small_review import every_minute

COMMAND = [sys.executable, "-m", "living_review", "--review"]


@pytest.fixture
def service(review, tmp_path):
    """`living-review serve` on its own Prefect server, started from another folder."""
    every_minute(review)
    with subprocess.Popen(
        [*COMMAND, str(review.folder), "serve"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        yield serving
        serving.kill()
    for pid in processes_of(review.folder):
        os.kill(pid, signal.SIGKILL)


def run(review, tmp_path, *words):
    return subprocess.run(
        [*COMMAND, str(review.folder), *words],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def environment() -> dict[str, str]:
    """That of a user who set nothing for Prefect."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}


def processes_of(folder: Path) -> list[int]:
    """Every process but this one that knows of the review, by its words or its environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in told and int(process.name) != os.getpid():
            found.append(int(process.name))
    return found


def artifacts(api: str) -> set[tuple[str, str]]:
    """Every artifact as (key, description)."""
    request = urllib.request.Request(
        f"{api}/artifacts/filter", data=b"{}", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return {(entry["key"], entry["description"]) for entry in json.load(answer)}


def wait_for(what, seconds: float):
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.3)
    return found


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads processes from /proc")
def test_a_served_review_runs_on_its_cron_and_on_request_and_leaves_no_process(
    review, service, tmp_path
):
    greeting = service.stdout.readline()
    note = json.loads((store_path(review.folder) / "service.json").read_text())
    assert note["url"] in greeting
    assert "next update" in greeting

    asked = run(review, tmp_path, "trigger", "--watch")
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert asked.stdout.splitlines()[-1].startswith("Completed: ")

    unknown = run(review, tmp_path, "trigger", "update-review/monthly")
    assert unknown.returncode == 2
    assert "served: recheck-included/scheduled, update-review/manual" in unknown.stderr

    done = wait_for(lambda: _triggers(review) >= {"manual", "schedule"}, 75)
    assert done
    assert ("diff", "Published 1.0.0: First version: 14 conclusions") in artifacts(note["api"])

    service.terminate()
    assert service.wait(20) == 0
    assert processes_of(review.folder) == []
    assert not (store_path(review.folder) / "service.json").exists()


def test_asking_for_a_run_where_nothing_is_served_names_the_way_out(review):
    with pytest.raises(UserError, match="start it with `living-review serve`"):
        trigger(review.folder)
    assert not store_path(review.folder).exists()


def _triggers(review) -> set[str]:
    return {a["trigger"] for a in attempts(review.folder) if a["outcome"] == "done"}
