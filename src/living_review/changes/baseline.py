"""How the review stands against its baseline, and where the baseline contradicts itself."""

from collections.abc import Iterator, Sequence

from living_review.changes.anchors import baseline_state, state_of
from living_review.model import BaselineView, Conclusion, Contradiction, State
from living_review.protocol import Claim, Protocol

DIRECTIONS = {
    "benefit": "a benefit", "harm": "harm", "little_or_none": "little or no difference",
    "uncertain": "an uncertain effect", "no_evidence": "no evidence",
    "not_addressed": "nothing on it", None: "no direction",
}  # fmt: skip


def said(state: State) -> str:
    """Put direction and certainty into words: "a benefit (low certainty)"."""
    certainty = (
        None if state.certainty is None else f"{state.certainty.replace('_', ' ')} certainty"
    )
    if state.direction is None:
        return certainty or "nothing"
    words = DIRECTIONS[state.direction]
    return f"{words} ({certainty})" if certainty else words


def from_baseline(protocol: Protocol, conclusions: Sequence[Conclusion]) -> Iterator[BaselineView]:
    """Set every claim beside what the baseline review said of it."""
    for conclusion in conclusions:
        claim = protocol.claim(conclusion.claim)
        then, now = baseline_state(claim), state_of(conclusion)
        yield BaselineView(claim.id, then, now, _why(then, now, conclusion))


def contradictions(protocol: Protocol) -> Iterator[Contradiction]:
    """Say in words where the baseline asserts claims that cannot all hold."""
    for claim in protocol.claims:
        if claim.contradicts:
            others = [protocol.claim(name) for name in claim.contradicts]
            text = (
                f"The baseline contradicts itself: {_held(claim)}, and yet "
                f"{'; '.join(_held(other) for other in others)}."
            )
            yield Contradiction((claim.id, *claim.contradicts), text)


def _held(claim: Claim) -> str:
    state = baseline_state(claim)
    certainty = f", {state.certainty.replace('_', ' ')} certainty" if state.certainty else ""
    return f"“{claim.statement.rstrip('.')}” ({DIRECTIONS[state.direction]}{certainty})"


def _why(then: State, now: State, conclusion: Conclusion) -> str:
    studies = "1 study" if conclusion.studies == 1 else f"{conclusion.studies} studies"
    rests = f", from {studies}" if conclusion.studies else ""
    if then.direction == "not_addressed":
        return f"The baseline said nothing on it; the evidence says {said(now)}{rests}."
    if then.direction == now.direction and then.certainty in (None, now.certainty):
        return f"As the baseline: {said(now)}{rests}."
    return f"The baseline said {said(then)}; the evidence says {said(now)}{rests}."
