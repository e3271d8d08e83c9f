"""A record as the taggers read it: sentences, words, and where known phrases stand."""

from dataclasses import dataclass
from functools import cached_property

from living_review.model import Record
from living_review.tagging.lexicon import CUES, Lexicon
from living_review.tagging.sentences import Part, Sentence, abbreviations, sentences
from living_review.tagging.words import Mark, Token, tokens

MOST_WORDS = 600  # of one sentence; what is behind them is not read, and `unread` says so


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence with its words, its vocabulary terms and its cues (read when first asked for)."""

    sentence: Sentence
    words: tuple[Token, ...]
    terms: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The sentence as printed."""
        return self.sentence.text

    @cached_property
    def low(self) -> str:
        """The sentence in lower case, for patterns written so."""
        return self.sentence.text.lower()

    @property
    def part(self) -> Part:
        """The part of the paper it stands in."""
        return self.sentence.part

    @cached_property
    def cues(self) -> tuple[Mark, ...]:
        """The general cues of `cues.yaml` in this sentence. `NO` is a gas, not a denial."""
        found = CUES.find(self.words)
        return tuple(m for m in found if m.kind != "negation" or self.words[m.first].raw != "NO")

    def named(self, kind: str) -> list[Mark]:
        """The terms of one kind, in order."""
        return [m for m in self.terms if m.kind == kind]

    def printed(self, mark: Mark) -> str:
        """The words of a mark as printed."""
        return self.text[self.words[mark.first].start : self.words[mark.last].end]


@dataclass(frozen=True)
class MarkedText:
    """All sentences of a record, and the abbreviations it defines."""

    record: Record
    sentences: tuple[MarkedSentence, ...]
    abbreviations: dict[str, str]

    @cached_property
    def flat(self) -> str:
        """Title and abstract as one text, one sentence a line."""
        return "\n".join(s.text for s in self.sentences)

    @cached_property
    def low(self) -> str:
        """The same in lower case, for patterns written so."""
        return "\n".join(s.low for s in self.sentences)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the record, as `same_word` writes it."""
        return frozenset(t.word for s in self.sentences for t in s.words)

    def within(self, *parts: Part) -> list[MarkedSentence]:
        """The sentences of some parts of the paper, in order."""
        return [s for s in self.sentences if s.part in parts]


_last: list[tuple[Record, Lexicon, MarkedText]] = []


def mark(record: Record, lexicon: Lexicon) -> MarkedText:
    """Read a record once for all taggers. Abbreviations it defines count as what they stand for.

    The last record read is kept, since tagging is followed by finding.
    """
    if _last and _last[0][0] is record and _last[0][1] is lexicon:
        return _last[0][2]
    text = _mark(record, lexicon)
    _last[:] = [(record, lexicon, text)]
    return text


def _mark(record: Record, lexicon: Lexicon) -> MarkedText:
    found = sentences(record)
    short = abbreviations(found)
    alias: dict[str, list[tuple[str, str]]] = {}
    blocked: set[str] = set()
    for form, long in short.items():
        words = tokens(long)
        ends = [
            m
            for m in lexicon.table.find(words)
            if m.last == len(words) - 1 and m.kind != "comparator"
        ]
        if ends:
            alias[form] = alias[form + "s"] = [(m.kind, m.name) for m in ends]
        if not ends:
            blocked.add(form)
    marked = []
    for sentence in found:
        words = tokens(sentence.text)[:MOST_WORDS]
        terms = [
            m
            for m in lexicon.table.find(words)
            if not (blocked and m.first == m.last and words[m.first].raw in blocked)
        ]
        if alias:
            here = {(m.kind, m.first) for m in terms}
            terms += [
                Mark(kind, name, place, place)
                for place, word in enumerate(words)
                if word.raw in alias
                for kind, name in alias[word.raw]
                if (kind, place) not in here
            ]
            terms.sort(key=lambda m: (m.first, m.last, m.kind, m.name))
        marked.append(MarkedSentence(sentence, words, tuple(terms)))
    return MarkedText(record, tuple(marked), short)
