"""Studies of a claim by the direction of what they found."""

from living_review.reporting.canonical import Json
from living_review.reporting.figures import forest


def draw(conclusion: Json, records: Json) -> bytes:
    """Draw the studies of a claim by direction."""
    return forest.draw(conclusion, records)


def alternative(conclusion: Json, records: Json) -> str:
    """Tell the picture in words."""
    return forest.alternative(conclusion, records)
