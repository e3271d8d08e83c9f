"""The codes of FHIR R5 that conclusions use, each with the system and display published with it.

Source: hl7.org/fhir/R5, the value sets statistic-type, attribute-estimate-type, certainty-type,
certainty-rating, variable-role and synthesis-type. What has no code there is said in words alone.
"""

from typing import Any

from living_review.reporting.words import count

Coded = dict[str, Any]

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
STATISTICS = {
    "MD": ("0000457", "Mean Difference"),
    "SMD": ("0000100", "Standardized Mean Difference"),
    "RR": ("C93152", "Relative Risk"),
    "OR": ("C16932", "Odds Ratio"),
    "HR": ("C93150", "Hazard Ratio"),
    "RD": ("0000424", "Risk Difference"),
}
ESTIMATES = {
    "ci": ("C53324", "Confidence interval"),
    "i2": ("0000420", "I-squared"),
    "tau2": ("0000421", "Tau squared"),
    "p": ("C44185", "P-value"),
}
CERTAINTY_TYPES = {
    "overall": ("Overall", "Overall certainty"),
    "risk_of_bias": ("RiskOfBias", "Risk of bias"),
    "inconsistency": ("Inconsistency", "Inconsistency"),
    "indirectness": ("Indirectness", "Indirectness"),
    "imprecision": ("Imprecision", "Imprecision"),
    "publication_bias": ("PublicationBias", "Publication bias"),
    "large_effect": ("LargeEffect", "Large effect"),
    "dose_response": ("DoseResponseGradient", "Dose response gradient"),
    "plausible_confounding": ("PlausibleConfounding", "Plausible confounding"),
}
RATINGS = {
    "high": ("high", "High quality"),
    "moderate": ("moderate", "Moderate quality"),
    "low": ("low", "Low quality"),
    "very_low": ("very-low", "Very low quality"),
}
CONCERNS = {
    0: ("no-concern", "no serious concern"),
    -1: ("serious-concern", "serious concern"),
    -2: ("very-serious-concern", "very serious concern"),
    -3: ("extremely-serious-concern", "extremely serious concern"),
}
RAISED = ("present", "present")  # a reason for a higher rating, checked and found


def statistic(measure: str) -> Coded:
    """The kind of an estimate, as a mean difference or a risk ratio."""
    return _coded(f"{TERMINOLOGY}/statistic-type", STATISTICS.get(measure), measure)


def estimate(kind: str, words: str) -> Coded:
    """What is said of an estimate: its interval, its heterogeneity."""
    return _coded(f"{TERMINOLOGY}/attribute-estimate-type", ESTIMATES.get(kind), words)


def certainty_type(domain: str) -> Coded:
    """The aspect of certainty that is rated."""
    words = domain.replace("_", " ")
    return _coded("http://hl7.org/fhir/certainty-type", CERTAINTY_TYPES.get(domain), words)


def rating(certainty: str) -> Coded:
    """The certainty of the evidence as a whole."""
    words = certainty.replace("_", " ")
    return _coded("http://hl7.org/fhir/certainty-rating", RATINGS.get(certainty), words)


def concern(levels: int) -> Coded:
    """A step in one domain: `levels` below 0 is down, above 0 up."""
    code = RAISED if levels > 0 else CONCERNS.get(levels)
    way = "up" if levels > 0 else "down"
    words = f"{count(abs(levels), 'level')} {way}" if levels else "no step"
    return _coded("http://hl7.org/fhir/certainty-rating", code, words)


def role(code: str) -> Coded:
    """What a variable is for: population, exposure, referenceExposure, measuredVariable."""
    return {"coding": [{"system": f"{TERMINOLOGY}/variable-role", "code": code}]}


def pooled() -> Coded:
    """A meta-analysis of what publications print."""
    code = ("std-MA", "summary data meta-analysis")
    return _coded(f"{TERMINOLOGY}/synthesis-type", code, "random-effects meta-analysis")


def _coded(system: str, code: tuple[str, str] | None, words: str) -> Coded:
    coding = [{"system": system, "code": code[0], "display": code[1]}] if code else []
    return {"coding": coding, "text": words} if coding else {"text": words}
