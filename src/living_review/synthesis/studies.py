"""One study's bearing on one claim: its direction, its effect on each unit, its Evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from living_review.model import (
    Effect,
    Evidence,
    FindingDirection,
    Reading,
    RiskOfBias,
    Stance,
)
from living_review.protocol import Claim, Protocol
from living_review.synthesis import matching
from living_review.synthesis.effects import (
    MEASURES,
    Oriented,
    direction_against,
    direction_on_any_scale,
    on_units,
    units_of,
)
from living_review.synthesis.matching import Candidate, Index

SUPPORTED_BY: dict[str, tuple[FindingDirection, ...]] = {
    "benefit": ("favours_intervention",),
    "harm": ("favours_comparator",),
    "little_or_none": ("no_difference", "favours_comparator"),
}


_WORST_FIRST: tuple[RiskOfBias, ...] = ("high", "some", "low")


@dataclass(frozen=True, slots=True)
class Study:
    """A study as one claim sees it, before a common unit is chosen."""

    study_id: str
    readings: tuple[Reading, ...]  # its counted records that bear on the claim
    chosen: Candidate
    direction: FindingDirection
    unclear_because: str
    oriented: Mapping[str, Oriented]
    participants: int | None
    settles: bool

    @property
    def is_review(self) -> bool:
        """Whether this is a systematic review: it stands beside the primary studies."""
        return self.chosen.reading.design == "systematic_review"

    @property
    def risk_of_bias(self) -> RiskOfBias | None:
        """The worst that people have judged any of its records to have; None: nobody has."""
        judged = {reading.risk_of_bias for reading in self.readings}
        return next((level for level in _WORST_FIRST if level in judged), None)

    @property
    def indirect(self) -> bool:
        """Whether population or drug is broader than the claim's."""
        return bool(self.chosen.indirect_because)


def studies_of(index: Index, claim: Claim, protocol: Protocol) -> tuple[Study, ...]:
    """Every study with a finding on the claim, by study id. A study counts once."""
    found = matching.candidates(index, claim, protocol)
    sizes = {} if claim.mid is None else units_of(protocol.rules.mids[claim.mid])
    return tuple(_study(name, index, found[name], claim, sizes, protocol) for name in sorted(found))


def evidence_of(study: Study, claim: Claim, unit: str | None) -> Evidence:
    """Show the study as the report does; `benefit` on the common unit, else on its own."""
    shown = unit if unit in study.oriented else next(iter(study.oriented), None)
    oriented = study.oriented[shown] if shown is not None else None
    finding, reading = study.chosen.finding, study.chosen.reading
    known = [r.known_on for r in study.readings if r.known_on is not None]
    return Evidence(
        claim=claim.id,
        study=study.study_id,
        records=tuple(r.record_id for r in study.readings),
        design=reading.design,
        participants=study.participants,
        direction=study.direction,
        stance=stance(study.direction, claim),
        indirect=study.indirect,
        quote=finding.quote,
        settles=study.settles,
        known_on=min(known, default=None),
        comparator=finding.comparator,
        weeks=finding.weeks,
        significant=finding.significant,
        effect=_named_effect(study.chosen, shown, oriented),
        benefit=oriented.benefit if oriented else None,
        benefit_se=oriented.se if oriented else None,
        unit=shown,
        indirect_because="; ".join([*study.chosen.indirect_because, study.unclear_because]).strip(
            "; "
        ),
        read_by=finding.tagger,
        judged=_judged(study),
        cue=finding.cue,
        confidence=None if finding in reading.extracted else finding.confidence,
    )


def _judged(study: Study) -> tuple[str, ...]:
    """What people have corrected of the finding that counts, of its record, and of its bias."""
    finding, reading = study.chosen.finding, study.chosen.reading
    by_person = finding.tagger.startswith("human:") and not study.chosen.extracted
    found = [f"finding, {finding.tagger}"] if by_person else []
    found += [f"{one.name}, {one.decider}" for one in reading.judged_tags]
    return (
        *found,
        *(f"risk of bias {r.risk_of_bias}, {r.bias_judged_by}" for r in study.readings
          if r.risk_of_bias),
    )  # fmt: skip


