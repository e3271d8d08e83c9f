"""What a record found: each comparison and outcome with direction, significance, numbers, quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from living_review.model import Design, Finding, FindingDirection, OutcomeChange, Tag
from living_review.protocol import Vocabulary
from living_review.tagging import direction, follow_up
from living_review.tagging.comparison import Arms, Compared, arms, compared
from living_review.tagging.direction import Clause, Said, Span
from living_review.tagging.effects import read_numbers
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.numbers import before_after, effects, p_values
from living_review.tagging.outcomes import main, parent, primary
from living_review.tagging.values import effect_sign, larger_arm
from living_review.tagging.words import Mark

VERSION = "1"

_TELLING = ("results", "conclusion", "other", "title")
# How far a reading is trusted by where it stands and how it names its arms; set on
# gabapentinoid_labels and evidence_inference_dev (benchmarks/reading.py prints the calibration).
_PART_TRUST = {"results": 0.9, "other": 0.85, "conclusion": 0.85, "title": 0.7}
_IMPLIED_OUTCOME = 0.85
_CARRIED_OUTCOME = 0.9
_DEFAULT_ARMS = 0.85
_NUMBERS_ONLY = 0.9
_BY_NUMBERS_FROM = 8  # words; nearer wording is trusted before the numbers
_TREND = 0.9
_FAR = 0.985  # for each word between the outcome and what is said of it

# A title that names its subject ('Benefits and safety of …') asserts nothing.
_ASSERTS = re.compile(
    (
        r"\b(?:reduces?|decreases?|increases?|improves?|relieves?|alleviates?|attenuates?|"
        r"reverses?|suppress(?:es)?|inhibits?|prevents?|ameliorates?|raises?|lowers?|"
        r"blocks?|does not|did not|do not|is not|is effective|are effective|ineffective|"
        r"fails?)\b"
    ),
    re.IGNORECASE,
)
_SCORES = frozenset(("score", "difference", "rating", "intensity"))
_VERDICTS = frozenset(
    [
        "effective",
        "ineffective",
        "efficacious",
        "superior",
        "inferior",
        "better",
        "benefit",
        "beneficial",
        "equivalent",
        "helped",
        "noninferior",
        "improved",
        "equally",
        "similar",
        "efficacy",
        "perform",
        "relief",
        "resolved",
    ]
)
_MEASURED = re.compile(
    (
        r"\b(?:was|were) (?:also )?(?:recorded|assessed|examined|measured|noted|"
        r"evaluated|collected|extracted|monitored|compared)\b"
    ),
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:this|the|these|that|such|no|at|from|between|there|both|it|over|overall|pooled)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One finding before merging: where it was read, and whether of a part of its outcome."""

    finding: Finding
    part: str
    child: bool
    implied: bool


