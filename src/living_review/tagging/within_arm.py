"""What a clause says of one arm alone: changes against baseline, and harms with nothing beside."""

from living_review.tagging import direction
from living_review.tagging.clauses import Clause
from living_review.tagging.comparison import Compared, named
from living_review.tagging.direction import Said
from living_review.tagging.numbers import before_after as from_to
from living_review.tagging.numbers import p_values
from living_review.tagging.told import Place, Setting, Told, as_finding

VERSION = "1"
_BY_NUMBERS_FROM = 8  # words; nearer wording is trusted before the numbers


def before_after(place: Place, setting: Setting, implied: bool) -> list[Told]:
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
            if said.sense != "same" and _held_against_other(clause):
                continue
            alone = single and (said.sense != "same" or (record.single and bool(mentioned)))
            if said.sense != "differs" and (said.within or alone):
                found.append(as_finding(place, pair, said, setting, implied))
                break
    return found


def _held_against_other(clause: Clause) -> bool:
    """'Worse in smokers than in others': of one arm's people, and no change since baseline."""
    if any(t.word == "dose" for t in clause.words[clause.first : clause.last + 1]) and any(
        m.name in ("more", "less") for m in clause.of("change")
    ):
        return True  # 'lower on the higher dose'
    return any(
        "baseline" not in {t.word for t in clause.words[m.last + 1 : m.last + 4]}
        for m in clause.of("reference")
        if clause.words[m.first].word not in ("over", "against")  # 'over time'
    )


def _from_to(place: Place) -> Said | None:
    """'VAS went from 5.3 to 2.8': the direction by its numbers, where the cue stands far off."""
    clause = place.clause
    at = clause.words[place.span[1]].end - clause.words[clause.first].start if place.span else 0
    for before, after, start in from_to(clause.printed):
        if start >= at and before != after:
            ps = [p for p in p_values(clause.printed) if p.start > start]
            significant = ps[0].significant if ps else None
            return Said(
                "amount", 1 if after > before else -1, significant, True, "named", "numbers", 0
            )
    return None


def unheld_harms(place: Place, setting: Setting) -> list[Told]:
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
