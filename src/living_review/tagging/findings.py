"""What a record found: each comparison and outcome with direction, significance, numbers, quote."""

import re
from collections.abc import Sequence

from living_review.model import Tag
from living_review.protocol import Vocabulary
from living_review.tagging import follow_up
from living_review.tagging.clauses import Clause, clauses, names_another
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.numbers import effects
from living_review.tagging.outcomes import main, primary
from living_review.tagging.record_arms import Arms, arms
from living_review.tagging.statements import statements
from living_review.tagging.told import Place, Setting, Told, weeks_of
from living_review.tagging.words import Mark

VERSION = "1"
_TELLING = ("results", "conclusion", "other", "title")
_WITHOUT_RESULTS = ("protocol", "registration")
_GOES_ON = 8  # words before what a clause without an outcome says of the last one
_IMPLIED_OUTCOME = 0.85
_CARRIED_OUTCOME = 0.9
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
_VERDICTS = frozenset((
    "effective", "ineffective", "efficacious", "superior", "inferior", "better", "benefit",
    "beneficial", "equivalent", "helped", "noninferior", "improved", "equally", "similar",
    "efficacy", "perform", "relief", "resolved",
))  # fmt: skip
_POINTS_BACK = re.compile(
    r"^\W*(?:this|the|these|that|such|no|at|from|between|there|both|it|over|overall|pooled)\b",
    re.IGNORECASE,
)
_Carried = tuple[str, float | None]


def told(text: MarkedText, tags: Sequence[Tag], vocabulary: Vocabulary, by: str) -> list[Told]:
    """Every finding as read, in order of the text, before sentences are merged."""
    value = {t.name: t.value for t in reversed(tags)}
    titled = frozenset(m.name for m in text.sentences[0].terms) if text.sentences else frozenset()
    record = arms(tags, vocabulary, titled)
    if not record.studied or value.get("design") in _WITHOUT_RESULTS:
        return []
    review = value.get("design") == "systematic_review"
    setting = Setting(
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
        _is_about(value.get("design", "unclear"), record, titled),
    )
    found: list[Told] = []
    carried: list[_Carried] = []
    for sentence in text.sentences:
        if sentence.part == "title" and not _ASSERTS.search(sentence.text):
            continue
        if sentence.part in _TELLING and not any(c.kind == "planned" for c in sentence.cues):
            read, carried = _sentence(sentence, setting, carried)
            found += read
        else:
            carried = []
    return found


def _is_about(design: str, record: Arms, titled: frozenset[str]) -> bool:
    """Whether a sentence that names no drug speaks of the studied ones.

    A review speaks of many; a narrative one titled with a class speaks of all in it.
    """
    if design == "narrative_review":
        return bool(titled & set(record.studied) - record.classes)
    return design != "systematic_review" or bool(titled & set(record.studied))


def _sentence(
    sentence: MarkedSentence, setting: Setting, carried: list[_Carried]
) -> tuple[list[Told], list[_Carried]]:
    """The findings of one sentence, and the outcomes the next may still speak of."""
    found: list[Told] = []
    fresh = True  # nothing of this sentence has been read yet
    for clause in clauses(sentence.text, sentence.words, sentence.cues):
        here = [
            m
            for m in sentence.named("outcome")
            if clause.first <= m.first <= clause.last and _is_outcome(m, sentence)
        ]
        if here:
            carried = []
            for mark in _once(here):
                place = Place(sentence, clause, mark.name, (mark.first, mark.last), 1.0)
                found += statements(place, setting)
                carried.append((mark.name, weeks_of(place, setting)))
            fresh = False
        elif carried and _speaks_on(clause, sentence, fresh):
            for name, weeks in carried:
                place = Place(sentence, clause, name, None, _CARRIED_OUTCOME, weeks)
                more = statements(place, setting)
                if clause.of("reference"):
                    found = [one for one in found if not _is_taken_back(one, more)]
                found += more
            fresh = False
        elif setting.main and _is_verdict(clause):
            place = Place(sentence, clause, setting.main, None, _IMPLIED_OUTCOME)
            found += statements(place, setting, implied=True)
    return found, carried


def _is_taken_back(one: Told, more: Sequence[Told]) -> bool:
    """'A lowered X, but not more than B': what came before was no comparison."""
    f = one.finding
    return any(
        t.finding.direction == "no_difference" != f.direction
        and (t.finding.intervention, t.finding.comparator, t.finding.outcome)
        == (f.intervention, f.comparator, f.outcome)
        for t in more
    )


def _is_outcome(mark: Mark, sentence: MarkedSentence) -> bool:
    """Not the name of the condition: the symptom within 'patients with chronic <symptom>'."""
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
        if cue.name not in ("same", "differ") or cue.first > clause.first + _GOES_ON:
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
        return not names_another(sentence.words, cue.last)
    return not fresh and bool(clause.of("reference"))


def _is_verdict(clause: Clause) -> bool:
    """Whether a clause judges a drug without naming an outcome: 'was not effective'."""
    words = {t.word for t in clause.words[clause.first : clause.last + 1]}
    said = any(c.name in ("same", "better", "worse") for c in clause.of("change"))
    graded = any(c.name in ("more", "less") for c in clause.of("change"))
    return (said and bool(words & _VERDICTS)) or (graded and bool(words & _SCORES))
