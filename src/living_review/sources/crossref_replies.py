"""What Crossref's REST API answers: works, and the updates that they state."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from living_review.errors import SourceUnavailable
from living_review.model import PartialDate
from living_review.parsing.crossref import DOI, read_date

# What is asked of each work; `select` knows no more of an update's parts than these two.
STATES = ("update-to", "updated-by")
DESCRIBES = ("title", "container-title", "published", "created", "type")
SELECT = ",".join(("DOI", *DESCRIBES, *STATES))


@dataclass(frozen=True, slots=True)
class Update:
    """One statement that a notice updates a work; `notice` is None where it is the work itself.

    `date` is ISO, as partial as stated, or empty. `source` is Crossref's word for who says so:
    publisher or retraction-watch. `stated_by` is the field that it stands in.
    """

    of: str
    notice: str | None
    type: str
    label: str
    source: str
    date: str
    stated_by: str


@dataclass(frozen=True)
class Work:
    """One work as Crossref describes it: `described` holds its own fields, as received."""

    doi: str
    described: Mapping[str, Any]
    updates: tuple[Update, ...]

    @property
    def created(self) -> PartialDate | None:
        """The day its DOI was registered."""
        return read_date(self.described.get("created"))


def read_list(body: bytes) -> tuple[Work, ...]:
    """Read the answer of `works`; SourceUnavailable where it is not one, or not whole."""
    answer = _read(body, _List).message
    works = tuple(_work(each) for each in answer.items)
    if len({work.doi for work in works}) != answer.total:
        raise SourceUnavailable(f"counted {answer.total} works and listed {len(works)}")
    return works


def read_one(body: bytes) -> Work:
    """Read the answer of `works/<DOI>`; SourceUnavailable where it is not one."""
    return _work(_read(body, _One).message)


def _work(stated: "_Stated") -> Work:
    doi = stated.doi.strip().lower()
    to = [(each, doi, _doi(each) or each.doi, "update-to") for each in stated.update_to]
    by = [(each, _doi(each), doi, "updated-by") for each in stated.updated_by]
    updates = []
    for each, notice, of, stated_by in (*to, *by):
        update = Update(of, notice, each.type, each.label, each.source, each.date, stated_by)
        # An update in place: the work is its own notice. Crossref advises against them, and has
        # them: https://www.crossref.org/documentation/crossmark/crossmark-registering-updates/
        updates.append(replace(update, notice=None) if notice == of else update)
    return Work(doi, {k: v for k, v in stated.raw.items() if k in DESCRIBES}, tuple(updates))


def _doi(entry: "_Entry") -> str | None:
    return entry.doi if DOI.fullmatch(entry.doi) else None


def _read(body: bytes, shape: type["_Answer"]) -> Any:
    try:
        return shape.model_validate(json.loads(body, parse_constant=_refuse))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole"
        raise SourceUnavailable(f"gave an answer with a wrong {where}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise SourceUnavailable("gave an answer that is no JSON") from error


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _date(value: Any) -> str:
    return str(read_date(value) or "")


def _listed(value: Any) -> Any:
    return [] if value is None else value


def _keep_raw(value: Any) -> Any:
    return {**value, "raw": value} if isinstance(value, dict) else value


class _Entry(BaseModel):
    """One update as stated. A part that is no text is unknown, since the rest still warns."""

    doi: Annotated[str, BeforeValidator(lambda v: _text(v).strip().lower())] = Field(
        default="", alias="DOI"
    )
    type: Annotated[
        str, BeforeValidator(lambda v: "_".join(_text(v).lower().replace("-", " ").split()))
    ] = ""
    label: Annotated[str, BeforeValidator(_text)] = ""
    source: Annotated[str, BeforeValidator(_text)] = ""
    date: Annotated[str, BeforeValidator(_date)] = Field(default="", alias="updated")


Entries = Annotated[list[_Entry], BeforeValidator(_listed)]


class _Stated(BaseModel):
    raw: dict[str, Any]
    doi: str = Field(alias="DOI", min_length=1)
    update_to: Entries = Field(default=[], alias="update-to")
    updated_by: Entries = Field(default=[], alias="updated-by")


_StatedWork = Annotated[_Stated, BeforeValidator(_keep_raw)]


class _Page(BaseModel):
    total: int = Field(alias="total-results", strict=True)
    items: list[_StatedWork]


class _Answer(BaseModel):
    """What every answer of Crossref's is wrapped in."""


class _List(_Answer):
    message: _Page


class _One(_Answer):
    message: _StatedWork
