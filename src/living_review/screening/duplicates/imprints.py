"""Where a paper was printed: journal, volume, issue and first page, as sources print them."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from living_review.screening.duplicates.titles import fold

Agreement = Literal["agree", "differ", "unknown"]
PlaceAgreement = Literal["agree", "page only", "differ", "unknown"]

CITATION = re.compile(r"(?P<volume>[^(:]*)(?:\((?P<issue>.*?)\))?(?::(?P<pages>.*))?")
PAGE = re.compile(r"\b([a-z]{0,3})0*(\d\w*)|\b[ivxlc]+\b")
PAGES_ALONE = re.compile(r"[a-z]+\d+\S*|\d+\s*-\s*\d+|\d{5,}")
SUBTITLE = re.compile(r"(?<=\w)\s*[:;=(\[/].*")
NO_WORDS = frozenset((
    "a", "an", "and", "das", "de", "der", "des", "di", "die", "e", "et", "for", "in", "la", "le",
    "les", "of", "on", "the", "und", "y",
))  # fmt: skip


class Place(NamedTuple):
    """`volume(issue):pages`, made comparable; empty where not told."""

    volume: str
    issue: str
    page: str
    supplement: bool = False
    alone: bool = False  # one page only, as abstracts of meetings have


def read_place(citation: str | None) -> Place:
    """Read a citation. A bare number is taken for a volume, a long one for an article's number."""
    text = fold(citation or "").replace("–", "-").strip()
    found = CITATION.fullmatch(text)
    if found is None:
        return Place("", "", "")
    volume, issue, pages = (found[name] or "" for name in ("volume", "issue", "pages"))
    if pages == "" and issue == "" and PAGES_ALONE.fullmatch(volume):
        volume, pages = "", volume
    page = PAGE.search(pages)
    first = "" if page is None else f"{page[1]}{page[2]}" if page[2] else page[0]
    if first == "1" and not volume:
        first = ""  # ahead of print every paper begins on page 1
    return Place(
        volume=_number(volume),
        issue=" ".join(re.findall(r"\d+", issue)),
        page=first,
        supplement="suppl" in volume + issue or first.startswith("s"),
        alone="-" not in pages,
    )


def places(one: Place, other: Place) -> PlaceAgreement:
    """Whether two places are one: a volume and a first page. Nothing told contradicts nothing."""
    if any(a and b and a != b for a, b in zip(one[:3], other[:3], strict=True)):
        return "differ"
    if not (one.page and other.page):
        return "unknown"
    return "agree" if one.volume and other.volume else "page only"


def journals(one: str | None, other: str | None) -> Agreement:
    """Whether two names may be of one journal: in full, abbreviated or by initials."""
    a, b = _words(one or ""), _words(other or "")
    if not a or not b:
        return "unknown"
    if len(a) == len(b):
        same = all(_abbreviates(x, y) or _abbreviates(y, x) for x, y in zip(a, b, strict=True))
        return "agree" if same else "differ"
    short, long = sorted((a, b), key=len)
    is_acronym = len(short) == 1 and short[0] == "".join(word[0] for word in long)
    return "agree" if is_acronym else "differ"


def _number(text: str) -> str:
    found = re.search(r"\d+", text)
    return found[0].lstrip("0") if found else text.strip()


@lru_cache(maxsize=1 << 14)
def _words(journal: str) -> tuple[str, ...]:
    text = SUBTITLE.sub("", fold(journal).replace("&", " "))
    words = re.findall(r"[^\W_]+", text)
    return tuple(word for word in words if word not in NO_WORDS) or tuple(words)


def _abbreviates(short: str, full: str) -> bool:
    """`natl` for national, `am` for american: its letters in order, the first one first."""
    letters = iter(full[1:])
    return short[0] == full[0] and all(letter in letters for letter in short[1:])
