"""A Prefect server of our own, for a review that is served without PREFECT_API_URL."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from living_review.errors import UserError
from living_review.stages.served import STOP_SECONDS

HOST = "127.0.0.1"
USUAL_PORT = 4200
START_SECONDS = 120.0  # a new home migrates its database first: 13–17 s on two idle cores


def start() -> tuple[subprocess.Popen[bytes], str]:
    """Start a server with its home in PREFECT_HOME; its process, and its API once it answers.

    UserError, naming the log, when it ends or does not answer within START_SECONDS.
    """
    port = _free_port()
    api = f"http://{HOST}:{port}/api"
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "prefect", "server", "start"]
    with log.open("wb") as output:
        server = subprocess.Popen(  # noqa: S603  # our own interpreter and words
            [*command, "--host", HOST, "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A session of its own: Ctrl-C reaches only us, and we still need it to say farewell.
            start_new_session=True,
        )
    try:
        _wait_until_it_answers(api, server, log)
    except BaseException:
        stop(server)
        raise
    return server, api


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server for good: asked first, then killed."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def answers(api: str) -> bool:
    """Whether a Prefect API is there and well."""
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_until_it_answers(api: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(api):
        if server.poll() is not None or time.monotonic() > deadline:
            raise UserError(f"the Prefect server did not start; its own words are in {log}")
        time.sleep(0.2)


def _free_port() -> int:
    """The usual port, or the one the user set; any free one where that is taken."""
    wanted = int(os.environ.get("PREFECT_SERVER_API_PORT", USUAL_PORT))
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UserError(f"no port is free on {HOST}")
