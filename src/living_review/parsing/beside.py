"""What the tags of RIS and NBIB do not say of a record as it is kept, in one line beside them.

Tags are read as other programs write them: names are turned, kinds get PubMed's names, headings
are looked for in abstracts, and some fields have no tag at all. Where that reading of an entry of
our own is not the record, this line gives the field as it is kept, with a mark of what the tags
gave: a tag that a person has edited since holds against it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from living_review.errors import UnreadableRecord
from living_review.model import PartialDate, Record
from living_review.parsing.json_lines import RECORD_ID

OPENING = "living-review fields "
REMARK = "living-review "  # opens whatever an entry of ours remarks on a record, and is none of it

_RECORD = TypeAdapter(Record)


def line_beside(record: Record, by_tags: Record | None) -> str:
    """The line for an entry whose tags read as `by_tags` (None: as no record); empty if needless.

    It is plain ASCII in one line without two spaces in a row, whatever the record holds.
    """
    tagged = asdict(by_tags) if by_tags else {}
    told = {
        name: [_mark(tagged.get(name)), kept]
        for name, kept in asdict(record).items()
        if kept != tagged.get(name)
    }
    if not told:
        return ""
    # Writers and readers of lines make one space of several.
    return OPENING + json.dumps(told, sort_keys=True).replace("  ", " \\u0020")


def with_line(by_tags: Record, texts: Iterable[str]) -> Record:
    """The record that an entry's tags and the line among these texts give together.

    UnreadableRecord where the line is damaged.
    """
    line = next((text for text in texts if text.startswith(OPENING)), None)
    if line is None:
        return by_tags
    tagged = asdict(by_tags)
    try:
        told = json.loads(line.removeprefix(OPENING))
        if not isinstance(told, dict):
            raise ValueError(f"{type(told)} is no object")
        kept = {name: value for name, (mark, value) in told.items() if _holds(name, mark, tagged)}
        return _checked(tagged, kept)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableRecord(
            f"its line '{OPENING.strip()} …' is damaged; take the line out, or export it again"
        ) from error


def _holds(name: str, mark: object, tagged: Mapping[str, Any]) -> bool:
    """Whether the tags still say what they said; the key is the record's own whatever they say."""
    return name == "record_id" or mark == _mark(tagged[name])


def _checked(tagged: Mapping[str, Any], kept: Mapping[str, Any]) -> Record:
    try:
        record = _RECORD.validate_json(json.dumps({**tagged, **kept}), strict=True)
    except ValidationError as error:
        raise ValueError(str(error)) from error
    if not re.fullmatch(RECORD_ID, record.record_id):
        raise ValueError(f"'{record.record_id}' is no key")
    for value in (getattr(record, name) for name in Record.__dataclass_fields__):
        if isinstance(value, PartialDate):
            value.last_day()
    return record


def _mark(value: object) -> str:
    """A short hash of a field as the tags give it."""
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
