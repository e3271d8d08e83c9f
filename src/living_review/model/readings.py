"""One record as the review reads it."""

from dataclasses import dataclass
from datetime import date

from living_review.model.codes import Design, RiskOfBias, Verdict
from living_review.model.findings import Finding
from living_review.model.judgements import JudgedFinding, JudgedTag
from living_review.model.records import PartialDate


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
