"""Numbers as printed: effects, intervals, p values, means with SD, shares, before → after."""

import re
from dataclasses import dataclass

from living_review.model import Effect, Measure

VERSION = "1"

_N = r"[-−–+]?\s?\d+(?:[.·]\d+)?"
_TO = r"(?:\s*(?:to|and|,|;|–|−|-|—)\s*)"
_P = re.compile(
    r"\bp(?:\s*-?\s*value)?s?\s*(?:of|was|is|:)?\s*(<=|>=|[<>=≤≥`])\s*(0?[.·]\d+|\d(?!\d)(?:[.·]\d+)?(?:\s*[x×]\s*10\s*[-−]\s*\d+)?)",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    rf"(?:(?:\d\d(?:[.·]\d)?\s*%\s*)?(?:confidence\s+intervals?|credible\s+intervals?|\bC\.?I\.?s?\b|\bCrI\b|\binterval\b)"
    rf"\s*\]?\)?\s*[:=,;(\[]*\s*(?:(?:of|was|were|from|ranging from)\s+)?)({_N})\s*%?{_TO}({_N})",
    re.IGNORECASE,
)
_MEASURES: tuple[tuple[Measure, str], ...] = (
    ("SMD", r"standardi[sz]ed mean differences?|SMDs?|Hedges'? g|Cohen'?s d|effect size"),
    ("MD", r"(?:adjusted |weighted |total |pooled |between-group |least[- ]squares? |LS )*"
           r"mean differences?|(?:W|A)?MDs?|treatment difference|between-group difference|"
           r"mean between-group difference|"
           r"(?:adjusted )?difference(?: in (?:median|means?|[\w-]+ ?[\w-]*))?"),
    ("RR", r"(?:relative|rate|risk) (?:risks?|ratios?)|a?RRs?"),
    ("OR", r"odds ratios?|a?ORs?"),
    ("HR", r"hazards? ratios?|a?HRs?|(?:increased )?hazards? of [\w ]+"),
    ("RD", r"(?:absolute )?risk differences?|ARRs?|RDs?"),
    ("NNT", r"numbers?[- ]needed[- ]to[- ](?:treat|harm)|NNT[HB]?s?|NNHs?"),
)  # fmt: skip
_EFFECT = re.compile(
    "|".join(rf"\b(?P<{name}>{words})(?![\w-])" for name, words in _MEASURES), re.IGNORECASE
)
_VALUE = re.compile(rf"^[^\d.;]{{0,40}}?(?<![\w.])({_N})(?!\s*%\s*(?:C|conf))(?!\d)")
_SHORT_INTERVAL = re.compile(rf"^\s*%?\s*[\[(,;]\s*({_N})\s*%?(?:\s*to\s*|\s*[-–]\s*|,\s*)({_N})")
_MEAN_SD = re.compile(
    r"(?<!\d)(-?\d{1,9}(?:[.·]\d{1,9})?)\s*(?:±|\+/-|\(\s*(?:SD\s*)?|\[\s*(?:SD\s*)?)\s*(\d+(?:[.·]\d+)?)(?!\s*%|[.\d])\s*[)\]]?"
)
_CHANGE = re.compile(
    r"from\s+(-?\d+(?:[.·]\d+)?)(?:\s*(?:±|\+/-)\s*[\d.]+|\s*[(\[][^)\]]{1,20}[)\]])?"
    r"[\w\s]{0,20}?\s+(?:up |down )?to\s+(-?\d+(?:[.·]\d+)?)"
)
_PAIR = re.compile(
    r"(?<!\d)(-?\d{1,9}(?:[.·]\d{1,9})?)\s*(%)?(?:\s*(?:±|\+/-)\s*[\d.]+|\s*[(\[][^)\]]{1,30}[)\]])?\s*(?:%|(?!m?[cμµ]?g\b|mg/|ml\b|IU\b)[a-zA-Z/]{1,8})?\s*"
    r"(?:vs\.?|versus|v\.?|against|compared (?:with|to)|compared|as against)\s+"
    r"(-?\d+(?:[.·]\d+)?)\s*(%)?"
)
_PERCENT = re.compile(
    r"(?<!\d)(\d{1,9}(?:[.·]\d{1,9})?)\s*%(?!\s*(?:CI|C\.I|confidence|credible|interval))"
)


