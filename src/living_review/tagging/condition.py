"""What ails the people or animals studied: one condition of the vocabulary, the directest one."""

from living_review.model import Tag
from living_review.protocol import Vocabulary
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.words import Mark

VERSION = "1"

_WEIGHTS = {"title": 6.0, "objective": 3.0, "methods": 3.0, "results": 1.0, "other": 1.5,
            "conclusion": 1.5, "background": 0.75}  # fmt: skip
# Directest first; a mechanism counts only for animals and cells, the rest only for people.
_ORDER = ("direct", "indirect", "unsure", "mechanism", "mechanism_indirect", "excluded")
_MECHANISMS = ("mechanism", "mechanism_indirect")
_LEFT_OUT = frozenset(
    ("exclude", "excluded", "excluding", "exclusion", "without", "non", "no", "ruled")
)
_LEFT_OUT_AFTER = frozenset(("excluded", "ineligible"))
_STUDIED_SHARE = 0.34  # of the most named condition's weight
_DECIDING_SHARE = 0.2  # for conditions that decide over others


def _left_out(sentence: MarkedSentence, mark: Mark) -> bool:
    """Whether the sentence names the condition to keep it out: 'patients with X were excluded'."""
    before = [t.word for t in sentence.words[max(0, mark.first - 4) : mark.first]]
    after = [t.word for t in sentence.words[mark.last + 1 : mark.last + 6]]
    if "without" in before:
        return True
    if any(w in _LEFT_OUT for w in before) and "or" not in before[-1:] and "with" not in before:
        return True
    return any(w in _LEFT_OUT_AFTER for w in after)


def _either(sentence: MarkedSentence, mark: Mark) -> bool:
    """'With or without X' says nothing of whether they had it."""
    before = [t.word for t in sentence.words[max(0, mark.first - 2) : mark.first]]
    return before[:1] == ["with"] and before[1:] in (["or"], ["and"])


def weigh(text: MarkedText) -> dict[str, tuple[float, str]]:
    """Each condition the text names of itself, with its weight and its best sentence."""
    found: dict[str, tuple[float, str]] = {}
    for sentence in text.sentences:
        seen = set()
        for mark in sentence.named("condition"):
            if mark.name in seen or _left_out(sentence, mark) or _either(sentence, mark):
                continue
            seen.add(mark.name)
            weight, quote = found.get(mark.name, (0.0, sentence.text))
            found[mark.name] = (weight + _WEIGHTS[sentence.part], quote)
    return found


def studied(text: MarkedText, vocabulary: Vocabulary, species: str | None) -> list[tuple[str, str]]:
    """The conditions studied, directest first, each with its sentence."""
    animals = species is not None and species != "human"
    conditions = vocabulary.conditions
    named = {
        name: told
        for name, told in weigh(text).items()
        if conditions[name].population == "excluded"
        or (conditions[name].population in _MECHANISMS) == animals
    }
    if not named:
        return []
    most = max(weight for weight, _ in named.values())
    kept = {
        n: t
        for n, t in named.items()
        if t[0] >= most * (_DECIDING_SHARE if conditions[n].outranks else _STUDIED_SHARE)
    }
    beaten = {loser for name in kept for loser in conditions[name].outranks}
    return sorted(
        ((name, quote) for name, (_, quote) in kept.items() if name not in beaten),
        key=lambda pair: (_ORDER.index(conditions[pair[0]].population), -kept[pair[0]][0], pair[0]),
    )


def tag(text: MarkedText, vocabulary: Vocabulary, species: str | None) -> list[Tag]:
    """`condition` and its `population`; none where none is named."""
    found = studied(text, vocabulary, species)
    if not found:
        return []
    name, quote = found[0]
    by = f"condition:{VERSION}"
    return [
        Tag("condition", name, quote, by),
        Tag("population", vocabulary.conditions[name].population, quote, by),
    ]
