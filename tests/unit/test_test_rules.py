"""The rules of tests/conftest.py hold: no network, no foreign home, no silent skip."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("eutils.example.org", 443)])
def test_a_test_that_reaches_for_the_network_is_told_what_to_do(address):
    with pytest.raises(RuntimeError, match=r"tests have no network.*tests/fakes"):
        socket.create_connection(address, timeout=1)


def test_a_socket_of_ones_own_does_not_get_round_it():
    with socket.socket() as client, pytest.raises(RuntimeError, match="tests have no network"):
        client.connect_ex(("192.0.2.1", 80))


def test_a_stand_in_server_on_loopback_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_what_programs_keep_for_their_user_goes_to_a_temporary_home():
    assert "living-review-tests-" in os.path.expanduser("~")
    assert "living-review-tests-" in os.environ["MPLCONFIGDIR"]
    assert "NCBI_API_KEY" not in os.environ


@pytest.mark.parametrize(("no_skips", "exit_code"), [("1", 1), ("", 0)])
def test_a_skip_is_named_and_fails_the_run_where_none_is_allowed(tmp_path, no_skips, exit_code):
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "test_one.py").write_text(
        "def test_it(shared_data): ...\n\ndef test_other(): ...\n"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir", str(tmp_path), str(tmp_path)],
        env={
            **os.environ,
            "LIVING_REVIEW_NO_SKIPS": no_skips,
            "LIVING_REVIEW_SHARED": "/nowhere/at/all",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == exit_code, ran.stdout
    assert "test_it: Skipped: the shared data is not at /nowhere/at/all" in ran.stdout
