"""The protocol's vocabulary and the general cues as one table of phrases."""

from dataclasses import dataclass

from living_review.protocol import Vocabulary
from living_review.tagging import cues
from living_review.tagging.words import Mark, PhraseTable, Token, tokens

VERSION = "1"


@dataclass(frozen=True)
class Lexicon:
    """A vocabulary made ready for matching: `table` for its words, `cues` for the general ones."""

    vocabulary: Vocabulary
    table: PhraseTable
    cues: PhraseTable

    def marks(self, sentence: tuple[Token, ...]) -> list[Mark]:
        """Drugs, comparators, conditions, outcomes and harms named in a sentence."""
        return self.table.find(sentence)


def _phrases(vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    listed = (
        ("drug", vocabulary.drugs),
        ("drug_class", vocabulary.drug_classes),
        ("comparator", vocabulary.comparators),
        ("condition", vocabulary.conditions),
        ("outcome", vocabulary.outcomes),
        ("harm", vocabulary.harms),
    )
    return [
        (kind, name, phrase)
        for kind, terms in listed
        for name, term in sorted(terms.items())
        for phrase in term.names  # type: ignore[attr-defined]
    ]


CUES = PhraseTable(cues.phrases())

_compiled: list[Lexicon] = []


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary, compiled once for as long as it is the one in use."""
    if not _compiled or _compiled[0].vocabulary is not vocabulary:
        _compiled[:] = [Lexicon(vocabulary, PhraseTable(_phrases(vocabulary)), CUES)]
    return _compiled[0]


def means(phrase: str, table: PhraseTable, kind: str) -> str | None:
    """The name a phrase goes by in a table, where it is nothing but that name's word."""
    read = tokens(phrase)
    for mark in table.find(read):
        if mark.kind == kind and mark.first == 0 and mark.last == len(read) - 1:
            return mark.name
    return None
