"""What every source of records can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from living_review.parsing.payload import Payload


@dataclass(frozen=True, slots=True)
class Found:
    """What one search found: record ids, sorted, each once; `count` as the source counts them.

    `translation` is how the source understood the search. `warnings` are sentences for the report.
    """

    record_ids: tuple[str, ...]
    count: int
    translation: str
    warnings: tuple[str, ...] = ()


class Source(Protocol):
    """One search of one source. Each method may raise SourceUnavailable or SourceRefused."""

    @property
    def remote(self) -> bool:
        """Whether it is asked over a network: what it sent is noted, and not asked for twice."""
        ...

    def find(self, as_of: date) -> Found:
        """Find every record of the search that was known on that day."""
        ...

    def find_revised(self, since: date, as_of: date) -> tuple[str, ...]:
        """Find those that may have been revised since; sorted. One too many does no harm."""
        ...

    def fetch(self, record_ids: Sequence[str]) -> Iterator[Payload]:
        """Give each record asked for once, in the source's order.

        One that cannot be had or read comes with its `problem`, a withdrawn one `deleted`.
        """
        ...
