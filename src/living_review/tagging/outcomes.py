"""Which outcomes of the vocabulary a record measures, and which it calls primary."""

import re

from living_review.model import Tag
from living_review.protocol import Vocabulary
from living_review.tagging.marked import MarkedText

VERSION = "1"

_PRIMARY = re.compile(
    (
        r"\b(?:primary|main|principal|chief)\b.{0,40}\b(?:outcomes?|end-?points?|"
        r"measures?|efficacy|variables?|interest)\b|\boutcome of (?:chief )?interest\b"
    ),
    re.IGNORECASE,
)
_SECONDARY = re.compile(r"\bsecondary\b", re.IGNORECASE)
_MEASURING = ("title", "objective", "methods", "results", "conclusion", "other")


def parent(outcome: str, vocabulary: Vocabulary) -> str:
    """The outcome claims use: dizziness counts as an adverse event."""
    return vocabulary.outcomes[outcome].part_of or outcome


def main(text: MarkedText, vocabulary: Vocabulary) -> str | None:
    """The outcome 'effective' speaks of where none is named: the first that is no harm."""
    for sentence in text.sentences:
        if sentence.part in _MEASURING:
            for mark in sentence.named("outcome"):
                if not vocabulary.outcomes[mark.name].harm:
                    return parent(mark.name, vocabulary)
    return None


def primary(text: MarkedText, vocabulary: Vocabulary) -> set[str]:
    """The outcomes a record calls primary; empty where it says of none."""
    found: set[str] = set()
    for sentence in text.sentences:
        told = _PRIMARY.search(sentence.text)
        if sentence.part in ("background", "conclusion") or not told:
            continue
        stop = _SECONDARY.search(sentence.text)
        end = stop.start() if stop and stop.start() > told.start() else len(sentence.text)
        semicolon = sentence.text.find(";", told.end())
        end = semicolon if 0 < semicolon < end else end
        for mark in sentence.named("outcome"):
            if told.start() <= sentence.words[mark.first].start < end:
                found.add(parent(mark.name, vocabulary))
    return found if len(found) <= 2 else set()


def tag(text: MarkedText) -> list[Tag]:
    """One `outcome` tag for each outcome measured, parents and parts alike."""
    found: dict[str, str] = {}
    for sentence in text.sentences:
        if sentence.part in _MEASURING:
            for mark in sentence.named("outcome"):
                found.setdefault(mark.name, sentence.text)
    return [Tag("outcome", n, found[n], f"outcomes:{VERSION}") for n in sorted(found)]
