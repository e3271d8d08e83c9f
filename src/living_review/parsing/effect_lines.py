"""The text of an entered table → its rows as cells by column; the header is checked first."""

import csv
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from living_review.errors import ImportError_
from living_review.parsing.arm_rows import ArmRow
from living_review.parsing.csv_headers import bare, table_of
from living_review.parsing.effect_cells import Row, called
from living_review.parsing.effect_rows import EffectRow
from living_review.parsing.text_files import lines

OTHER_NAMES = {"study": "record_id"}
SHOWN = 20  # faults of one file

Fault = tuple[int, str]  # the line, and what is wrong in it


@dataclass(frozen=True, slots=True)
class Cells:
    """The filled cells of one row; `fault` where the row as a whole cannot be read."""

    line: int
    cells: dict[str, str]
    fault: str = ""


def read(text: str) -> tuple[type[Row], list[Cells]]:
    """Which form the table has, and its rows; those without a filled cell are passed over.

    ImportError_ for no rows, and for a header with unknown, missing or repeated columns.
    """
    skipped, table = table_of(text)
    reader = csv.reader(lines(table), delimiter=_delimiter(table), strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise ImportError_(f"line {skipped + 1}: this is not CSV: {error}") from error
    form = ArmRow if "arm" in map(bare, header) else EffectRow
    columns = _columns(header, form)
    if faults := list(_header_faults(header, columns, form)):
        raise refused([(skipped + 1, said) for said in faults])
    rows = list(_rows(reader, columns, skipped))
    if not rows:
        raise ImportError_("holds no row below its header")
    return form, rows


def refused(faults: Sequence[Fault]) -> ImportError_:
    """The error that names the faults in the order of their lines."""
    said = [f"line {line}: {sentence}" for line, sentence in sorted(faults, key=lambda f: f[0])]
    if len(said) == 1:
        return ImportError_(said[0])
    more = [f"and {len(said) - SHOWN} more"] if len(said) > SHOWN else []
    listed = "\n  ".join(said[:SHOWN] + more)
    return ImportError_(f"{len(said)} faults, so that no row is taken:\n  {listed}")


def _delimiter(table: str) -> str:
    """Comma, semicolon or tab, whichever parts the header into most columns."""
    header = next(iter(lines(table)), "")
    return max(",;\t", key=header.count)


def _columns(header: Sequence[str], form: type[Row]) -> list[str]:
    """Each column by its field's name, where it has one."""
    fields = {bare(name): name for name in form.model_fields} | OTHER_NAMES
    return [fields.get(bare(name), name.strip()) for name in header]


def _header_faults(header: Sequence[str], columns: Sequence[str], form: type[Row]) -> Iterator[str]:
    fields = form.model_fields
    for name in dict.fromkeys(columns):
        if columns.count(name) > 1 and name:
            given = [f"'{h.strip()}'" for h, c in zip(header, columns, strict=True) if c == name]
            yield f"the columns {' and '.join(given)} say one thing; keep one of them"
        if name not in fields:
            yield f"'{name}' is not a known column; {_hint(name, form)}"
    for name, field in fields.items():
        if field.is_required() and name not in columns:
            yield f"the column {called(name)} is missing; every table needs it"


def _hint(name: str, form: type[Row]) -> str:
    """Which column may be meant; one of the other form is named as such."""
    if bare(name) in map(bare, (ArmRow if form is EffectRow else EffectRow).model_fields):
        each, has = ("arm", "a") if form is EffectRow else ("comparison", "no")
        return f"it belongs to a table with a row for each {each}, which has {has} column 'arm'"
    names = [*form.model_fields, *OTHER_NAMES]
    close = difflib.get_close_matches(name, names, n=1)
    return f"did you mean '{close[0]}'?" if close else f"known: {', '.join(names)}"


def _rows(reader: Iterator[list[str]], columns: Sequence[str], skipped: int) -> Iterator[Cells]:
    at = skipped + reader.line_num  # type: ignore[attr-defined]
    try:
        for cells in reader:
            line, at = at + 1, skipped + reader.line_num  # type: ignore[attr-defined]
            if any(cell.strip() for cell in cells):
                yield _row(line, columns, [cell.strip() for cell in cells])
    except csv.Error as error:
        yield Cells(at + 1, {}, f"what begins here is not CSV: {error}")


def _row(line: int, columns: Sequence[str], cells: Sequence[str]) -> Cells:
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        return Cells(line, {}, f"the row has not as many cells as the header, {len(columns)}")
    return Cells(line, {name: cell for name, cell in zip(columns, cells, strict=False) if cell})
