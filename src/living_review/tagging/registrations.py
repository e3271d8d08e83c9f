"""Trial and review registration numbers, from the field and from the text."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "2"

_NUMBERS = re.compile(
    r"\b(?:NCT ?\d{8}|ISRCTN ?\d{8}|ACTRN\d{14}|(?:PROSPERO\D{0,20})?CRD\d{8,11}"
    r"|EUCTR\d{4}-\d{6}-\d{2}"
    r"|ChiCTR[-A-Z]*\d{8,10}|CTRI/\d{4}/\d{2,3}/\d{6}|IRCT\d{10,14}N?\d*|jRCTs?\d{9,10}|UMIN\d{9}"
    r"|DRKS\d{8}|NTR\d{3,4}|KCT\d{7}|TCTR\d{11}|PACTR\d{15,16}|RBR-\w{6,7}|SLCTR/\d{4}/\d{3}"
    r"|JapicCTI-\d{6})\b"
)
_DIGITS = re.compile(r"\d{6}|NTR\d|RBR-|\d{4}-\d{6}")
_EUROPEAN = re.compile(r"EudraCT\D{0,20}?(\d{4}-\d{6}-\d{2})\b", re.IGNORECASE)
_AUSTRALIAN = re.compile(
    r"Australian(?: and)? New Zealand Clinical Trials Registry\D{0,30}?(126\d{11})"
)


def tag(text: MarkedText) -> list[Tag]:
    """One `registration` tag for each number, in order of its letters."""
    found = dict.fromkeys(text.record.registrations, "from PubMed field DataBankList")
    for sentence in text.sentences if _DIGITS.search(text.flat) else ():
        if not _DIGITS.search(sentence.text):
            continue
        for m in _NUMBERS.finditer(sentence.text):
            number = re.sub(r"^PROSPERO\D*| ", "", m.group())
            found.setdefault(number, sentence.text)
        for m in _EUROPEAN.finditer(sentence.text):
            found.setdefault(f"EUCTR{m.group(1)}", sentence.text)
        for m in _AUSTRALIAN.finditer(sentence.text):
            found.setdefault(f"ACTRN{m.group(1)}", sentence.text)
    return [
        Tag("registration", number, found[number], f"registrations:{VERSION}")
        for number in sorted(found)
    ]
