"""One free question to one record: did the outcome rise or fall with A against B?

Works on any trial abstract: arms and outcome are the asker's words, not the vocabulary's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from living_review.model import Record
from living_review.protocol import Vocabulary
from living_review.tagging import cues, direction
from living_review.tagging.direction import Clause, Said, Span
from living_review.tagging.lexicon import lexicon
from living_review.tagging.marked import MarkedSentence, MarkedText, mark
from living_review.tagging.numbers import p_values
from living_review.tagging.sentences import Sentence, abbreviations
from living_review.tagging.values import effect_sign, larger_arm
from living_review.tagging.words import PhraseTable, Token, tokens

VERSION = "1"

Change = Literal["higher", "lower", "no_difference"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the change of `outcome` with `intervention` against `comparator`."""

    intervention: str
    comparator: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply. `best` is the likeliest of the three also where `answer` abstains."""

    answer: Literal["higher", "lower", "no_difference", "unclear"]
    best: Change
    significant: bool | None
    confidence: float
    quote: str


# Words that say nothing of which arm or outcome is meant.
_STOP = frozenset(
    "the a an of in on at to for and or with by from as is was were be been per than that this "
    "those these their its it both each all any between among after before during versus vs v "
    "using use given receive receiving received via who which mg kg ml day daily week weekly "
    "month g mcg dose once twice time times no not only alone group groups arm arms patient patients "
    "participant participants subject subjects treatment treatments".split()
)
_WEAK = frozenset(
    "group arm treatment therapy patient mean score level rate change total number incidence "
    "percentage proportion intervention control placebo standard usual care value difference "
    "concentration serum plasma overall baseline measure primary secondary significant risk "
    "frequency duration amount index scale quality effect plus combination ratio".split()
)
_POLARITY = PhraseTable(
    [("polarity", "lower", p) for p in cues.words("lower_is_better")]
    + [("polarity", "higher", p) for p in cues.words("higher_is_better")]
)
_DENIALS = frozenset(("no", "without", "non", "not"))
_BASELINE = re.compile(r"baseline|before|pre-?(?:treatment|test|operati|interven)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A phrase of the question as weighted words."""

    weights: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.weights.values())


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One reading of one clause, with how well it fits the question."""

    change: Change | None
    score: float
    significant: bool | None
    quote: str
    said: Said | None


def _wanted(phrase: str, text: MarkedText, drop: frozenset[str] = frozenset()) -> _Wanted:
    weights: dict[str, float] = {}
    for token in tokens(phrase):
        word = token.word
        if not word[0].isalnum() or word in _STOP or word in drop:
            continue
        if word[0].isdigit():
            weights[word] = 0.2
        else:
            weights[word] = 0.35 if word in _WEAK else 1.0
    return _Wanted(weights)


def _spelled(text: MarkedText, question: Question) -> dict[str, frozenset[str]]:
    """For each short form the record or the question defines, the words of its long form."""
    asked = " . ".join((question.intervention, question.comparator, question.outcome))
    defined = abbreviations((Sentence(asked, "other", 0),)) | text.abbreviations
    return {
        short.lower(): frozenset(t.word for t in tokens(long) if t.word not in _STOP)
        for short, long in defined.items()
    }


def _match(
    wanted: _Wanted, words: Sequence[Token], spelled: dict[str, frozenset[str]]
) -> tuple[float, list[Span]]:
    """Share of the phrase's weight found in a sentence, and the best places, longest first."""
    if not wanted.weights:
        return 0.0, []
    hits: list[tuple[int, float]] = []
    seen: set[str] = set()
    for place, token in enumerate(words):
        weight = wanted.weights.get(token.word)
        if weight is not None:
            hits.append((place, weight))
            seen.add(token.word)
            continue
        long = spelled.get(token.raw.lower())
        if long and token.raw[0].isupper():
            covered = [w for w in long if w in wanted.weights]
            if covered and len(covered) >= len(long) / 2:
                hits.append((place, sum(wanted.weights[w] for w in covered)))
                seen.update(covered)
    for short, long in spelled.items():
        if short in wanted.weights and short not in seen:
            places = [i for i, t in enumerate(words) if t.word in long]
            if len({words[i].word for i in places}) >= max(1, len(long) - 1):
                hits += [(i, wanted.weights[short] / len(places)) for i in places]
                seen.add(short)
    if not hits:
        return 0.0, []
    hits.sort()
    runs: list[tuple[float, Span]] = []
    start = end = hits[0][0]
    weight = 0.0
    for place, value in hits:
        if place - end > 3:
            runs.append((weight, (start, end)))
            start, weight = place, 0.0
        end = place
        weight += value
    runs.append((weight, (start, end)))
    best = max(w for w, _ in runs)
    spans = [s for w, s in sorted(runs, key=lambda r: (-r[0], r[1])) if w >= best * 0.6]
    return sum(wanted.weights[w] for w in seen) / wanted.total, spans


