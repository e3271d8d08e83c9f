"""Every reading of a record that bears on one question, each with how well it fits."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from living_review.tagging import direction
from living_review.tagging.clauses import Clause, Span, clauses
from living_review.tagging.direction import Said
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.matching import Wanted, match, polarity, spelled, wanted
from living_review.tagging.numbers import p_values
from living_review.tagging.sentences import Sentence, abbreviations
from living_review.tagging.values import effect_sign, larger_arm
from living_review.tagging.words import tokens

VERSION = "1"
Change = Literal["higher", "lower", "no_difference"]
_Arm = tuple[float, list[Span]]
_PART_WEIGHT = {"results": 1.0, "conclusion": 0.85, "other": 0.9, "title": 0.45,
                "background": 0.2, "objective": 0.15, "methods": 0.25}  # fmt: skip
_DENIALS = frozenset(("no", "without", "non", "not"))
_BASELINE = re.compile(r"baseline|before|pre-?(?:treatment|test|operati|interven)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the change of `outcome` with `intervention` against `comparator`."""

    intervention: str
    comparator: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one clause, with how well it fits the question."""

    change: Change | None
    score: float
    significant: bool | None
    quote: str
    said: Said | None


def candidates(text: MarkedText, question: Question) -> list[Candidate]:
    """Every reading of every sentence that touches the outcome, best first."""
    asked = " . ".join((question.intervention, question.comparator, question.outcome))
    defined = abbreviations((Sentence(asked, "other", 0),)) | text.abbreviations
    short = spelled(defined)
    ask = _asked(question)
    found: list[Candidate] = []
    carried = 0.0
    for sentence in text.sentences:
        fit, spans = match(ask.outcome, sentence.words, short)
        mine, other = _arms(ask, sentence, short)
        if fit >= 0.2:
            carried = fit
            found += _read_sentence(sentence, ask, fit, spans, mine, other)
        elif carried and (pointing := _points_back(sentence)):
            found += _read_back(sentence, ask, carried * pointing, mine, other)
            carried *= 0.7
        else:
            carried *= 0.5
    found.sort(key=lambda c: -c.score)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question made ready: weighted words of arms and outcome."""

    alone: bool  # the comparator is the intervention less a part: 'X alone'
    mine: Wanted
    other: Wanted
    outcome: Wanted
    good: int
    within: bool
    without: frozenset[str]  # words whose denial ('no X', 'without X') is the comparator


def _asked(question: Question) -> _Asked:
    mine_words = frozenset(t.word for t in tokens(question.intervention))
    other_words = frozenset(t.word for t in tokens(question.comparator))
    shared = mine_words & other_words
    mine = wanted(question.intervention, shared)
    other = wanted(question.comparator, shared)
    if not mine.weights:
        mine = wanted(question.intervention)
    alone = bool(other_words & {"alone", "only"}) or (not other.weights and bool(mine.weights))
    if not other.weights and not mine.weights:
        other = wanted(question.comparator)
    outcome = wanted(question.outcome, mine_words | other_words)
    if not outcome.weights:
        outcome = wanted(question.outcome)
    first = next((t.word for t in tokens(question.comparator)), "")
    without = frozenset(wanted(question.comparator).weights) if first in _DENIALS else frozenset()
    return _Asked(
        alone,
        mine,
        other,
        outcome,
        polarity(question.outcome),
        bool(_BASELINE.search(question.comparator)),
        without,
    )


def _arms(
    ask: _Asked, sentence: MarkedSentence, short: dict[str, frozenset[str]]
) -> tuple[_Arm, _Arm]:
    fit_a, mine = match(ask.mine, sentence.words, short)
    fit_b, other = match(ask.other, sentence.words, short)
    if ask.without:
        denied = [
            (i, i)
            for i, t in enumerate(sentence.words)
            if t.word in ask.without
            and any(w.word in _DENIALS for w in sentence.words[max(0, i - 2) : i])
        ]
        if denied:
            fit_b, other = 1.0, denied
            mine = [s for s in mine if s not in denied]
    if fit_a < 0.25:
        mine = [(m.first, m.last) for m in sentence.cues if m.kind == "treated_arm"]
    if ask.alone and (
        alone := [(i, i) for i, t in enumerate(sentence.words) if t.word in ("alone", "only")]
    ):
        fit_b, other = 1.0, alone
    if fit_b < 0.25:
        other = [(m.first, m.last) for m in sentence.cues if m.kind == "control_arm"]
    return (fit_a, mine), (fit_b, [s for s in other if s not in mine])