@dataclass(frozen=True, slots=True)
class PValue:
    """A p value as printed; `sign` is one of < = >."""

    sign: str
    value: float
    start: int

    @property
    def significant(self) -> bool:
        """Whether it is below 0.05, the level the rules of significance speak of."""
        return self.value < 0.05 or (self.sign == "<" and self.value <= 0.05)


def number(text: str) -> float:
    """A printed number: typographic minus signs and middle dots read as meant."""
    plain = text.replace("−", "-").replace("–", "-").replace("·", ".").replace(" ", "")
    return float(plain.lstrip("+"))


def p_values(text: str) -> list[PValue]:
    """Every p value in a text."""
    found = []
    for m in _P.finditer(text):
        sign = {"<=": "<", "≤": "<", ">=": ">", "≥": ">", "`": "<"}.get(m.group(1), m.group(1))
        digits = re.match(r"\d?[.·]?\d*", m.group(2))
        value = (
            0.0
            if "10" in m.group(2)[1:] and "×" in m.group(2)
            else float((digits.group() if digits else "1").replace("·", "."))
        )
        if value <= 1:  # 'T&P = 11 days' is no p value
            found.append(PValue(sign, value, m.start()))
    return found


def effects(text: str) -> list[tuple[Effect, int]]:
    """Effects in a text, each with where it starts: measure, value, interval and p as printed."""
    found: list[tuple[Effect, int]] = []
    names = list(_EFFECT.finditer(text))
    for place, name in enumerate(names):
        stop = names[place + 1].start() if place + 1 < len(names) else len(text)
        read = _read_effect(str(name.lastgroup), text[name.end() : stop])
        if read is not None:
            found.append((read, name.start()))
    return found


def _read_effect(measure: str, after: str) -> Effect | None:
    value = _VALUE.match(after)
    if value is None:
        return None
    rest = after[value.end() :]
    low: float | None = None
    high: float | None = None
    interval = _INTERVAL.search(rest[:60]) or _SHORT_INTERVAL.match(rest)
    if interval is not None:
        low, high = number(interval.group(1)), number(interval.group(2))
        if low > high and interval.group(2)[0] not in "-−–":
            low, high = None, None  # a lost sign or a range of something else
    ps = p_values(re.split(r"I2|I²|heterogeneity", rest[:90])[0])
    return Effect(
        measure=measure,  # type: ignore[arg-type]
        value=number(value.group(1)),
        ci_low=low,
        ci_high=high,
        p=ps[0].value if ps else None,
    )


def before_after(text: str) -> list[tuple[float, float, int]]:
    """Changes printed as 'from 7.5 to 5.8', with where each starts."""
    return [(number(m.group(1)), number(m.group(2)), m.start()) for m in _CHANGE.finditer(text)]


def pairs(text: str) -> list[tuple[float, float, bool, int]]:
    """Two arms printed as '3.2 vs 4.1': both numbers, whether they are shares, and the place."""
    return [
        (number(m.group(1)), number(m.group(3)), bool(m.group(2) or m.group(4)), m.start())
        for m in _PAIR.finditer(text)
    ]


def means(text: str) -> list[tuple[float, float, int]]:
    """Means with their SD, as '3.2 ± 1.1', '3.2 (1.1)' or '3.2 (SD 1.1)'."""
    return [(number(m.group(1)), number(m.group(2)), m.start()) for m in _MEAN_SD.finditer(text)]


def percentages(text: str) -> list[tuple[float, int]]:
    """Percentages that are not the level of an interval."""
    return [(number(m.group(1)), m.start()) for m in _PERCENT.finditer(text)]
