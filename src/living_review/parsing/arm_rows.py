"""The long form of an entered table: one row is one arm of a study.

Rows with the same study, outcome, time and `by` are the arms of one result. Each drug or drug
class among them is set against every other arm, so that three arms make two or three comparisons:
a team expects each comparison of a trial to be there, as it would be read in the paper. Of two
drugs the one listed first is the intervention; two comparators make none. An arm that stands in
several comparisons still counts once in a pool: one study gives a claim one finding (METHOD 3).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeVar

from living_review.model import Arm
from living_review.parsing import effect_cells
from living_review.parsing.effect_cells import Events, Number, People, Positive, Row, Text
from living_review.parsing.effect_checks import arm_faults
from living_review.parsing.entered_effects import Entered
from living_review.protocol import Vocabulary

NEEDS = "an arm needs 'mean', 'sd' and 'n', or 'events' and 'n'"

T = TypeVar("T")


class ArmRow(Row):
    """One row's columns."""

    arm: Text
    measure: Literal["MD", "SMD", "RR", "OR", "RD"] | None = None
    mean: Number | None = None
    sd: Positive | None = None
    n: People | None = None
    events: Events | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row and where it stands."""

    line: int
    row: ArmRow


def faults(row: ArmRow) -> Iterator[str]:
    """What is wrong with a row whose cells are each well formed: it makes no arm."""
    yield from effect_cells.faults(row)
    yield from arm_faults(_arm(row), row.scale)
    measured = row.mean is not None or row.sd is not None
    if measured and row.events is not None:
        yield "an arm is measured or counted; leave out 'mean' and 'sd', or 'events'"
        return
    wanted = ("mean", "sd", "n") if row.events is None else ()
    empty = [name for name in wanted if getattr(row, name) is None]
    if empty:
        yield f"'{empty[0]}' is empty; {NEEDS}"


def results(lines: Sequence[Line]) -> list[list[Line]]:
    """The rows of each study, outcome, time and person, in the order of the table."""
    found: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for each in lines:
        row = each.row
        found[row.record_id, row.outcome, row.time, row.by].append(each)
    return list(found.values())


def group_faults(
    arms: Sequence[Line], vocabulary: Vocabulary, *, whole: bool
) -> Iterator[tuple[int, str]]:
    """What is wrong with the arms of one result together, each with its line.

    Where it is not `whole` a row of it may be missing, and nothing is said of what it lacks.
    """
    seen: dict[str, int] = {}
    for each in arms:
        name = each.row.arm
        if name in seen:
            yield each.line, f"repeats the arm '{name}' of line {seen[name]}; keep or combine them"
        seen.setdefault(name, each.line)
    last = arms[-1]
    if whole and len(arms) == 1:
        alone = f"'{last.row.arm}' is the only arm of its study, outcome, time and 'by'"
        yield last.line, f"{alone}; two arms make an effect"
    elif whole and not any(_is_drug(each, vocabulary) for each in arms):
        yield last.line, f"no arm from line {arms[0].line} on is a drug or drug class"
    yield from _disagreements(arms)


def _disagreements(arms: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Arms of one result that are told in different ways; an empty cell says nothing."""
    for column in ("measure", "scale", "total"):
        told = [(each.line, getattr(each.row, column)) for each in arms]
        told = [(line, cell) for line, cell in told if cell is not None]
        for line, cell in told:
            if cell != told[0][1]:
                other = f"{told[0][1]} in line {told[0][0]}"
                yield line, f"'{column}' is {cell}, and {other}, an arm of the same result"
    for each in arms:
        if (each.row.events is None) != (arms[0].row.events is None):
            yield each.line, f"one arm is measured and the other counted, in line {arms[0].line}"


def comparisons(arms: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Entered]:
    """Each drug of a result against every other arm; see the top of this module."""
    for pair in combinations(arms, 2):
        drugs = [each for each in pair if _is_drug(each, vocabulary)]
        if drugs:
            mine = drugs[0]
            yield _entered(mine, pair[1] if mine is pair[0] else pair[0], arms)


def _entered(mine: Line, other: Line, arms: Sequence[Line]) -> Entered:
    row = mine.row
    rows = [each.row for each in arms]
    notes = dict.fromkeys(each.note for each in (row, other.row) if each.note)
    return Entered(
        lines=(mine.line, other.line),
        record_id=row.record_id,
        outcome=row.outcome,
        arms=(_arm(row), _arm(other.row)),
        by=row.by,
        weeks=row.time,
        measure=_first(each.measure for each in rows),
        scale=_first(each.scale for each in rows),
        total=next(((n, each.line) for each in arms if (n := each.row.total)), None),
        time_point=row.time_said or other.row.time_said,
        note="; ".join(notes),
        label=row.label or other.row.label,
    )


def _arm(row: ArmRow) -> Arm:
    return Arm(row.arm, row.n, row.mean, row.sd, row.events)


def _is_drug(each: Line, vocabulary: Vocabulary) -> bool:
    return each.row.arm in vocabulary.drugs or each.row.arm in vocabulary.drug_classes


def _first(cells: Iterator[T | None]) -> T | None:
    return next((cell for cell in cells if cell is not None), None)
