"""Closed vocabularies, as Literals: what is stored, shown and tested is the same text."""

from typing import Literal

Kind = Literal["publication", "registration", "notice"]
Verdict = Literal["include", "exclude", "unclear", "awaiting_results"]
Answer = Literal["yes", "no", "unclear"]
Design = Literal[
    "systematic_review", "rct", "nonrandomised_trial", "cohort", "case_control", "cross_sectional",
    "case_report", "animal", "in_vitro", "narrative_review", "guideline", "protocol",
    "registration", "editorial_letter", "notice", "economic", "pharmacokinetic", "other", "unclear",
]  # fmt: skip
FindingDirection = Literal[
    "favours_intervention", "favours_comparator", "no_difference", "mixed_unclear"
]
OutcomeChange = Literal["higher", "lower", "no_difference", "unclear"]
Stance = Literal["supports", "opposes", "neutral", "unclear"]
Direction = Literal[
    "benefit", "little_or_none", "harm", "uncertain", "no_evidence", "not_addressed"
]
Certainty = Literal["high", "moderate", "low", "very_low"]
WeighingMethod = Literal["pooled", "direction_counts", "review_level", "computed", "none"]
ChangeClass = Literal["CHANGED", "SIGNAL"]
Anchor = Literal["previous", "announced", "baseline"]
Cause = Literal[
    "new_evidence", "retraction", "correction", "decision_revised",
    "claim_reworded", "criteria_changed", "method_changed",
]  # fmt: skip
RiskOfBias = Literal["low", "some", "high"]
# Domains of certainty that people may judge: those that step down, then those that step up.
Domain = Literal[
    "risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias",
    "large_effect", "dose_response", "plausible_confounding",
]  # fmt: skip
Measure = Literal["MD", "SMD", "RR", "OR", "HR", "RD", "NNT"]
