"""What one clause says of one outcome: between arms, within an arm, or of harms alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from living_review.tagging import direction
from living_review.tagging.changes import Sense
from living_review.tagging.checks import shares_of_events
from living_review.tagging.clauses import Clause, is_before_after
from living_review.tagging.comparison import Compared, compared, named
from living_review.tagging.direction import Said
from living_review.tagging.numbers import before_after, effects, p_values
from living_review.tagging.shares import of_arms
from living_review.tagging.told import Place, Setting, Told, as_finding
from living_review.tagging.values import effect_sign, larger_arm

VERSION = "1"
_BY_NUMBERS_FROM = 8  # words; nearer wording is trusted before the numbers
_MEASURED = re.compile(
    (
        r"\b(?:was|were) (?:also )?(?:recorded|assessed|examined|measured|noted|"
        r"evaluated|collected|extracted|monitored|compared)\b"
    ),
    re.IGNORECASE,
)


def statements(place: Place, setting: Setting, implied: bool = False) -> list[Told]:
    """The findings of one clause on one outcome: between arms, and within each."""
    found: list[Told] = []
    told_of: list[Compared] = []
    pairs = compared(
        place.clause, place.sentence, setting.record, setting.vocabulary, setting.about
    )
    kind = setting.vocabulary.outcomes[place.outcome]
    absolute = kind.harm and not _compares_harms(place.clause, pairs)
    for pair in pairs:
        said = direction.read(place.clause, place.span, pair.mine, pair.other)
        between = next((s for s in said if _between(s, pair, place.clause, setting)), None)
        if between is None or (between.sense == "goodness" and not _compares_well(between)):
            between = _by_numbers(place.clause, pair, kind.harm) or between
        if absolute:
            between = None
        if between is not None:
            found.append(as_finding(place, pair, between, setting, implied))
            told_of.append(pair)
    if not any(
        t.finding.change != "no_difference" and p.named for t, p in zip(found, told_of, strict=True)
    ):
        found += _before_after(place, setting, implied)
    if kind.harm and not found and not _MEASURED.search(place.sentence.text):
        unheld = _unheld_harms(place, setting)
        found += unheld if absolute else [_of_both(one) for one in unheld]
    return found


def _compares_harms(clause: Clause, pairs: Sequence[Compared]) -> bool:
    """Whether harms are held against another arm's: 'well tolerated' alone is no comparison."""
    if any(
        c.name in ("more", "less", "same", "differ", "rise", "worse") for c in clause.of("change")
    ):
        return True
    if clause.of("reference") or effects(clause.printed) or clause.between():
        return True
    return larger_arm(clause, (), ()) is not None or any(
        of_arms(clause, p.mine, p.other) for p in pairs
    )


def _compares_well(said: Said) -> bool:
    """'Effective in 2 of 10 with A and 4 of 9 with B' leaves the comparing to the numbers."""
    return said.graded or said.oriented in ("reference", "favors")


def _between(said: Said, pair: Compared, clause: Clause, setting: Setting) -> bool:
    """Whether what is said sets two arms against each other."""
    if said.within or said.sense == "differs":
        return False
    if said.sense == "same" or said.graded or said.oriented in ("reference", "favors"):
        return True
    if effects(clause.printed):
        return True
    # An experiment tells of treated animals; that they are held against its controls is understood.
    experiment = (
        setting.design in ("animal", "in_vitro") and pair.comparator in setting.record.plain
    )
    return pair.named or bool(pair.mine) or experiment


def _by_numbers(clause: Clause, pair: Compared, harm: bool) -> Said | None:
    """What printed numbers alone say of two arms: an effect with its interval, or two values."""
    within = is_before_after(clause) or clause.of("within_arm")
    values = None if within else larger_arm(clause, pair.mine, pair.other)
    for told_by in (effect_sign(clause), values):
        if told_by is None:
            continue
        sign, significant = told_by
        if significant is False or sign == 0:
            return Said("same", 0, False, False, "named", "numbers", 0)
        if significant:
            return Said("amount", sign, True, False, "named", "numbers", 0, graded=True)
    return _by_shares(clause, pair) if harm else None


