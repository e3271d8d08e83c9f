"""The commands of the command line, by what a person comes to do; each is thin.

Everything they know to do is in stages and flows; the clock is read here and nowhere deeper.
"""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.console import Console

from living_review import __version__
from living_review.errors import UserError

app = App(
    name="living-review",
    version=__version__,
    help="Keep one systematic review alive: from new records to changed conclusions, with reasons.",
)
Review = Annotated[Path, Parameter(parse=False)]
OutFile = Annotated[Path | None, Parameter(name=("--out-file", "--out"))]
AsJson = Annotated[bool, Parameter(name="--json")]
out = Console(highlight=False)


def print_json(found: Any) -> None:
    """Print one object as JSON, sorted and indented."""
    from living_review.reporting.plain import escaped

    print(escaped(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False)))


def day(text: str) -> date:
    """Read a date as a person types it; UserError when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"'{text}' is not a date; write it as 2024-12-31") from error


def write(path: Path, text: str) -> None:
    """Write a file that a person named; UserError when that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from error
