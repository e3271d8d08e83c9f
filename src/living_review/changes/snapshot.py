"""What compare takes and gives: two states of a review, and what lies between them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from living_review.model import (
    BaselineView,
    Change,
    Conclusion,
    Contradiction,
    Judgements,
    NearlyChanged,
    Reading,
    State,
)
from living_review.protocol import Protocol

Part = Literal["initial", "major", "minor", "patch", "none"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A review at one cut: its protocol, what it read, what it concluded, what people judged."""

    as_of: date
    protocol: Protocol
    readings: tuple[Reading, ...]
    conclusions: tuple[Conclusion, ...]
    judged: Judgements = field(default_factory=Judgements)

    def conclusion(self, claim_id: str) -> Conclusion | None:
        """The conclusion on that claim; None when the protocol did not have it."""
        return next((c for c in self.conclusions if c.claim == claim_id), None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is new against the last version. `announced` is what readers have been told now.

    `part` says which number of the version moves: "none" means that nothing differs and no
    version is made.
    """

    changes: tuple[Change, ...]
    from_baseline: tuple[BaselineView, ...]
    contradictions: tuple[Contradiction, ...]
    nearly_changed: tuple[NearlyChanged, ...]
    announced: dict[str, State]
    part: Part