def _named_effect(chosen: Candidate, unit: str | None, oriented: Oriented | None) -> Effect | None:
    """The effect as printed, or as its arms give it, with every conversion named beside it."""
    printed = chosen.finding.effect
    if oriented is None or unit is None:
        return printed
    if printed is None:
        who = chosen.finding.tagger.removeprefix("human:")
        source = f"extraction: {who}" if chosen.extracted else "arms"
        printed = Effect(MEASURES.get(unit, "MD"), oriented.value, se=oriented.se, source=source)
    elif not oriented.conversions:
        return printed
    return replace(printed, source="; ".join([printed.source, *oriented.conversions]))


def stance(direction: FindingDirection, claim: Claim) -> Stance:
    """Turn a direction into a stance on the claim as worded (METHOD 3)."""
    if direction == "mixed_unclear":
        return "neutral"
    return "supports" if direction in SUPPORTED_BY.get(claim.asserts, ()) else "opposes"


def _study(
    name: str,
    index: Index,
    found: Sequence[Candidate],
    claim: Claim,
    sizes: Mapping[str, float],
    protocol: Protocol,
) -> Study:
    equals = matching.best(found, protocol.rules.preferred_weeks)
    if len(equals) > 1:
        equals.sort(key=_tie_break)
    seen = [_read(candidate, claim, sizes, protocol) for candidate in equals]
    # A number says more than a word: where findings of equal standing have effects, those count.
    seen = [one for one in seen if one.oriented] or seen
    clear = {one.direction: one for one in reversed(seen) if one.direction != "mixed_unclear"}
    because = ""
    if not seen[0].candidate.window_known:
        because = "follow-up not stated, so not known to lie in the claim's window"
    elif len(clear) > 1:
        because = "findings of equal standing disagree"
    elif not clear:
        because = seen[0].candidate.finding.unclear_because or "direction unclear"
    taken = seen[0] if because else next(iter(clear.values()))
    chosen = taken.candidate
    records = {c.reading.record_id: c.reading for c in found}
    return Study(
        study_id=name,
        readings=tuple(records[record] for record in sorted(records)),
        chosen=chosen,
        direction="mixed_unclear" if because else taken.direction,
        unclear_because=because,
        oriented={} if because else taken.oriented,
        participants=_participants(chosen, index.studies[name]),
        settles=chosen.reading.design in claim.settled_by and chosen.window_known,
    )


class _Read(NamedTuple):
    candidate: Candidate
    oriented: dict[str, Oriented]
    direction: FindingDirection


def _read(
    candidate: Candidate, claim: Claim, sizes: Mapping[str, float], protocol: Protocol
) -> _Read:
    """Its effect on each unit; its direction by that against the MID, else as stated in words."""
    finding = candidate.finding
    unsure = finding.confidence < protocol.rules.reading.min_confidence
    if unsure or finding.direction == "mixed_unclear":
        return _Read(candidate, {}, "mixed_unclear")
    oriented: dict[str, Oriented] = {}
    if claim.mid is not None and (finding.effect is not None or finding.arms):
        outcome = protocol.vocabulary.outcomes[finding.outcome]
        sds = protocol.rules.pool.typical_sd
        typical = sds.get(finding.outcome) or sds.get(outcome.part_of or "")
        oriented = on_units(finding, outcome, protocol.rules.mids[claim.mid], typical)
    direction = direction_against(oriented, sizes)
    if direction is None and claim.mid is not None and finding.effect is not None:
        outcome = protocol.vocabulary.outcomes[finding.outcome]
        direction = direction_on_any_scale(finding.effect, outcome, protocol.rules.mids[claim.mid])
    return _Read(candidate, oriented, direction or finding.direction)


def _participants(chosen: Candidate, readings: Sequence[Reading]) -> int | None:
    """Participants randomised: the most any of the study's own records tells of.

    Those analysed in the arms are never more, so that a larger sum of arms corrects the text.
    """
    told = [r.participants for r in readings if r.participants and not r.secondary]
    if not told and chosen.reading.participants:
        told = [chosen.reading.participants]
    effect = chosen.finding.effect
    if effect is not None and effect.n_intervention and effect.n_comparator:
        told.append(effect.n_intervention + effect.n_comparator)
    sizes = [arm.n for arm in chosen.finding.arms if arm.n]
    if sizes and len(sizes) == len(chosen.finding.arms):
        told.append(sum(sizes))
    return max(told, default=None)


def _tie_break(candidate: Candidate) -> tuple[str, ...]:
    finding = candidate.finding
    effect = "" if finding.effect is None else f"{finding.effect.value:.9g}"
    return (
        candidate.reading.record_id, finding.comparator, finding.outcome,
        finding.direction, effect, finding.quote,
    )  # fmt: skip