def polarity(phrase: str) -> int:
    """+1 where more of the outcome is better for patients, -1 where less is; 0 unknown."""
    marks = _POLARITY.find(tokens(phrase))
    if not marks:
        return 0
    # 'Relief of symptoms', 'survival after stroke': what is better when more outweighs what ails.
    return 1 if any(m.name == "higher" for m in marks) else -1


_PART_WEIGHT = {"results": 1.0, "conclusion": 0.85, "other": 0.9, "title": 0.45,
                "background": 0.2, "objective": 0.15, "methods": 0.25}  # fmt: skip


def answer(record: Record, question: Question, vocabulary: Vocabulary) -> Answer:
    """Read one record for one question; `unclear` where nothing in it speaks of the outcome."""
    text = mark(record, lexicon(vocabulary))
    found = candidates(text, question)
    return _decide(found)


def candidates(text: MarkedText, question: Question) -> list[_Candidate]:
    """Every reading of every sentence that touches the outcome, best first."""
    spelled = _spelled(text, question)
    ask = _asked(question, text)
    found: list[_Candidate] = []
    carried = 0.0
    for sentence in text.sentences:
        fit, spans = _match(ask.outcome, sentence.words, spelled)
        mine, other = _arms(ask, sentence, spelled)
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
    mine: _Wanted
    other: _Wanted
    outcome: _Wanted
    good: int
    within: bool
    without: frozenset[str]  # words whose denial ('no X', 'without X') is the comparator


def _asked(question: Question, text: MarkedText) -> _Asked:
    mine_words = frozenset(t.word for t in tokens(question.intervention))
    other_words = frozenset(t.word for t in tokens(question.comparator))
    shared = mine_words & other_words
    mine = _wanted(question.intervention, text, shared)
    other = _wanted(question.comparator, text, shared)
    if not mine.weights:
        mine = _wanted(question.intervention, text)
    alone = bool(other_words & {"alone", "only"}) or (not other.weights and bool(mine.weights))
    if not other.weights and not mine.weights:
        other = _wanted(question.comparator, text)
    outcome = _wanted(question.outcome, text, mine_words | other_words)
    if not outcome.weights:
        outcome = _wanted(question.outcome, text)
    first = next((t.word for t in tokens(question.comparator)), "")
    without = (
        frozenset(_wanted(question.comparator, text).weights) if first in _DENIALS else frozenset()
    )
    return _Asked(
        alone,
        mine,
        other,
        outcome,
        polarity(question.outcome),
        bool(_BASELINE.search(question.comparator)),
        without,
    )


_Arm = tuple[float, list[Span]]


def _arms(
    ask: _Asked, sentence: MarkedSentence, spelled: dict[str, frozenset[str]]
) -> tuple[_Arm, _Arm]:
    fit_a, mine = _match(ask.mine, sentence.words, spelled)
    fit_b, other = _match(ask.other, sentence.words, spelled)
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
    if ask.alone and (alone := [(i, i) for i, t in enumerate(sentence.words) if t.word in ("alone", "only")]):
        fit_b, other = 1.0, alone
    if fit_b < 0.25:
        other = [(m.first, m.last) for m in sentence.cues if m.kind == "control_arm"]
    return (fit_a, mine), (fit_b, [s for s in other if s not in mine])


