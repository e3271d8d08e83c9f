"""Prefect's surroundings, to be settled before anything imports it; what the user set wins."""

import os
from pathlib import Path

from living_review.stages.served import prefect_home

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # 20 s do not do on a busy machine
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_RUNNER_POLL_FREQUENCY": "3",  # seconds; somebody waits for a triggered run
}


def settle(review: Path, console: str) -> None:
    """Keep Prefect's home in the review's store, and let out no look-up and no noise.

    `console` is the lowest level of Prefect's log that reaches stderr; the log that Prefect
    keeps of each run is whole whatever that is.
    """
    given = {
        "PREFECT_HOME": str(prefect_home(review)),
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": console,
    }
    for name, value in (QUIET | given).items():
        os.environ.setdefault(name, value)
    # Prefect makes the last folder only, and warns in many lines where its parent is missing.
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
