"""Direction counts: studies and participants by direction (Cochrane Handbook 12.2; SWiM)."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from scipy.special import betaincinv

from living_review.model import Counts, Direction, FindingDirection

CONCLUDED: dict[FindingDirection, Direction] = {
    "favours_intervention": "benefit",
    "favours_comparator": "harm",
    "no_difference": "little_or_none",
}
_SLACK = 1e-9  # two of three studies are two thirds, whatever binary fractions make of it


@dataclass(frozen=True, slots=True)
class Tally:
    """Studies and participants by what they conclude. Unclear studies are in neither."""

    studies: dict[Direction, int]
    participants: dict[Direction, float]

    @property
    def total_studies(self) -> int:
        """Studies of clear direction: the denominator."""
        return sum(self.studies.values())

    @property
    def total_participants(self) -> float:
        """Participants of the studies in the denominator, unknown sizes filled in."""
        return sum(self.participants.values())


def weights(participants: Sequence[int | None]) -> list[float]:
    """Participants a study counts with; an unknown size counts as the median of the others.

    With no size known at all every study counts as one, so that shares go by studies (ours).
    """
    known = [float(n) for n in participants if n]
    stand_in = float(median(known)) if known else 1.0
    return [float(n) if n else stand_in for n in participants]


def tally(directions: Sequence[FindingDirection], counted_with: Sequence[float]) -> Tally:
    """Add up studies and their participants by direction; mixed_unclear is left out."""
    studies: dict[Direction, int] = dict.fromkeys(CONCLUDED.values(), 0)
    participants: dict[Direction, float] = dict.fromkeys(CONCLUDED.values(), 0.0)
    # Sizes are whole or half numbers, so that the sum does not depend on their order.
    for direction, size in zip(directions, counted_with, strict=True):
        if direction in CONCLUDED:
            studies[CONCLUDED[direction]] += 1
            participants[CONCLUDED[direction]] += size
    return Tally(studies, participants)


def direction_of(tallied: Tally, share: float) -> Direction:
    """Name the direction that holds `share` of the studies and of their participants."""
    for direction, studies in tallied.studies.items():
        by_studies = studies >= share * tallied.total_studies - _SLACK
        needed = share * tallied.total_participants - _SLACK
        if studies and by_studies and tallied.participants[direction] >= needed:
            return direction
    return "uncertain"


def shifted(tallied: Tally, direction: Direction, studies: int, participants: float) -> Tally:
    """Add studies and participants to one side of a tally; below zero, take them away."""
    return Tally(
        {**tallied.studies, direction: tallied.studies[direction] + studies},
        {**tallied.participants, direction: tallied.participants[direction] + participants},
    )


def as_counts(directions: Sequence[FindingDirection]) -> Counts:
    """Count for the report, with the exact interval of the share that favours."""
    favours = sum(1 for d in directions if d == "favours_intervention")
    against = sum(1 for d in directions if d == "favours_comparator")
    none = sum(1 for d in directions if d == "no_difference")
    low, high = exact_interval(favours, favours + against + none)
    unclear = len(directions) - favours - against - none
    return Counts(favours, against, none, unclear, low, high)


def exact_interval(count: int, total: int) -> tuple[float | None, float | None]:
    """Clopper and Pearson's 95 % interval of count / total; (None, None) of nothing."""
    if total == 0:
        return None, None
    low = 0.0 if count == 0 else float(betaincinv(count, total - count + 1, 0.025))
    high = 1.0 if count == total else float(betaincinv(count + 1, total - count, 0.975))
    return low, high
