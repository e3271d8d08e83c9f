"""Acute or chronic pain, and whether other drugs had failed before."""

import re
from collections.abc import Callable

from living_review.model import Tag
from living_review.tagging.design_words import has_any
from living_review.tagging.marked import MarkedSentence, MarkedText

VERSION = "2"

_CHRONIC = re.compile(
    r"chronic\b|persistent\b|long-?standing\b|months or (?:longer|more)\b"
    r"|(?:at least|more than|over|>|≥|longer than)\s*(?:3|three|6|six|12)\s*months"
)
_ACUTE = re.compile(
    r"acute\b|(?:less than|<)\s*(?:4|four|6|six|12|twelve) weeks|(?:less than|<)\s*3 months"
)
_NOT_OF_PAIN = re.compile(
    r"chronic (?:constriction|obstructive|kidney|disease|heart)"
    r"|acute (?:withdrawal|care|effects?)"
)
_FAILED = re.compile(
    r"\b(?:refractory|intractable|unresponsive)\b"
    r"|\b(?:treatment|therapy|drug|medication|pharmaco\w*|medically)[- ]resistant\b"
    r"|\bresistant (?:pain\b|to (?:\w+ ){0,2}(?:treat|therap|medic|drug|analges|conserv|conven))"
    r"|\b(?:failed to respond|had failed|have failed|has failed|not responded|not respond)\b"
    r"|\b(?:not been relieved|been ineffective)\b"
    r"|\bpartial (?:relief|benefit|response)\b.{0,30}\b(?:from|on)\b"
    r"|\b(?:inadequate|insufficient|limited) (?:response|relief)\b"
    r"|\bother (?:drugs|treatments|therapies) failed\b"
)
# Plain words of which one must stand in the text; they are fast to look for.
_CHRONIC_WORDS = ("chronic", "persistent", "standing", "months")
_ACUTE_WORDS = ("acute", "weeks", "months")
_PAIN_WORDS = ("pain", "ache", "symptom", "discomfort")
_FAILED_WORDS = ("refractory", "resistant", "intractable", "respon", "relie", "ineffective",
                 "benefit", "failed")  # fmt: skip


def tag(text: MarkedText) -> list[Tag]:
    """`pain_setting` (acute, chronic or acute_and_chronic) and `refractory`."""
    by = f"setting:{VERSION}"
    chronic = _said(_CHRONIC, _CHRONIC_WORDS, text, _of_pain)
    acute = _said(_ACUTE, _ACUTE_WORDS, text, _of_pain)
    tags = []
    if chronic or acute:
        value = "acute_and_chronic" if chronic and acute else "chronic" if chronic else "acute"
        tags.append(Tag("pain_setting", value, chronic or acute or "", by))
    failed = _said(_FAILED, _FAILED_WORDS, text, lambda _: True)
    return [*tags, Tag("refractory", "yes", failed, by)] if failed else tags


def _of_pain(sentence: MarkedSentence) -> bool:
    """Whether a sentence is about pain: other illnesses are acute or chronic too."""
    return bool(sentence.named("condition")) or has_any(_PAIN_WORDS, sentence.low)


def _said(
    pattern: re.Pattern[str],
    words: tuple[str, ...],
    text: MarkedText,
    fits: Callable[[MarkedSentence], bool],
) -> str | None:
    if not has_any(words, text.low) or not pattern.search(text.low):
        return None
    for sentence in text.sentences:
        if sentence.part == "background" or not has_any(words, sentence.low):
            continue
        if pattern.search(_NOT_OF_PAIN.sub(" ", sentence.low)) and fits(sentence):
            return sentence.text
    return None
