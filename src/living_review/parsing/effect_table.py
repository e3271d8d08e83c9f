"""Tables of effects entered by people: CSV rows → findings, each checked on its own."""

import csv
import difflib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from living_review.errors import ImportError_
from living_review.model import Arm, Effect, Finding, FindingDirection, OutcomeChange
from living_review.parsing.json_lines import RECORD_ID
from living_review.protocol import Vocabulary

RATIOS = ("RR", "OR", "HR")
ALPHA = 0.05
Z95 = 1.959964  # the 97.5th percentile of the normal distribution

Number = Annotated[float, Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
People = Annotated[int, Field(ge=1)]
Events = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class ExtractedEffect:
    """One row: what a person read off one record."""

    record_id: str
    finding: Finding


# Beyond these a number is a slip of the pen: ten standard deviations, or any scale in use.
LARGEST_SMD = 10.0
LARGEST = 10_000.0


class _Row(BaseModel):
    """One row's columns. `value` is intervention minus comparator, or their ratio.

    `variance` and `se` of a ratio are those of its logarithm, as they are published.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    record_id: str = Field(pattern=RECORD_ID)
    intervention: Text
    comparator: Text
    outcome: Text
    measure: Literal["MD", "SMD", "RR", "OR", "HR", "RD"]
    value: Number
    by: Text
    variance: Positive | None = None
    se: Positive | None = None
    ci_low: Number | None = None
    ci_high: Number | None = None
    p: Annotated[float, Field(ge=0, le=1)] | None = None
    scale: Positive | None = None
    n_intervention: People | None = None
    n_comparator: People | None = None
    mean_intervention: Number | None = None
    mean_comparator: Number | None = None
    sd_intervention: Positive | None = None
    sd_comparator: Positive | None = None
    events_intervention: Events | None = None
    events_comparator: Events | None = None
    weeks: Positive | None = None
    note: str = ""

    @model_validator(mode="after")
    def _numbers_agree(self) -> Self:
        if self.measure in RATIOS and self.value <= 0:
            raise ValueError(f"'value' is {self.value:g}; a {self.measure} is above 0")
        limit = LARGEST_SMD if self.measure == "SMD" else LARGEST
        if abs(self.value) > limit:
            raise ValueError(f"'value' is {self.value:g}; no {self.measure} goes beyond ±{limit:g}")
        if (self.ci_low is None) != (self.ci_high is None):
            raise ValueError("'ci_low' and 'ci_high' come together; fill both or none")
        if self.ci_low is not None and self.ci_high is not None:
            if not self.ci_low < self.ci_high:
                raise ValueError(f"'ci_low' {self.ci_low:g} is not below 'ci_high'")
            if not self.ci_low <= self.value <= self.ci_high:
                raise ValueError(f"'value' {self.value:g} is outside its own interval")
        for arm in ("intervention", "comparator"):
            events, n = getattr(self, f"events_{arm}"), getattr(self, f"n_{arm}")
            if events is not None and (n is None or events > n):
                raise ValueError(f"'events_{arm}' is {events}; give 'n_{arm}' of at least as many")
        return self


def parse(text: str, vocabulary: Vocabulary) -> tuple[ExtractedEffect, ...]:
    """Read a table: leading `#` lines, then a header, then one effect a row, in order.

    Raises ImportError_ naming line and column at the first row that is wrong, repeats another,
    or names a drug, comparator or outcome that the vocabulary does not know.
    """
    seen: dict[tuple[object, ...], int] = {}
    effects = []
    for line, cells in _rows(text):
        try:
            row = _Row.model_validate(cells)
        except ValidationError as error:
            raise ImportError_(f"line {line}: {_sentence(error)}") from error
        _check_names(line, row, vocabulary)
        key = (row.record_id, row.intervention, row.comparator, row.outcome, row.weeks, row.by)
        if key in seen:
            raise ImportError_(f"line {line} repeats line {seen[key]}; keep one of the two")
        seen[key] = line
        effects.append(ExtractedEffect(row.record_id, _finding(row, vocabulary)))
    return tuple(effects)


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and filled cells of each row; the header is checked first."""
    lines = text.splitlines(keepends=True)
    skipped = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.DictReader(lines[skipped:], strict=True)
    try:
        _check_header(skipped + 1, reader.fieldnames or [])
        for row in reader:
            line = skipped + reader.line_num
            if None in row or None in row.values():
                raise ImportError_(f"line {line}: the row has not as many cells as the header")
            yield line, {name: cell.strip() for name, cell in row.items() if cell.strip()}
    except csv.Error as error:
        raise ImportError_(f"line {skipped + reader.line_num}: this is not CSV: {error}") from error


def _check_header(line: int, columns: Sequence[str]) -> None:
    for name in columns:
        if name not in _Row.model_fields:
            close = difflib.get_close_matches(name, _Row.model_fields, n=1, cutoff=0.5)
            hint = (
                f"did you mean '{close[0]}'?" if close else f"known: {', '.join(_Row.model_fields)}"
            )
            raise ImportError_(f"line {line}: '{name}' is not a known column; {hint}")
    for name, field in _Row.model_fields.items():
        if field.is_required() and name not in columns:
            raise ImportError_(f"line {line}: the column '{name}' is missing; every table needs it")


def _check_names(line: int, row: _Row, vocabulary: Vocabulary) -> None:
    drugs = {*vocabulary.drugs, *vocabulary.drug_classes}
    known = {
        "intervention": drugs,
        "comparator": drugs | set(vocabulary.comparators),
        "outcome": set(vocabulary.outcomes),
    }
    for column, names in known.items():
        name = getattr(row, column)
        if name not in names:
            raise ImportError_(
                f"line {line}: '{column}' is '{name}', which the vocabulary of config.yaml does "
                f"not know; known: {', '.join(sorted(names))}"
            )


def _finding(row: _Row, vocabulary: Vocabulary) -> Finding:
    change = _change(row)
    return Finding(
        record_id=row.record_id,
        intervention=row.intervention,
        comparator=row.comparator,
        outcome=row.outcome,
        direction=_direction(change, vocabulary.outcomes[row.outcome].better),
        change=change,
        significant=_significant(row),
        quote=row.note,
        tagger=f"human:{row.by}",
        weeks=row.weeks,
        effect=Effect(
            measure=row.measure,
            value=row.value,
            ci_low=row.ci_low,
            ci_high=row.ci_high,
            se=_se(row),
            p=row.p,
            n_intervention=row.n_intervention,
            n_comparator=row.n_comparator,
            scale=row.scale,
            source=f"extraction: {row.by}",
        ),
        arms=_arms(row),
    )


def _se(row: _Row) -> float | None:
    """As entered. From an interval or a p-value weighing derives it, and says so."""
    return row.se if row.variance is None else math.sqrt(row.variance)


def _change(row: _Row) -> OutcomeChange:
    size = _additive(row)
    if size == 0:
        return "no_difference"
    return "higher" if size > 0 else "lower"


def _additive(row: _Row) -> float:
    """The effect on the scale on which no difference is 0."""
    return math.log(row.value) if row.measure in RATIOS else row.value


def _direction(change: OutcomeChange, better: str) -> FindingDirection:
    if change == "no_difference":
        return "no_difference"
    return "favours_intervention" if change == better else "favours_comparator"


def _significant(row: _Row) -> bool | None:
    """By the p-value as entered, else the interval, else the standard error."""
    se = _se(row)
    if row.p is not None:
        return row.p < ALPHA
    if row.ci_low is not None and row.ci_high is not None:
        no_effect = 1.0 if row.measure in RATIOS else 0.0
        return not row.ci_low <= no_effect <= row.ci_high
    return None if se is None else abs(_additive(row)) > Z95 * se


def _arms(row: _Row) -> tuple[Arm, ...]:
    """The two arms, intervention first, where anything but their size is known."""
    arms = (
        Arm(row.intervention, row.n_intervention, row.mean_intervention, row.sd_intervention,
            row.events_intervention),
        Arm(row.comparator, row.n_comparator, row.mean_comparator, row.sd_comparator,
            row.events_comparator),
    )  # fmt: skip
    known = (arm.mean is not None or arm.events is not None for arm in arms)
    return arms if any(known) else ()


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    column = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing":
        return f"'{column}' is empty; every row needs it"
    if not column:
        return str(first["ctx"]["error"])
    said = first["msg"][0].lower() + first["msg"][1:]
    return f"'{column}' is {first['input']!r}; {said}"
