"""Systematic reviews beside the primary studies, and when one sets the direction (METHOD 4.3).

Where the primary evidence is counts or absent, and the newest eligible review does not merely
agree with a direction the counts already give, that review sets it, at low certainty. Eligible:
a result for the very comparison (the drug itself; a class result only for a claim on the
class), not without any direct trial, and a search later than our newest settling study or, where
the search's date is not stated, published after it. A study without a date is not known to be
newer than anything, so the dated ones decide (else one undated trial would undo a review that
may well have found it); where none has a date, no review is known to be later. A broader
population does not bar a review, but is said in its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from living_review.model import Direction, FindingDirection, ReviewView
from living_review.synthesis.counts import CONCLUDED
from living_review.synthesis.direction import Settled
from living_review.synthesis.studies import Study


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """What the reviews amount to: a view of each, and the direction one of them sets, if any."""

    views: tuple[ReviewView, ...]
    direction: Direction | None
    setter: Study | None


def judge(reviews: Sequence[Study], primary: Sequence[Study], settled: Settled) -> ReviewRule:
    """Set every review beside the primary studies, and apply the review rule."""
    newest = _newest(primary)
    views = {r.study_id: _view(r, settled, newest, has_primary=bool(primary)) for r in reviews}
    setter = None
    if settled.method in ("direction_counts", "none"):
        eligible = [r for r in reviews if _bar(r, newest, has_primary=bool(primary)) is None]
        setter = max(eligible, key=_known, default=None)
    direction = None
    if setter is not None:
        direction = CONCLUDED[setter.direction]
        if direction == settled.direction:  # it merely agrees with what the counts already say
            setter = direction = None
        else:
            view = views[setter.study_id]
            views[setter.study_id] = replace(
                view, sets_direction=True, reason=f"sets the direction: {view.reason}"
            )
    ordered = sorted(views.values(), key=lambda view: view.record)
    return ReviewRule(tuple(ordered), direction, setter)


def _view(review: Study, settled: Settled, newest: date | None, *, has_primary: bool) -> ReviewView:
    reading = review.chosen.reading
    agrees: Literal["agree", "disagree", "not comparable"]
    why_not = _not_comparable(review)
    if why_not is None and settled.direction in ("uncertain", "no_evidence"):
        why_not = "the primary studies give no direction to compare with"
        agrees = "not comparable"
    elif why_not is not None:
        agrees = "not comparable"
    else:
        same = CONCLUDED[review.direction] == settled.direction
        agrees = "agree" if same else "disagree"
    bar = _bar(review, newest, has_primary=has_primary)
    beside = "a pool of trials stands above it" if settled.method == "pooled" else None
    parts = [why_not, bar if bar != why_not else None, beside, *_dates(review)]
    if review.chosen.indirect_because:
        parts.append("; ".join(review.chosen.indirect_because))
    reason = "; ".join(part for part in parts if part)
    return ReviewView(reading.record_id, review.direction, agrees, False, reason)


def _not_comparable(review: Study) -> str | None:
    """Why the review's result is not one on the claim's own comparison; None when it is."""
    unclear: FindingDirection = "mixed_unclear"
    if review.direction == unclear:
        return review.unclear_because or "its result is unclear"
    if review.chosen.class_level:
        return "its result is for the drug class, not for the drug itself"
    if review.chosen.reading.direct_trials == 0:
        return "it found no trial of this comparison"
    return None


def _bar(review: Study, newest: date | None, *, has_primary: bool) -> str | None:
    """Say what keeps the review from setting a direction; None when nothing does."""
    if not review.settles:
        return "the claim is not settled by systematic reviews"
    comparable = _not_comparable(review)
    if comparable is not None or not has_primary:
        return comparable
    if newest is None:
        return "no settling study has a date, so no review is known to be later"
    reading = review.chosen.reading
    stated = reading.search_until or reading.published
    if stated is None:
        return "neither its search nor its publication is dated"
    if stated.last_day() <= newest:
        what = "searched" if reading.search_until else "published"
        return f"{what} before our newest study ({newest:%Y-%m})"
    return None


def _newest(primary: Sequence[Study]) -> date | None:
    """Publication date of the newest settling study that has one; None when none has."""
    dates = [study.chosen.reading.published for study in primary]
    return max((published.last_day() for published in dates if published), default=None)


def _dates(review: Study) -> list[str]:
    reading = review.chosen.reading
    said = []
    if reading.search_until is not None:
        said.append(f"searched until {reading.search_until}")
    if reading.published is not None:
        said.append(f"published {reading.published}")
    return said


def _known(review: Study) -> tuple[date, str]:
    """Order by the day a review could be known, then by id so that ties are settled."""
    return review.chosen.reading.known_on or date.min, review.study_id
