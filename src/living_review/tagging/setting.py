"""Acute or chronic pain, and whether other drugs had failed before."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

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
    r"\b(?:refractory|resistant|intractable|unresponsive)\b"
    r"|\b(?:failed to respond|had failed|have failed|has failed|not responded|not respond)\b"
    r"|\b(?:not been relieved|been ineffective)\b"
    r"|\bpartial (?:relief|benefit|response)\b.{0,30}\b(?:from|on)\b"
    r"|\b(?:inadequate|insufficient|limited) (?:response|relief)\b"
    r"|\bother (?:drugs|treatments|therapies) failed\b"
)
# Plain words of which one must stand in the text; they are fast to look for.
_CHRONIC_WORDS = ("chronic", "persistent", "standing", "months")
_ACUTE_WORDS = ("acute", "weeks", "months")
_FAILED_WORDS = ("refractory", "resistant", "intractable", "respon", "relie", "ineffective",
                 "benefit", "failed")  # fmt: skip


def tag(text: MarkedText) -> list[Tag]:
    """`pain_setting` (acute, chronic or acute_and_chronic) and `refractory`."""
    by = f"setting:{VERSION}"
    chronic = _said(_CHRONIC, text) if _any(_CHRONIC_WORDS, text) else None
    acute = _said(_ACUTE, text) if _any(_ACUTE_WORDS, text) else None
    tags = []
    if chronic or acute:
        value = "acute_and_chronic" if chronic and acute else "chronic" if chronic else "acute"
        tags.append(Tag("pain_setting", value, chronic or acute or "", by))
    failed = _said(_FAILED, text) if _any(_FAILED_WORDS, text) else None
    return [*tags, Tag("refractory", "yes", failed, by)] if failed else tags


def _any(words: tuple[str, ...], text: MarkedText) -> bool:
    return any(word in text.low for word in words)


def _said(pattern: re.Pattern[str], text: MarkedText) -> str | None:
    if not pattern.search(text.low):
        return None
    for sentence in text.sentences:
        if sentence.part != "background" and pattern.search(_NOT_OF_PAIN.sub(" ", sentence.low)):
            return sentence.text
    return None
