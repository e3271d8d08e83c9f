"""Word by word: what is gone from a sentence and what is new in it."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from living_review.reporting.plain import plain

Kind = Literal["same", "gone", "new"]


class Stretch(NamedTuple):
    """Words that stand together: in both sentences, in the earlier or in the later one only."""

    kind: Kind
    text: str


def word_diff(before: str, after: str) -> list[Stretch]:
    """Stretches that read in order tell both sentences: `same` and `gone` the earlier one.

    A sentence that shares less than a third of its words with the other is told whole: a
    patchwork of single words is harder to read than two sentences.
    """
    old, new = plain(before).split(), plain(after).split()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if old and new and matcher.ratio() < 1 / 3:
        return [Stretch("gone", " ".join(old)), Stretch("new", " ".join(new))]
    return list(_stretches(matcher, old, new))


def _stretches(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Stretch]:
    blocks = matcher.get_matching_blocks()
    starts = [(0, 0), *((b.a + b.size, b.b + b.size) for b in blocks)]
    for (old_from, new_from), block in zip(starts, blocks, strict=False):
        if old[old_from : block.a]:
            yield Stretch("gone", " ".join(old[old_from : block.a]))
        if new[new_from : block.b]:
            yield Stretch("new", " ".join(new[new_from : block.b]))
        if block.size:
            yield Stretch("same", " ".join(old[block.a : block.a + block.size]))
