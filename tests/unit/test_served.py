"""The note of a served review: what a crash left is ended, what is not ours is left alone."""

import json
import subprocess
import sys

import pytest

from living_review.errors import UserError
from living_review.stages import served
from living_review.warehouse import store_path

API = "http://127.0.0.1:4200/api"


@pytest.fixture
def process():
    """A process that would run for an hour."""
    waits = "import time; print(flush=True); time.sleep(3600)"
    sleeper = subprocess.Popen([sys.executable, "-c", waits], stdout=subprocess.PIPE)
    sleeper.stdout.readline()  # until then it still has our own command line
    yield sleeper
    sleeper.stdout.close()
    sleeper.kill()
    sleeper.wait()


def leave_note(review, **processes):
    store_path(review).mkdir(parents=True)
    noted = {name: {"pid": pid, "command": command} for name, (pid, command) in processes.items()}
    path = store_path(review) / "service.json"
    path.write_text(json.dumps({"api": API, "processes": noted}))
    return path


def test_the_note_says_where_and_is_forgotten(tmp_path):
    served.note(tmp_path, API, None)
    assert served.api_of(tmp_path) == API

    served.forget(tmp_path)
    assert served.api_of(tmp_path) is None


def test_the_server_of_a_crashed_service_is_ended(tmp_path, process):
    command = served.command_of(process.pid)
    note = leave_note(tmp_path, serve=(2**22 - 1, "gone"), server=(process.pid, command))

    served.reap(tmp_path)

    assert process.wait(5) is not None
    assert not note.exists()


def test_a_process_that_has_been_given_the_number_since_is_left_alone(tmp_path, process):
    leave_note(tmp_path, server=(process.pid, "python -m prefect server start"))

    served.reap(tmp_path)

    assert process.poll() is None


def test_a_review_is_not_served_twice(tmp_path, process):
    leave_note(tmp_path, serve=(process.pid, served.command_of(process.pid)))

    with pytest.raises(UserError, match=f"served already by process {process.pid}"):
        served.reap(tmp_path)


def test_half_a_note_is_no_note(tmp_path):
    leave_note(tmp_path).write_text("{")

    served.reap(tmp_path)

    assert served.api_of(tmp_path) is None


@pytest.mark.parametrize("api", ["http://a:1/api", "http://a:1/api/"])
def test_the_pages_are_where_the_api_is(api):
    assert served.page_of(api) == "http://a:1"
