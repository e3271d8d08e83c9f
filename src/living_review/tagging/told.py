"""One statement of a clause as a finding: direction for patients, time, trust, numbers."""

from dataclasses import dataclass, replace

from living_review.model import Design, Finding, FindingDirection, OutcomeChange
from living_review.protocol import Vocabulary
from living_review.tagging import follow_up
from living_review.tagging.clauses import Clause, Span
from living_review.tagging.comparison import Compared
from living_review.tagging.direction import Said
from living_review.tagging.effects import read_numbers
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.outcomes import parent
from living_review.tagging.record_arms import Arms

VERSION = "1"
# How far a reading is trusted by where it stands and how it names its arms; set on
# gabapentinoid_labels and evidence_inference_dev (benchmarks/reading prints the calibration).
_PART_TRUST = {"results": 0.9, "other": 0.85, "conclusion": 0.85, "title": 0.7}
_DEFAULT_ARMS = 0.85
_NUMBERS_ONLY = 0.9
_TREND = 0.9
_FAR = 0.985  # for each word between the outcome and what is said of it


@dataclass(frozen=True, slots=True)
class Told:
    """One finding before merging: where it was read, and whether of a part of its outcome."""

    finding: Finding
    part: str
    child: bool
    implied: bool


@dataclass(frozen=True, slots=True)
class Setting:
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
class Place:
    """A clause of a sentence, and the outcome it is read for (`span` None: named before)."""

    sentence: MarkedSentence
    clause: Clause
    outcome: str
    span: Span | None
    trust: float
    weeks: float | None = None  # of the sentence the outcome was named in


def as_finding(place: Place, pair: Compared, said: Said, setting: Setting, implied: bool) -> Told:
    """What is said in a place of a pair of arms, with numbers that can be true and their trust."""
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
        weeks=weeks_of(place, setting),
        primary=outcome in setting.primary,
        confidence=_confidence(place, pair, said),
        cue=said.worded,
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


def _confidence(place: Place, pair: Compared, said: Said) -> float:
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


def weeks_of(place: Place, setting: Setting) -> float | None:
    """The time nearest the outcome in the clause, else the only one about, else the record's."""
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
