"""What a systematic review says of its own search, and of trials of the comparison itself."""

import re

from living_review.model import PartialDate, Tag
from living_review.tagging.counting import count
from living_review.tagging.marked import MarkedText

VERSION = "1"

_MONTHS = {m: i + 1 for i, m in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
)}  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    rf"|\b(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month1>{_MONTH})\s+(?P<year1>(?:19|20)\d\d)"
    rf"|\b(?P<month2>{_MONTH})\s+(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?"
    rf"(?P<year2>(?:19|20)\d\d)"
    rf"|\b(?P<year3>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"\b(?:search\w*|identified|published (?:between|from|up to|until|through)|inception"
    r"|databases?)\b",
    re.IGNORECASE,
)
_NO_DIRECT = re.compile(
    r"\b(?:no|none|not any|lack of|absence of)\b.{0,60}\b"
    r"(?:head[- ]to[- ]head|direct(?:ly)? compar\w+"
    r"|compared .{0,40} (?:directly|head[- ]to[- ]head)"
    r"|direct (?:stud|trial|evidence|comparison)\w*)"
    r"|\bno (?:eligible |relevant )?(?:trials?|studies|rcts?) (?:were |was )?"
    r"(?:found|identified|available|met|compared)\b",
    re.IGNORECASE,
)
_FEW = (
    r"\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen"
    r"|twenty(?:[- ]\w+)?|thirty(?:[- ]\w+)?|forty(?:[- ]\w+)?|fifty(?:[- ]\w+)?"
)
_STUDIES = r"(?:rcts?|trials?|studies|articles|reports|papers)"
_KEPT = re.compile(
    rf"\b(?P<n>{_FEW})\s+(?:[\w-]+ ){{0,4}}?{_STUDIES}\b.{{0,60}}?\b(?:included|qualified|eligible"
    rf"|retained|contribute|met|analy[sz]ed|identified|with \d|on \d)"
    rf"|\b(?:included|include|identified)(?: were)?\s+(?P<m>{_FEW})\s+"
    rf"(?:[\w-]+ ){{0,3}}?{_STUDIES}\b",
    re.IGNORECASE,
)


def _dates(text: str) -> list[PartialDate]:
    found = []
    for m in _DATE.finditer(text):
        if m.group("iso"):
            found.append(PartialDate.parse(m.group("iso")))
            continue
        month = m.group("month1") or m.group("month2")
        day = m.group("day1") or m.group("day2")
        year = int(m.group("year1") or m.group("year2") or m.group("year3"))
        number = _MONTHS[month[:3].lower()] if month else None
        try:
            date = PartialDate(year, number, int(day) if day else None)
            date.last_day()
        except ValueError:
            date = PartialDate(year, number)
        found.append(date)
    return found


def search_until(text: MarkedText) -> tuple[PartialDate, str] | None:
    """The latest date a sentence on the search names; None where none is stated."""
    best: tuple[PartialDate, str] | None = None
    for sentence in text.within("methods", "other", "results", "objective", "background"):
        if not _SEARCH.search(sentence.text):
            continue
        for date in _dates(sentence.text):
            if best is None or date.last_day() > best[0].last_day():
                best = (date, sentence.text)
    return best


def direct_trials(text: MarkedText, comparative: bool) -> tuple[int, str] | None:
    """Trials of the comparison itself: 0 where the review says it found none; None if not told.

    `comparative` says that the review's own question is the comparison, so that every included
    study is one of it.
    """
    for sentence in text.within("results", "conclusion", "other", "background", "objective"):
        if sentence.part != "background" and _NO_DIRECT.search(sentence.text):
            return 0, sentence.text
    if comparative:
        for sentence in text.within("results", "other", "methods"):
            for m in _KEPT.finditer(sentence.text):
                read = count(m.group("n") or m.group("m"))
                if read:
                    return read, sentence.text
    return None


def tag(text: MarkedText, comparative: bool) -> list[Tag]:
    """`search_until` and `direct_trials` of a systematic review."""
    tags = []
    until = search_until(text)
    if until:
        tags.append(Tag("search_until", str(until[0]), until[1], f"reviews:{VERSION}"))
    trials = direct_trials(text, comparative)
    if trials:
        tags.append(Tag("direct_trials", str(trials[0]), trials[1], f"reviews:{VERSION}"))
    return tags
