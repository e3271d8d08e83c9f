"""Reading records: what kind of study, in whom, of what, and what it found.

One tagger a module, each with its `VERSION`; adding one is a module and a line in `tag`.
Rules only: no model, no network, the same answer every time.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from living_review.model import Finding, Record, Tag
from living_review.protocol import Vocabulary
from living_review.tagging import (
    condition,
    design,
    drugs,
    findings,
    follow_up,
    funding,
    harms,
    merging,
    outcomes,
    record_arms,
    registrations,
    reviews,
    sample_size,
    setting,
    species,
)
from living_review.tagging.asking import Answer, Question, answer
from living_review.tagging.lexicon import lexicon as _lexicon
from living_review.tagging.marked import MOST_WORDS, MarkedText, mark

__all__ = ["VERSION", "Answer", "Question", "answer", "find", "tag"]

_MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]

VERSION = hashlib.sha256(
    ";".join(f"{m.__name__}:{m.VERSION}" for m in _MODULES if hasattr(m, "VERSION")).encode()
).hexdigest()[:8]  # changes when any tagger does


def tag(record: Record, vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """Everything the taggers read off a record, each fact with its quote, in a fixed order."""
    return tuple(_tags(mark(record, _lexicon(vocabulary)), vocabulary))


def _tags(text: MarkedText, vocabulary: Vocabulary) -> list[Tag]:
    kind = species.tag(text)
    animal = kind[0].value if kind else None
    study = design.tag(text, animal)
    roles = drugs.tag(text, vocabulary)
    name = study[0].value
    found = [*study, *kind, *condition.tag(text, vocabulary, animal), *roles]
    found += outcomes.tag(text)
    found += sample_size.tag(text, name) + follow_up.tag(text) + setting.tag(text)
    found += registrations.tag(text) + funding.tag(text) + harms.tag(text)
    found += [
        Tag("language", code, "from PubMed field Language", "record:1")
        for code in text.record.languages
    ]
    endless = [s for s in text.sentences if len(s.words) == MOST_WORDS]
    found += [
        Tag("unread", f"a sentence behind its word {MOST_WORDS}", s.text[:200], "record:1")
        for s in endless
    ]
    if name == "systematic_review":
        pair = record_arms.arms(roles, vocabulary).head_to_head is not None
        found += reviews.tag(text, comparative=pair)
    return found


def find(
    record: Record, tags: Sequence[Tag], vocabulary: Vocabulary, min_confidence: float
) -> tuple[Finding, ...]:
    """The record's findings, one for each comparison, outcome and time point.

    Those read with less than `min_confidence` (0–1) are returned as `mixed_unclear` with the
    reason, for a human to settle.
    """
    text = mark(record, _lexicon(vocabulary))
    name = next((t.value for t in tags if t.name == "design"), "unclear")
    told = findings.told(text, tags, vocabulary, f"findings:{VERSION}")
    merged = merging.merge(told, review=name == "systematic_review")
    return tuple(_abstain(f, min_confidence) for f in merged)


def _abstain(finding: Finding, min_confidence: float) -> Finding:
    if finding.confidence >= min_confidence or finding.direction == "mixed_unclear":
        return finding
    return replace(
        finding,
        direction="mixed_unclear",
        change="unclear",
        unclear_because=finding.unclear_because
        or f"read with confidence {finding.confidence:.2f}, below {min_confidence:g}",
    )
