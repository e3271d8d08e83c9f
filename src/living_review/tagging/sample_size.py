"""How many people or animals: those randomised before those analysed; not shares, not events."""

import re

from living_review.model import Tag
from living_review.tagging.counting import DIGITS, NUMBER, WHO, count
from living_review.tagging.marked import MarkedText

VERSION = "2"

_GAP = r"(?:[A-Za-z/()'’-]+[ ,]+){0,7}?"
_RANDOMISED = (
    re.compile(
        (
            rf"\b({NUMBER})\s+(?:{_GAP}{WHO}\s+)?(?:[^\W\d][\w,-]* ){{0,6}}?(?:were |"
            rf"was |underwent |who were )?(?:randomly\s+)?(?:randomi[sz]ed|randomi[sz]ation|"
            rf"randomly|assigned|allocated|divided)\b"
        ),
        re.IGNORECASE,
    ),
    re.compile(
        (
            rf"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|assigned|"
            rf"allocated)\s+(?:a total of\s+)?({NUMBER})\s+{_GAP}{WHO}"
        ),
        re.IGNORECASE,
    ),
    re.compile(rf"\bin the ({NUMBER}) randomi[sz]ed\b"),
)
_STATED = (
    re.compile(rf"\b(?:a )?total (?:number )?of ({NUMBER})\s+(?:{_GAP})?(?:{WHO})"),
    re.compile(
        rf"\b(?:sample|population|cohort)\s+(?:\w+ )?(?:numbered|comprised|"
        rf"consisted of|included|of)\s+({NUMBER})\b"
    ),
    re.compile(
        rf"\b(?:we )?(?:included|enrolled|recruited|studied|entered|involved|"
        rf"covered)\s+(?:{_GAP})?({NUMBER})\s+{_GAP}{WHO}\b"
    ),
    re.compile(
        rf"\b({NUMBER})\s+{_GAP}{WHO}\s*(?:\([^)]*\)\s*)?,?\s*(?:[A-Za-z,-]+ ){{0,8}}?("
        rf"?:were|was|are)?\s*(?:enrolled|included|recruited|studied|participated|"
        rf"took part|entered|eligible)\b"
    ),
)
_ENTERED = (
    re.compile(rf"\b({NUMBER})\s+{_GAP}{WHO}\b"),
    re.compile(rf"\b({NUMBER})\s+\([^)]{{1,40}}\)\s+{_GAP}{WHO}\b"),
    re.compile(rf"\b(?:{WHO})\s*\(\s*n\s*=\s*({DIGITS})\s*\)"),
)
_ANALYSED = (
    re.compile(
        (
            rf"\b({NUMBER})\s+(?:{_GAP}{WHO}\s+)?(?:were |was )?(?:analy[sz]ed|"
            rf"evaluable|included in the (?:final )?analysis|completed)\b"
        ),
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:data|results) (?:from|of|for|on) ({NUMBER})\s+{_GAP}(?:{WHO})", re.IGNORECASE
    ),
)
_CASES = re.compile(
    (
        rf"\b(?:report|describe|present)s?\b.{{0,30}}?\b({NUMBER}|an?)\s+(?:[\w-]+ ){{0,5}}?"
        rf"(?:cases?|patients?|man|woman|boy|girl|child|infant)"
    ),
)
_ANYONE = re.compile(
    rf"\b{WHO}\b|\bn\s*=|randomi[sz]ed|numbered|-old\b|\b(?:woman|man|girl|boy|child|individual)\b"
)
_FEW = re.compile(rf"\b({NUMBER})\s+(?:[\w-]+ ){{0,4}}?(?:cases?|patients?)\b")
_NOT_ENTERED = re.compile(
    (
        r"\b(?:screened|invited|approached|assessed for|eligible for screening|"
        r"planned|sample size of|required|needed|power|per \d|population of|million|"
        r"general)\b"
    ),
)
# What those who finished or were counted at the end are told by; they are not all who entered.
_AT_THE_END = re.compile(
    r"^[^.;,\d]{0,40}?\b(?:completed|finished|were (?:analy[sz]ed|evaluable|available|evaluated)"
    r"|included in the (?:final |primary )?analys[ei]s)\b"
)
_ARMS = re.compile(rf"\bn\s*=\s*({DIGITS})\s*[),;\]]")
_PARTS = re.compile(rf"\b{WHO}\b[^.()]{{0,40}}\(\s*({DIGITS}) [a-z-]+,?(?: and)? ({DIGITS}) [a-z]")
_ONE = re.compile(r"\b\d+[- ](?:year|month|week)[- ]old\b")
_NOT_PEOPLE = re.compile(
    (
        r"^\s*(?:%|mg|years?|weeks?|months?|days?|h\b|/|mm|points?|studies|trials|"
        r"articles|centers?|centres?|sites|-)"
    ),
)