def _points_back(sentence: MarkedSentence) -> float:
    """How surely a sentence without the outcome speaks of the one before: 'the difference was …'."""
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
) -> list[_Candidate]:
    return _read_sentence(sentence, ask, fit, [], mine, other)


def _read_sentence(
    sentence: MarkedSentence, ask: _Asked, fit: float, spans: list[Span], mine: _Arm, other: _Arm
) -> list[_Candidate]:
    found: list[_Candidate] = []
    own = [
        (i, i)
        for i, t in enumerate(sentence.words)
        if t.word in ask.outcome.weights and t.word not in ("higher", "lower", "greater")
    ]
    parts = direction.clauses(sentence.text, sentence.words, sentence.cues)
    base = _PART_WEIGHT[sentence.part] * fit
    base *= 0.7 + 0.15 * min(1.0, mine[0] * 2) + 0.15 * min(1.0, other[0] * 2)
    spoken = False
    for clause in parts:
        here = [s for s in spans if clause.first <= s[0] <= clause.last]
        weight = base * (1.0 if here or not spans else 0.85 if spoken and _generic(clause) else 0.4)
        spoken = spoken or bool(here)
        if _about_baseline(clause) and not ask.within:
            weight *= 0.2
        found += _read_clause(
            clause, ask, here[0] if here else None, mine[1], other[1], own, weight
        )
    return found


def _generic(clause: Clause) -> bool:
    """A clause that says 'no difference' and names nothing new: it speaks of the outcome before it."""
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
) -> list[_Candidate]:
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
        found.append(_Candidate(change, score, one.significant, clause.printed, one))
    worded = any(s.graded or s.oriented in ("reference", "favors") for s in said[:2])
    values = None if worded else larger_arm(clause, mine, other)
    for numeric, trust in ((values, 0.8), (effect_sign(clause, ask.good), 0.8)):
        if numeric is None:
            continue
        sign, significant = numeric
        if significant is False or sign == 0:
            found.append(_Candidate("no_difference", weight * trust, False, clause.printed, None))
        elif significant or not told:
            change = "higher" if sign > 0 else "lower"
            found.append(
                _Candidate(
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
            found.append(_Candidate("no_difference", weight * 0.7, False, clause.printed, None))
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


# Share of votes → how often the answer was right, on the tuning part of evidence_inference_dev.
_CALIBRATION = ((0.0, 0.33), (0.5, 0.42), (0.6, 0.57), (0.7, 0.71), (0.8, 0.8), (0.9, 0.87), (1.0, 0.93))
_ABSTAIN_BELOW = 0.5


def _calibrated(share: float) -> float:
    for (low, a), (high, b) in zip(_CALIBRATION, _CALIBRATION[1:], strict=False):
        if share <= high:
            return round(a + (b - a) * (share - low) / (high - low), 3)
    return _CALIBRATION[-1][1]


def _decide(found: list[_Candidate]) -> Answer:
    votes: dict[Change, float] = {"higher": 0.0, "lower": 0.0, "no_difference": 0.0}
    for rank, one in enumerate(found[:6]):
        if one.change is not None:
            votes[one.change] += one.score * (0.6**rank)
    best = max(sorted(votes), key=lambda c: (votes[c], c == "no_difference"))
    total = sum(votes.values())
    if total == 0:
        return Answer("unclear", "no_difference", None, _calibrated(0.0), "")
    top = next(c for c in found if c.change == best)
    confidence = _calibrated(votes[best] / total)
    said: Change | Literal["unclear"] = best if confidence >= _ABSTAIN_BELOW else "unclear"
    return Answer(said, best, top.significant, confidence, top.quote)