def _points_back(sentence: MarkedSentence) -> float:
    """How surely a sentence without the outcome goes on about it: 'the difference was …'."""
    words = sentence.words
    for m in sentence.cues:
        if m.kind == "change" and m.name in ("same", "differ"):
            after = words[m.last + 1].word if m.last + 1 < len(words) else ""
            between = any(c.kind == "between_arms" for c in sentence.cues)
            if after in ("in", "for", "regarding", "of"):
                return 0.0
            return 0.8 if between or m.name == "differ" else 0.4
    return 0.0


def _read_back(
    sentence: MarkedSentence, ask: _Asked, fit: float, mine: _Arm, other: _Arm
) -> list[Candidate]:
    return _read_sentence(sentence, ask, fit, [], mine, other)


def _read_sentence(
    sentence: MarkedSentence, ask: _Asked, fit: float, spans: list[Span], mine: _Arm, other: _Arm
) -> list[Candidate]:
    found: list[Candidate] = []
    own = [
        (i, i)
        for i, t in enumerate(sentence.words)
        if t.word in ask.outcome.weights and t.word not in ("higher", "lower", "greater")
    ]
    parts = clauses(sentence.text, sentence.words, sentence.cues)
    base = _PART_WEIGHT[sentence.part] * fit
    base *= 0.7 + 0.15 * min(1.0, mine[0] * 2) + 0.15 * min(1.0, other[0] * 2)
    spoken = False
    for clause in parts:
        here = [s for s in spans if clause.first <= s[0] <= clause.last]
        weight = base * (1.0 if here or not spans else 0.85 if spoken and _generic(clause) else 0.4)
        spoken = spoken or bool(here)
        if _about_baseline(clause) and not ask.within:
            weight *= 0.2
        if spoken and not here and _takes_back(clause):
            found = [replace(c, score=c.score * _TAKEN_BACK) for c in found]
        found += _read_clause(
            clause, ask, here[0] if here else None, mine[1], other[1], own, weight
        )
    return found


_TAKEN_BACK = 0.5


def _takes_back(clause: Clause) -> bool:
    """'… but the difference was not significant': what came before it was no difference."""
    words = {t.word for t in clause.words[clause.first : clause.last + 1]}
    said = any(c.name == "same" for c in clause.of("change"))
    return said and "difference" in words and bool(words & {"significant", "significance"})


def _generic(clause: Clause) -> bool:
    """A clause that says 'no difference' and names nothing new goes on about the last outcome."""
    return any(c.name in ("same", "differ") for c in clause.of("change"))


def _about_baseline(clause: Clause) -> bool:
    low = clause.printed.lower()
    return (
        "baseline" in low
        and "from baseline" not in low
        and any(c.name in ("same", "differ") for c in clause.of("change"))
    )


def _read_clause(
    clause: Clause,
    ask: _Asked,
    outcome: Span | None,
    mine: list[Span],
    other: list[Span],
    own: list[Span],
    weight: float,
) -> list[Candidate]:
    found = []
    said = direction.read(clause, outcome, mine, other, own)
    told = any(s.sense in ("amount", "goodness", "same") for s in said)
    for rank, one in enumerate(said[:3]):
        change = _change(one, ask.good)
        if change is None:
            continue
        score = weight * (0.8**rank) * (0.97 ** min(one.distance, 20))
        if one.within != ask.within and one.sense != "same":
            score *= 0.45
        if one.oriented == "assumed" and one.sense != "same":
            score *= 0.8
        found.append(Candidate(change, score, one.significant, clause.printed, one))
    worded = any(s.graded or s.oriented in ("reference", "favors") for s in said[:2])
    values = None if worded else larger_arm(clause, mine, other)
    for numeric, trust in ((values, 0.8), (effect_sign(clause, ask.good), 0.8)):
        if numeric is None:
            continue
        sign, significant = numeric
        if significant is False or sign == 0:
            found.append(Candidate("no_difference", weight * trust, False, clause.printed, None))
        elif significant or not told:
            change = "higher" if sign > 0 else "lower"
            found.append(
                Candidate(
                    change,
                    weight * (trust if significant else 0.4),
                    significant,
                    clause.printed,
                    None,
                )
            )
    if not found:
        ps = p_values(clause.printed)
        if ps and not any(p.significant for p in ps):
            found.append(Candidate("no_difference", weight * 0.7, False, clause.printed, None))
    return found


def _change(said: Said, good: int) -> Change | None:
    if said.sense == "same":
        return "no_difference"
    if said.sense == "differs":
        return None
    if said.significant is False:
        return "no_difference"
    sign = said.sign if said.sense == "amount" else said.sign * (good or 1)
    return "higher" if sign > 0 else "lower"
