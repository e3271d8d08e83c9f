"""Eligibility, criterion by criterion, each answer with its sentence (METHOD 2).

Include where every answer is yes; exclude where one is a clear no, the first being the reason;
otherwise unclear, for a human. Missing a study is worse than reading one too many, so that doubt
never excludes.
"""

import hashlib
from collections.abc import Callable, Sequence

from living_review.model import CriterionAnswer, Finding, Record, ScreeningDecision, Tag, Verdict
from living_review.protocol import Criterion, Protocol
from living_review.screening import comparison, design, drug, outcome, population, safety
from living_review.screening.facts import Facts

__all__ = ["NOT_READ", "VERSION", "screen"]

_MODULES = (comparison, design, drug, outcome, population, safety)

VERSION = hashlib.sha256(
    ";".join(f"{m.__name__}:{m.VERSION}" for m in _MODULES).encode()
).hexdigest()[:8]  # changes when any criterion's reader does

NOT_READ = "not_read"  # the tag of a record on which the reader broke, with the reason

_READERS: dict[str, Callable[[Criterion, Facts], CriterionAnswer]] = {
    "drug": drug.answer,
    "population": population.answer,
    "design": design.answer,
    "comparison": comparison.answer,
    "outcome": outcome.answer,
}


def screen(
    record: Record, tags: Sequence[Tag], findings: Sequence[Finding], protocol: Protocol
) -> ScreeningDecision:
    """Decide on one record by the protocol's criteria, in their order."""
    facts = Facts(record, tuple(tags), tuple(findings), protocol)
    broken = facts.value(NOT_READ)
    if broken is not None:
        return ScreeningDecision(
            record_id=record.record_id, verdict="unclear", criterion=None, answers=(),
            decider=f"rule:{VERSION}", reason=f"not read: {broken}",
        )  # fmt: skip
    answers = tuple(_READERS[c.asks](c, facts) for c in protocol.eligibility)
    harm = safety.signal(facts)
    verdict, criterion, reason = _decide(answers, facts, protocol)
    if harm is not None and verdict != "include":
        verdict, criterion, reason = "include", None, f"safety signal: {harm}"
    return ScreeningDecision(
        record_id=record.record_id,
        verdict=verdict,
        criterion=criterion,
        answers=answers,
        decider=f"rule:{VERSION}",
        safety_signal=harm is not None,
        reason=reason,
    )


def _decide(
    answers: tuple[CriterionAnswer, ...], facts: Facts, protocol: Protocol
) -> tuple[Verdict, str | None, str]:
    wording = {c.id: " ".join(c.wording.split()) for c in protocol.eligibility}
    for verdict, wanted in (("exclude", "no"), ("unclear", "unclear")):
        for one in answers:
            if one.answer == wanted:
                said = "not met" if wanted == "no" else "cannot be told"
                return verdict, one.criterion, f"{said}: {wording[one.criterion]}"  # type: ignore[return-value]
    if facts.awaited and facts.value("results_posted") is None:
        return "awaiting_results", None, "eligible; no results yet"
    return "include", None, "every criterion is met"
