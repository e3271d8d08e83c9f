"""What kind of study a record reports, read from title and abstract; PubMed's types confirm.

PubMed's publication types arrive months late (METHOD 1), so every design has its own words, in
`designs.yaml`. The order of `design` is the order of decision: a notice is a notice whatever else
it says, and an animal experiment is not a randomised trial.
"""

from collections.abc import Callable

from living_review.model import Design, Tag
from living_review.tagging import allotted, randomised, unrandomised
from living_review.tagging.design_words import (
    FIELD,
    Quote,
    first,
    says,
    sentence,
    titled,
    typed,
    whole,
)
from living_review.tagging.marked import MarkedText

VERSION = "2"

_MANY_PLANS = 3  # sentences in the future tense that make a plan
_MAY_BE_TRIALS = ("nonrandomised_trial", "cohort", "cross_sectional", "other", "unclear")
_TOLD = ("title", "objective", "methods", "results", "other", "conclusion")


def design(text: MarkedText, species: str | None) -> tuple[Design, str]:
    """The design of a record and the words that show it; `unclear` where none does."""
    readers: tuple[tuple[Design, Callable[[MarkedText], Quote]], ...] = (
        ("notice", _notice),
        ("registration", _registration),
        ("editorial_letter", _editorial),
        ("protocol", _protocol),
        ("systematic_review", _systematic),
    )
    for name, reader in readers:
        quote = reader(text)
        if quote:
            return name, quote
    experiment = _experiment(text, species)
    if experiment:
        essay = typed(text, "Review") or titled("review", text)
        return ("narrative_review" if essay else experiment), text.record.title
    for name, quote in (
        ("guideline", typed(text, "Practice Guideline", "Guideline")),
        ("rct", _randomised(text)),
        ("guideline", titled("guideline", text) or titled("regulator", text)),
        ("economic", titled("economic", text)),
        ("pharmacokinetic", titled("kinetic", text) or sentence("kinetic_text", text, *_TOLD)),
    ):
        if quote:
            return name, quote
    found, shown = unrandomised.design(text)
    people = species == "human" or not text.record.abstract
    may_be = people and found in _MAY_BE_TRIALS and not whole("qualitative", text.low)
    inferred = allotted.trial(text) if may_be else None
    return ("rct", inferred) if inferred else (found, shown)


def tag(text: MarkedText, species: str | None) -> list[Tag]:
    """The `design` tag and what goes with it.

    `randomised` says whether a trial states it, `planned` that it has no results yet, `secondary`
    that data of earlier trials are analysed again.
    """
    by = f"design:{VERSION}"
    name, quote = design(text, species)
    tags = [Tag("design", name, quote, by)]
    if name == "rct":
        said = randomised.stated(text, quote)
        tags.append(Tag("randomised", "stated" if said else "inferred", said or quote, by))
        plan = _plan(text)
        if plan:
            tags.append(Tag("planned", "yes", plan, by))
    if name not in ("systematic_review", "narrative_review", "protocol", "notice"):
        again = first("secondary", text, "objective", "methods", "other")
        if again:
            tags.append(Tag("secondary", "yes", again, by))
    # A register's own entry says what is planned; results its words tell of are of other studies.
    entry = name != "registration" or typed(text, "Registration")
    posted = None if entry else sentence("posted", text)
    if posted:
        tags.append(Tag("results_posted", "yes", posted, by))
    return tags


def _notice(text: MarkedText) -> Quote:
    if text.record.kind == "notice":
        return text.record.title
    types = ("Retraction of Publication", "Published Erratum", "Expression of Concern")
    return typed(text, *types) or titled("notice", text)


def _registration(text: MarkedText) -> Quote:
    return text.record.title if text.record.kind == "registration" else None


def _editorial(text: MarkedText) -> Quote:
    types = ("Letter", "Editorial", "Comment", "News", "Newspaper Article", "Biography")
    return typed(text, *types) or titled("letter", text) or sentence("letter_text", text)


def _protocol(text: MarkedText) -> Quote:
    if typed(text, "Clinical Trial Protocol"):
        return FIELD
    plans, reports = _plans(text), whole("result", text.low)
    named = titled("protocol_title", text) and titled("protocol_for", text)
    if named and not titled("protocol_used", text):
        told = not reports and says("named_plan", text.record.title.lower())
        if plans or told or not text.record.abstract:
            return text.record.title
    if titled("protocol_marked", text) or whole("protocol_marked", text.low):
        return text.record.title
    described = None if reports else sentence("design_described", text)
    if described and whole("of_people", text.low):
        return described
    # A trial that calls itself one is a trial, with or without results: see `planned`.
    return None if titled("random_title", text) else _plan(text)


def _plans(text: MarkedText) -> int:
    """How many sentences tell of what will be done."""
    return sum(1 for s in text.sentences if says("future", s.low))


def _plan(text: MarkedText) -> Quote:
    """The words that tell of a study to come, where none of its results is told."""
    plans = _plans(text)
    if not plans or whole("result", text.low):
        return None
    results = any(s.part == "results" for s in text.sentences)
    if plans >= _MANY_PLANS and not results and whole("of_people", text.low):
        return None if titled("review", text) else sentence("future", text)
    return sentence("plan", text) if plans > 1 else None


def _systematic(text: MarkedText) -> Quote:
    if titled("scoping", text):
        return None
    named = None if titled("about_reviews", text) else titled("review_title", text)
    confirmed = typed(text, "Systematic Review", "Meta-Analysis", "Network Meta-Analysis")
    return named or confirmed or _in_sections(text) or _searched(text)


def _in_sections(text: MarkedText) -> Quote:
    """The title of a review whose sections are those of reviews: how it searched and selected."""
    labels = " ".join(s.label.lower() for s in text.record.abstract if s.label)
    both = all(
        says(name, labels) or whole(name, text.low) for name in ("review_labels", "search_labels")
    )
    return text.record.title if both else None


def _searched(text: MarkedText) -> Quote:
    """A review that says what was searched and kept, whatever its title calls it."""
    if whole("of_literature", text.low) and not whole("result", text.low):
        kept = sentence("retained", text)
        if kept:
            return kept
    own, said = sentence("own_synthesis", text, *_TOLD), sentence("review_text", text, *_TOLD)
    searched = sentence("searched", text)
    strong = said is not None and says("strong_review", said.lower())
    if own or (strong and searched):
        return own or said
    kept = sentence("retained", text) if said or searched else None
    if kept is None or randomised.people(text):
        return None
    reviews = titled("review_word", text) or whole("review_here", text.low)
    if said and (strong or searched):
        return said
    return searched if reviews or says("numbered", kept.lower()) else None


def _experiment(text: MarkedText, species: str | None) -> Design | None:
    if species is None or species == "human":
        cells = titled("vitro", text) and "fertili" not in text.low
        return "in_vitro" if cells else None
    return "in_vitro" if whole("vitro", text.low) and not whole("in_vivo", text.low) else "animal"


def _randomised(text: MarkedText) -> Quote:
    interviews = titled("qualitative", text) and not titled("random_title", text)
    if interviews or titled("case_title", text):
        return None
    if typed(text, "Review") or titled("overview", text):
        return randomised.people(text)
    return randomised.trial(text)
