"""One claim and the trials of a table as direct evidence on it, whatever else they are."""

from collections.abc import Sequence
from dataclasses import replace

from living_review.backtest.significance import effects_on_one_unit
from living_review.model import Reading
from living_review.protocol import Claim, Protocol
from living_review.synthesis import weigh
from living_review.synthesis.effects import units_of


def only(protocol: Protocol, claim: str) -> Protocol:
    """The protocol with this one claim."""
    alone = protocol.claim(claim).model_copy(update={"contradicts": ()})
    return protocol.model_copy(update={"claims": (alone,)})


def with_mid(protocol: Protocol, factor: float) -> Protocol:
    """The protocol with the MID of its one claim multiplied, on every unit it is given in."""
    name = protocol.claims[0].mid or ""
    mid = protocol.rules.mids[name]
    sizes = {key: getattr(mid, key) for key in ("points", "smd", "risk_difference")}
    scaled = mid.model_copy(update={k: v * factor for k, v in sizes.items() if v is not None})
    rules = protocol.rules.model_copy(update={"mids": {**protocol.rules.mids, name: scaled}})
    return protocol.model_copy(update={"rules": rules})


def as_direct(reading: Reading, protocol: Protocol) -> Reading:
    """The reading as direct evidence on the one claim, whatever its people and comparator."""
    claim, conditions = protocol.claims[0], protocol.vocabulary.conditions
    populations = [conditions[name].population for name in conditions]
    people = next((p for p in claim.populations if p in populations), None)
    condition = next((n for n, c in conditions.items() if c.population == people), None)
    design = next(name for name in claim.settled_by if name != "systematic_review")
    return replace(
        reading,
        design=design,
        verdict="include",
        condition=condition,
        species=None,
        background=claim.needs_background,
        refractory=claim.refractory,
        retracted=None,
        findings=(),
        extracted=tuple(
            replace(finding, comparator=claim.comparators[0]) for finding in reading.extracted
        ),
    )


def usable(
    readings: Sequence[Reading], protocol: Protocol
) -> tuple[list[Reading], tuple[str, ...]]:
    """The readings with an effect on the claim, and the records of those without."""
    taken: list[Reading] = []
    left_out: list[Reading] = []
    for reading in readings:
        (conclusion,) = weigh([reading], protocol, fragility=False)
        has = bool(effects_on_one_unit(conclusion.evidence)) and reading.published is not None
        (taken if has else left_out).append(reading)
    return taken, tuple(sorted(reading.record_id for reading in left_out))


def shown_mid(readings: Sequence[Reading], protocol: Protocol) -> tuple[str, float]:
    """The unit the trials are pooled on, with the claim's MID there; else the MID's own unit."""
    (conclusion,) = weigh(readings, protocol, fragility=False)
    pool = conclusion.pool
    if pool is not None and pool.mid is not None:
        return pool.unit, pool.mid
    return next(iter(units_of(protocol.rules.mids[protocol.claims[0].mid or ""]).items()))


def compared_otherwise(
    readings: Sequence[Reading], claim: Claim, taken: Sequence[Reading]
) -> tuple[str, ...]:
    """The records taken although none of their effects has a comparator of the claim."""
    kept = {reading.record_id for reading in taken}
    return tuple(
        sorted(
            reading.record_id
            for reading in readings
            if reading.record_id in kept
            and not any(f.comparator in claim.comparators for f in reading.extracted)
        )
    )
