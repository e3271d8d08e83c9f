"""How many people or animals: those randomised before those analysed; not shares, not events."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
         "eighty": 80, "ninety": 90}  # fmt: skip
_ONES = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)}  # fmt: skip
_SPELLED = (
    rf"(?:(?:{'|'.join(list(_ONES)[1:])})\s+hundred(?:\s+and)?(?:[\s-]+)?)?"
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(list(_ONES)[1:10])}))?|{'|'.join(sorted(list(_ONES)[1:], key=len, reverse=True))})?"
)
_DIGITS = r"\d{1,3}(?:[,  ]\d{3})+|\d+"
_NUMBER = rf"(?:{_DIGITS}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]+(?:hundred|and|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))*)"
_WHO = r"(?:patients?|participants?|subjects?|adults?|people|persons?|women|men|children|adolescents|volunteers|outpatients|inpatients|individuals|animals|rats|mice|dogs|cats|users|infants|veterans|residents|cases|males|females|charts|responders|respondents|nurses|students|eyes|pairs)"
_GAP = r"(?:[A-Za-z/()'’-]+[ ,]+){0,7}?"
_RANDOMISED = (
    re.compile(
        rf"\b({_NUMBER})\s+(?:{_GAP}{_WHO}\s+)?(?:[\w,-]+ ){{0,6}}?(?:were |was |underwent |who were )?(?:randomly\s+)?(?:randomi[sz]ed|randomi[sz]ation|randomly|assigned|allocated|divided)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|assigned|allocated)\s+(?:a total of\s+)?({_NUMBER})\s+{_GAP}{_WHO}",
        re.IGNORECASE,
    ),
    re.compile(rf"\bin the ({_NUMBER}) randomi[sz]ed\b", re.IGNORECASE),
)
_ENTERED = (
    re.compile(
        rf"\b(?:a )?total (?:number )?of ({_NUMBER})\s+(?:{_GAP})?(?:{_WHO})", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:sample|population|cohort)\s+(?:\w+ )?(?:numbered|comprised|consisted of|included|of)\s+({_NUMBER})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:included|enrolled|recruited|studied|entered|involved|examined|treated|followed|covered|reviewed|in|of|among|from|on|evaluated|observed|to)\s+(?:the |all |a series of )?({_NUMBER})\s+{_GAP}{_WHO}\b(?!\s*(?:\(\d|received|had|stopped|discontinued|dropped|withdrew|died))",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:^|[.;:]\s)\W?({_NUMBER})\s+{_GAP}{_WHO}\b", re.IGNORECASE),
    re.compile(
        rf"\b({_NUMBER})\s+{_GAP}{_WHO}\s+(?:[\w,-]+ ){{0,8}}?(?:were|was|participated|took part|enrolled|entered|underwent|completed|received|took|gave|with)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:{_WHO})\s*\(\s*n\s*=\s*({_DIGITS})\s*\)", re.IGNORECASE),
    re.compile(rf"\bn\s*=\s*({_DIGITS})\b", re.IGNORECASE),
    re.compile(rf"\b({_NUMBER})\s+{_GAP}{_WHO}\b", re.IGNORECASE),
)
_ANALYSED = (
    re.compile(
        rf"\b({_NUMBER})\s+(?:{_GAP}{_WHO}\s+)?(?:were |was )?(?:analy[sz]ed|evaluable|included in the (?:final )?analysis|completed)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:data|results) (?:from|of|for|on) ({_NUMBER})\s+{_GAP}(?:{_WHO})", re.IGNORECASE
    ),
)
_ARMS = re.compile(r"\(\s*n\s*=\s*(\d+)", re.IGNORECASE)
_CASES = re.compile(
    rf"\b(?:report|describe|present)s?\b.{{0,30}}?\b({_NUMBER}|an?)\s+(?:[\w-]+ ){{0,5}}?(?:cases?|patients?|man|woman|boy|girl|child|infant)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b\d+[- ](?:year|month|week)[- ]old\b", re.IGNORECASE)
_NOT_PEOPLE = re.compile(
    r"^\s*(?:%|mg|years?|weeks?|months?|days?|h\b|/|mm|points?|studies|trials|articles|centers?|centres?|sites|-)",
    re.IGNORECASE,
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


def _first(patterns: tuple[re.Pattern[str], ...], texts: list[str]) -> tuple[int, str] | None:
    for pattern in patterns:
        for text in texts:
            for m in pattern.finditer(text):
                if _NOT_PEOPLE.match(text[m.end(1) :]):
                    continue
                read = count(m.group(1))
                if read is not None and 1 < read < 10_000_000 and not 1900 <= read <= 2030:
                    return read, text
    return None


def tag(text: MarkedText, design: str) -> list[Tag]:
    """`participants` (randomised, else entered or analysed) and `participants_analysed`."""
    if design in ("narrative_review", "editorial_letter", "notice", "guideline"):
        return []
    body = [s.text for s in text.sentences if s.part not in ("title", "background", "objective")]
    everything = [s.text for s in text.sentences if s.part != "background"]
    tags = []
    if design == "case_report":
        found = _case_count(everything)
    else:
        found = _first(_RANDOMISED, everything) if design in ("rct", "animal") else None
        found = found or _first(_ENTERED, body) or _first(_ENTERED, everything)
    analysed = _first(_ANALYSED, body)
    found = found or analysed
    if found:
        tags.append(Tag("participants", str(found[0]), found[1], f"sample_size:{VERSION}"))
    if analysed and (found is None or analysed[0] <= found[0]):
        tags.append(
            Tag("participants_analysed", str(analysed[0]), analysed[1], f"sample_size:{VERSION}")
        )
    return tags


def _case_count(texts: list[str]) -> tuple[int, str] | None:
    for text in texts:
        told = _CASES.search(text)
        if told and (read := count(told.group(1))):
            return read, text
    many = _first(_ENTERED, texts)
    if many:
        return many
    one = next((t for t in texts if _ONE.search(t)), None)
    return (1, one) if one else None
