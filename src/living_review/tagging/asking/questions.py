"""One free question to one record: did the outcome rise or fall with A against B.

Works on any trial abstract: arms and outcome are the asker's words, not the vocabulary's.
"""

from dataclasses import dataclass
from typing import Literal

from living_review.model import Record
from living_review.protocol import Vocabulary
from living_review.tagging.asking.asked import Question, is_named, ready
from living_review.tagging.asking.candidates import Change, candidates
from living_review.tagging.asking.votes import shares, strongest
from living_review.tagging.lexicon import lexicon
from living_review.tagging.marked import mark


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply. `best` is the likeliest of the three also where `answer` abstains.

    `confidence` (0–1) is the probability that `best` is right; `cue` the words that decided.
    """

    answer: Literal["higher", "lower", "no_difference", "unclear"]
    best: Change
    significant: bool | None
    confidence: float
    quote: str
    cue: str


def answer(
    record: Record, question: Question, vocabulary: Vocabulary, min_confidence: float
) -> Answer:
    """Read one record for one question; `unclear` below `min_confidence` (0–1).

    Also where nothing in the record speaks of the outcome, or names the intervention.
    """
    text = mark(record, lexicon(vocabulary))
    ask = ready(question, text)
    found = candidates(text, ask)
    chances = shares(found)
    best = max(chances, key=lambda change: (chances[change], change == "no_difference"))
    confidence = round(chances[best], 3)
    top = strongest(found, best)
    if top is None:
        return Answer("unclear", best, None, confidence, "", "")
    sure = confidence >= min_confidence and is_named(ask, text)
    said: Change | Literal["unclear"] = best if sure else "unclear"
    return Answer(said, best, top.significant, confidence, top.quote, top.cue)
