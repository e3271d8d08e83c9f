"""What was read from a record, beside the sentence that it was read from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from living_review.model import Finding, Record
from living_review.reporting import amounts, words
from living_review.reporting.canonical import Json
from living_review.tagging.sentences import split

_SPACE = re.compile(r"\s+")


class Said(NamedTuple):
    """One thing read, in words, and the record's words that show it."""

    what: str
    quote: str


def things_read(tags: Iterable[Json], findings: Iterable[Finding]) -> list[Said]:
    """Tags, then findings, each in words."""
    told = [Said(_tag(tag), tag["quote"]) for tag in tags]
    return told + [Said(finding_in_words(finding), finding.quote) for finding in findings]


def finding_in_words(finding: Finding) -> str:
    """`A against B, outcome at 8 weeks: no difference; confidence 0.87`."""
    when = "" if finding.weeks is None else f" at {words.count(round(finding.weeks), 'week')}"
    compared = f"{words.spaced(finding.intervention)} against {words.spaced(finding.comparator)}"
    parts = [
        f"{compared}, {words.spaced(finding.outcome)}{when}: "
        f"{words.FINDINGS[finding.direction][1]}",
        {True: "significant", False: "not significant", None: ""}[finding.significant],
        _number(finding),
        f"decided by {'its numbers' if finding.cue == 'numbers' else f'“{finding.cue}”'}"
        if finding.cue
        else "",
        f"confidence {finding.confidence:.2f}",
        f"unclear: {finding.unclear_because}" if finding.unclear_because else "",
    ]
    return "; ".join(part for part in parts if part)


def by_sentence(record: Record, read: Sequence[Said]) -> tuple[list[dict[str, Any]], list[Said]]:
    """The abstract's sections as sentences, each with what was read from it; and all other.

    A quote that no one sentence holds, such as a title, a field's name or words of two sentences,
    is among the other.
    """
    left = dict.fromkeys(read)
    sections = []
    for section in record.abstract:
        sentences = []
        for text in split(section.text):
            here = [said for said in left if said.quote and _within(said.quote, text)]
            for said in here:
                del left[said]
            sentences.append({"text": text, "read": [said.what for said in here]})
        sections.append({"label": section.label, "sentences": sentences})
    return sections, list(left)


def _within(quote: str, sentence: str) -> bool:
    one, other = _plain(quote), _plain(sentence)
    return one in other or other in one


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().strip(".").lower()


def _tag(tag: Json) -> str:
    name = words.spaced(tag["name"]).replace(":", " ")
    return f"{name}: {tag['value'].replace('_', ' ')}"


def _number(finding: Finding) -> str:
    effect = finding.effect
    if effect is None:
        return ""
    said = amounts.as_printed(asdict(effect))
    return said if effect.source == "abstract" else f"{said}, from {effect.source}"
