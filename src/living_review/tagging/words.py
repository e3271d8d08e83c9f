"""Words and phrases: tokens of a text, one spelling for each, and tables of known phrases."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

VERSION = "1"

_TOKEN = re.compile(
    r"\d+(?:[.·]\d+)+|\d+(?=(?:th|st|nd|rd)?\b)|[^\W_]+(?:['’][^\W\d_]+)?|[<>≤≥=±]|"
    r"[;:,.()\[\]%/+−–-]"
)

# British spelling and its American form; whole stems, so that one table serves all inflections.
_AMERICAN = (
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"), ("ises", "izes"),
    ("analogue", "analog"), ("behaviour", "behavior"), ("favour", "favor"), ("tumour", "tumor"),
    ("colour", "color"), ("labour", "labor"), ("oedema", "edema"), ("aemia", "emia"),
    ("ischaem", "ischem"), ("haem", "hem"), ("anaesth", "anesth"), ("paediatr", "pediatr"),
    ("orthopaed", "orthoped"), ("oestro", "estro"), ("oesoph", "esoph"), ("diarrhoea", "diarrhea"),
    ("fibre", "fiber"), ("centre", "center"), ("litre", "liter"), ("programme", "program"),
)  # fmt: skip
_NOT_IZE = frozenset((
    "exercise", "exercises", "exercised", "exercising", "rise", "rises", "arise", "arises",
    "arising", "rising", "precise", "otherwise", "likewise", "advise", "advised", "advises",
    "comprise", "comprised", "comprises", "comprising", "raise", "raised", "raises", "raising",
    "noise", "wise", "revise", "revised", "revises", "surprise", "surprised", "disease",
    "promise", "expertise", "enterprise", "concise", "supervise", "supervised", "praise",
    "bruise", "bruised", "cruise",
))  # fmt: skip
_KEEPS_S = frozenset((
    "less", "was", "is", "has", "this", "does", "its", "thus", "plus", "versus", "us", "as",
    "analysis", "stenosis", "diabetes", "various", "controls", "groups", "drugs", "arms",
    "treatments", "interventions", "always", "previous", "across", "serious", "series",
    "access", "process", "is's", "obvious", "perhaps",
))  # fmt: skip


@lru_cache(maxsize=65536)
def same_word(word: str) -> str:
    """One form for a word whatever its case, spelling (British, American) and plural."""
    if len(word) > 2 and word[-1] == "s" and word[:-1].isupper():
        word = word[:-1]  # the plural of an acronym
    low = word.lower().replace("’", "'")
    if low not in _NOT_IZE:
        for british, american in _AMERICAN:
            if british in low:
                low = low.replace(british, american)
    if len(low) > 3 and low.endswith("'s"):
        low = low[:-2]
    if (
        len(low) > 3
        and low.endswith("s")
        and low not in _KEEPS_S
        and not low.endswith(("ss", "us", "is"))
    ):
        low = low[:-3] + "y" if low.endswith("ies") and len(low) > 4 else low[:-1]
    return low


class Token(NamedTuple):
    """A word, number or sign of a sentence, with its place in it."""

    raw: str
    word: str  # as `same_word` writes it
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of a text, in order."""
    make, same = tuple.__new__, same_word  # half the time of reading is spent here
    return tuple([make(Token, (raw := m[0], same(raw), *m.span())) for m in _TOKEN.finditer(text)])


class Mark(NamedTuple):
    """A known phrase found in a sentence: what it is, and its first and last token."""

    kind: str
    name: str
    first: int
    last: int


_HYPHENS = frozenset("-–−")


@dataclass(slots=True)
class _Node:
    """One step of a phrase; `labels` where a phrase may end."""

    then: dict[str, "_Node"] = field(default_factory=dict)
    labels: list[tuple[str, str, str | None]] = field(default_factory=list)


class PhraseTable:
    """Phrases by their words, found whole, longest first within a kind, hyphens or not.

    A name that is all capitals (a short form) is only found in capitals: `MS` is a disease, `ms`
    is a unit of time.
    """

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        self._root = _Node()
        for kind, name, phrase in phrases:
            self.add(kind, name, phrase)

    def add(self, kind: str, name: str, phrase: str) -> None:
        """Let `phrase` mean `name` of `kind`."""
        words = [t for t in tokens(phrase) if t.raw not in _HYPHENS]
        node = self._root
        for token in words:
            node = node.then.setdefault(token.word, _Node())
        short = len(phrase) <= 6 and phrase.isupper() and len(words) == 1
        node.labels.append((kind, name, phrase if short else None))

    def find(self, sentence: tuple[Token, ...]) -> list[Mark]:
        """Every phrase of the table in the sentence, in order of its first word."""
        found: list[Mark] = []
        taken: dict[str, int] = {}
        root = self._root.then
        for first, token in enumerate(sentence):
            if token.word in root:
                for mark in self._from(sentence, first):
                    if mark.first > taken.get(mark.kind, -1):
                        found.append(mark)
                        taken[mark.kind] = mark.last
        return found

    def _from(self, sentence: tuple[Token, ...], first: int) -> Iterator[Mark]:
        best: dict[str, list[Mark]] = {}
        node, place = self._root, first
        while place < len(sentence):
            step = node.then.get(sentence[place].word)
            if step is None:
                if place > first and sentence[place].raw in _HYPHENS:
                    place += 1
                    continue
                break
            node = step
            for kind, name, exact in node.labels:
                if exact is None or sentence[place].raw in (exact, exact + "s"):
                    mark = Mark(kind, name, first, place)
                    same = best.setdefault(kind, [])
                    if same and same[0].last < place:
                        same.clear()
                    same.append(mark)
            place += 1
        for kind in sorted(best):
            yield from best[kind]
