"""Arms that a text names by a letter or number: 'with X (group A)', 'group B received Y'."""

import re
from collections.abc import Mapping, Sequence

from living_review.tagging.asking.matching import ShortForms, Wanted, match
from living_review.tagging.clauses import Span
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.words import Token

_GROUP = frozenset(("group", "arm", "cohort"))
_NAME = re.compile(r"[A-Z]{1,4}\d?|[IVX]{1,4}|\d|[A-Z][a-z]?\d?")
_AND = frozenset(("and", "or", ",", "&", "/", "versus", "vs", "than", "v"))
_REACH = 16  # words on one side of the name that may describe the arm
_LEAST = 0.3  # share of an arm's words that must be there
_BRACKETS = frozenset("([")
_ENDS = frozenset((";", ".", ")", "]"))


def named_groups(
    text: MarkedText, mine: Wanted, other: Wanted, spelled: ShortForms
) -> dict[str, int]:
    """+1 for each group name that stands for the first arm, -1 for the second.

    A name in brackets is described before it, any other name after it. Names that fit neither arm,
    or both alike, are left out.
    """
    best: dict[str, tuple[float, int]] = {}
    for sentence in text.sentences:
        for place in _names(sentence.words):
            described = _description(sentence.words, place)
            a, _ = match(mine, described, spelled)
            b, _ = match(other, described, spelled)
            name = sentence.words[place].raw
            if max(a, b) >= _LEAST and a != b and max(a, b) > best.get(name, (0.0, 0))[0]:
                best[name] = (max(a, b), 1 if a > b else -1)
    return {name: arm for name, (_, arm) in best.items()}


def asked_groups(mine: Sequence[Token], other: Sequence[Token]) -> dict[str, int]:
    """The group names that the question itself gives its arms."""
    ours = {mine[p].raw for p in _names(mine)}
    theirs = {other[p].raw for p in _names(other)}
    return dict.fromkeys(ours - theirs, 1) | dict.fromkeys(theirs - ours, -1)


def group_places(
    sentence: MarkedSentence, arms: Mapping[str, int]
) -> tuple[list[Span], list[Span]]:
    """Where a sentence names the two arms by their group's name."""
    places: tuple[list[Span], list[Span]] = ([], [])
    for place in _names(sentence.words):
        arm = arms.get(sentence.words[place].raw)
        if arm:
            places[arm < 0].append((place, place))
    return places


def _names(words: Sequence[Token]) -> list[int]:
    """Places of group names: 'group A', 'groups A and B', 'the A group'."""
    found: list[int] = []
    for place, token in enumerate(words):
        if token.word not in _GROUP:
            continue
        after = place + 1
        while after < len(words) and (
            _NAME.fullmatch(words[after].raw) or words[after].raw.lower() in _AND
        ):
            if _NAME.fullmatch(words[after].raw) and words[after].raw.lower() not in _AND:
                found.append(after)
            after += 1
        if place and len(words[place - 1].raw) <= 2 and _NAME.fullmatch(words[place - 1].raw):
            found.append(place - 1)
    return sorted(set(found))


def _description(words: Sequence[Token], place: int) -> Sequence[Token]:
    opening = max(0, place - 2)
    if any(t.raw in _BRACKETS for t in words[opening:place]):
        start = place - 3
        while start > 0 and place - start < _REACH and words[start].raw not in _ENDS:
            start -= 1
        return words[max(0, start) : place - 1]
    end = place + 1
    while end < len(words) and end - place < _REACH and words[end].raw not in (";", "."):
        if words[end].word in _GROUP:
            break
        end += 1
    return words[place + 1 : end]
