"""What Crossref says of a notice → Record. Pure.

The payload is this program's own envelope, put together by `sources.crossref` from both directions
in which Crossref states an update: `update-to` on the notice, `updated-by` on what it is about.
"""

import html
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from living_review.errors import UnreadableRecord
from living_review.model import Link, PartialDate, Record

DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
# Crossref's types of update → PubMed's word for the link and for the kind of notice. Crossref's
# schema has twelve; any other that is met is kept as a comment and named in the record.
TYPES = {
    "retraction": ("RetractionOf", "Retraction Notice"),
    "withdrawal": ("RetractionOf", "Retraction Notice"),
    "removal": ("RetractionOf", "Retraction Notice"),
    # The paper stands in part, and nobody but a human can say which: a caution, no retraction.
    "partial_retraction": ("ExpressionOfConcernFor", "Expression of Concern"),
    "expression_of_concern": ("ExpressionOfConcernFor", "Expression of Concern"),
    "erratum": ("ErratumFor", "Published Erratum"),
    "corrigendum": ("ErratumFor", "Published Erratum"),
    "correction": ("ErratumFor", "Published Erratum"),
    "clarification": ("ErratumFor", "Published Erratum"),
    "addendum": ("UpdateOf", None),
    "new_version": ("UpdateOf", None),
    "new_edition": ("UpdateOf", None),
}
UNKNOWN = ("CommentOn", None)
# Of these PubMed's word says all; the others are named as Crossref calls them, too.
SAID_BY_PUBMED = frozenset({"retraction", "expression_of_concern", "erratum", "correction"})
FACE_MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|ovl|su[bp]|scp|tt|(?:jats|mml):\w+)(?:\s[^<>]*)?/?>", re.IGNORECASE
)


def parse(payload: bytes) -> Record:
    """Read one envelope; UnreadableRecord for whatever is not one.

    A notice with no DOI of its own has `notice:<DOI of what it is about>` as its key. It was known
    from the first date that anybody states for it, or else from the day Crossref registered it.
    """
    try:
        envelope = _Envelope.model_validate_json(payload)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole"
        raise UnreadableRecord(f"it is no notice of Crossref's: {where}: {first['msg']}") from error
    work = envelope.notice or _Work()
    links = tuple(dict.fromkeys(_link(update) for update in envelope.updates))
    types = dict.fromkeys(each for update in envelope.updates for each in _types(update))
    return Record(
        record_id=record_id(envelope.doi, envelope.updates[0].of),
        title=_plain(work.title) or "; ".join(link.citation for link in links),
        kind="notice",
        doi=envelope.doi,
        journal=_plain(work.journal) or None,
        published=work.published,
        entered=first_known([update.date for update in envelope.updates], work.created),
        publication_types=tuple(types),
        links=links,
    )


def record_id(doi: str | None, of: str) -> str:
    """The key of a notice: its DOI, or what it is about where it has no DOI of its own."""
    return f"notice:{of}" if doi is None else f"doi:{doi}"


def first_known(dates: list[PartialDate | None], created: PartialDate | None) -> PartialDate | None:
    """The first of the dates, counted from the last day of each; `created` where there is none."""
    return min(filter(None, dates), key=PartialDate.last_day, default=created)


def read_date(value: Any) -> PartialDate | None:
    """A date as Crossref gives it (`date-parts`); None for one that is missing or impossible."""
    try:
        parts = [int(part) for part in value["date-parts"][0]]
        return PartialDate.parse("-".join(map(str, parts[:3])))
    except (TypeError, ValueError, KeyError, IndexError, OverflowError):
        return None


def _plain(texts: list[str]) -> str:
    """The first text without face markup, which Crossref keeps in titles."""
    text = html.unescape(FACE_MARKUP.sub("", texts[0])) if texts else ""
    return " ".join(text.split())


def _link(update: "_Update") -> Link:
    relation, _ = TYPES.get(update.type, UNKNOWN)
    known = f"doi:{update.of}" if DOI.fullmatch(update.of) else None
    return Link(relation, known, f"{update.label or _words(update.type)} of {update.of}")


def _types(update: "_Update") -> list[str]:
    _, kind = TYPES.get(update.type, UNKNOWN)
    named = [] if update.type in SAID_BY_PUBMED else [f"Crossref: {_words(update.type)}"]
    return [*filter(None, [kind]), *named]


def _words(update_type: str) -> str:
    return update_type.replace("_", " ") or "update of no stated type"


def _iso(value: Any) -> Any:
    try:
        return None if value is None else PartialDate.parse(str(value))
    except OverflowError as error:
        raise ValueError(f"not a date: {value!r}") from error


class _Update(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    of: str = Field(min_length=1)
    type: str
    label: str
    source: str
    stated_by: str
    date: Annotated[PartialDate | None, BeforeValidator(_iso)]


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


Texts = Annotated[list[str], BeforeValidator(_texts)]


class _Work(BaseModel):
    model_config = ConfigDict(frozen=True)

    title: Texts = []
    journal: Texts = Field(default=[], alias="container-title")
    published: Annotated[PartialDate | None, BeforeValidator(read_date)] = None
    created: Annotated[PartialDate | None, BeforeValidator(read_date)] = None


class _Envelope(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    doi: str | None = Field(pattern=r"^10\.\S+$")
    notice: _Work | None
    updates: list[_Update] = Field(min_length=1)
