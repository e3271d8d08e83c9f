"""How many people or animals: those randomised before those analysed; not shares, not events."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
         "eighty": 80, "ninety": 90}  # fmt: skip
_ONES = {w: i for i, w in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
     "nineteen")
)}  # fmt: skip
_DIGITS = r"\d{1,3}(?:[,  ]\d{3})+|\d+"
_NUMBER = (
    rf"(?:{_DIGITS}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    rf"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|"
    rf"thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]+(?:hundred|and|one|"
    rf"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    rf"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    rf"seventy|eighty|ninety))*)"
)
_WHO = (
    r"(?:patients?|participants?|subjects?|adults?|people|persons?|women|men|children|"
    r"adolescents|volunteers|outpatients|inpatients|individuals|animals|rats|mice|"
    r"dogs|cats|users|infants|veterans|residents|cases|males|females|charts|responders|"
    r"respondents|nurses|students|eyes|pairs)"
)
_GAP = r"(?:[A-Za-z/()'’-]+[ ,]+){0,7}?"
_RANDOMISED = (
    re.compile(
        (
            rf"\b({_NUMBER})\s+(?:{_GAP}{_WHO}\s+)?(?:[\w,-]+ ){{0,6}}?(?:were |"
            rf"was |underwent |who were )?(?:randomly\s+)?(?:randomi[sz]ed|randomi[sz]ation|"
            rf"randomly|assigned|allocated|divided)\b"
        ),
        re.IGNORECASE,
    ),
    re.compile(
        (
            rf"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|assigned|"
            rf"allocated)\s+(?:a total of\s+)?({_NUMBER})\s+{_GAP}{_WHO}"
        ),
        re.IGNORECASE,
    ),
    re.compile(rf"\bin the ({_NUMBER}) randomi[sz]ed\b"),
)
_STATED = (
    re.compile(rf"\b(?:a )?total (?:number )?of ({_NUMBER})\s+(?:{_GAP})?(?:{_WHO})"),
    re.compile(
        rf"\b(?:sample|population|cohort)\s+(?:\w+ )?(?:numbered|comprised|"
        rf"consisted of|included|of)\s+({_NUMBER})\b"
    ),
    re.compile(
        rf"\b(?:we )?(?:included|enrolled|recruited|studied|entered|involved|"
        rf"covered)\s+(?:{_GAP})?({_NUMBER})\s+{_GAP}{_WHO}\b"
    ),
    re.compile(
        rf"\b({_NUMBER})\s+{_GAP}{_WHO}\s*(?:\([^)]*\)\s*)?,?\s*(?:[A-Za-z,-]+ ){{0,8}}?("
        rf"?:were|was|are)?\s*(?:enrolled|included|recruited|studied|participated|"
        rf"took part|entered|eligible)\b"
    ),
)
_ENTERED = (
    re.compile(rf"\b({_NUMBER})\s+{_GAP}{_WHO}\b"),
    re.compile(rf"\b({_NUMBER})\s+\([^)]{{1,40}}\)\s+{_GAP}{_WHO}\b"),
    re.compile(rf"\b(?:{_WHO})\s*\(\s*n\s*=\s*({_DIGITS})\s*\)"),
)
_ANALYSED = (
    re.compile(
        (
            rf"\b({_NUMBER})\s+(?:{_GAP}{_WHO}\s+)?(?:were |was )?(?:analy[sz]ed|"
            rf"evaluable|included in the (?:final )?analysis|completed)\b"
        ),
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:data|results) (?:from|of|for|on) ({_NUMBER})\s+{_GAP}(?:{_WHO})", re.IGNORECASE
    ),
)
_CASES = re.compile(
    (
        rf"\b(?:report|describe|present)s?\b.{{0,30}}?\b({_NUMBER}|an?)\s+(?:[\w-]+ ){{0,5}}?"
        rf"(?:cases?|patients?|man|woman|boy|girl|child|infant)"
    ),
)
_ANYONE = re.compile(
    rf"\b{_WHO}\b|\bn\s*=|randomi[sz]ed|numbered|-old\b|\b(?:woman|man|girl|boy|child|individual)\b"
)
_FEW = re.compile(rf"\b({_NUMBER})\s+(?:[\w-]+ ){{0,4}}?(?:cases?|patients?)\b")
_NOT_ENTERED = re.compile(
    (
        r"\b(?:screened|invited|approached|assessed for|eligible for screening|"
        r"planned|sample size of|required|needed|power|per \d|population of|million|"
        r"general)\b"
    ),
)
_ONE = re.compile(r"\b\d+[- ](?:year|month|week)[- ]old\b")
_NOT_PEOPLE = re.compile(
    (
        r"^\s*(?:%|mg|years?|weeks?|months?|days?|h\b|/|mm|points?|studies|trials|"
        r"articles|centers?|centres?|sites|-)"
    ),
)


def count(text: str) -> int | None:
    """A whole number printed in digits or words; None where it is neither."""
    plain = re.sub(r"[,\s]", "", text)
    if plain.isdigit():
        return int(plain)
    total = 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word == "hundred":
            total = max(1, total) * 100
        elif word in _TENS:
            total += _TENS[word]
        elif word in _ONES:
            total += _ONES[word]
        elif word in ("a", "an"):
            total += 1
        elif word != "and":
            return None
    return total or None


def _all(
    patterns: tuple[re.Pattern[str], ...], texts: list[tuple[str, str]]
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
                read = count(m.group(1))
                if read is not None and 3 < read < 10_000_000 and not _is_year(read, after):
                    found.append((read, printed))
    return found


def _is_year(read: int, after: str) -> bool:
    return 1900 <= read <= 2030 and not re.match(rf"\s+{_WHO}\b", after)


def _largest(found: list[tuple[int, str]]) -> tuple[int, str] | None:
    return max(found, key=lambda pair: pair[0], default=None)


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
        randomised = _all(_RANDOMISED, texts) if design in ("rct", "animal") else []
        stated = _all(_STATED, texts)
        found = _largest(randomised) or _largest(stated) or _largest(_all(_ENTERED, texts))
    analysed = _largest(_all(_ANALYSED, texts))
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
