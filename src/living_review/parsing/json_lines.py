"""Records by hand or from elsewhere: one JSON object a line, keys as in model.Record."""

import difflib
import json
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from living_review.errors import ImportError_, UnreadableRecord
from living_review.model import Kind, Link, PartialDate, Record, Section
from living_review.parsing.payload import Payload

# An identifier's own namespace comes first, so that two sources' numbers never meet.
RECORD_ID = r"^[a-z]+:\S+$"
# What `export` writes beside a record. Decisions are entered with `decide`, never by an import.
BESIDE = ("decision", "asked")


def split(stream: BinaryIO) -> Iterator[Payload]:
    """Cut a JSON lines file into payloads, each checked whole.

    Empty lines and objects with the one key `comment` hold no record. Raises ImportError_
    naming the line and the key at the first line that is not a record or repeats one.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(stream, start=1):
        body = line.strip()
        if not body or _is_comment(body):
            continue
        try:
            record_id = parse(body).record_id
        except UnreadableRecord as error:
            raise ImportError_(f"line {number}: {error.reason}") from error
        if record_id in seen:
            raise ImportError_(
                f"line {number}: record_id '{record_id}' stands in line {seen[record_id]} already; "
                "keep one of the two"
            )
        seen[record_id] = number
        yield Payload(record_id, "json_line", body)


def parse(payload: bytes) -> Record:
    """Read one line; UnreadableRecord names the key and the way out."""
    try:
        line = _Line.model_validate_json(payload)
    except ValidationError as error:
        raise UnreadableRecord(_sentence(error)) from error
    fields = {name: getattr(line, name) for name in _Line.model_fields if name not in BESIDE}
    return Record(**fields)


def _is_comment(body: bytes) -> bool:
    try:
        return list(json.loads(body)) == ["comment"]
    except (ValueError, TypeError, RecursionError):
        return False  # `parse` will say what is wrong with it


def _read_date(value: Any) -> Any:
    try:
        return PartialDate.parse(value)
    except (ValueError, AttributeError):  # no text at all
        raise ValueError("write a date as 2016, 2016-07 or 2016-07-01") from None


Date = Annotated[PartialDate, BeforeValidator(_read_date)]


class _Line(BaseModel):
    """What one line may say: model.Record, with nothing unknown and nothing converted.

    What `export` writes beside it may stand there, and is not taken.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    record_id: str = Field(pattern=RECORD_ID)
    title: str = Field(min_length=1)
    kind: Kind = "publication"
    pmid: str | None = Field(default=None, pattern=r"^[1-9]\d*$")
    version: int = 1
    doi: str | None = None
    pmc: str | None = None
    registrations: tuple[str, ...] = ()
    vernacular_title: str | None = None
    abstract: tuple[Section, ...] = ()
    authors: tuple[str, ...] = ()
    collective_authors: tuple[str, ...] = ()
    journal: str | None = None
    citation: str | None = None
    published: Date | None = None
    published_online: Date | None = None
    entered: Date | None = None
    revised: Date | None = None
    available_from: Date | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    decision: Any = None
    asked: Any = None


def _sentence(error: ValidationError) -> str:
    # An unknown key first: a misspelt key also shows as a missing one, and names the real slip.
    first = min(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    key = ".".join(str(step) for step in first["loc"])
    match first["type"]:
        case "json_invalid":
            return f"it is not JSON: {first['ctx']['error']}"
        case "extra_forbidden":
            close = difflib.get_close_matches(key, _Line.model_fields, n=1, cutoff=0.5)
            hint = (
                f"did you mean '{close[0]}'?"
                if close
                else f"known: {', '.join(_Line.model_fields)}"
            )
            return f"'{key}' is not a known key; {hint}"
        case "missing":
            return f"'{key}' is missing; every record needs it"
        case "value_error":
            return f"'{key}' is {first['input']!r}; {first['ctx']['error']}"
        case _:
            said = first["msg"][0].lower() + first["msg"][1:]
            return f"'{key or 'the line'}' is {str(first['input'])[:80]!r}; {said}"
