"""What differs between review versions."""

from dataclasses import dataclass

from living_review.model.codes import Anchor, Cause, Certainty, ChangeClass, Direction


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
