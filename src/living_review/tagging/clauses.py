"""A sentence cut into clauses, each with the marks that fall in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from living_review.tagging.words import Mark, Token

VERSION = "1"
Span = tuple[int, int]
_SUBJECT = 9  # words of a subject before its verb
_FINITE = frozenset(("was", "were", "is", "are", "did", "had", "has", "have", "does", "do"))
_NAMED_REACH = 8  # words behind 'no difference' in which it may say of what
_NO_NAMES = frozenset((
    "this", "these", "either", "both", "any", "all", "group", "arm", "favor", "treatment", "it",
    "drug", "patient", "study", "trial", "week", "month", "term",
))  # fmt: skip
_ASIDE = 6  # words before an aside
_EXCEPTION = 12  # words of what is excepted
_FROM_TO = re.compile(
    (
        r"\bfrom (?:about |a mean of )?-?\d[^;]{0,40}? (?:up |down )?to (?:about )?-?\d[\d.]*"
        r"(?!\S*\s*(?:weeks?|months?|days?|years?|mg|h\b))"
    ),
    re.IGNORECASE,
)


_AT_START = re.compile(
    r"\bbaseline\b|\b(?:before|prior to|pre-?) ?(?:the )?(?:start|intervention|treatment|surgery|"
    r"operation|study|training)|\bat (?:the )?(?:beginning|start|outset|entry|admission|"
    r"enrol|randomi)"
)
_SINCE_START = re.compile(
    r"\b(?:from|than|than at|with|to|over|versus|relative to|since|above|below) (?:the )?baseline|"
    r"baseline to|before and after|before to|from (?:before|pre)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between breaks, with the marks that fall in it."""

    text: str
    words: Sequence[Token]
    marks: Sequence[Mark]
    first: int
    last: int

    def of(self, kind: str) -> list[Mark]:
        """The marks of one kind in this clause."""
        return [m for m in self.marks if m.kind == kind]

    def between(self) -> list[Mark]:
        """The marks that set arms against each other; 'in both groups' does not."""
        within = self.of("within_arm")
        return [
            m
            for m in self.of("between_arms")
            if not any(w.first <= m.first and m.last <= w.last for w in within)
        ]

    @property
    def printed(self) -> str:
        """The clause as it stands in the sentence."""
        return self.text[self.words[self.first].start : self.words[self.last].end]


def clauses(text: str, words: Sequence[Token], marks: Sequence[Mark]) -> list[Clause]:
    """Cut a sentence at 'but', 'whereas', ';' outside brackets."""
    if not words:
        return []
    depth, inside = 0, set()
    for place, token in enumerate(words):
        depth += token.raw in "(["
        if depth > 0:
            inside.add(place)
        depth = max(0, depth - (token.raw in ")]"))
    cuts = [
        m.first
        for m in marks
        if m.kind == "clause_break"
        and m.first not in inside
        and not _excepts(m, words, marks)
        and not _is_aside(m, words)
    ]
    cuts += [
        place
        for place in range(1, len(words) - 1)
        if words[place].word == "with"
        and words[place - 1].raw == ","
        and place not in inside
        and any(m.kind == "change" and m.name == "same" and m.first == place + 1 for m in marks)
    ]  # '…, with no difference between the drugs'
    cuts += [
        place
        for place in range(2, len(words) - 2)
        if words[place].word == "and"
        and words[place - 1].raw == ","
        and place not in inside
        and _starts_anew(place, words, marks)
    ]
    edges = sorted({0, *cuts, len(words)})
    found = []
    for first, after in pairwise(edges):
        if after > first:
            part = [m for m in marks if first <= m.first and m.last < after]
            found.append(Clause(text, words, part, first, after - 1))
    return found


def _starts_anew(place: int, words: Sequence[Token], marks: Sequence[Mark]) -> bool:
    """'…, and the two drugs did not differ in Y': a subject and a verb of its own."""
    changes = [m for m in marks if m.kind == "change"]
    said = any(m.last < place for m in changes)
    verb = next(
        (
            at
            for at in range(place + 2, min(len(words), place + _SUBJECT))
            if words[at].word in _FINITE
        ),
        None,
    )
    if not said or verb is None or any(t.raw == "," for t in words[place + 1 : verb]):
        return False
    return any(m.last > verb for m in changes) and not any(place < m.first < verb for m in changes)


def _is_aside(mark: Mark, words: Sequence[Token]) -> bool:
    """'X, however, was lower': no break, where hardly anything was said before."""
    if mark.first == 0 or mark.last + 1 >= len(words):
        return False
    commas = words[mark.first - 1].raw == "," == words[mark.last + 1].raw
    if not commas or words[mark.first].word == "but":
        return False
    start = mark.first - 1
    while start > 0 and words[start - 1].raw not in ".;,":
        start -= 1
    return mark.first - start <= _ASIDE


def _excepts(mark: Mark, words: Sequence[Token], marks: Sequence[Mark]) -> bool:
    """'A, but not B, lowered X'; 'lower with A, but not with B': no statement of its own."""
    if mark.last + 1 >= len(words) or words[mark.last + 1].word != "not":
        return False
    end = mark.last + 2
    while end < len(words) and end - mark.last < _EXCEPTION and words[end].raw not in ",;.":
        end += 1
    stops = end >= len(words) or words[end].raw in ",;."
    return stops and not any(m.kind == "change" and mark.last < m.last < end for m in marks)


def names_another(words: Sequence[Token], cue: int) -> bool:
    """'No difference in age', 'similar between the groups in sex': of something else by name."""
    for place in range(cue + 1, min(len(words), cue + _NAMED_REACH)):
        if words[place].word in ("in", "for", "regarding", "of", "conclusion", "respect"):
            behind = {t.word for t in words[place + 1 : place + 3]}
            if not behind & _NO_NAMES:
                return True
    return False


def is_of_start(clause: Clause) -> bool:
    """Whether the clause speaks of the start of a study, and not of a change since."""
    low = clause.printed.lower()
    return _AT_START.search(low) is not None and _SINCE_START.search(low) is None


def is_before_after(clause: Clause) -> bool:
    """Whether the clause prints a change 'from 7.5 to 5.8'."""
    return _FROM_TO.search(clause.printed) is not None
