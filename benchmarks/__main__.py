"""Run every benchmark and write RESULTS.md.

python -m benchmarks [FILE.xml.gz ...]      PubMed XML to parse and to look for duplicates in

What an update costs with 100,000 records stored takes some ten minutes to prepare and is left to
`python -m benchmarks.growth --all`.
"""

import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    backtest,
    duplicates,
    growth,
    pages,
    parse_nlm,
    quiet_update,
    reading,
    replay_sample,
    retrieval,
    site,
    weighing,
)

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results

Measured on {day} with `make bench`: {machine}, Python {python}. Written by `python -m benchmarks`.
Times are wall-clock on that machine and vary by a third from run to run.

The labels of reading are those of `../shared/data`; the rules were tuned on six tenths of the
papers, and each figure is given for those and for the rest. What is scored on the bundled sample
is on text of our own: a floor, no accuracy.

| command | what | figure |
|---|---|---|
"""


def rows(files: list[Path]) -> Iterator[tuple[str, str, str]]:
    """Yield the command that gives a figure, what it is, and the figure."""
    for path in files:
        for row in parse_nlm.rows(path):
            yield (f"python -m benchmarks.parse_nlm {path.name}", *row)
    names = "".join(f" {path.name}" for path in files)
    for row in retrieval.rows(files[:1]):
        yield (f"python -m benchmarks.retrieval {files[0].name}", *row)
    for row in quiet_update.rows(files[:1]):
        yield (f"python -m benchmarks.quiet_update {files[0].name}", *row)
    for row in growth.rows(files):
        yield (f"python -m benchmarks.growth{names}", *row)
    for row in duplicates.rows(files):
        yield (f"python -m benchmarks.duplicates{names}", *row)
    for name, measure in reading.MEASURES.items():
        for row in measure():
            yield (f"python -m benchmarks.reading {name}", *row)
    for path in files:
        for row in reading.speed.rows([str(path)]):
            yield (f"python -m benchmarks.reading speed {path.name}", *row)
    for measured in (weighing, replay_sample, backtest, pages, site):
        for row in measured.rows():
            yield (f"python -m {measured.__name__}", *row)


def main() -> None:
    """Print each figure as it comes, then write the table."""
    lines = []
    for command, what, figure in rows([Path(name) for name in sys.argv[1:]]):
        print(f"{what}: {figure}")
        lines.append(f"| `{command}` | {what} | {figure} |\n")
    head = HEAD.format(
        day=datetime.now(UTC).date(),
        machine=f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )
    RESULTS.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
