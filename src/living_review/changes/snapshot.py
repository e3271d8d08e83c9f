"""What compare takes and gives: two states of a review, and what lies between them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
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


@dataclass(frozen=True)
class Snapshot:
    """A review at one cut: its protocol, what it read, what it concludes, what people judged.

    `conclusions` are what `weigh` of this very program makes of these readings and judgements.
    """

    as_of: date
    protocol: Protocol
    readings: tuple[Reading, ...]
    conclusions: tuple[Conclusion, ...]
    judged: Judgements = field(default_factory=Judgements)

    def conclusion(self, claim_id: str) -> Conclusion | None:
        """The conclusion on that claim; None when the protocol did not have it."""
        return self._by_claim.get(claim_id)

    @cached_property
    def _by_claim(self) -> dict[str, Conclusion]:
        return {conclusion.claim: conclusion for conclusion in self.conclusions}


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
