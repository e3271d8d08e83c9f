"""Lengths of time in weeks: how long people were treated or followed."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedSentence, MarkedText

VERSION = "2"

_SMALL = {w: i for i, w in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve")
)}  # fmt: skip
_UNIT = {"h": 1 / 168, "d": 1 / 7, "w": 1.0, "m": 52 / 12, "y": 52.0}
_COUNT = rf"(?:\d+(?:\.\d+)?|{'|'.join(_SMALL)})"
_TIME = re.compile(
    rf"(?<![\w.-])({_COUNT})(?:\s*(?:to|-|–|and|or)\s*({_COUNT}))?[\s-]*(h|hrs?|hours?|days?|weeks?|wks?|months?|mo|years?|yrs?)\b"
    rf"|\b(days?|weeks?|months?|years?)\s+({_COUNT})(?:\s*(?:to|-|–|and|or|,)\s*({_COUNT}))?",
    re.IGNORECASE,
)
_UNITS = ("day", "week", "month", "year", "hour", " wk", " yr", " h", " mo")
# The terms reviews of musculoskeletal trials agree on: immediate up to 2 weeks, short up to
# 3 months, intermediate up to 12 months, long beyond (Furlan 2009, Cochrane Back and Neck).
_TERMS = (
    (re.compile(r"\bimmediate[- ]term\b", re.IGNORECASE), 2.0),
    (re.compile(r"\bshort[- ]term\b", re.IGNORECASE), 12.0),
    (re.compile(r"\bintermediate[- ]term\b", re.IGNORECASE), 26.0),
    (re.compile(r"\blong[- ]term\b", re.IGNORECASE), 52.0),
)
# Lengths that are not follow-up: ages, how long people had been ill, washouts, dosing.
_OTHER_BEFORE = re.compile(
    r"(?:aged?(?: was| were)?|(?:the )?(?:last|past)|at least|more than|less than|over"
    r"|older than|younger|duration(?: of)?|minimum"
    r"|history|lasting|lasted|washout|wash-out|of age|every|within|for the past|previous|per"
    r"|prior|longer than|mean age|average)\s*(?:of\s*|:\s*)?"
    r"(?:[<>≤≥]\s*)?(?:\d+(?:\.\d+)?\s*(?:±|\+/-)\s*)?$",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:symptoms?|present for|had had|suffer\w*|complain\w*|onset)\b", re.IGNORECASE
)
_OTHER_AFTER = re.compile(
    r"^(?:'|’)?\s*(?:of age|old|history|duration|or (?:more|longer|older)|washout|wash-out|before"
    r"|earlier|prior|later need|and older|-old|post-?partum|ago|in duration|between|period between"
    r"|followed by|of pain)",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"follow|treat|for|after|at|over|during|week|trial|study|period|given|received|took|until",
    re.IGNORECASE,
)


def _count(text: str) -> float:
    return float(_SMALL[text.lower()]) if text.lower() in _SMALL else float(text)


def times(text: str) -> list[tuple[float, int]]:
    """Every length or point of time in weeks, with its place; ages and waits left out."""
    found: list[tuple[float, int]] = []
    low = text.lower()
    if not any(unit in low for unit in _UNITS):
        return found
    for m in _TIME.finditer(text):
        if m.group(1):
            upper, unit = m.group(2) or m.group(1), m.group(3)
        else:
            upper, unit = m.group(6) or m.group(5), m.group(4)
        before, after = text[: m.start()][-40:], text[m.end() :]
        if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after) or _ILL.search(before):
            continue
        # 'every 8 hours' and '24 hours a day' are dosing; hours count only as a point in time.
        if unit[0].lower() == "h" and not re.search(r"(?:at|after|for|over)\s*$", before):
            continue
        found.append((round(_count(upper) * _UNIT[unit[0].lower()], 2), m.start()))
    return found


def terms(text: str, defined: dict[float, float]) -> list[tuple[float, int]]:
    """'In the short term' as weeks, with its place: as the record, else as reviews define it."""
    return [
        (defined.get(weeks, weeks), m.start())
        for pattern, weeks in _TERMS
        for m in pattern.finditer(text)
    ]


def defined_terms(sentences: list[MarkedSentence]) -> dict[float, float]:
    """What a record itself means by short or long term: 'short term (6 weeks or less)'."""
    found: dict[float, float] = {}
    for sentence in sentences:
        for pattern, weeks in _TERMS:
            for m in pattern.finditer(sentence.text):
                told = re.match(
                    rf"\W*\(\D{{0,15}}({_COUNT})\s*(days?|weeks?|months?|years?)",
                    sentence.text[m.end() :],
                )
                if told:
                    found[weeks] = round(_count(told.group(1)) * _UNIT[told.group(2)[0].lower()], 2)
    return found


def tag(text: MarkedText) -> list[Tag]:
    """One `weeks` tag: the longest treatment or follow-up of the methods, else of the text."""
    best: tuple[float, str] | None = None
    for parts in (("methods", "title", "objective", "other"), ("results", "conclusion")):
        for sentence in text.within(*parts):
            for weeks, place in times(sentence.text):
                near = sentence.text[max(0, place - 40) : place + 30]
                if weeks <= 520 and _FOLLOWED.search(near) and (best is None or weeks > best[0]):
                    best = (weeks, sentence.text)
        if best is not None:
            return [Tag("weeks", f"{best[0]:g}", best[1], f"follow_up:{VERSION}")]
    return []
