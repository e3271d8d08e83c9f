"""Designs without randomisation: case reports, cohorts, uncontrolled trials, surveys, essays."""

from living_review.model import Design
from living_review.tagging.design_words import (
    BODY,
    FIELD,
    WORDS,
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


def design(text: MarkedText) -> tuple[Design, str]:
    """The design of a record that is neither review, guideline nor randomised."""
    title = text.record.title
    if _is_review(text) and not sentence("own_people", text, *BODY):
        return "narrative_review", title
    case = case_report(text)
    if case and (titled("case_title", text) or case == FIELD or not whole("cohort", text.low)):
        return "case_report", case
    if not text.record.abstract:
        return "unclear", title
    qualitative = sentence("qualitative", text)
    if qualitative:
        return "other", qualitative
    data = _reports_data(text) or whole("surveyed", text.low)
    return _observed(text) if data else _without_data(text)


def _is_review(text: MarkedText) -> bool:
    low = WORDS["chart_review"].sub(" ", text.record.title.lower())
    reviews = says("review_word", low) or sentence("to_review", text) is not None
    return reviews or typed(text, "Review") is not None


def case_report(text: MarkedText) -> Quote:
    """The words that tell of one case or a few."""
    return titled("case_title", text) or sentence("case_text", text) or typed(text, "Case Reports")


def _reports_data(text: MarkedText) -> bool:
    """Whether the text tells of data of its own rather than of others' work."""
    counted, done = whole("people_counted", text.low), whole("done", text.low)
    if whole("result", text.low) and (done or counted):
        return True
    return counted and (done or whole("treating", text.low))


def _without_data(text: MarkedText) -> tuple[Design, str]:
    if any(s.part in ("methods", "results") and says("done", s.low) for s in text.sentences):
        return "other", text.record.title
    narrative = sentence("narrative", text)
    return ("narrative_review", narrative) if narrative else ("unclear", text.record.title)


def _observed(text: MarkedText) -> tuple[Design, str]:
    surveyed = whole("surveyed", text.low)
    treating = first("treating", text, *BODY, "background")
    records = first("records", text, *BODY)
    in_order: tuple[tuple[Design, Quote], ...] = (
        ("case_control", first("case_control", text, *BODY)),
        ("cohort", None if "cross-sectional" in text.low else records),
        ("nonrandomised_trial", None if surveyed else treating),
        ("cross_sectional", first("cross", text, *BODY)),
        ("nonrandomised_trial", treating or typed(text, "Clinical Trial")),
        ("cohort", first("cohort", text, *BODY) or typed(text, "Observational Study")),
    )
    for name, quote in in_order:
        if quote:
            return name, quote
    return "other", text.record.title
