"""A run that stops anywhere is finished by the next one, and published bytes come back."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from living_review.stages import published, verify
from living_review.stages.update import STAGES
from living_review.warehouse import store_path
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, trial

PAPERS = (trial(1, "2004-03-01", BETTER), trial(2, "2004-06-01", NO_DIFFERENCE))
# What each stage writes; draft rows go together with what rests on them.
OUTPUTS = {
    "parse": ("record",),
    "link": ("record_link",),
    "tag": ("reading", "tag", "finding"),
    "screen": ("screening_decision",),
    "weigh": ("draft_conclusion", "draft_comparison"),
    "compare": ("draft_comparison",),
}


@pytest.fixture
def review(tmp_path):
    return LivingReview(tmp_path / "review")


@pytest.fixture
def straight(tmp_path):
    """What the same update publishes when nothing interrupts it."""
    review = LivingReview(tmp_path / "straight")
    review.update("2005-01-01", *PAPERS)
    return review


@pytest.mark.parametrize("last", [name for name, _ in STAGES[:-1]])
def test_an_update_that_stopped_after_any_stage_is_finished_by_the_next(review, straight, last):
    review.update("2005-01-01", *PAPERS, until=last)
    assert review.versions() == []

    report = review.update("2005-01-01")

    assert report["version"] == "1.0.0"
    assert report["conclusions"] == _report(straight)["conclusions"]


@pytest.mark.parametrize("stage", OUTPUTS)
def test_an_update_makes_a_stages_lost_output_again(review, straight, stage):
    review.update("2005-01-01", *PAPERS, until="check")
    for table in OUTPUTS[stage]:
        review.delete_rows(table)

    report = review.update("2005-01-01")

    assert report["conclusions"] == _report(straight)["conclusions"]


def test_missing_files_of_a_version_are_made_again_under_its_number(review):
    review.update("2005-01-01", *PAPERS)
    kept = review.published_bytes()
    (store_path(review.folder) / "reports" / "1.0.0" / "report.md").unlink()

    assert review.update("2005-01-02") is None
    assert review.published_bytes() == kept


def test_a_lost_reports_folder_is_made_again_whole(review):
    review.update("2005-01-01", *PAPERS)
    kept = review.published_bytes()
    shutil.rmtree(store_path(review.folder) / "reports")

    review.update("2005-01-02")

    assert review.published_bytes() == kept
    assert (store_path(review.folder) / "reports" / "latest" / "index.html").is_file()


def test_versions_rebuild_in_another_folder_after_a_later_decision_and_import(review, tmp_path):
    review.update("2005-01-01", PAPERS[0])
    review.update("2005-06-01", PAPERS[1])
    review.decide(2, "exclude")
    review.bring(
        "effects.csv",
        "record_id,intervention,comparator,outcome,measure,value,variance,by\n"
        "pmid:1,gabapentin,placebo,leg_pain,SMD,-0.9,0.04,ab\n",
    )
    elsewhere = tmp_path / "some where else"
    shutil.move(review.folder, elsewhere)
    for seed, zone in (("0", "UTC"), ("12345", "Pacific/Auckland")):
        done = subprocess.run(
            [sys.executable, "-m", "living_review", "--review", str(elsewhere), "verify"],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count("rebuilt byte for byte") == 2


def test_verify_names_a_file_that_was_changed_and_one_that_is_gone(review):
    review.update("2005-01-01", *PAPERS)
    folder = store_path(review.folder) / "reports" / "1.0.0"
    (folder / "report.md").write_text("tampered")
    (folder / "records.csv").unlink()
    (folder / "stray.txt").write_text("not ours")

    (found,) = verify.run(review.folder)

    assert any(fault.startswith("report.md: changed") for fault in found.faults)
    assert any(fault.startswith("records.csv: missing") for fault in found.faults)
    assert any(fault.startswith("stray.txt: is no file") for fault in found.faults)


def test_ten_kills_at_random_moments_lose_nothing(review, straight):
    review.give(*PAPERS)
    moments = random.Random(7)
    command = [
        sys.executable, "-m", "living_review", "--review", str(review.folder),
        "update", "--as-of", "2005-01-01", "--no-prefect",
    ]  # fmt: skip
    started = time.monotonic()
    subprocess.run([*command, "--dry-run"], check=True, capture_output=True)
    whole = time.monotonic() - started  # a dry run takes as long as what it tries
    for _ in range(10):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.1 * whole, whole))
        running.send_signal(signal.SIGKILL)
        running.wait()
        _assert_no_half_version(review)
    review.update("2005-01-01")

    assert review.versions() == ["1.0.0"]
    assert _report(review)["conclusions"] == _report(straight)["conclusions"]
    (found,) = verify.run(review.folder)
    assert found.faults == ()


def _assert_no_half_version(review):
    reports = store_path(review.folder) / "reports"
    if not reports.exists():
        return
    for folder in reports.iterdir():
        if folder.is_dir() and not folder.is_symlink() and folder.name[0].isdigit():
            assert (folder / "manifest.json").is_file()
            assert (folder / "index.html").is_file()


def _report(review):
    return published.report(review.folder, None)
