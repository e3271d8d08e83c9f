"""Tables of effects entered by people: CSV → findings, each row checked, every fault named.

Two forms, told apart by the header: a row for each comparison (`effect_rows`), or a row for each
arm of a study (`arm_rows`), where there is a column `arm`. In both `study` is another name of
`record_id`, and names are read without regard to case, spaces and marks. What a table holds of a
study is one result for each outcome, time and person who entered it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pydantic import ValidationError

from living_review.parsing import (
    arm_rows,
    effect_agreement,
    effect_checks,
    effect_gaps,
    effect_rows,
)
from living_review.parsing.arm_rows import ArmRow, Line
from living_review.parsing.effect_cells import (
    Row,
    names_known,
    sentences,
    unknown_names,
    with_known_names,
)
from living_review.parsing.effect_lines import Cells, Fault, read, refused
from living_review.parsing.effect_rows import EffectRow
from living_review.parsing.effect_sizes import sized
from living_review.parsing.entered_effects import Entered, ExtractedEffect, finding_of
from living_review.protocol import Vocabulary

R = TypeVar("R", bound=Row)


def parse(text: str, vocabulary: Vocabulary) -> tuple[ExtractedEffect, ...]:
    """Read a table: leading `#` lines, then a header, then the rows; effects in their order.

    ImportError_ lists everything that is wrong, each with its line (the first 20, and how many
    more are there); a table with any fault gives nothing.
    """
    form, rows = read(text)
    in_arms = form is ArmRow
    entered, faults = _of_arms(rows, vocabulary) if in_arms else _of_effects(rows, vocabulary)
    faults += effect_agreement.faults(entered)
    found = []
    for each in entered:
        said = [*effect_gaps.gaps(each, vocabulary)]
        said += effect_checks.contradictions(each)
        if not said:
            effect, difference = sized(each, vocabulary)
            said += effect_checks.computed_faults(effect, each)
            finding = finding_of(each, effect, difference, vocabulary)
            said += effect_checks.side_faults(each, finding.direction)
            found.append(ExtractedEffect(each.record_id, finding, each.label))
        first, last = sorted(each.lines)
        about = f"with line {first}: " if first < last else ""
        faults += [(last, f"{about}{sentence}") for sentence in said]
    if faults:
        raise refused(faults)
    return tuple(found)


def _of_effects(rows: Sequence[Cells], vocabulary: Vocabulary) -> tuple[list[Entered], list[Fault]]:
    """The rows of the wide form that are sound on their own, and the faults of the others."""
    sound, faults = _sound(rows, EffectRow, effect_rows.faults, vocabulary)
    return [effect_rows.entered(line, row) for line, row in sound], faults


def _of_arms(rows: Sequence[Cells], vocabulary: Vocabulary) -> tuple[list[Entered], list[Fault]]:
    """The comparisons of the results that are sound in all their arms, and all faults.

    Nothing is said to lack an arm where a row of the same study is faulty: it may be that row.
    """
    sound, faults = _sound(rows, ArmRow, arm_rows.faults, vocabulary)
    faulty = {line for line, _ in faults}
    ill = {each.cells.get("record_id") for each in rows if each.line in faulty}
    entered: list[Entered] = []
    for result in arm_rows.results([Line(line, row) for line, row in sound]):
        whole = not {result[0].row.record_id, None} & ill
        wrong = list(arm_rows.group_faults(result, vocabulary, whole=whole))
        faults += wrong
        entered += [] if wrong else arm_rows.comparisons(result, vocabulary)
    return entered, faults


def _sound(
    rows: Sequence[Cells],
    form: type[R],
    check: Callable[[R], Iterator[str]],
    vocabulary: Vocabulary,
) -> tuple[list[tuple[int, R]], list[Fault]]:
    """The rows whose cells can be right, each with its line, and the faults of the others."""
    known = {
        column: names
        for column, names in names_known(vocabulary).items()
        if column in form.model_fields
    }
    sound: list[tuple[int, R]] = []
    faults: list[Fault] = []
    for each in rows:
        cells = with_known_names(each.cells, known)
        said = [each.fault] if each.fault else list(unknown_names(cells, known, vocabulary))
        try:
            row = None if each.fault else form.model_validate(cells)
        except ValidationError as error:
            row, said = None, [*sentences(error), *said]
        if row is not None:
            said += check(row)
        if row is not None and not said:
            sound.append((each.line, row))
        faults += [(each.line, sentence) for sentence in said]
    return sound, faults
