"""Whether people were randomised in this very study, not in those it cites or wishes for."""

from living_review.tagging.design_words import FIELD, WORDS, Quote, says, titled, typed
from living_review.tagging.marked import MarkedSentence, MarkedText

VERSION = "2"

_HINTS = ("random", "rct", "blind", "placebo", "mask")
_TYPES = ("Randomized Controlled Trial", "Randomized Controlled Trial, Veterinary")


def people(text: MarkedText) -> Quote:
    """The sentence that tells of people being allotted at random."""
    if "random" not in text.low:
        return None
    return next(
        (
            s.text
            for s in text.sentences
            if not _introduces(s, text)
            and s.part != "conclusion"
            and says("random_done", s.low)
            and not any(says(veto, s.low) for veto in ("needed", "non_random"))
            and says("random_done", WORDS["random_other"].sub(" ", s.low))
        ),
        None,
    )


def trial(text: MarkedText) -> Quote:
    """The words that show a randomised trial.

    A placebo arm is enough: who gave some people placebo allotted them at random, whether or not
    the abstract says so.
    """
    if not any(hint in text.low for hint in _HINTS):
        return typed(text, *_TYPES)
    low = text.record.title.lower()
    if titled("random_title", text) and not (says("non_random", low) or says("others_trials", low)):
        return text.record.title
    return people(text) or _called_a_trial(text) or typed(text, *_TYPES)


def stated(text: MarkedText, quote: str) -> Quote:
    """The words that say people were randomised, of a record read as a trial by `quote`.

    None where a placebo or a blinded comparison shows it and chance is never named.
    """
    if typed(text, *_TYPES):
        return FIELD
    if says("chance", quote.lower()):
        return quote
    return people(text) or _called_a_trial(text, "chance")


def _introduces(sentence: MarkedSentence, text: MarkedText) -> bool:
    """Whether a sentence stands under a label of its own as background."""
    return sentence.part == "background" and any(s.label for s in text.record.abstract)


def _called_a_trial(text: MarkedText, *also: str) -> Quote:
    """The sentence that calls this study a trial, and uses the words of other lists besides."""
    for s in text.sentences:
        shown = says("random_study", s.low) or says("placebo_arm", s.low)
        if not shown or _introduces(s, text) or not all(says(name, s.low) for name in also):
            continue
        if not (says("others_trials", s.low) or says("non_random", s.low)):
            return s.text
    return None
