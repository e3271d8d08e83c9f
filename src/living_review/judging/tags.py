"""The tags that hold once people have judged them: theirs instead of the reader's."""

from collections.abc import Iterator, Sequence

from living_review.model import JudgedTag, Tag
from living_review.protocol import Vocabulary

# What a reader derives from another tag, and nobody says by itself.
DERIVED = {"condition": "population"}


def judged_tags(
    read: Sequence[Tag], judged: Sequence[JudgedTag], vocabulary: Vocabulary
) -> tuple[Tag, ...]:
    """The tags read, those of a judged name put aside for what the person says.

    `judged` are in the order they were made: of two on one name, the later one holds.
    """
    held = {one.name: one for one in judged}
    aside = {*held, *(DERIVED[name] for name in held if name in DERIVED)}
    kept = [tag for tag in read if tag.name not in aside]
    said = (tag for name in held for tag in _said(read, held[name], vocabulary))
    return (*kept, *said)


def _said(read: Sequence[Tag], one: JudgedTag, vocabulary: Vocabulary) -> Iterator[Tag]:
    named = [tag for tag in read if tag.name == one.name]
    for value in one.values:
        quotes = [t.quote for t in named if t.value == value] + [t.quote for t in named]
        quote = one.quote or next(iter(quotes), "")
        yield Tag(one.name, value, quote, one.decider)
        if one.name == "condition":
            population = vocabulary.conditions[value].population
            yield Tag(DERIVED[one.name], population, quote, one.decider)
