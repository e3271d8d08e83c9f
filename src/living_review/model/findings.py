"""What is decided on a record and read off it."""

from dataclasses import dataclass

from living_review.model.codes import Answer, FindingDirection, Measure, OutcomeChange, Verdict


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """What one eligibility criterion says of one record, and the words that show it."""

    criterion: str
    answer: Answer
    quote: str


@dataclass(frozen=True, slots=True)
class ScreeningDecision:
    """Whether a record is in. `criterion` is the first failed or unclear one, else None.

    `safety_signal` marks the class of its own of METHOD 3: included, settles no claim.
    """

    record_id: str
    verdict: Verdict
    criterion: str | None
    answers: tuple[CriterionAnswer, ...]
    decider: str
    safety_signal: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A fact read off a record, with the words that show it."""

    name: str
    value: str
    quote: str
    tagger: str  # "<module>:<VERSION>"


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm as printed. `n` participants, `mean` and `sd` on the outcome's scale."""

    name: str
    n: int | None = None
    mean: float | None = None
    sd: float | None = None
    events: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect as printed: intervention minus comparator (or their ratio), on its own scale.

    `scale` is the length of the scale where known (10 for 0–10, 100 for 0–100).
    `source` says where the number comes from: "abstract", "extraction: <who>", or a conversion.
    """

    measure: Measure
    value: float
    ci_low: float | None = None
    ci_high: float | None = None
    se: float | None = None
    p: float | None = None
    n_intervention: int | None = None
    n_comparator: int | None = None
    scale: float | None = None
    source: str = "abstract"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one record says about one comparison and one outcome; it knows nothing of claims.

    `intervention` and `comparator` are drug ids of the vocabulary, a drug class id, or one of
    placebo, no_treatment, usual_care, other_active, baseline, dose. `outcome` is an outcome id.
    `direction` is better for patients, not higher on the scale; `change` is the outcome's.
    `weeks` is follow-up in weeks. `primary` is the stated primary outcome or time point.
    `unclear_because` says why direction is mixed_unclear, or why numbers were dropped. `cue` is
    the wording that decided the direction, "numbers" where none did.
    """

    record_id: str
    intervention: str
    comparator: str
    outcome: str
    direction: FindingDirection
    change: OutcomeChange
    significant: bool | None
    quote: str
    tagger: str
    weeks: float | None = None
    primary: bool = False
    effect: Effect | None = None
    arms: tuple[Arm, ...] = ()
    confidence: float = 1.0
    unclear_because: str = ""
    cue: str = ""
