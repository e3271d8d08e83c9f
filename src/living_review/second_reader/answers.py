"""The answer: untrusted text, of which only what the record shows word for word holds."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from living_review.judging.quotes import is_verbatim
from living_review.model import Finding, FindingDirection, Record
from living_review.protocol import Vocabulary
from living_review.tagging.lexicon import lexicon
from living_review.tagging.words import tokens

VERSION = "2"

LONGEST = 100_000  # characters; no abstract has that much to say
FEWEST_WORDS = 3  # of a quote that shows something
NO_JSON = "the answer is no JSON of the form asked for"
CUT_OFF = "the answer was cut off"
TOO_LONG = "the answer is too long"
NO_FINDING = "a finding is not of the form asked for"
UNKNOWN_WORD = "an id or a direction is not known"
NO_QUOTE = "the quote is not in the record word for word"
NO_BEARING = "the quote names neither an arm nor an outcome"
WHOLE = frozenset((NO_JSON, CUT_OFF, TOO_LONG))  # nothing of such an answer can be used
TWICE = "two findings of one answer contradict each other"


_BEARING = frozenset(("drug", "drug_class", "comparator", "outcome"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds of one answer, and how often something was discarded, by reason."""

    findings: tuple[Finding, ...] = ()
    discarded: Mapping[str, int] = field(default_factory=dict)


class _Unusable(Exception):
    """Why something of an answer is discarded: one of the sentences above."""


def understood(
    text: str, record: Record, vocabulary: Vocabulary, reader: str, *, cut_off: bool = False
) -> Answer:
    """What holds of an answer on a record; never raises, whatever the text is."""
    try:
        told = _told(text, cut_off)
    except _Unusable as why:
        return Answer((), {str(why): 1})
    kept: dict[tuple[str, ...], Finding] = {}
    discarded: Counter[str] = Counter()
    contradicted = set()
    for one in told:
        try:
            finding = _finding(one, record, vocabulary, reader)
        except _Unusable as why:
            discarded[str(why)] += 1
            continue
        sides = sorted((finding.intervention, finding.comparator))
        key = (*sides, finding.outcome)
        first = kept.setdefault(key, finding)
        if (first.intervention, first.direction) != (finding.intervention, finding.direction):
            contradicted.add(key)
    discarded.update({TWICE: len(contradicted)} if contradicted else {})
    held = tuple(kept[key] for key in sorted(kept.keys() - contradicted))
    return Answer(held, dict(sorted(discarded.items())))


def _told(text: str, cut_off: bool) -> Iterator[Any]:
    if cut_off:
        raise _Unusable(CUT_OFF)
    if len(text) > LONGEST:
        raise _Unusable(TOO_LONG)
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise _Unusable(NO_JSON) from None
    findings = told.get("findings") if isinstance(told, dict) else None
    if not isinstance(findings, list):
        raise _Unusable(NO_JSON)
    return iter(findings)


def _bears(quote: str, vocabulary: Vocabulary) -> bool:
    """Whether a quote names an arm or an outcome; 'patients with toothache' shows nothing."""
    return any(mark.kind in _BEARING for mark in lexicon(vocabulary).marks(tokens(quote)))


def _finding(told: Any, record: Record, vocabulary: Vocabulary, reader: str) -> Finding:
    fields = ("intervention", "comparator", "outcome", "direction", "quote")
    if not isinstance(told, dict) or not all(isinstance(told.get(f), str) for f in fields):
        raise _Unusable(NO_FINDING)
    intervention, comparator, outcome, direction, quote = (told[field] for field in fields)
    drugs = {*vocabulary.drugs, *vocabulary.drug_classes}
    known = (
        intervention in drugs
        and comparator in drugs | set(vocabulary.comparators)
        and comparator != intervention
        and outcome in vocabulary.outcomes
        and direction in get_args(FindingDirection)
    )
    if not known:
        raise _Unusable(UNKNOWN_WORD)
    words = quote.split()
    if len(words) < FEWEST_WORDS or not is_verbatim(quote, record):
        raise _Unusable(NO_QUOTE)
    if not _bears(quote, vocabulary):
        raise _Unusable(NO_BEARING)
    return Finding(
        record_id=record.record_id,
        intervention=intervention,
        comparator=comparator,
        outcome=outcome,
        direction=direction,
        change="unclear",
        significant=None,
        quote=" ".join(words),
        tagger=reader,
    )
