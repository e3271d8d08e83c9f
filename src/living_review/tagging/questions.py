"""One free question to one record: did the outcome rise or fall with A against B.

Works on any trial abstract: arms and outcome are the asker's words, not the vocabulary's.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from living_review.model import Record
from living_review.protocol import Vocabulary
from living_review.tagging.candidates import Candidate, Change, Question, candidates
from living_review.tagging.lexicon import lexicon
from living_review.tagging.marked import mark

VERSION = "1"
# Share of votes → how often the answer was right, on the tuning part of evidence_inference_dev.
_CALIBRATION = (
    (0.0, 0.33),
    (0.5, 0.42),
    (0.6, 0.57),
    (0.7, 0.71),
    (0.8, 0.8),
    (0.9, 0.87),
    (1.0, 0.93),
)
_ABSTAIN_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply. `best` is the likeliest of the three also where `answer` abstains."""

    answer: Literal["higher", "lower", "no_difference", "unclear"]
    best: Change
    significant: bool | None
    confidence: float
    quote: str


def answer(record: Record, question: Question, vocabulary: Vocabulary) -> Answer:
    """Read one record for one question; `unclear` where nothing in it speaks of the outcome."""
    text = mark(record, lexicon(vocabulary))
    found = candidates(text, question)
    return _decide(found)


def _calibrated(share: float) -> float:
    for (low, a), (high, b) in pairwise(_CALIBRATION):
        if share <= high:
            return round(a + (b - a) * (share - low) / (high - low), 3)
    return _CALIBRATION[-1][1]


def _decide(found: list[Candidate]) -> Answer:
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
