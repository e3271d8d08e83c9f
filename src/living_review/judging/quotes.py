"""Whether words stand in a record as they are given: spaces and line breaks apart, no other way."""

from living_review.model import Record


def is_verbatim(quote: str, record: Record) -> bool:
    """Whether the quote says something, and is in the title or in one part of the abstract."""
    wanted = _squeezed(quote)
    parts = (record.title, *(section.text for section in record.abstract))
    return bool(wanted) and any(wanted in _squeezed(part) for part in parts)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
