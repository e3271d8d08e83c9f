"""The wide form of an entered table: one row is one comparison, with both arms in columns.

`value` is intervention minus comparator, or their ratio; `variance` and `se` of a ratio are those
of its logarithm, as they are published. `measure` and `value` may be left empty where both arms
have mean, SD and size, or events and size; `value` also where `p`, `favours` and both sizes stand.
"""

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from living_review.model import Arm
from living_review.parsing import effect_cells
from living_review.parsing.effect_cells import Events, Number, People, Positive, Row, Text
from living_review.parsing.effect_checks import arm_faults
from living_review.parsing.entered_effects import Entered

ENDINGS = ("_intervention", "_comparator")  # of the columns of either arm
ROUNDED = 0.1  # two figures that were rounded apart still differ by less than a tenth


class EffectRow(Row):
    """One row's columns."""

    intervention: Text
    comparator: Text
    measure: Literal["MD", "SMD", "RR", "OR", "HR", "RD"] | None = None
    value: Number | None = None
    variance: Positive | None = None
    se: Positive | None = None
    ci_low: Number | None = None
    ci_high: Number | None = None
    p: Annotated[float, Field(ge=0, le=1)] | None = None
    favours: Literal["intervention", "comparator"] | None = None
    n_intervention: People | None = None
    n_comparator: People | None = None
    mean_intervention: Number | None = None
    mean_comparator: Number | None = None
    sd_intervention: Positive | None = None
    sd_comparator: Positive | None = None
    events_intervention: Events | None = None
    events_comparator: Events | None = None


def faults(row: EffectRow) -> Iterator[str]:
    """What is wrong with a row whose cells are each well formed."""
    yield from effect_cells.faults(row)
    for arm, ending in zip(_arms(row), ENDINGS, strict=True):
        yield from arm_faults(arm, row.scale, ending)
    if row.intervention == row.comparator:
        yield f"'{row.intervention}' is held against itself"
    if row.se and row.variance and abs(row.se**2 / row.variance - 1) > ROUNDED:
        yield f"'se' {row.se:g} is not the root of 'variance' {row.variance:g}; keep one of them"


def entered(line: int, row: EffectRow) -> Entered:
    """The comparison of one row."""
    return Entered(
        lines=(line, line),
        record_id=row.record_id,
        outcome=row.outcome,
        arms=_arms(row),
        by=row.by,
        weeks=row.time,
        measure=row.measure,
        value=row.value,
        se=row.se if row.variance is None else math.sqrt(row.variance),
        ci_low=row.ci_low,
        ci_high=row.ci_high,
        p=row.p,
        scale=row.scale,
        favours=row.favours,
        total=None if row.total is None else (row.total, line),
        time_point=row.time_said,
        note=row.note,
        label=row.label,
    )


def _arms(row: EffectRow) -> tuple[Arm, Arm]:
    return (
        Arm(row.intervention, row.n_intervention, row.mean_intervention, row.sd_intervention,
            row.events_intervention),
        Arm(row.comparator, row.n_comparator, row.mean_comparator, row.sd_comparator,
            row.events_comparator),
    )  # fmt: skip
