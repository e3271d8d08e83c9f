"""The words people may use of a claim: a step of certainty, and yes or no to a signal."""

import hashlib
from collections.abc import Sequence
from typing import get_args

from living_review.errors import DecisionError
from living_review.model import (
    Conclusion,
    Domain,
    JudgedBias,
    JudgedCertainty,
    OpenSignal,
    RiskOfBias,
    SignalAnswer,
)

# How far each domain may be judged to go: GRADE takes down two levels at most, and adds two for
# a large effect, one for a dose response or for confounding that would have hidden the effect.
REACH: dict[str, tuple[int, int]] = {
    "risk_of_bias": (-2, 0),
    "inconsistency": (-2, 0),
    "indirectness": (-2, 0),
    "imprecision": (-2, 0),
    "publication_bias": (-2, 0),
    "large_effect": (0, 2),
    "dose_response": (0, 1),
    "plausible_confounding": (0, 1),
}
# Signals that no rule can see and a person raises (Ottawa method, table 1).
RAISED = {
    "A3": "a superior alternative treatment",
    "A4": "an important change in effect, short of opposing it",
    "A5": "a clinically important expansion of treatment",
    "A6": "a clinically important caveat",
}


def bias_of(level: str, decider: str) -> JudgedBias:
    """A judged risk of bias; DecisionError names the levels."""
    for known in get_args(RiskOfBias):
        if level == known:
            return JudgedBias(known, decider)
    raise DecisionError(
        f"risk of bias is '{level}', which is not known; known: {', '.join(get_args(RiskOfBias))}"
    )


def certainty_of(
    claim: str, domain: str, levels: int, reason: str, decider: str
) -> JudgedCertainty:
    """A judged step of certainty; DecisionError names the domains, or how far one goes."""
    for known in get_args(Domain):
        if domain == known:
            low, high = REACH[known]
            if not low <= levels <= high:
                raise DecisionError(
                    f"{levels:+d} levels for {domain}; it goes from {low} to {high}, "
                    "where 0 takes the rule's own step away"
                )
            return JudgedCertainty(claim, known, levels, reason, decider)
    raise DecisionError(
        f"'{domain}' is no domain of certainty; known: {', '.join(get_args(Domain))}"
    )


def meant(
    signals: Sequence[OpenSignal], claim: str, rule: str | None, record: str | None
) -> tuple[OpenSignal, ...]:
    """The open signals on a claim that an answer means; DecisionError where there is none."""
    on_claim = [signal for signal in signals if signal.claim == claim]
    found = tuple(
        signal
        for signal in on_claim
        if (rule is None or rule in signal.rules) and (record is None or record in signal.records)
    )
    if found:
        return found
    there = "; ".join(f"{label(signal)} since {signal.since}" for signal in on_claim)
    raise DecisionError(
        f"no such signal on {claim} awaits an answer; "
        + (f"on it await: {there}" if there else "`living-review queue` lists those that do")
    )


def label(signal: OpenSignal | SignalAnswer) -> str:
    """A signal by its rules and what it is about: the name it is stored and answered under."""
    return " ".join((*signal.rules, *(signal.records or signal.inputs)))


def basis_of(conclusion: Conclusion) -> str:
    """Hash of what a judgement of certainty is made on: the claim's words and its evidence.

    How the conclusion turned out, and what people judged of it before, is no part of it.
    """
    seen = [
        (item.study, item.records, item.design, item.participants, item.direction, item.stance,
         item.indirect, item.settles, item.benefit, item.benefit_se, item.unit)
        for item in conclusion.evidence
    ]  # fmt: skip
    return hashlib.sha256(repr((conclusion.statement, seen)).encode()).hexdigest()[:16]
