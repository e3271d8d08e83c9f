"""How many cases a case report tells of."""

import re

from living_review.tagging.counting import NOT_PEOPLE, NUMBER, count

VERSION = "1"

_CASES = re.compile(
    (
        rf"\b(?:report|describe|present)s?\b.{{0,30}}?\b({NUMBER}|an?)\s+(?:[\w-]+ ){{0,5}}?"
        rf"(?:cases?|patients?|man|woman|boy|girl|child|infant)"
    ),
)
_FEW = re.compile(rf"\b({NUMBER})\s+(?:[\w-]+ ){{0,4}}?(?:cases?|patients?)\b")
_ONE = re.compile(r"\b\d+[- ](?:year|month|week)[- ]old\b")


def count_cases(texts: list[tuple[str, str]]) -> tuple[int, str] | None:
    """The number of cases and its sentence; one where a single person is described."""
    for pattern in (_CASES, _FEW):
        for text, printed in texts:
            told = pattern.search(text)
            if told and not NOT_PEOPLE.match(text[told.end(1) :]):
                read = count(told.group(1))
                if read:
                    return read, printed
    one = next((printed for text, printed in texts if _ONE.search(text)), None)
    return (1, one) if one else None