@dataclass(frozen=True, slots=True)
class _Setting:
    """What reading one record's sentences needs to know of the record."""

    text: MarkedText
    vocabulary: Vocabulary
    record: Arms
    design: Design
    main: str | None
    primary: frozenset[str]
    weeks: float | None
    terms: dict[float, float]
    by: str
    about: bool  # the record is about the drugs alone, so that a sentence need not name them


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause of a sentence, and the outcome it is read for (`span` None: named before)."""

    sentence: MarkedSentence
    clause: Clause
    outcome: str
    span: Span | None
    trust: float
    weeks: float | None = None  # of the sentence the outcome was named in


_Carried = tuple[str, float | None]


def told(text: MarkedText, tags: Sequence[Tag], vocabulary: Vocabulary, by: str) -> list[Told]:
    """Every finding as read, in order of the text, before sentences are merged."""
    value = {t.name: t.value for t in reversed(tags)}
    record = arms(tags, vocabulary)
    if not record.studied:
        return []
    review = value.get("design") == "systematic_review"
    setting = _Setting(
        text,
        vocabulary,
        record,
        value.get("design", "unclear"),  # type: ignore[arg-type]
        main(text, vocabulary),
        frozenset(primary(text, vocabulary)),
        # The longest time a review names is of one of its studies, not of its pooled result.
        float(value["weeks"]) if "weeks" in value and not review else None,
        follow_up.defined_terms(list(text.sentences)),
        by,
        not review or any(m.name in record.studied for m in text.sentences[0].terms),
    )
    found: list[Told] = []
    carried: list[_Carried] = []
    for sentence in text.sentences:
        if sentence.part == "title" and not _ASSERTS.search(sentence.text):
            continue
        if sentence.part in _TELLING:
            read, carried = _sentence(sentence, setting, carried)
            found += read
        else:
            carried = []
    return found


def _sentence(
    sentence: MarkedSentence, setting: _Setting, carried: list[_Carried]
) -> tuple[list[Told], list[_Carried]]:
    """The findings of one sentence, and the outcomes the next may still speak of."""
    found: list[Told] = []
    fresh = True  # nothing of this sentence has been read yet
    for clause in direction.clauses(sentence.text, sentence.words, sentence.cues):
        here = [
            m
            for m in sentence.named("outcome")
            if clause.first <= m.first <= clause.last and _is_outcome(m, sentence)
        ]
        if here:
            carried = []
            for mark in _once(here):
                place = _Place(sentence, clause, mark.name, (mark.first, mark.last), 1.0)
                found += _read(place, setting)
                carried.append((mark.name, _weeks(place, setting)))
            fresh = False
        elif carried and _speaks_on(clause, sentence, fresh):
            for name, weeks in carried:
                place = _Place(sentence, clause, name, None, _CARRIED_OUTCOME, weeks)
                found += _read(place, setting)
            fresh = False
        elif setting.main and _is_verdict(clause):
            place = _Place(sentence, clause, setting.main, None, _IMPLIED_OUTCOME)
            found += _read(place, setting, implied=True)
    return found, carried


def _is_outcome(mark: Mark, sentence: MarkedSentence) -> bool:
    """Not the name of the condition: the 'pain' of 'patients with chronic radicular pain'."""
    for other in sentence.named("condition"):
        if other.first <= mark.first and mark.last <= other.last and other.first < mark.first:
            after = [t.word for t in sentence.words[mark.last + 1 : mark.last + 2]]
            before = [t.word for t in sentence.words[max(0, other.first - 2) : other.first]]
            if after and after[0] in ("patient", "group", "population"):
                return False
            if {"with", "associated", "from"} & set(before) or before[-1:] == ["in"]:
                return False
    return True


def _once(marks: list[Mark]) -> list[Mark]:
    return list({m.name: m for m in reversed(marks)}.values())[::-1]


def _speaks_on(clause: Clause, sentence: MarkedSentence, fresh: bool) -> bool:
    """Whether a clause without an outcome goes on about the last one: 'the difference was …'."""
    if fresh and not _POINTS_BACK.match(clause.printed):
        return False
    if fresh and effects(clause.printed):
        return True
    for cue in clause.of("change"):
        if cue.name not in ("same", "differ") or (fresh and cue.first > clause.first + 8):
            continue
        said = {t.word for t in clause.words[cue.first : cue.last + 1]}
        if fresh and not said & {
            "difference",
            "differ",
            "different",
            "significant",
            "significance",
        }:
            continue
        after = [t.word for t in sentence.words[cue.last + 1 : cue.last + 2]]
        return not after or after[0] not in ("in", "for", "regarding", "of", "conclusion")
    return not fresh and bool(clause.of("reference"))


def _is_verdict(clause: Clause) -> bool:
    """Whether a clause judges a drug without naming an outcome: 'was not effective'."""
    words = {t.word for t in clause.words[clause.first : clause.last + 1]}
    said = any(c.name in ("same", "better", "worse") for c in clause.of("change"))
    graded = any(c.name in ("more", "less") for c in clause.of("change"))
    return (said and bool(words & _VERDICTS)) or (graded and bool(words & _SCORES))


def _read(place: _Place, setting: _Setting, implied: bool = False) -> list[Told]:
    """The findings of one clause on one outcome: between arms, and within each."""
    found: list[Told] = []
    told_of: list[Compared] = []
    pairs = compared(
        place.clause, place.sentence, setting.record, setting.vocabulary, setting.about
    )
    kind = setting.vocabulary.outcomes[place.outcome]
    absolute = kind.harm and not _compares_harms(place.clause)
    for pair in pairs:
        said = direction.read(place.clause, place.span, pair.mine, pair.other)
        between = next((s for s in said if _between(s, pair, place.clause, setting)), None)
        if between is None or (between.sense == "goodness" and not _compares_well(between)):
            between = _by_numbers(place.clause, pair) or between
        if absolute:
            between = None
        if between is not None:
            found.append(_told(place, pair, between, setting, implied))
            told_of.append(pair)
    if not any(t.finding.change != "no_difference" and p.named for t, p in zip(found, told_of)):
        found += _before_after(place, setting, implied)
    if absolute and not found and not _MEASURED.search(place.sentence.text):
        found += _unheld_harms(place, setting)
    return found


def _compares_harms(clause: Clause) -> bool:
    """Whether harms are held against another arm's: 'well tolerated' alone is no comparison."""
    if any(
        c.name in ("more", "less", "same", "differ", "rise", "worse") for c in clause.of("change")
    ):
        return True
    return bool(clause.of("reference") or effects(clause.printed) or clause.of("between_arms")) or (
        larger_arm(clause, (), ()) is not None
    )


def _compares_well(said: Said) -> bool:
    """'Effective in 2 of 10 with A and 4 of 9 with B' leaves the comparing to the numbers."""
    return said.graded or said.oriented in ("reference", "favors")


def _between(said: Said, pair: Compared, clause: Clause, setting: _Setting) -> bool:
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


def _by_numbers(clause: Clause, pair: Compared) -> Said | None:
    """What the printed numbers alone say of two arms: an effect with its interval, or tw"
    "o values.
    """
    within = direction.is_before_after(clause) or clause.of("within_arm")
    values = None if within else larger_arm(clause, pair.mine, pair.other)
    for told_by in (effect_sign(clause), values):
        if told_by is None:
            continue
        sign, significant = told_by
        if significant is False or sign == 0:
            return Said("same", 0, False, False, "named", "numbers", 0)
        if significant:
            return Said("amount", sign, True, False, "named", "numbers", 0, graded=True)
    return None


