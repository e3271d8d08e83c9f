"""The nouns of a living review: frozen, comparable, standard library only.

Words are those of GLOSSARY.md. Closed vocabularies are Literals, so that what is
stored, shown and tested is the same plain string.
"""

import hashlib
import json
from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as a source gives it: a year, a month, or a day. Never filled up by guess."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `2016`, `2016-07` or `2016-07-01`; ValueError on anything else."""
        parts = [int(part) for part in text.split("-")]
        if not 1 <= len(parts) <= 3:
            raise ValueError(f"not a date: {text!r}")
        partial = cls(*parts)
        partial.last_day()
        return partial

    def last_day(self) -> date:
        """The last day of the period, since a partial date is only known to have passed then."""
        month = 12 if self.month is None else self.month
        day = monthrange(self.year, month)[1] if self.day is None else self.day
        return date(self.year, month, day)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an abstract; `label` is None where the abstract is unstructured."""

    label: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A comment or correction link as PubMed gives it: RefType, the other record, its citation."""

    relation: str
    record_id: str | None
    citation: str


@dataclass(frozen=True, slots=True)
class Record:
    """A bibliographic entry as a database gives it.

    `record_id` is its source's own key (`pmid:123`, `doi:…`, `nct:…`, `own:…`) and never
    changes. `available_from` is set by imports only; for the rest see `available_on`.
    """

    record_id: str
    title: str
    kind: Kind = "publication"
    pmid: str | None = None
    version: int = 1
    doi: str | None = None
    pmc: str | None = None
    registrations: tuple[str, ...] = ()
    vernacular_title: str | None = None
    abstract: tuple[Section, ...] = ()
    authors: tuple[str, ...] = ()
    collective_authors: tuple[str, ...] = ()
    journal: str | None = None
    citation: str | None = None  # volume(issue):pages, as printed
    published: PartialDate | None = None
    published_online: PartialDate | None = None
    entered: PartialDate | None = None  # PubMed's create (entrez) date
    revised: PartialDate | None = None
    available_from: PartialDate | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def available_on(self) -> date | None:
        """The day from which a review could have known this record; None when undated.

        An import may say so; else PubMed's entry date; else the earlier of the dates of
        publication, each counted from the last day of its period (DESIGN 6).
        """
        for stated in (self.available_from, self.entered):
            if stated is not None:
                return stated.last_day()
        known = [d.last_day() for d in (self.published, self.published_online) if d is not None]
        return min(known, default=None)

    @property
    def content_hash(self) -> str:
        """Hash of what a reader reads: unchanged by PubMed's bookkeeping dates."""
        content = asdict(self)
        for bookkeeping in ("revised", "entered", "available_from", "version"):
            del content[bookkeeping]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def text(self) -> str:
        """Title and abstract in reading order, for taggers that want plain text."""
        return "\n".join([self.title, *(section.text for section in self.abstract)])


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


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """What a person says of one comparison and outcome of a record; it outranks every reader.

    `weeks` None speaks of every time point. `direction` None: the record does not say this.
    `significant` None leaves it as read. `quote` "" keeps the words that were read.
    """

    intervention: str
    comparator: str
    outcome: str
    weeks: float | None
    direction: FindingDirection | None
    significant: bool | None
    quote: str
    decider: str


@dataclass(frozen=True, slots=True)
class JudgedTag:
    """What a person says of one tag of a record, the whole of it; no value: it says nothing."""

    name: str
    values: tuple[str, ...]
    quote: str
    decider: str


@dataclass(frozen=True, slots=True)
class JudgedBias:
    """What a person says of a record's risk of bias, as its full text shows it."""

    level: RiskOfBias
    decider: str


@dataclass(frozen=True, slots=True)
class JudgedCertainty:
    """What a person says of one domain of a claim's certainty; it replaces the rule's own step.

    `levels` is the step: below 0 down, above 0 up, 0 none.
    """

    claim: str
    domain: Domain
    levels: int
    reason: str
    decider: str


