"""What RIS and NBIB have in common: lines of a tag and a text, and the line beside the tags."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from living_review.errors import UnreadableRecord
from living_review.model import Record
from living_review.parsing.beside import line_beside
from living_review.reporting.plain import plain

Tagged: TypeAlias = Iterable[tuple[str, object]]


def lines(tagged: Tagged, opening: str) -> Iterator[str]:
    """A line for each text that says something; `opening` stands between tag and text.

    `plain` takes out line breaks, so that no text ends its own line, and so none its own entry.
    """
    for tag, text in tagged:
        if said := plain(str(text or "")):
            yield f"{tag}{opening}{said}\n"


def beside(record: Record, entry: str, parse: Callable[[bytes], Record]) -> str:
    """The line that gives the record where the reader of this format does not, from its tags."""
    try:
        by_tags = parse(entry.encode("utf-8", "replace"))
    except UnreadableRecord:
        by_tags = None
    return line_beside(record, by_tags)
