"""GRADE's words for how sure a conclusion is, with every step down and its reason (METHOD 4)."""

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtr

from living_review.model import Certainty, CertaintyStep, Design, JudgedCertainty
from living_review.protocol import CertaintyRules, Claim
from living_review.synthesis.direction import Settled
from living_review.synthesis.studies import Study

LEVELS: tuple[Certainty, ...] = ("very_low", "low", "moderate", "high")

# What a review sets is of low certainty at most (METHOD 4.3). It is low, flat: its own studies
# are not ours to grade from its abstract.
SET_BY_REVIEW = CertaintyStep("review", -2, "a single review sets it, so it is low at most")

_SLACK = 1e-9


def certainty_of(
    settled: Settled,
    studies: Sequence[Study],
    claim: Claim,
    rules: CertaintyRules,
    judged: Sequence[JudgedCertainty] = (),
) -> tuple[Certainty | None, tuple[CertaintyStep, ...]]:
    """Certainty of what the primary studies say; None where there is no evidence.

    Mechanism claims start low and go by counts; numbers of animals are not participants, so
    neither imprecision nor an abstract's silence on risk of bias is held against them (ours).
    What people have `judged` of a domain replaces the rule's step in it.
    """
    if settled.direction == "no_evidence":
        return None, ()
    bearing = [
        (study, weight)
        for study, weight in zip(studies, settled.weights, strict=True)
        if study.direction != "mixed_unclear"
    ]
    steps = [_start(bearing or list(zip(studies, settled.weights, strict=True)), claim)]
    if claim.clinical:
        steps.append(_risk_of_bias([study for study, _ in bearing]))
    steps.append(_inconsistency(settled, rules))
    steps.append(_indirectness(bearing, rules))
    if claim.clinical:
        steps.append(_imprecision(settled, [study for study, _ in bearing], rules))
    steps.append(_publication_bias(settled, rules))
    taken = _with_judged([step for step in steps if step is not None], judged)
    level = _level(taken)
    if settled.direction == "uncertain" and level > 0:
        taken.append(
            CertaintyStep("direction", -level, "an uncertain direction is always very low")
        )
        level = 0
    return LEVELS[level], tuple(taken)


def certainty_by_review(
    judged: Sequence[JudgedCertainty],
) -> tuple[Certainty, tuple[CertaintyStep, ...]]:
    """Certainty of a direction that a review sets: low at most, lower where people say so."""
    taken = _with_judged([SET_BY_REVIEW], [one for one in judged if one.levels < 0])
    return LEVELS[_level(taken)], tuple(taken)


def _with_judged(
    steps: Sequence[CertaintyStep], judged: Sequence[JudgedCertainty]
) -> list[CertaintyStep]:
    """The steps, those of judged domains as people say; a judgement of no step takes one away."""
    domains = {one.domain for one in judged}
    kept = [step for step in steps if step.domain not in domains]
    said = [
        CertaintyStep(one.domain, one.levels, f"{one.reason} ({one.decider})")
        for one in judged
        if one.levels
    ]
    return kept + said


def _level(steps: Sequence[CertaintyStep]) -> int:
    return min(max(0, len(LEVELS) - 1 + sum(step.levels for step in steps)), len(LEVELS) - 1)


def rank(certainty: Certainty | None) -> int:
    """0 for very low to 3 for high; −1 where certainty does not apply."""
    return -1 if certainty is None else LEVELS.index(certainty)


def _start(bearing: Sequence[tuple[Study, float]], claim: Claim) -> CertaintyStep | None:
    """Where the designs holding at least half of the participants start (ours for mixtures)."""
    if not claim.clinical:
        return CertaintyStep("design", -2, "experiments on mechanism start at low")
    total = sum(weight for _, weight in bearing)
    held = 0.0
    for designs, step in _STARTS:
        held += sum(w for study, w in bearing if study.chosen.reading.design in designs)
        if held >= total / 2 - _SLACK:
            return step
    return CertaintyStep("design", -3, "case reports start at very low")


_STARTS: tuple[tuple[tuple[Design, ...], CertaintyStep | None], ...] = (
    (("rct",), None),
    (
        ("nonrandomised_trial", "cohort", "case_control", "cross_sectional"),
        CertaintyStep("design", -2, "studies that are not randomised start at low"),
    ),
)


