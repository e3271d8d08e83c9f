"""How many people or animals: those randomised before those analysed; not shares, not events."""

import re

from living_review.model import Tag
from living_review.tagging import cases
from living_review.tagging.counting import DIGITS, NOT_PEOPLE, NUMBER, WHO, count, has_number
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
_ALLOTTED = ("random", "assigned", "allocated", "divided")  # in every sentence of `_RANDOMISED`
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
# No number of people, and the patterns below take time that grows with its square.
_ENDLESS = re.compile(r"\d{20}")
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
_ENDED = ("analy", "evaluable", "completed", "data ", "results ")
_ANYONE = re.compile(
    rf"\b{WHO}\b|\bn\s*=|randomi[sz]ed|numbered|-old\b|\b(?:woman|man|girl|boy|child|individual)\b"
)
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
# 'Of 90 patients, 80 were enrolled': the ninety were only met with.
_MET = re.compile(
    rf"^[^.;,]{{0,50}},\s*(?:only )?{NUMBER}(?: \([^)]*\))?(?: {WHO})?(?: who)? (?:were|was)? ?"
    r"(?:enrolled|included|recruited|randomi[sz]ed|participated|responded|eligible)\b"
)
# 'In 4, 5 and 7 patients' counts events by arm; '8/120 patients' is one arm's share.
_BY_ARM = re.compile(r"(?:\d,? (?:and|or) |\d/)$")
# Groups of people that are allotted together are not people.
_CLUSTERS = re.compile(
    rf"^(?: (?!{WHO}\b|at\b|in\b|from\b|of\b)[a-z-]+){{0,3}}? (?:schools?|class(?:es|rooms)"
    r"|practices|clinics|hospitals|villages"
    r"|clusters|cent(?:er|re)s|communities|wards|homes|districts|households|groups|towns|sites)\b"
)
_ARMS = re.compile(rf"\((?:[^()]*[,;] ?)?(?:(?:n ?= ?)({DIGITS})|({DIGITS}) {WHO})\b[^()]*\)")
_PARTS = re.compile(rf"\b{WHO}\b[^.()]{{0,40}}\(\s*({DIGITS}) [a-z-]+,?(?: and)? ({DIGITS}) [a-z]")


def _all(
    patterns: tuple[re.Pattern[str], ...], texts: list[tuple[str, str]], entered: bool = True
) -> list[tuple[int, str]]:
    found = []
    for text, printed in texts:
        for pattern in patterns:
            for m in pattern.finditer(text):
                before, after = text[: m.start(1)], text[m.end(1) :]
                if NOT_PEOPLE.match(after) or _NOT_ENTERED.search(
                    before[-45:] + " ^ " + after[:45]
                ):
                    continue
                if entered and (_AT_THE_END.match(after) or _MET.match(after)):
                    continue
                if _CLUSTERS.match(after) or _BY_ARM.search(before[-8:]):
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
    told = [pair for pair in texts if any(word in pair[0] for word in _ALLOTTED)]
    randomised = _all(_RANDOMISED, told) if allotted else []
    if len(randomised) == 1:
        return randomised[0]
    stated = _all(_STATED, texts)
    if stated and not randomised:
        return _largest(stated)
    people = _all(_ENTERED, texts)
    if randomised:
        arms = sum({read for read, _ in randomised})
        whole = [pair for pair in stated + people if pair[0] == arms]
        return _largest(whole or randomised)
    return _whole(_largest(people), texts, allotted)


def _whole(
    most: tuple[int, str] | None, texts: list[tuple[str, str]], allotted: bool
) -> tuple[int, str] | None:
    """The sum of the parts of a group, '(12 men, 10 women)', or of arms, '(n = 20) … (n = 21)'.

    Only where the largest count of people is one of them, or where there is none.
    """
    for text, printed in texts:
        parts = _PARTS.search(text)
        arms = ["".join(pair) for pair in _ARMS.findall(text)] if allotted else []
        numbers = [count(n) or 0 for n in (parts.groups() if parts else arms)]
        if len(numbers) > 1 and (most is None or most[0] in numbers):
            return sum(numbers), printed
    return most


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
        if not (labelled and s.part == "background")
        and (design == "case_report" or has_number(s.low))  # one case is told without a number
        and _ANYONE.search(s.low)
        and _ENDLESS.search(s.low) is None
    ]
    if design == "case_report":
        found = cases.count_cases(texts)
    else:
        found = _entered(texts, allotted=design in ("rct", "animal"))
    ended = [pair for pair in texts if any(word in pair[0] for word in _ENDED)]
    analysed = _largest(_all(_ANALYSED, ended, entered=False))
    found = found or analysed
    by = f"sample_size:{VERSION}"
    tags = [] if found is None else [Tag("participants", str(found[0]), found[1], by)]
    if analysed and found and analysed[0] <= found[0]:
        tags.append(Tag("participants_analysed", str(analysed[0]), analysed[1], by))
    return tags


_UNCOUNTED = frozenset((
    "narrative_review", "editorial_letter", "notice", "guideline", "protocol", "registration",
))  # fmt: skip
