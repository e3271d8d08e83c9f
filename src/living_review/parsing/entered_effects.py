"""One comparison of one outcome as a person entered it → the finding that weighing reads."""

import math
from dataclasses import dataclass

from living_review.model import Arm, Effect, Finding, FindingDirection, Measure, OutcomeChange
from living_review.protocol import Vocabulary

RATIOS = ("RR", "OR", "HR")
ALPHA = 0.05
Z95 = 1.959964  # the 97.5th percentile of the normal distribution


@dataclass(frozen=True, slots=True)
class ExtractedEffect:
    """What a person read off one record; `label` is whose study they took it for."""

    record_id: str
    finding: Finding
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A comparison as entered, whichever form the table has. Nothing in it is computed.

    `lines` are where each arm stands, the intervention's first; one and the same in a table of
    effects. `se` of a ratio is that of its logarithm. `time_point` is the time in the person's own
    words, where it was not given in weeks. `label` says whose study it is, as "Author 2003"; a
    check holds it against the record. `total` are the participants randomised, and the line that
    says so.
    """

    lines: tuple[int, int]
    record_id: str
    outcome: str
    arms: tuple[Arm, Arm]
    by: str
    weeks: float | None = None
    measure: Measure | None = None
    value: float | None = None
    se: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p: float | None = None
    scale: float | None = None
    favours: str | None = None
    total: tuple[int, int] | None = None
    time_point: str = ""
    note: str = ""
    label: str = ""

    @property
    def source(self) -> str:
        """Where its numbers come from, as an effect says it."""
        return f"extraction: {self.by}"


def no_effect(measure: Measure) -> float:
    """The value of a measure at which the arms do not differ."""
    return 1.0 if measure in RATIOS else 0.0


def additive(measure: Measure, value: float) -> float:
    """The effect on the scale on which no difference is 0."""
    return math.log(value) if measure in RATIOS else value


def finding_of(
    entered: Entered, effect: Effect | None, difference: float, vocabulary: Vocabulary
) -> Finding:
    """The finding: `effect` as entered or computed, None where the arms alone speak.

    `difference` is intervention minus comparator on the outcome's own scale, for its sign.
    """
    change = change_of(difference)
    one, other = entered.arms
    # What an effect would keep, or was converted, stays in the person's own words beside it.
    when = f"time point: {entered.time_point}" if entered.time_point else ""
    p = f"p = {entered.p:g}" if effect is None and entered.p is not None else ""
    told = any(arm.mean is not None or arm.events is not None for arm in entered.arms)
    return Finding(
        record_id=entered.record_id,
        intervention=one.name,
        comparator=other.name,
        outcome=entered.outcome,
        direction=direction_of(change, vocabulary.outcomes[entered.outcome].better),
        change=change,
        significant=_significant(entered, effect),
        quote="; ".join(filter(None, (entered.note, when, p))),
        tagger=f"human:{entered.by}",
        weeks=entered.weeks,
        effect=effect,
        arms=entered.arms if told else (),
    )


def change_of(difference: float) -> OutcomeChange:
    """Which way the outcome goes under the intervention."""
    if difference == 0:
        return "no_difference"
    return "higher" if difference > 0 else "lower"


def direction_of(change: OutcomeChange, better: str) -> FindingDirection:
    """Whom that change favours."""
    if change == "no_difference":
        return "no_difference"
    return "favours_intervention" if change == better else "favours_comparator"


def _significant(entered: Entered, effect: Effect | None) -> bool | None:
    """By the p-value as entered, else the interval, else the standard error of the effect."""
    if entered.p is not None:
        return entered.p < ALPHA
    if effect is None:
        return None
    if effect.ci_low is not None and effect.ci_high is not None:
        return not effect.ci_low <= no_effect(effect.measure) <= effect.ci_high
    if effect.se is None:
        return None
    return abs(additive(effect.measure, effect.value)) > Z95 * effect.se
