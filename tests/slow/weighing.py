"""Studies on a claim → every number of its conclusion (METHOD 4, read as DECISIONS 8 says)."""

from collections.abc import Sequence
from typing import NamedTuple

from living_review.model import Reading
from living_review.protocol import Claim, Protocol
from tests.slow.certainty import LEVELS, certainty
from tests.slow.effects import FAVOURS
from tests.slow.numbers import exact_interval
from tests.slow.pooling import Pooled
from tests.slow.reviews import setter, view
from tests.slow.settling import SAYS, is_fragile, settle, without_each
from tests.slow.studies import UNCLEAR, Told, stance, studies

MEASURES = {"SMD": "SMD", "risk difference": "RD"}


class Answer(NamedTuple):
    """All numbers of a conclusion by name, its pool and what was pooled: benefits with errors."""

    numbers: dict[str, object]
    told: list[Told]
    pool: Pooled | None = None
    pooled: tuple[tuple[float, float], ...] = ()


def weighed(readings: Sequence[Reading], protocol: Protocol) -> dict[str, Answer]:
    """The answer on every claim; those on computed claims follow from the others'."""
    found = {c.id: conclude(readings, c, protocol) for c in protocol.claims if c.computed is None}
    clinical = [found[c.id] for c in protocol.claims if c.clinical and c.computed is None]
    return found | {c.id: computed(clinical, protocol) for c in protocol.claims if c.computed}


def conclude(readings: Sequence[Reading], claim: Claim, protocol: Protocol) -> Answer:
    """Every number of the conclusion on one claim."""
    told = studies(readings, claim, protocol)
    reviews = [s for s in told if s.design == "systematic_review"]
    primary = [s for s in told if s.settles and s not in reviews]
    settled = settle(primary, claim, protocol)
    set_by = setter(reviews, primary, settled)
    rules = protocol.rules.certainty
    level, steps = certainty(settled.direction, primary, settled.used, claim, rules)
    if set_by:
        level, steps = "low", (("review", -2),)
    directions = [s.direction for s in primary]
    favours, clear = directions.count(FAVOURS), [d for d in directions if d != UNCLEAR]
    numbers: dict[str, object] = {
        "direction": SAYS[set_by.direction] if set_by else settled.direction,
        "certainty": level,
        "steps": steps,
        "method": "review_level" if set_by else settled.method,
        "studies": len(primary),
        "participants": sum(s.participants or 0 for s in primary),
        "counts": tuple(directions.count(d) for d in (*SAYS, UNCLEAR)),
        "share": exact_interval(favours, len(clear)),
        "pool": settled.pool and (MEASURES.get(settled.unit, "MD"), settled.unit, settled.mid,
                                  len(settled.pooled)),
        "fragile": not set_by and is_fragile(settled, primary, claim, protocol),
        "without each": without_each(settled),
        "reviews": tuple(sorted(view(r, settled, r is set_by) for r in reviews)),
    }  # fmt: skip
    numbers |= {f"evidence of {s.study}": shown(s, claim, settled.unit) for s in told}
    return Answer(numbers, told, settled.pool, settled.pooled)


def shown(told: Told, claim: Claim, common: str | None) -> tuple[object, ...]:
    """A study's line: its benefit on the common unit, else on the first it has."""
    unit = common if common in told.effects else next(iter(told.effects), None)
    benefit, se = told.effects[unit] if unit else (None, None)
    return (
        told.records, told.design, told.participants, told.direction,
        stance(told.direction, claim), told.settles, told.indirect, unit, benefit, se,
    )  # fmt: skip


def computed(clinical: Sequence[Answer], protocol: Protocol) -> Answer:
    """Best certainty of the clinical conclusions; the studies of one drug against another."""
    sizes: dict[str, int] = {}
    levels = {answer.numbers["certainty"] for answer in clinical} - {None}
    for study in (study for answer in clinical for study in answer.told):
        finding, primary = study.match.finding, study.design != "systematic_review"
        drugs = {finding.intervention, finding.comparator} <= set(protocol.vocabulary.drugs)
        if drugs and primary and study.settles and not study.indirect:
            sizes[study.study] = max(sizes.get(study.study, 0), study.participants or 0)
    return Answer({
        "direction": None,
        "certainty": max(levels, key=LEVELS.index, default=None),
        "steps": (),
        "method": "computed",
        "studies": len(sizes),
        "participants": sum(sizes.values()),
        "counts": (0, 0, 0, 0),
        "share": (None, None),
        "pool": None,
        "fragile": False,
        "without each": (),
        "reviews": (),
    }, [])  # fmt: skip
