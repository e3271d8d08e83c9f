"""The note `store/service.json`: where a review is served, and by which processes."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from living_review.errors import UserError
from living_review.warehouse import store_path

STOP_SECONDS = 10.0  # PLATFORM 1: some Prefect servers never end by themselves


def prefect_home(review: Path) -> Path:
    """Where Prefect keeps what it knows of this review, absolute: runs start elsewhere."""
    return store_path(review.resolve()) / "prefect"


def note(review: Path, api: str, server_pid: int | None) -> None:
    """Write down the address, this process, and the server it started (None for another's)."""
    pids = {"serve": os.getpid()} | ({"server": server_pid} if server_pid else {})
    processes = {name: {"pid": pid, "command": command_of(pid)} for name, pid in pids.items()}
    noted = {"api": api, "url": page_of(api), "processes": processes}
    path = _path(review)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".part").write_text(json.dumps(noted, indent=1))
    path.with_suffix(".part").replace(path)


def forget(review: Path) -> None:
    """Remove the note: this review is served no more."""
    _path(review).unlink(missing_ok=True)


def api_of(review: Path) -> str | None:
    """The API the note names; None without a note."""
    return _read(review).get("api")


def page_of(api: str) -> str:
    """The address of the pages that belong to an API."""
    return api.rstrip("/").removesuffix("/api")


def reap(review: Path) -> None:
    """End the server that a crashed service left behind; UserError while it is still served."""
    left = _read(review).get("processes", {})
    serve, server = left.get("serve"), left.get("server")
    # In a container the service that starts again has the number of the one that crashed.
    if serve and serve["pid"] != os.getpid() and _is_running(serve):
        raise UserError(
            f"{review} is served already by process {serve['pid']}; stop that one first"
        )
    if server and _is_running(server):
        _end(server["pid"])
    forget(review)


def command_of(pid: int) -> str:
    """The command line of a running process; empty when there is none."""
    if Path("/proc/self").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return ""
        return b" ".join(words).decode(errors="replace").strip()
    listed = subprocess.run(  # noqa: S603  # a number, and no shell
        ["ps", "-o", "command=", "-p", str(pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return listed.stdout.strip()


def _is_running(process: Mapping[str, Any]) -> bool:
    """Whether that process still runs: its number alone may have been given to another."""
    return bool(process["command"]) and command_of(process["pid"]) == process["command"]


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while command_of(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.1)


def _read(review: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_path(review).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _path(review: Path) -> Path:
    return store_path(review) / "service.json"
