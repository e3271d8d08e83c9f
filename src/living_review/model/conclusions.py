"""What bears on a claim, and what comes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from living_review.model.codes import (
    Certainty,
    Design,
    Direction,
    FindingDirection,
    Stance,
    WeighingMethod,
)
from living_review.model.findings import Effect


@dataclass(frozen=True, slots=True)
class Evidence:
    """A study's bearing on a claim. `benefit` is oriented: positive is better for patients."""

    claim: str
    study: str
    records: tuple[str, ...]
    design: Design
    participants: int | None
    direction: FindingDirection
    stance: Stance
    indirect: bool
    quote: str
    settles: bool
    known_on: date | None = None
    comparator: str = ""
    weeks: float | None = None
    significant: bool | None = None
    effect: Effect | None = None
    benefit: float | None = None  # on `unit`
    benefit_se: float | None = None
    unit: str | None = None  # "0-10", "0-100", "SMD", "risk difference", "log RR" …
    indirect_because: str = ""
    read_by: str = ""  # who read the finding: a tagger, a person, or both readers
    judged: tuple[str, ...] = ()  # what people corrected: "finding, human:ab"
    cue: str = ""  # the wording that decided the direction
    confidence: float | None = None  # 0–1, of the reading; None where a person entered it


@dataclass(frozen=True, slots=True)
class Pool:
    """A random-effects pool on `unit`.

    `benefit…` are positive when better for patients; every other estimate and bound is as
    printed (intervention minus comparator). `ci_…` is the interval that rules use: the wider of
    Wald's and Hartung and Knapp's. `dl_…` is DerSimonian and Laird's τ² with Hartung and Knapp's
    interval, a sensitivity line. `i2` is a percentage. There is no prediction interval for two.
    """

    measure: str
    unit: str
    mid: float | None
    k: int
    value: float
    ci_low: float
    ci_high: float
    benefit: float
    benefit_low: float
    benefit_high: float
    p: float
    tau2: float
    i2: float
    pi_low: float | None
    pi_high: float | None
    wald_low: float
    wald_high: float
    hk_low: float
    hk_high: float
    dl_value: float
    dl_low: float
    dl_high: float


@dataclass(frozen=True, slots=True)
class CertaintyStep:
    """One step down in certainty; `levels` is negative."""

    domain: str
    levels: int
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Studies by direction; `unclear` stays out of the denominator.

    `share_low` and `share_high` are the exact (Clopper–Pearson) 95 % interval of the share of
    studies that favour the intervention; None without a study of clear direction.
    """

    favours: int = 0
    against: int = 0
    no_difference: int = 0
    unclear: int = 0
    share_low: float | None = None
    share_high: float | None = None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What one systematic review says beside the primary studies."""

    record: str
    direction: FindingDirection
    agrees: Literal["agree", "disagree", "not comparable"]
    sets_direction: bool
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The pool without one of its studies: its benefit with the interval that rules use."""

    study: str
    benefit: float
    benefit_low: float
    benefit_high: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Direction and certainty for one claim at one cut, with numbers and reasons."""

    claim: str
    statement: str
    direction: Direction | None
    certainty: Certainty | None
    wording: str
    method: WeighingMethod
    studies: int
    participants: int
    pool: Pool | None = None
    counts: Counts = Counts()
    certainty_steps: tuple[CertaintyStep, ...] = ()
    reviews: tuple[ReviewView, ...] = ()
    would_change: str = ""
    fragile: bool = False
    fragile_because: str = ""
    leave_one_out: tuple[LeftOut, ...] = ()  # of a pool that decides
    evidence: tuple[Evidence, ...] = ()
