"""The cells of an entered table: their kinds, and what is said of one that cannot be right."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from living_review.parsing.csv_headers import bare
from living_review.parsing.json_lines import RECORD_ID
from living_review.parsing.time_points import weeks_of
from living_review.protocol import Vocabulary


def _plain(cell: Any) -> Any:
    """Papers print a minus sign that is no hyphen, and it is copied with the number."""
    return cell.replace("\N{MINUS SIGN}", "-") if isinstance(cell, str) else cell


def _is_time(text: str) -> str:
    weeks_of(text)
    return text


Number = Annotated[float, BeforeValidator(_plain), Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
People = Annotated[int, Field(ge=1)]
Events = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]
TimePoint = Annotated[str, AfterValidator(_is_time)]

# What pydantic says in other words, by the kind of fault.
SAID = {
    "float_parsing": "it is no number; write it as 4.2",
    "int_parsing": "it is no whole number",
    "int_from_float": "it is no whole number",
    "string_pattern_mismatch": "write the record's id, as pmid:123, doi:10.1/x or own:name",
}
SHOWN = 8  # names of the vocabulary that an error lists where none is near


class Row(BaseModel):
    """What rows of both forms hold; a cell that is empty is left out of what it is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    record_id: str = Field(pattern=RECORD_ID)
    outcome: Text
    by: Text
    scale: Positive | None = None
    weeks: Positive | None = None
    time_point: TimePoint | None = None
    total: People | None = None
    note: str = ""
    label: str = ""

    @property
    def time(self) -> float | None:
        """Follow-up in weeks, by whichever column gives it."""
        return self.weeks if self.time_point is None else weeks_of(self.time_point)

    @property
    def time_said(self) -> str:
        """The time point where it was not given in weeks, in the person's words."""
        return "" if self.time_point is None or "w" in self.time_point.lower() else self.time_point


def names_known(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """For each column of names, what the vocabulary knows, in its order."""
    drugs = [*vocabulary.drugs, *vocabulary.drug_classes]
    either = [*drugs, *vocabulary.comparators]
    return {
        "intervention": drugs,
        "comparator": either,
        "arm": either,
        "outcome": list(vocabulary.outcomes),
    }


def with_known_names(
    cells: Mapping[str, str], known: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The cells with names spelt as the vocabulary has them: 'Usual care' is usual_care."""
    spelt = {column: {bare(name): name for name in names} for column, names in known.items()}
    return {column: spelt.get(column, {}).get(bare(cell), cell) for column, cell in cells.items()}


def unknown_names(
    cells: Mapping[str, str], known: Mapping[str, Sequence[str]], vocabulary: Vocabulary
) -> Iterator[str]:
    """A sentence for each name that the vocabulary does not have, with the nearest it has."""
    for column, names in known.items():
        name = cells.get(column)
        if name is None or name in names:
            continue
        meant = _meant(name, names, vocabulary)
        hint = f"did you mean '{meant}'?" if meant else f"known: {_listed(names)}"
        yield f"'{column}' is '{name}', which the vocabulary of config.yaml does not know; {hint}"


def _meant(name: str, names: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The entry that goes by this name, else the one spelt most like it."""
    entries = (
        vocabulary.drugs, vocabulary.drug_classes, vocabulary.comparators, vocabulary.outcomes,
    )  # fmt: skip
    for entry in entries:
        for word, term in entry.items():
            if word in names and bare(name) in map(bare, term.names):
                return word
    spelt = {bare(word): word for word in names}
    close = difflib.get_close_matches(bare(name), spelt, n=1)
    return spelt[close[0]] if close else None


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(sorted(names)[:SHOWN]) + more


def sentences(error: ValidationError) -> Iterator[str]:
    """What pydantic says of a row, a sentence for each cell."""
    for fault in error.errors():
        column = called(str(fault["loc"][0]))
        said = str(fault["ctx"]["error"]) if "error" in fault.get("ctx", {}) else fault["msg"]
        said = SAID.get(fault["type"], said[0].lower() + said[1:])
        if fault["type"] == "missing":
            yield f"{column} is empty; every row needs it"
        else:
            yield f"{column} is {fault['input']!r}; {said}"


def called(column: str) -> str:
    """A column by its names."""
    return f"'{column}'" + ("" if column != "record_id" else " (or 'study')")


def faults(row: Row) -> Iterator[str]:
    """What can be wrong in either form: a time that is given twice."""
    if row.weeks is not None and row.time_point is not None:
        yield "'weeks' and 'time_point' say one thing; fill one of them"
