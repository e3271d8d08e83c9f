"""What a claim asks, in the words of the protocol: people, drug, comparators, outcomes, time."""

from typing import Any

from living_review.protocol import Claim, Vocabulary, Window


def asks(claim: Claim, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """The variables of a claim by name; None of a claim that is computed and has none."""
    if claim.computed or not claim.intervention:
        return None
    conditions = vocabulary.conditions.values()
    return {
        "population": [c.names[0] for c in conditions if c.population in claim.populations],
        "intervention": _name(claim.intervention, vocabulary),
        "comparators": [_name(one, vocabulary) for one in claim.comparators],
        "outcomes": [vocabulary.outcomes[one].label for one in claim.outcomes],
        "follow_up": _follow_up(claim.window),
    }


def _name(code: str, vocabulary: Vocabulary) -> str:
    """The first name of a drug or a comparator; a class, as what has no names, by its code."""
    named = vocabulary.drugs.get(code) or vocabulary.comparators.get(code)
    return named.names[0] if named else code.replace("_", " ")


def _follow_up(window: Window) -> str:
    """`over 12 and up to 24 weeks`; empty where any time counts."""
    sides = (("over", window.over), ("up to", window.up_to))
    told = " and ".join(f"{word} {weeks:g}" for word, weeks in sides if weeks is not None)
    return f"{told} weeks" if told else ""