def _risk_of_bias(studies: Sequence[Study]) -> CertaintyStep | None:
    """One step until a person has judged every study's risk of bias to be low (METHOD 4)."""
    if not studies or all(s.chosen.reading.design == "case_report" for s in studies):
        return None
    judged = [study.risk_of_bias for study in studies]
    if all(judgement == "low" for judgement in judged):
        return None
    if None in judged:
        return CertaintyStep("risk_of_bias", -1, "not assessable from an abstract")
    return CertaintyStep("risk_of_bias", -1, "judged to be of some concern or high by a person")


def _inconsistency(settled: Settled, rules: CertaintyRules) -> CertaintyStep | None:
    if settled.method == "pooled" and settled.pool is not None:
        if settled.pool.i2 >= rules.i2_inconsistent:
            return CertaintyStep("inconsistency", -1, f"I² is {settled.pool.i2:.0f}%")
        return None
    if settled.direction == "uncertain" and settled.tally.total_studies:
        return CertaintyStep("inconsistency", -1, "no direction has two thirds of the evidence")
    return None


def _indirectness(
    bearing: Sequence[tuple[Study, float]], rules: CertaintyRules
) -> CertaintyStep | None:
    total = sum(weight for _, weight in bearing)
    indirect = sum(weight for study, weight in bearing if study.indirect)
    if not total or indirect < rules.indirect_share * total - _SLACK:
        return None
    share = f"{100 * indirect / total:.0f}%"
    return CertaintyStep(
        "indirectness", -1, f"population or drug broader than the claim in {share} of the evidence"
    )


def _imprecision(
    settled: Settled, studies: Sequence[Study], rules: CertaintyRules
) -> CertaintyStep | None:
    known = [study.participants for study in studies if study.participants]
    people = sum(known)
    if not known:
        return CertaintyStep("imprecision", -1, "numbers of participants are not stated")
    if people < rules.very_few_participants:
        return CertaintyStep(
            "imprecision", -2, f"{people} participants, under {rules.very_few_participants}"
        )
    if people < rules.few_participants:
        return CertaintyStep(
            "imprecision", -1, f"{people} participants, under {rules.few_participants}"
        )
    pool = settled.pool
    if settled.method == "pooled" and pool is not None and pool.mid is not None:
        crossed = [m for m in (pool.mid, -pool.mid) if pool.benefit_low < m < pool.benefit_high]
        if crossed:
            return CertaintyStep(
                "imprecision", -1, "the interval crosses a difference that matters"
            )
    return None


def _publication_bias(settled: Settled, rules: CertaintyRules) -> CertaintyStep | None:
    """Egger's regression of effect ÷ SE on 1 ÷ SE, from ten pooled studies on (METHOD 4)."""
    if settled.method != "pooled" or settled.unit is None:
        return None
    if len(settled.pooled) < rules.egger_min_studies:
        return None
    oriented = [study.oriented[settled.unit] for study in settled.pooled]
    p = egger_p([o.benefit for o in oriented], [o.se or 0.0 for o in oriented])
    if p is None or p >= rules.egger_p:
        return None
    return CertaintyStep("publication_bias", -1, f"small studies differ (Egger p = {p:.3f})")


def egger_p(effects: Sequence[float], errors: Sequence[float]) -> float | None:
    """Two-sided p of Egger's intercept (Egger 1997); None when all studies are equally precise."""
    e = np.array(errors)
    precision, standardised = 1 / e, np.array(effects) / e
    k, centred = len(e), precision - precision.mean()
    spread = float((centred**2).sum())
    if k < 3 or spread <= 1e-12 * float((precision**2).sum()):
        return None
    slope = float((centred * standardised).sum()) / spread
    intercept = float(standardised.mean() - slope * precision.mean())
    residual = standardised - intercept - slope * precision
    variance = float((residual**2).sum()) / (k - 2)
    se = (variance * (1 / k + float(precision.mean()) ** 2 / spread)) ** 0.5
    if se <= 0:
        return None
    return 2 * float(stdtr(k - 2, -abs(intercept) / se))
