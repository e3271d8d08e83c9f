"""Acute or chronic pain, and whether other drugs had failed before."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

_CHRONIC = re.compile(
    r"\bchronic\b|\bpersistent\b|\blong-?standing\b|(?:at least|more than|over|>|≥|longer than)\s*(?:3|three|6|six|12)\s*months|\b(?:3|three) months or (?:longer|more)\b",
    re.IGNORECASE,
)
_ACUTE = re.compile(
    r"\b(?:sub-?)?acute\b|less than (?:4|four|6|six|12|twelve) weeks|<\s*3 months|less than 3 months",
    re.IGNORECASE,
)
_NOT_OF_PAIN = re.compile(
    r"chronic (?:constriction|obstructive|kidney|disease|myositis)|acute (?:withdrawal|care|effects?)",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"\b(?:refractory|resistant|intractable)\b|(?:had|have|has|having|were|drugs?|treatments?|therap\w+|medications?)\s+(?:\w+ ){0,3}?(?:failed|not responded|not been relieved|not respond|been ineffective)\b|\bfailed to respond\b|\bunresponsive\b|\bwhen other drugs had failed\b|\bpartial (?:relief|benefit|response)\b.{0,30}\b(?:from|on)\b|\b(?:inadequate|insufficient|limited) (?:response|relief)\b|\bnot responded to\b|\bineffective\b.{0,40}\bbefore\b|\bother (?:drugs|treatments|therapies) (?:had )?failed\b",
    re.IGNORECASE,
)


def tag(text: MarkedText) -> list[Tag]:
    """`pain_setting` (acute, chronic or acute_and_chronic) and `refractory`."""
    chronic = acute = None
    for sentence in text.sentences:
        if sentence.part == "background":
            continue
        plain = _NOT_OF_PAIN.sub(" ", sentence.text)
        chronic = chronic or (sentence.text if _CHRONIC.search(plain) else None)
        acute = acute or (sentence.text if _ACUTE.search(plain) else None)
    tags = []
    if chronic or acute:
        value = "acute_and_chronic" if chronic and acute else "chronic" if chronic else "acute"
        tags.append(Tag("pain_setting", value, chronic or acute or "", f"setting:{VERSION}"))
    for sentence in text.sentences:
        if sentence.part != "background" and _FAILED.search(sentence.text):
            tags.append(Tag("refractory", "yes", sentence.text, f"setting:{VERSION}"))
            break
    return tags
