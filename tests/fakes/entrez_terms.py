"""What PubMed makes of a query: its date limits, its translation, the phrases it does not know."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

from tests.fakes.entrez_entries import Entry

FIELDS = {
    "crdt": "crdt", "date - create": "crdt", "edat": "edat", "date - entry": "edat",
    "mdat": "mdat", "lr": "mdat", "date - modification": "mdat",
    "pdat": "pdat", "dp": "pdat", "date - publication": "pdat",
}  # fmt: skip
FULL_NAMES = {
    "crdt": "Date - Create", "edat": "Date - Entry", "mdat": "Date - Modification",
    "pdat": "Date - Publication", "tiab": "Title/Abstract", "ti": "Title", "mh": "MeSH Terms",
    "pt": "Publication Type", "au": "Author", "la": "Language", "uid": "UID", "pmid": "UID",
}  # fmt: skip
DAY = r'"?(?P<{}>\d{{4}}(?:/\d{{1,2}}){{0,2}})"?'
FIELD = rf"\[(?:{'|'.join(map(re.escape, FIELDS))})\]"
RANGE = re.compile(
    rf"{DAY.format('low')}\s*(?:{FIELD})?\s*:\s*{DAY.format('high')}\s*(?P<field>{FIELD})",
    re.IGNORECASE,
)
# A phrase in quotes or a word, with its field; or what is neither.
PIECE = re.compile(r'(?P<phrase>"[^"]*"|[^\s()"\[\]]+)(?:\[(?P<tag>[^\]]*)\])?')


class BadLimit(Exception):
    """Date parameters that the E-utilities do not understand."""


@dataclass(frozen=True)
class Limit:
    """A range of dates in one field, as partial as it was asked for: `2016`, `2016/07`."""

    field: str
    low: str
    high: str

    def allows(self, entry: Entry) -> bool:
        """Whether an entry is in the range; one without a date is in every range."""
        day = entry.day(self.field)
        if day is None:
            return True
        # A limit may stop at the year or the month: the same number of letters is compared.
        said = f"{day:%Y/%m/%d}"
        return said[: len(self.low)] >= self.low and said[: len(self.high)] <= self.high

    def __str__(self) -> str:
        return f"{self.low}:{self.high}[{FULL_NAMES[self.field]}]"


def limits_of(asked: Mapping[str, str], today: date | None) -> list[Limit]:
    """Every date limit of a search, in its term and beside it.

    `mindate` without `maxdate`, and the other way round, limit nothing, as at NCBI.
    """
    limits = [
        Limit(FIELDS[m["field"][1:-1].lower()], _padded(m["low"]), _padded(m["high"]))
        for m in RANGE.finditer(asked.get("term", ""))
    ]
    field = FIELDS.get(asked.get("datetype", "edat").lower())
    if field not in ("edat", "mdat", "pdat"):
        raise BadLimit(f"Invalid datetype: {asked['datetype']}")
    if "reldate" in asked:
        if today is None or not asked["reldate"].isdecimal():
            raise BadLimit("Invalid reldate (the stand-in needs a `today` for it)")
        first = today - timedelta(days=int(asked["reldate"]))
        limits.append(Limit(field, f"{first:%Y/%m/%d}", f"{today:%Y/%m/%d}"))
    if asked.get("mindate") and asked.get("maxdate"):
        limits.append(Limit(field, _padded(asked["mindate"]), _padded(asked["maxdate"])))
    return limits


def without_ranges(term: str) -> str:
    """The query without its date ranges."""
    return RANGE.sub("", term)


def translation_of(asked: Mapping[str, str], limits: Iterable[Limit]) -> str:
    """The query as PubMed would say it has understood it, every field by its full name."""
    term = asked["term"]
    in_term = [str(limit) for limit in limits]
    said = RANGE.sub(lambda match: f"\x00{in_term.pop(0)}\x00", term)
    parts = said.split("\x00")
    parts[::2] = [PIECE.sub(_in_full, part) for part in parts[::2]]
    return " AND ".join(["".join(parts), *in_term])


def phrases_not_found(term: str, unknown: Iterable[str]) -> tuple[str, str]:
    """What stands in the ErrorList and in the WarningList for phrases that PubMed does not know."""
    asked = [phrase for phrase in unknown if phrase.lower() in term.lower()]
    quoted = [p for p in asked if f'"{p}"'.lower() in term.lower()]
    plain = "".join(
        f"<PhraseNotFound>{escape(p)}</PhraseNotFound>" for p in asked if p not in quoted
    )
    return plain, "".join(
        f'<QuotedPhraseNotFound>"{escape(p)}"</QuotedPhraseNotFound>' for p in quoted
    )


def _padded(day: str) -> str:
    parts = day.strip().split("/")
    if not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        raise BadLimit(f"Invalid date: {day}")
    return "/".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def _in_full(match: re.Match[str]) -> str:
    phrase, tag = match["phrase"], match["tag"]
    if phrase in ("AND", "OR", "NOT"):
        return phrase
    field = "All Fields" if tag is None else FULL_NAMES.get(tag.lower(), tag)
    return f'"{phrase.strip(chr(34))}"[{field}]'
