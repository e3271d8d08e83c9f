"""How well records are read, on labelled real abstracts and on the sample corpus.

One measure a module, each with `rows(files, wrong)`. The rules were tuned on six tenths of the
files' papers (`common.is_tuning`).
"""

from collections.abc import Iterator

from benchmarks.reading import design, directions, eligibility, gabapentinoids, speed
from benchmarks.reading.common import Row

MEASURES = {
    "eligibility": eligibility.rows,
    "design": design.rows,
    "gabapentinoids": gabapentinoids.rows,
    "directions": directions.rows,
    "speed": speed.rows,
}


def rows() -> Iterator[Row]:
    """What was measured and the figure, for every measure."""
    for measure in MEASURES.values():
        yield from measure()