def _by_shares(clause: Clause, pair: Compared) -> Said | None:
    """Shares of both arms without a p value: the larger is the larger, its significance open.

    Shares that add up to 100 without counts are of events, not of people, and say nothing.
    """
    found = of_arms(clause, pair.mine, pair.other)
    if found is None:
        return None
    mine, other = found
    if mine.n is None and shares_of_events(mine.percent, other.percent, events=True):
        return None
    sign = (mine.percent > other.percent) - (mine.percent < other.percent)
    sense: Sense = "amount" if sign else "same"
    return Said(sense, sign, None, False, "named", "numbers", 0, graded=True)


def _before_after(place: Place, setting: Setting, implied: bool) -> list[Told]:
    """Changes within an arm: versus baseline, whatever else the record compares."""
    record, clause = setting.record, place.clause
    if place.span is None and clause.between():
        return []
    known = record.studied + record.against
    drugs, _ = named(place.sentence, setting.vocabulary, (0, len(place.sentence.words)))
    here = [m for m in drugs if m.name in known]
    if not here and any(m.name in known for m in place.sentence.terms):
        return []
    mentioned = [m.name for m in here if clause.first <= m.first <= clause.last]
    single = not record.plain and not record.others
    single = single or (setting.design == "case_report" and not record.plain)
    found: list[Told] = []
    experiment = setting.design in ("animal", "in_vitro")
    if experiment and not here and not clause.of("within_arm") and not clause.of("treated_arm"):
        return found  # what the injury did, not the drug
    for drug in list(dict.fromkeys(mentioned)) or (record.unnamed if setting.about else ()):
        at = tuple((m.first, m.last) for m in here if m.name == drug)
        pair = Compared(drug, "baseline", at, (), named=bool(mentioned))
        told_by = direction.read(clause, place.span, at, ())
        if told_by and told_by[0].distance > _BY_NUMBERS_FROM and (by := _from_to(place)):
            told_by.insert(0, by)
        for said in told_by:
            alone = single and not (said.graded and clause.of("reference"))
            alone = alone and (said.sense != "same" or (record.single and bool(mentioned)))
            if said.sense != "differs" and (said.within or alone):
                found.append(as_finding(place, pair, said, setting, implied))
                break
    return found


def _from_to(place: Place) -> Said | None:
    """'VAS went from 5.3 to 2.8': the direction by its numbers, where the cue stands far off."""
    clause = place.clause
    at = clause.words[place.span[1]].end - clause.words[clause.first].start if place.span else 0
    for before, after, start in before_after(clause.printed):
        if start >= at and before != after:
            ps = [p for p in p_values(clause.printed) if p.start > start]
            significant = ps[0].significant if ps else None
            return Said(
                "amount", 1 if after > before else -1, significant, True, "named", "numbers", 0
            )
    return None


def _of_both(told: Told) -> Told:
    """Harms told of both arms in words or numbers that do not say which had more."""
    because = "harms are told of both arms, but not which arm had more"
    return replace(told, finding=replace(told.finding, unclear_because=because))


def _unheld_harms(place: Place, setting: Setting) -> list[Told]:
    """Harms named for a drug without another arm to hold them against: kept, direction unclear."""
    record = setting.record
    here = [m.name for m in place.sentence.terms if m.kind == "drug" and m.name in record.studied]
    found = []
    for drug in list(dict.fromkeys(here)) or (record.unnamed if setting.about else ()):
        held = record.default(drug) if setting.design == "rct" else None
        held = held if held in record.plain else "baseline"
        said = Said("goodness", 0, None, False, "named", "", 0)
        found.append(
            as_finding(place, Compared(drug, held, (), (), named=True), said, setting, False)
        )
    return found
