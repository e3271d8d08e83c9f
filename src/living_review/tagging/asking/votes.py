"""How much each reading counts: named weights of `votes.yaml`, which people can read and mend.

Every reading of a record votes for its change with exp(sum of the weights of its traits); a
reading that only says that the arms differ votes for higher and lower alike. The shares, sharpened
by one power, are the probabilities. `benchmarks/reading/fit_votes.py` fits the weights by
likelihood, so that they are calibrated as they stand.
"""

import math
from collections.abc import Mapping, Sequence
from importlib.resources import files

import yaml

from living_review.tagging.asking.candidates import Candidate, Change

_TEXT = files(__package__).joinpath("votes.yaml").read_text(encoding="utf-8")
_DATA = yaml.safe_load(_TEXT)
WEIGHTS: Mapping[str, float] = _DATA["weights"]
CHANGES: tuple[Change, ...] = ("higher", "lower", "no_difference")


def vote(candidate: Candidate) -> float:
    """The weight of one reading; KeyError for a trait that `votes.yaml` does not weigh."""
    return math.exp(sum(WEIGHTS[trait] * value for trait, value in candidate.traits.items()))


def shares(found: Sequence[Candidate]) -> dict[Change, float]:
    """The probability of each change, adding up to 1; without readings, that of any question."""
    votes = {change: math.exp(_DATA["before_reading"][change]) for change in CHANGES}
    for one in found:
        for change in (one.change,) if one.change else ("higher", "lower"):
            votes[change] += vote(one)
    sharp = {change: total ** _DATA["sharpness"] for change, total in votes.items()}
    return {change: value / sum(sharp.values()) for change, value in sharp.items()}


def strongest(found: Sequence[Candidate], change: Change) -> Candidate | None:
    """The reading that counts most for a change."""
    voters = [c for c in found if c.change == change]
    return max(voters, key=vote, default=None)
