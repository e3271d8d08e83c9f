"""What people say: of a record, of a conclusion, of a signal."""

from dataclasses import dataclass
from typing import Literal

from living_review.model.codes import Domain, FindingDirection, RiskOfBias


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