@dataclass(frozen=True, slots=True)
class SignalAnswer:
    """A person's yes or no to one signal, or a signal that a person raises (always a yes)."""

    claim: str
    rules: tuple[str, ...]
    records: tuple[str, ...]
    inputs: tuple[str, ...]
    answer: Literal["yes", "no"]
    reason: str
    decider: str
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Judgements:
    """What people say of claims, beside what they say of records: certainty and signals."""

    certainty: tuple[JudgedCertainty, ...] = ()
    signals: tuple[SignalAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One record as the review reads it at one cut: what weighing needs, nothing else.

    `study_id` groups the records of one study. `design`, `condition`, `species` and
    `participants` (randomised, else analysed) come from tags; `known_on` is when the review
    could know the record; `search_until` and `direct_trials` are read off systematic reviews
    (None: not stated). `retracted` and `concern` name the notice. `corrected` names an erratum.
    `background` are drugs given to everyone; `refractory` says other drugs had failed;
    `risk_of_bias` is the judgement of `bias_judged_by`, None where nobody has made one.
    `findings` are the rules'; `second` are the second reader's, `judged` are people's words on
    either, and which findings stand is for weighing to say. `judged_tags` are in effect already.
    `counted` is True for records whose current decision is include and which are not retracted.
    """

    record_id: str
    study_id: str
    title: str
    design: Design
    verdict: Verdict
    decider: str
    content_hash: str
    first_author: str | None = None  # family name
    findings: tuple[Finding, ...] = ()
    extracted: tuple[Finding, ...] = ()  # entered by people; outrank `findings` they match
    condition: str | None = None
    species: str | None = None
    participants: int | None = None
    known_on: date | None = None
    published: PartialDate | None = None
    search_until: PartialDate | None = None
    direct_trials: int | None = None
    retracted: str | None = None
    concern: str | None = None
    corrected: str | None = None
    secondary: bool = False
    safety_signal: bool = False
    harms: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    refractory: bool = False
    risk_of_bias: RiskOfBias | None = None
    bias_judged_by: str = ""
    second: tuple[Finding, ...] = ()
    judged: tuple[JudgedFinding, ...] = ()
    judged_tags: tuple[JudgedTag, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether this record may bear on a claim."""
        return self.verdict == "include" and self.retracted is None


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


@dataclass(frozen=True, slots=True)
class State:
    """The part of a conclusion that readers are told and changes compare."""

    direction: Direction | None
    certainty: Certainty | None
    effect: float | None = None  # benefit of the pool, on its unit
    effect_low: float | None = None
    effect_high: float | None = None
    p: float | None = None
    unit: str | None = None  # of the pool, with its MID: effects on two units compare in MIDs
    mid: float | None = None
    participants: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between review versions, with the rule that fired and what caused it."""

    claim: str
    change_class: ChangeClass
    anchor: Anchor
    rules: tuple[str, ...]
    causes: tuple[Cause, ...]
    before: State
    after: State
    records: tuple[str, ...]
    why: str
    fragile: bool = False
    inputs: tuple[str, ...] = ()  # edited inputs, where no record is the cause


@dataclass(frozen=True, slots=True)
class OpenSignal:
    """A signal that a person has yet to answer, and the version that raised it."""

    claim: str
    rules: tuple[str, ...]
    records: tuple[str, ...]
    inputs: tuple[str, ...]
    why: str
    since: str
    as_of: str


@dataclass(frozen=True, slots=True)
class BaselineView:
    """How one claim stands now against the baseline review."""

    claim: str
    baseline: State
    now: State
    why: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims on which the baseline review contradicts itself, said in words."""

    claims: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class NearlyChanged:
    """A raw state that differs from the announced one, but inside the margin."""

    claim: str
    announced: State
    raw: State
    why: str
