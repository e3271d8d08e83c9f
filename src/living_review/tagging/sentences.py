"""A record as sentences, each in its part of the paper, and the abbreviations it defines."""

import re
from dataclasses import dataclass
from typing import Literal

from living_review.model import Record

VERSION = "1"

Part = Literal["title", "background", "objective", "methods", "results", "conclusion", "other"]

_PARTS: tuple[tuple[Part, tuple[str, ...]], ...] = (
    ("conclusion", ("conclu", "interpretation", "discussion", "significance", "implication",
                    "relevance", "comment", "summary", "recommend")),
    ("results", ("result", "finding", "data synthesis", "evidence synthesis", "outcome of")),
    ("objective", ("objective", "aim", "purpose", "question", "hypothes", "goal")),
    ("methods", ("method", "design", "setting", "participant", "patient", "intervention",
                 "measure", "material", "subject", "procedure", "selection", "data source",
                 "search", "exposure", "registration", "eligib", "animals", "sample",
                 "outcome", "statistic", "analysis", "trial", "population", "funding", "extract")),
    ("background", ("background", "introduction", "importance", "context", "rationale")),
)  # fmt: skip
# Old abstracts run their labels into the text: "... were seen.RESULTS: Pain fell".
_LABEL_IN_TEXT = re.compile(
    r"(?:^|(?<=[.\s?!)]))("
    r"BACKGROUND(?: AND (?:AIMS?|OBJECTIVES?|PURPOSE))?|INTRODUCTION|IMPORTANCE|CONTEXT|RATIONALE|"
    r"OBJECTIVES?|AIMS?|PURPOSE|METHODS?(?:/DESIGN| AND (?:MATERIALS?|RESULTS|FINDINGS))?|"
    r"(?:PATIENTS|MATERIALS?|SUBJECTS) AND METHODS?|DESIGN|SETTING|PARTICIPANTS|PATIENTS|"
    r"INTERVENTIONS?|(?:MAIN |PRIMARY )?(?:OUTCOME MEASURES?|OUTCOMES?|MEASUREMENTS)|"
    r"(?:MAIN )?RESULTS?(?: AND CONCLUSIONS?)?|FINDINGS|CONCLUSIONS?(?: AND RELEVANCE)?|"
    r"INTERPRETATION|DISCUSSION|SIGNIFICANCE|TRIAL REGISTRATION|FUNDING|"
    r"Background|Introduction|Objectives?|Aims?|Purpose|Methods|Materials and [Mm]ethods|"
    r"Patients and [Mm]ethods|Results|Findings|Conclusions?|Interpretation|Discussion"
    r")(?:\s*:\s*|(?<=[A-Z])\s*(?=[A-Z][a-z]))"
)
_LABELLED = re.compile(r"[A-Z]{6}|[a-z]\s?:")
_END = re.compile(r"[.!?][\"')\]]*(?:\s+(?=[\"'(\[]?[A-Z0-9•])|(?=[A-Z][a-z]{2}))|\n+")
_NOT_AN_END = re.compile(
    r"(?:\b(?:vs|v|e\.g|i\.e|cf|al|approx|no|fig|dr|st|ca|resp|incl|etc|sp|spp|p\.o|i\.p|i\.v|"
    r"b\.i\.d|t\.i\.d|[A-Z])\.)$",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"\(\s*([A-Z][A-Za-z0-9-]{1,9})s?\s*[),;:]|\[\s*([A-Z][A-Za-z0-9-]{1,9})s?\s*[\],;:]"
)
_OBJECTIVE = re.compile(
    (
        r"\b(?:aim(?:ed|s)?\b|objectives?\b|purpose\b|(?:was|were) (?:designed|"
        r"undertaken|conducted|performed|done|carried out) to\b"
        r"|we (?:asked|sought|wished|wanted|tested the hypothesis|hypothesi[sz]ed|"
        r"investigated whether|examined whether|studied whether|evaluated|assessed|"
        r"compared|examined|investigated)\b"
        r"|(?:study|trial|review|analysis|paper|work) (?:was to|evaluate[sd]?|examine[sd]?|"
        r"investigate[sd]?|compare[sd]?|assess(?:es|ed)?|explore[sd]?|sought|asks|"
        r"test(?:s|ed))\b"
        r"|to (?:determine|evaluate|assess|compare|examine|investigate|test|study) (?:whether"
        r"|the|if)\b|is (?:unknown|unclear|uncertain)\b|little is known)"
    ),
)
_CONCLUDES = re.compile(
    (
        r"\b(?:in conclusion|we conclude|conclude that|these (?:results|findings|"
        r"data) (?:suggest|indicate|show|support|demonstrate|provide)"
        r"|our (?:results|findings|data) (?:suggest|indicate|show|support|demonstrate|"
        r"provide)|(?:findings|results) (?:point to|suggest|indicate)"
        r"|in summary|taken together|appears? to be|it is concluded|further (?:studies|"
        r"research|trials))\b"
    ),
)
_METHOD = re.compile(
    (
        r"\b(?:were (?:randomi[sz]ed|randomly|assigned|allocated|enrolled|recruited|"
        r"assessed|recorded|measured|evaluated|compared|collected|divided)"
        r"|was (?:assessed|measured|recorded|evaluated|rated|scored|determined)|"
        r"received (?:either|one)|outcome (?:measures?|was|were)|end-?points? (?:was|"
        r"were))\b"
    ),
)
_OWN_WORK = re.compile(
    (
        r"\b(?:we|our|this (?:study|trial|report|review)|were (?:given|treated|"
        r"studied|included|made|performed)|received|is reported|are reported|was (?:carried o"
        r"ut|conducted|performed|done|tested)|\d+ (?:adults|patients)|case)\b"
    ),
)
_NUMBERS = re.compile(r"[<=>≤≥±]|\d\s*%|\+/-|\bvs\b|significan|confidence interval")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed; `index` is its place in the record, the title being 0."""

    text: str
    part: Part
    index: int


def part_of(label: str | None) -> Part:
    """Which part of a paper a section label names; `other` where it names none."""
    if label is None:
        return "other"
    low = label.lower()
    for part, stems in _PARTS:
        if any(stem in low for stem in stems):
            return part
    return "other"


def split(text: str) -> list[str]:
    """Sentences of a text; decimals, initials and 'vs.' do not end one."""
    pieces: list[str] = []
    start = 0
    for end in _END.finditer(text):
        stop = end.start() + len(end.group().rstrip())
        run_on = stop == end.end() and not text[max(0, end.start() - 1)].islower()
        if run_on or _NOT_AN_END.search(text, max(start, stop - 8), stop):
            continue
        piece = text[start:stop].strip()
        if piece:
            pieces.append(piece)
        start = end.end()
    if text[start:].strip():
        pieces.append(text[start:].strip())
    return pieces


def sentences(record: Record) -> tuple[Sentence, ...]:
    """Title and abstract as sentences, each with the part of the paper it stands in."""
    found: list[Sentence] = []
    if record.title.strip():
        found.append(Sentence(record.title.strip(), "title", 0))
    for section in record.abstract:
        for part, text in _parts(section.label, section.text):
            printed = split(text)
            for place, sentence in enumerate(printed):
                here = part if part != "other" else _guess(sentence, place, len(printed))
                found.append(Sentence(sentence, here, len(found)))
    return tuple(found)


def _guess(printed: str, place: int, of: int) -> Part:
    """The part of an unlabelled sentence, by how such sentences are worded; else `other`."""
    sentence = printed.lower()
    if _NUMBERS.search(sentence):
        return "conclusion" if _CONCLUDES.search(sentence) else "other"
    if _OBJECTIVE.search(sentence):
        return "objective"
    if _CONCLUDES.search(sentence) or (of > 2 and place == of - 1):
        return "conclusion"
    if _METHOD.search(sentence):
        return "methods"
    if place == 0 and of > 3 and not _OWN_WORK.search(sentence):
        return "background"
    return "other"


def _parts(label: str | None, text: str) -> list[tuple[Part, str]]:
    first = part_of(label)
    if label is not None or not _LABELLED.search(text):
        return [(first, text)]
    pieces: list[tuple[Part, str]] = []
    start, part = 0, first
    for printed in _LABEL_IN_TEXT.finditer(text):
        if text[start : printed.start()].strip():
            pieces.append((part, text[start : printed.start()]))
        part, start = part_of(printed.group(1)), printed.end()
    pieces.append((part, text[start:]))
    return pieces


def abbreviations(found: tuple[Sentence, ...]) -> dict[str, str]:
    """Short forms the text defines, with their long forms: {'CRP': 'C-reactive protein'}.

    The first letters rule of Schwartz and Hearst (2003): every letter of the short form stands
    in the words before the bracket, in order, its first letter beginning a word.
    """
    defined: dict[str, str] = {}
    for sentence in found:
        if "(" not in sentence.text and "[" not in sentence.text:
            continue
        for bracket in _DEFINED.finditer(sentence.text):
            short = bracket.group(1) or bracket.group(2)
            if short not in defined and sum(c.isupper() for c in short) >= 2:
                long = _long_form(short, sentence.text[: bracket.start()])
                if long:
                    defined[short] = long
    return defined


def _long_form(short: str, before: str) -> str | None:
    words = before.split()[-min(len(short) + 5, len(short) * 2) :]
    text = " ".join(words)
    place = len(text) - 1
    for position in range(len(short) - 1, -1, -1):
        letter = short[position].lower()
        if not letter.isalnum():
            continue
        while place >= 0 and (
            text[place].lower() != letter
            or (position == 0 and place > 0 and text[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    start = text.rfind(" ", 0, place + 2) + 1
    long = text[start:].strip(" ,;([")
    return long if len(long) > len(short) else None
