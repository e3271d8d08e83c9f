"""Systematic reviews beside the primary studies, and the one that sets a direction (METHOD 4.3)."""

from collections.abc import Sequence
from datetime import date

from tests.slow.settling import SAYS, Settled
from tests.slow.studies import UNCLEAR, Told


def comparable(review: Told) -> bool:
    """A result of the claim's own comparison, of some trial of it."""
    clear = review.direction != UNCLEAR and not review.match.by_class
    return clear and review.match.reading.direct_trials != 0


def setter(reviews: Sequence[Told], primary: Sequence[Told], settled: Settled) -> Told | None:
    """The newest review that may set a direction, unless it says what the counts say already."""
    dates = [s.match.reading.published for s in primary]
    newest = max((d.last_day() for d in dates if d), default=None)
    able = []
    for review in reviews:
        stated = review.match.reading.search_until or review.match.reading.published
        later = not primary or (newest and stated and stated.last_day() > newest)
        if review.settles and comparable(review) and later:
            able.append(review)
    if not able or settled.method == "pooled":
        return None
    last = max(able, key=lambda r: (r.match.reading.known_on or date.min, r.study))
    return None if SAYS[last.direction] == settled.direction else last


def view(review: Told, settled: Settled, sets: bool) -> tuple[str, str, str, bool]:
    agrees = "not comparable"
    if comparable(review) and settled.direction not in ("uncertain", "no_evidence"):
        agrees = "agree" if SAYS[review.direction] == settled.direction else "disagree"
    return review.match.reading.record_id, review.direction, agrees, sets
