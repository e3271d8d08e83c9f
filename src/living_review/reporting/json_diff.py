"""`diff.json`: what changed since the previous version, for other programs."""

from living_review.reporting.canonical import Json, dump

NAME = "diff.json"


def render(_report: Json, diff: Json) -> bytes:
    """Write the diff."""
    return dump(diff)
