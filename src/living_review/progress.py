"""Progress of a long run: a bar in a terminal, a plain line a stage in a log, nothing for JSON."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Told = Callable[[str, dict[str, int]], None]


@contextmanager
def progress(
    stages: Sequence[tuple[str, object]], runs: int = 1, quiet: bool = False
) -> Iterator[Told]:
    """Give a function that hears each stage as it ends, with its counts."""
    if quiet:
        yield lambda stage, counts: None
        return
    if not sys.stderr.isatty():
        yield _say
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=len(stages) * runs)

        def told(stage: str, counts: dict[str, int]) -> None:
            bar.update(task, advance=1, description=_line(stage, counts))

        yield told


def _say(stage: str, counts: dict[str, int]) -> None:
    print(_line(stage, counts), file=sys.stderr)


def _line(stage: str, counts: dict[str, int]) -> str:
    said = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    return f"{stage}: {said or 'nothing new'}"
