"""A free question made ready for reading: its arms and outcome as weighted words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from living_review.tagging.asking.group_names import asked_groups, group_places, named_groups
from living_review.tagging.asking.matching import (
    ARM_WEAK,
    ShortForms,
    Wanted,
    match,
    polarity,
    spelled,
    wanted,
)
from living_review.tagging.clauses import Span
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.sentences import Sentence, abbreviations
from living_review.tagging.words import tokens

_ARM_SHARE = 0.25  # of an arm's words; below, its full words must tell it
_NAMED_AS_GROUP = 0.5
_DENIALS = frozenset(("no", "without", "non", "not"))
_BASELINE = re.compile(r"baseline|before|pre-?(?:treatment|test|operati|interven)", re.IGNORECASE)
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the change of `outcome` with `intervention` against `comparator`."""

    intervention: str
    comparator: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready: weighted words of arms and outcome, and what the text calls them."""

    mine: Wanted
    other: Wanted
    outcome: Wanted
    good: int  # +1 where more of the outcome is better for patients, -1 less, 0 unknown
    within: bool  # the comparator is the same people before
    alone: bool  # the comparator is the intervention less a part: 'X alone'
    without: frozenset[str]  # words whose denial ('no X', 'without X') is the comparator
    short: ShortForms
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Arms:
    """Where a sentence names the two arms, and the share of each arm's words it has."""

    mine: list[Span]
    other: list[Span]
    mine_share: float


def ready(question: Question, text: MarkedText) -> Asked:
    """The question in words that can be looked for in this text."""
    printed = " . ".join((question.intervention, question.comparator, question.outcome))
    short = spelled(abbreviations((Sentence(printed, "other", 0),)) | text.abbreviations)
    arms = _words(question.intervention), _words(question.comparator)
    shared = arms[0] & arms[1]
    mine = wanted(question.intervention, shared, short, ARM_WEAK)
    other = wanted(question.comparator, shared, short, ARM_WEAK)
    if not mine.weights:
        mine = wanted(question.intervention, _NO_WORDS, short, ARM_WEAK)
    alone = bool(arms[1] & {"alone", "only"}) or (not other.weights and bool(mine.weights))
    if not other.weights and not mine.weights:
        other = wanted(question.comparator, _NO_WORDS, short, ARM_WEAK)
    outcome = wanted(question.outcome, arms[0] | arms[1], short)
    if not outcome.weights:
        outcome = wanted(question.outcome, _NO_WORDS, short)
    first = next((t.word for t in tokens(question.comparator)), "")
    return Asked(
        mine,
        other,
        outcome,
        polarity(question.outcome),
        bool(_BASELINE.search(question.comparator)),
        alone,
        frozenset(wanted(question.comparator).weights) if first in _DENIALS else _NO_WORDS,
        short,
        named_groups(text, mine, other, short)
        | asked_groups(tokens(question.intervention), tokens(question.comparator)),
    )


def _words(phrase: str) -> frozenset[str]:
    return frozenset(t.word for t in tokens(phrase))


def is_named(ask: Asked, text: MarkedText) -> bool:
    """Whether the record names the intervention, by its words or by its group."""
    if any(arm > 0 for arm in ask.groups.values()):
        return True
    return any(_is_told(ask.mine, match(ask.mine, s.words, ask.short)[0]) for s in text.sentences)


def arms(ask: Asked, sentence: MarkedSentence, outcome: list[Span]) -> Arms:
    """Where the two arms stand; words of the outcome ('disease control') name no arm."""
    share, mine = match(ask.mine, sentence.words, ask.short)
    other_share, other = match(ask.other, sentence.words, ask.short)
    denied = _denied(ask, sentence)
    if denied:
        other_share, other = 1.0, denied
        mine = [s for s in mine if s not in denied]
    if not _is_told(ask.mine, share):
        mine = _of(sentence, "treated_arm")
    alone = [(i, i) for i, t in enumerate(sentence.words) if t.word in ("alone", "only")]
    if ask.alone and alone:
        other_share, other = 1.0, alone
    if not _is_told(ask.other, other_share):
        other = _of(sentence, "control_arm")
    ours, theirs = group_places(sentence, ask.groups)
    if ours or theirs:
        mine, other = (ours or mine), (theirs or other)
        share = max(share, _NAMED_AS_GROUP * bool(ours))
    mine = [s for s in mine if not _inside(s, outcome)]
    other = [s for s in other if not _inside(s, outcome) and s not in mine]
    return Arms(mine, other, share)


def _is_told(arm: Wanted, share: float) -> bool:
    return share >= _ARM_SHARE or share * arm.total >= 1.0


def _denied(ask: Asked, sentence: MarkedSentence) -> list[Span]:
    words = sentence.words
    return [
        (place, place)
        for place, token in enumerate(words)
        if token.word in ask.without
        and any(w.word in _DENIALS for w in words[max(0, place - 2) : place])
    ]


def _of(sentence: MarkedSentence, kind: str) -> list[Span]:
    return [(m.first, m.last) for m in sentence.cues if m.kind == kind]


def _inside(span: Span, outcome: list[Span]) -> bool:
    return any(first <= span[0] and span[1] <= last for first, last in outcome)