def _all(
    patterns: tuple[re.Pattern[str], ...], texts: list[tuple[str, str]], entered: bool = True
) -> list[tuple[int, str]]:
    found = []
    for text, printed in texts:
        for pattern in patterns:
            for m in pattern.finditer(text):
                before, after = text[: m.start(1)], text[m.end(1) :]
                if _NOT_PEOPLE.match(after) or _NOT_ENTERED.search(
                    before[-45:] + " ^ " + after[:45]
                ):
                    continue
                if entered and _AT_THE_END.match(after):
                    continue
                read = count(m.group(1))
                if read is not None and 2 < read < 10_000_000 and not _is_year(read, after):
                    found.append((read, printed))
    return found


def _is_year(read: int, after: str) -> bool:
    return 1900 <= read <= 2030 and not re.match(rf"\s+{WHO}\b", after)


def _largest(found: list[tuple[int, str]]) -> tuple[int, str] | None:
    return max(found, key=lambda pair: pair[0], default=None)


def _entered(texts: list[tuple[str, str]], allotted: bool) -> tuple[int, str] | None:
    """All who entered: those randomised, else the stated total, else the largest count of people.

    An arm is no total: where the numbers allotted add up to a larger count, that one is meant.
    """
    randomised = _all(_RANDOMISED, texts) if allotted else []
    stated = _all(_STATED, texts)
    people = _all(_ENTERED, texts)
    if randomised:
        arms = sum({read for read, _ in randomised})
        whole = [pair for pair in stated + people if pair[0] == arms]
        return _largest(whole if len(randomised) > 1 and whole else randomised)
    return _largest(stated) or _whole(_largest(people), texts) or _arms(texts, allotted)


def _whole(most: tuple[int, str] | None, texts: list[tuple[str, str]]) -> tuple[int, str] | None:
    """The sum of a group's parts, '(12 men, 10 women)', where the largest count is one of them."""
    for text, printed in texts:
        parts = _PARTS.search(text)
        numbers = [count(n) or 0 for n in parts.groups()] if parts else []
        if numbers and (most is None or most[0] in numbers):
            return sum(numbers), printed
    return most


def _arms(texts: list[tuple[str, str]], allotted: bool) -> tuple[int, str] | None:
    """Arms added up, '(n = 20) … (n = 21)'."""
    for text, printed in texts if allotted else ():
        arms = _ARMS.findall(text)
        if len(arms) > 1:
            return sum(count(n) or 0 for n in arms), printed
    return None


def tag(text: MarkedText, design: str) -> list[Tag]:
    """`participants` (randomised, else all who entered, else analysed) and `participants_analysed`.

    The largest count of people is the number who entered: arms, completers and responders are
    parts of it. Those only screened or invited do not count.
    """
    if design in _UNCOUNTED:
        return []
    labelled = any(section.label for section in text.record.abstract)
    texts = [
        (s.low, s.text)
        for s in text.sentences
        if not (labelled and s.part == "background") and _ANYONE.search(s.low)
    ]
    if design == "case_report":
        found = _case_count(texts)
    else:
        found = _entered(texts, allotted=design in ("rct", "animal"))
    analysed = _largest(_all(_ANALYSED, texts, entered=False))
    found = found or analysed
    by = f"sample_size:{VERSION}"
    tags = [] if found is None else [Tag("participants", str(found[0]), found[1], by)]
    if analysed and found and analysed[0] <= found[0]:
        tags.append(Tag("participants_analysed", str(analysed[0]), analysed[1], by))
    return tags


_UNCOUNTED = (
    "narrative_review",
    "editorial_letter",
    "notice",
    "guideline",
    "protocol",
    "registration",
)


def _case_count(texts: list[tuple[str, str]]) -> tuple[int, str] | None:
    for pattern in (_CASES, _FEW):
        for text, printed in texts:
            told = pattern.search(text)
            if told and not _NOT_PEOPLE.match(text[told.end(1) :]):
                read = count(told.group(1))
                if read:
                    return read, printed
    one = next((printed for text, printed in texts if _ONE.search(text)), None)
    return (1, one) if one else None
