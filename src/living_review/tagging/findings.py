"""What a record found: each comparison and outcome with direction, significance, numbers, quote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from living_review.model import (
    Arm,
    Design,
    Effect,
    Finding,
    FindingDirection,
    OutcomeChange,
    Tag,
)
from living_review.protocol import Vocabulary
from living_review.tagging import checks, direction, follow_up
from living_review.tagging.comparison import Arms, Compared, arms, compared
from living_review.tagging.direction import Clause, Said
from living_review.tagging.effects import read_numbers
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.outcomes import main, parent, primary
from living_review.tagging.words import Mark

VERSION = "1"

_TELLING = ("results", "conclusion", "other", "title")
# How far a reading is trusted by where it stands and how it names its arms; set on
# gabapentinoid_labels and evidence_inference_dev (benchmarks/reading.py prints the calibration).
_PART_TRUST = {"results": 0.9, "other": 0.85, "conclusion": 0.85, "title": 0.7}
_IMPLIED_OUTCOME = 0.85
_CARRIED_OUTCOME = 0.9
_DEFAULT_ARMS = 0.85
_TREND = 0.9
_FAR = 0.985  # for each word between the outcome and what is said of it


@dataclass(frozen=True, slots=True)
class Told:
    """One finding before merging: where it was read, and whether of the outcome itself."""

    finding: Finding
    part: str
    child: bool
    within: bool


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


def told(text: MarkedText, tags: Sequence[Tag], vocabulary: Vocabulary, by: str) -> list[Told]:
    """Every finding as read, in order of the text, before sentences are merged."""
    value = {t.name: t.value for t in reversed(tags)}
    setting = _Setting(
        text,
        vocabulary,
        arms(tags, vocabulary),
        value.get("design", "unclear"),  # type: ignore[arg-type]
        main(text, vocabulary),
        frozenset(primary(text, vocabulary)),
        float(value["weeks"]) if "weeks" in value else None,
        follow_up.defined_terms(list(text.sentences)),
        by,
    )
    if not setting.record.studied:
        return []
    found: list[Told] = []
    carried: list[tuple[str, bool]] = []
    for sentence in text.sentences:
        if sentence.part not in _TELLING:
            continue
        read, carried = _sentence(sentence, setting, carried)
        found += read
    return found


def _sentence(
    sentence: MarkedSentence, setting: _Setting, carried: list[tuple[str, bool]]
) -> tuple[list[Told], list[tuple[str, bool]]]:
    """The findings of one sentence, and the outcomes the next may still speak of."""
    found: list[Told] = []
    own = False
    for clause in direction.clauses(sentence.text, sentence.words, sentence.cues):
        here = [
            m
            for m in sentence.named("outcome")
            if clause.first <= m.first <= clause.last and _is_outcome(m, sentence)
        ]
        if here:
            own = True
            carried = []
            for mark in _once(here):
                found += _outcome(sentence, clause, mark, setting)
                carried.append((mark.name, False))
        elif carried and _speaks_on(clause, sentence):
            for name, _ in carried:
                found += _spoken_of(sentence, clause, name, None, setting, _CARRIED_OUTCOME)
        elif setting.main and _is_verdict(clause):
            found += _spoken_of(sentence, clause, setting.main, None, setting, _IMPLIED_OUTCOME)
    return found, carried if own or sentence.part != "title" else []


def _is_outcome(mark: Mark, sentence: MarkedSentence) -> bool:
    """Not the name of the condition: the 'pain' of 'chronic radicular pain patients'."""
    for other in sentence.named("condition"):
        if other.first <= mark.first and mark.last <= other.last and other.first < mark.first:
            following = [t.word for t in sentence.words[mark.last + 1 : mark.last + 2]]
            before = [t.word for t in sentence.words[max(0, other.first - 2) : other.first]]
            if following and following[0] in ("patient", "group", "population"):
                return False
            if before and before[-1] in ("with", "associated", "from", "in"):
                return False
    return True


def _once(marks: list[Mark]) -> list[Mark]:
    seen: set[str] = set()
    kept = []
    for mark in marks:
        if mark.name not in seen:
            seen.add(mark.name)
            kept.append(mark)
    return kept


def _speaks_on(clause: Clause, sentence: MarkedSentence) -> bool:
    """Whether a clause without an outcome goes on about the last one: 'the difference was …'."""
    for cue in clause.of("change"):
        if cue.name in ("same", "differ"):
            after = [t.word for t in sentence.words[cue.last + 1 : cue.last + 2]]
            return not after or after[0] not in ("in", "for", "regarding", "of")
    return bool(clause.of("reference"))


_VERDICTS = frozenset(
    "effective ineffective efficacious superior inferior better benefit beneficial equivalent "
    "helped noninferior improved relief relieved".split()
)


def _is_verdict(clause: Clause) -> bool:
    """Whether a clause judges a drug without naming an outcome: 'was not effective'."""
    words = {t.word for t in clause.words[clause.first : clause.last + 1]}
    said = any(c.name in ("same", "better", "worse") for c in clause.of("change"))
    return said and bool(words & _VERDICTS or {"equally", "similar", "efficacy"} & words)


def _outcome(
    sentence: MarkedSentence, clause: Clause, mark: Mark, setting: _Setting
) -> list[Told]:
    return _spoken_of(sentence, clause, mark.name, mark, setting, 1.0)


def _spoken_of(
    sentence: MarkedSentence,
    clause: Clause,
    outcome: str,
    mark: Mark | None,
    setting: _Setting,
    trust: float,
) -> list[Told]:
    found = []
    span = None if mark is None else (mark.first, mark.last)
    pairs = compared(clause, sentence, setting.record, setting.vocabulary)
    for pair in pairs:
        said = direction.read(clause, span, pair.mine, pair.other)
        between = next((s for s in said if _compares(s, pair, clause)), None)
        if between is not None:
            one = _finding(sentence, clause, outcome, span, pair, between, setting, trust)
            if one is not None:
                found.append(one)
    found += _before_after(sentence, clause, outcome, span, pairs, setting, trust)
    return found


def _compares(said: Said, pair: Compared, clause: Clause) -> bool:
    """Whether what is said sets two arms against each other."""
    if said.within or said.sense == "differs":
        return False
    if pair.named or said.graded or said.oriented in ("reference", "favors") or clause.of("between_arms"):
        return said.graded or said.sense == "same" or pair.named or said.oriented in ("reference", "favors")
    return said.sense == "same" or bool(pair.mine)


def _before_after(
    sentence: MarkedSentence,
    clause: Clause,
    outcome: str,
    span: direction.Span | None,
    pairs: list[Compared],
    setting: _Setting,
    trust: float,
) -> list[Told]:
    """Changes within an arm: versus baseline, whatever else the record compares."""
    record = setting.record
    named = [
        m.name
        for m in sentence.terms
        if m.kind in ("drug", "drug_class") and m.name in record.studied + record.against
        and clause.first <= m.first <= clause.last
    ]
    drugs = list(dict.fromkeys(named)) or list(record.studied + record.against)
    found = []
    for drug in drugs:
        at = tuple((m.first, m.last) for m in sentence.terms if m.name == drug)
        pair = Compared(drug, "baseline", at, (), named=bool(named))
        for said in direction.read(clause, span, at, ()):
            alone = record.single and not said.graded
            if said.sense in ("amount", "goodness", "same") and (said.within or alone):
                one = _finding(sentence, clause, outcome, span, pair, said, setting, trust)
                if one is not None:
                    found.append(replace(one, within=True))
                break
    return found


def _finding(
    sentence: MarkedSentence,
    clause: Clause,
    outcome: str,
    span: direction.Span | None,
    pair: Compared,
    said: Said,
    setting: _Setting,
    trust: float,
) -> Told | None:
    kind = setting.vocabulary.outcomes[outcome]
    up_is_good = 1 if kind.better == "higher" else -1
    if said.sense == "amount":
        change, good = said.sign, said.sign * up_is_good
    elif said.sense == "goodness":
        change, good = said.sign * up_is_good, said.sign
    else:
        change, good = 0, 0
    confidence = _PART_TRUST[sentence.part] * trust * _FAR ** min(said.distance, 25)
    confidence *= 1.0 if pair.named else _DEFAULT_ARMS
    confidence *= _TREND if said.trend else 1.0
    finding = Finding(
        record_id=setting.text.record.record_id,
        intervention=pair.intervention,
        comparator=pair.comparator,
        outcome=parent(outcome, setting.vocabulary),
        direction=_direction(good),
        change=_change(change),
        significant=said.significant,
        quote=sentence.text,
        tagger=setting.by,
        weeks=_weeks(clause, sentence, setting),
        primary=parent(outcome, setting.vocabulary) in setting.primary,
        confidence=round(confidence, 3),
    )
    if pair.comparator == "baseline" and kind.harm and said.sense != "same":
        finding = replace(
            finding,
            direction="mixed_unclear",
            unclear_because="harms of a single arm have nothing to be compared with",
        )
    finding = read_numbers(finding, clause, span, pair, said, change, kind, setting.vocabulary, setting.text)
    return Told(finding, sentence.part, kind.part_of is not None, pair.comparator == "baseline")


def _direction(good: int) -> FindingDirection:
    if good == 0:
        return "no_difference"
    return "favours_intervention" if good > 0 else "favours_comparator"


def _change(sign: int) -> OutcomeChange:
    if sign == 0:
        return "no_difference"
    return "higher" if sign > 0 else "lower"


def _weeks(clause: Clause, sentence: MarkedSentence, setting: _Setting) -> float | None:
    for words in (clause.printed, sentence.text):
        points = follow_up.times(words)
        if points:
            return points[0][0]
        term = follow_up.term(words, setting.terms)
        if term is not None:
            return term
    return setting.weeks
