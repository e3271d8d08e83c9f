"""Prefect's surroundings, to be settled before anything imports it; what the user set wins."""

import os
from pathlib import Path

from living_review.stages.served import prefect_home

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
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
