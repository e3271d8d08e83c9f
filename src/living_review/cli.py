"""The command line: finds the review folder, runs a command, and gives the exit code.

The commands themselves are in `living_review.commands`.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import CycloptsError, Parameter

# Importing a module of commands adds its commands to the app.
from living_review.commands import app, deciding, exchanging, judging, looking, running
from living_review.errors import ConfigError, LivingReviewError, UserError

__all__ = ["app", "deciding", "exchanging", "judging", "looking", "main", "running"]


def main() -> None:
    """Run a command; errors are one sentence on stderr and an exit code (DESIGN 7)."""
    code = None
    try:
        code = app.meta(
            sys.argv[1:], exit_on_error=False, print_error=True, result_action="return_value"
        )
    except CycloptsError:
        sys.exit(2)
    except LivingReviewError as error:
        print(f"living-review: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("living-review: stopped; the next update goes on from here", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe went away, as `head` does; that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code if isinstance(code, int) else 0)


@app.meta.default
def launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    review: Path | None = None,
) -> Any:
    """Find the review folder and run the command.

    Parameters
    ----------
    review
        The review folder; the nearest folder upwards with a config.yaml when not given.

    """
    command, bound, ignored = app.parse_args(tokens, exit_on_error=False, print_error=True)
    given: dict[str, Any] = {"review": _review_folder(review)} if "review" in ignored else {}
    return command(*bound.args, **bound.kwargs, **given)


def _review_folder(named: Path | None) -> Path:
    if named is not None:
        if not (named / "config.yaml").is_file():
            raise ConfigError(
                f"{named}/config.yaml: there is no such file; "
                "`living-review init DIR` makes a review folder"
            )
        return named.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "config.yaml").is_file():
            return folder
    raise UserError(
        f"no config.yaml in {here} or above; name a review with --review DIR, "
        "or make one with `living-review init DIR --sample`"
    )