def _before_after(place: _Place, setting: _Setting, implied: bool) -> list[Told]:
    """Changes within an arm: versus baseline, whatever else the record compares."""
    record, clause = setting.record, place.clause
    if place.span is None and clause.of("between_arms"):
        return []
    known = record.studied + record.against
    here = [m for m in place.sentence.terms if m.kind in ("drug", "drug_class") and m.name in known]
    named = [m.name for m in here if clause.first <= m.first <= clause.last]
    single = not record.plain and not record.others
    single = single or (setting.design == "case_report" and not record.plain)
    found: list[Told] = []
    experiment = setting.design in ("animal", "in_vitro")
    if experiment and not here and not clause.of("within_arm") and not clause.of("treated_arm"):
        return found  # what the injury did, not the drug
    for drug in list(dict.fromkeys(named)) or (record.unnamed if setting.about else ()):
        at = tuple((m.first, m.last) for m in here if m.name == drug)
        pair = Compared(drug, "baseline", at, (), named=bool(named))
        told_by = direction.read(clause, place.span, at, ())
        if told_by and told_by[0].distance > _BY_NUMBERS_FROM and (by := _from_to(place)):
            told_by.insert(0, by)
        for said in told_by:
            alone = single and not (said.graded and clause.of("reference"))
            alone = alone and (said.sense != "same" or (record.single and bool(named)))
            if said.sense != "differs" and (said.within or alone):
                found.append(_told(place, pair, said, setting, implied))
                break
    return found


def _from_to(place: _Place) -> Said | None:
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


def _unheld_harms(place: _Place, setting: _Setting) -> list[Told]:
    """Harms named for a drug without another arm to hold them against: kept, direction unclear."""
    record = setting.record
    here = [m.name for m in place.sentence.terms if m.kind == "drug" and m.name in record.studied]
    found = []
    for drug in list(dict.fromkeys(here)) or (record.unnamed if setting.about else ()):
        held = record.default(drug) if setting.design == "rct" else None
        held = held if held in record.plain else "baseline"
        said = Said("goodness", 0, None, False, "named", "", 0)
        found.append(_told(place, Compared(drug, held, (), (), named=True), said, setting, False))
    return found


def _told(place: _Place, pair: Compared, said: Said, setting: _Setting, implied: bool) -> Told:
    kind = setting.vocabulary.outcomes[place.outcome]
    up_is_good = 1 if kind.better == "higher" else -1
    change, good = {
        "amount": (said.sign, said.sign * up_is_good),
        "goodness": (said.sign * up_is_good, said.sign),
    }.get(said.sense, (0, 0))
    outcome = parent(place.outcome, setting.vocabulary)
    finding = Finding(
        record_id=setting.text.record.record_id,
        intervention=pair.intervention,
        comparator=pair.comparator,
        outcome=outcome,
        direction=_direction(good),
        change=_change(change),
        significant=said.significant,
        quote=place.sentence.text,
        tagger=setting.by,
        weeks=_weeks(place, setting),
        primary=outcome in setting.primary,
        confidence=_confidence(place, pair, said),
    )
    unheld = kind.harm and said.sense == "goodness" and said.sign == 0
    if unheld or (pair.comparator == "baseline" and kind.harm):
        finding = replace(
            finding,
            direction="mixed_unclear",
            change="unclear",
            unclear_because="harms are told of one arm, with nothing to hold them against",
        )
    else:
        finding = read_numbers(
            finding, place.clause, place.span, pair, said, change, kind, setting.text
        )
    return Told(finding, place.sentence.part, kind.part_of is not None, implied)


def _confidence(place: _Place, pair: Compared, said: Said) -> float:
    trust = _PART_TRUST[place.sentence.part] * place.trust * _FAR ** min(said.distance, 25)
    trust *= 1.0 if pair.named else _DEFAULT_ARMS
    trust *= _TREND if said.trend else 1.0
    trust *= _NUMBERS_ONLY if said.cue == "numbers" else 1.0
    return round(trust, 3)


def _direction(good: int) -> FindingDirection:
    if good == 0:
        return "no_difference"
    return "favours_intervention" if good > 0 else "favours_comparator"


def _change(sign: int) -> OutcomeChange:
    if sign == 0:
        return "no_difference"
    return "higher" if sign > 0 else "lower"


def _weeks(place: _Place, setting: _Setting) -> float | None:
    """The time nearest the outcome in its clause, else the sentence's only one, else the"
    " record's.
    """
    clause = place.clause
    words, start = clause.printed, clause.words[clause.first].start
    at = clause.words[place.span[1]].end - start if place.span else 0
    found = follow_up.times(words) + follow_up.terms(words, setting.terms)
    if found:
        return min(found, key=lambda t: (abs(t[1] - at), t[1]))[0]
    elsewhere = follow_up.times(place.sentence.text)
    if len({weeks for weeks, _ in elsewhere}) == 1:
        return elsewhere[0][0]
    return setting.weeks if place.weeks is None else place.weeks
