"""The words a judgement may use: those of the vocabulary and of the taggers, and no others."""

import re
from collections.abc import Collection
from typing import get_args

from living_review.errors import DecisionError
from living_review.model import (
    Design,
    FindingDirection,
    JudgedBias,
    JudgedFinding,
    JudgedTag,
    PartialDate,
)
from living_review.protocol import Vocabulary

NONE = "none"  # the record does not say this
DIRECTIONS = (*get_args(FindingDirection), NONE)
SIGNIFICANT = {"yes": True, "no": False}
DRUG = "drug:"

_NUMBERS = ("participants", "participants_analysed", "direct_trials")
_SEVERAL = ("comparator", "harm", "outcome")  # tags a record may have several of
_CLOSED = {
    "design": get_args(Design),
    "pain_setting": ("acute", "chronic", "acute_and_chronic"),
    "refractory": ("yes",),
    "results_posted": ("yes",),
    "secondary": ("yes",),
}
_ROLES = ("intervention", "comparator", "background", "mentioned")


def finding_of(
    vocabulary: Vocabulary,
    intervention: str,
    comparator: str,
    outcome: str,
    weeks: float | None,
    direction: str,
    significant: str | None,
    quote: str,
    decider: str,
) -> JudgedFinding:
    """A judged finding of these words; DecisionError names those that are known."""
    drugs = {*vocabulary.drugs, *vocabulary.drug_classes}
    _known("--intervention", intervention, drugs)
    _known("--comparator", comparator, drugs | set(vocabulary.comparators))
    _known("--outcome", outcome, vocabulary.outcomes)
    _known("--direction", direction, DIRECTIONS)
    if intervention == comparator:
        raise DecisionError(f"'{intervention}' is compared with itself; name two things")
    if weeks is not None and not 0 <= weeks < float("inf"):
        raise DecisionError(f"--weeks {weeks:g} is no length of follow-up")
    if significant is not None:
        _known("--significant", significant, SIGNIFICANT)
    return JudgedFinding(
        intervention=intervention,
        comparator=comparator,
        outcome=outcome,
        weeks=weeks,
        direction=None if direction == NONE else direction,  # type: ignore[arg-type]  # known above
        significant=None if significant is None else SIGNIFICANT[significant],
        quote=quote,
        decider=decider,
    )


def tag_of(vocabulary: Vocabulary, name: str, value: str, quote: str, decider: str) -> JudgedTag:
    """A judged tag of this name; DecisionError names the names, or the values of this one."""
    _known("a tag's name", name, tag_names(vocabulary))
    if value == NONE:
        return JudgedTag(name, (), quote, decider)
    values = sorted(set(value.split(","))) if name in _SEVERAL else [value]
    for one in values:
        _check_value(name, one, vocabulary)
    return JudgedTag(name, tuple(values), quote, decider)


def is_known(judged: JudgedFinding | JudgedTag | JudgedBias, vocabulary: Vocabulary) -> bool:
    """Whether the vocabulary still has every word of a judgement made earlier."""
    if isinstance(judged, JudgedBias):
        return True
    try:
        if isinstance(judged, JudgedTag):
            tag_of(vocabulary, judged.name, ",".join(judged.values) or NONE, "", "")
        else:
            finding_of(
                vocabulary, judged.intervention, judged.comparator, judged.outcome, judged.weeks,
                judged.direction or NONE, None, "", "",
            )  # fmt: skip
    except DecisionError:
        return False
    return True


def tag_names(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Every tag that a person may judge. What a source states in a field of its own is none."""
    drugs = (f"{DRUG}{name}" for name in (*vocabulary.drugs, *vocabulary.drug_classes))
    named = (*_CLOSED, *_NUMBERS, *_SEVERAL, "condition", "funding", "search_until", "species")
    return (*sorted((*named, "weeks")), *sorted(drugs))


def finding_target(judged: JudgedFinding) -> str:
    """What a judged finding is about, told alike from either side of the comparison."""
    low, high = sorted((judged.intervention, judged.comparator))
    when = "any time" if judged.weeks is None else f"{judged.weeks:g} weeks"
    return f"{low} vs {high}, {judged.outcome}, {when}"


def said(judged: JudgedFinding | JudgedTag | JudgedBias) -> str:
    """A judgement in a few words."""
    if isinstance(judged, JudgedBias):
        return f"risk of bias is {judged.level}"
    if isinstance(judged, JudgedTag):
        return f"{judged.name} is {', '.join(judged.values) or 'not stated'}"
    when = "" if judged.weeks is None else f" at {judged.weeks:g} weeks"
    compared = f"{judged.intervention} vs {judged.comparator}, {judged.outcome}{when}"
    return f"{compared}: {judged.direction or 'not stated'}"


def _check_value(name: str, value: str, vocabulary: Vocabulary) -> None:
    known: Collection[str] | None = _CLOSED.get(name)
    if name.startswith(DRUG):
        known = _ROLES
    elif name == "condition":
        known = vocabulary.conditions
    elif name in _SEVERAL:
        known = {"comparator": vocabulary.comparators, "harm": vocabulary.harms}.get(
            name, vocabulary.outcomes
        )
    if known is not None:
        _known(f"the value of {name}", value, known)
        return
    fits, wanted = _free(name, value)
    if not fits:
        raise DecisionError(f"the value of {name} is '{value}'; it should be {wanted}, or {NONE}")


def _free(name: str, value: str) -> tuple[bool, str]:
    """Whether a value of no closed vocabulary is one, and what would be."""
    if name in _NUMBERS:
        return re.fullmatch(r"\d{1,7}", value, re.ASCII) is not None, "a whole number"
    if name == "weeks":
        return re.fullmatch(r"\d{1,4}(\.\d+)?", value, re.ASCII) is not None, "a number of weeks"
    if name == "species":
        is_word = re.fullmatch(r"[a-z]+( [a-z]+)?", value) is not None
        return is_word, "human, or an animal as in 'rat' or 'guinea pig'"
    if name == "search_until":
        try:
            PartialDate.parse(value)
        except ValueError:
            return False, "a date, as 2019-06 or 2019-06-30"
    return bool(value.strip()), "said in words"


def _known(what: str, given: str, known: Collection[str]) -> None:
    if given not in known:
        raise DecisionError(
            f"{what} is '{given}', which is not known; known: {', '.join(sorted(known))}"
        )
