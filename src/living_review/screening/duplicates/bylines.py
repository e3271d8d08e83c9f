"""Authors as sources print them: `Smith JA`, `Smith, John A.`, `John A. Smith`, `Rato`."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from living_review.screening.duplicates.titles import fold

Agreement = Literal["agree", "differ", "unknown"]

SUFFIXES = frozenset(("jr", "sr", "2nd", "3rd", "4th", "ii", "iii", "iv", "phd", "md"))
PARTICLES = frozenset((
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "le", "st", "ten", "ter", "van", "von", "y", "zu",
))  # fmt: skip
INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
UMLAUTS = re.compile(r"(?<=[aou])e")


class Name(NamedTuple):
    """One reading of a printed name: the words of the family name, and the first initial."""

    family: frozenset[str]
    initial: str


@lru_cache(maxsize=1 << 16)
def read_name(printed: str) -> tuple[Name, ...]:
    """What a name may mean: one reading where initials or a comma tell, else both orders."""
    before, comma, after = printed.partition(",")
    words = [w for w in printed.replace(",", " ").split() if fold(w).strip(".") not in SUFFIXES]
    if comma and fold(after).strip(" .") not in SUFFIXES:
        return (_name(before.split(), after),)
    if len(words) < 2:
        return (_name(words, ""),)
    last = words[-1]
    if last.isupper() and INITIALS.fullmatch(last):
        return (_name(words[:-1], last),)
    first_is_given = _name(
        [w for w in words[1:] if not INITIALS.fullmatch(w)] or words[1:], words[0]
    )
    return (first_is_given, _name(words[:1], words[1]))


def families(printed: str) -> Iterator[str]:
    """One key for each family name that may be meant; records of one author share one."""
    for name in read_name(printed):
        yield from sorted(name.family)


def first_authors(one: Sequence[str], other: Sequence[str]) -> Agreement:
    """Whether two records name the same first author; unknown where one names nobody."""
    if not one or not other:
        return "unknown"
    return "agree" if _same(one[0], other[0]) else "differ"


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the shorter list's authors whom the other names too; 0–1."""
    short, long = sorted((one, other), key=len)
    return sum(any(_same(a, b) for b in long) for a in short) / max(1, len(short))


def _name(family: Sequence[str], given: str) -> Name:
    words = [
        UMLAUTS.sub("", word)
        for part in family
        for word in re.findall(r"[^\W\d_]+", fold(part).replace("'", "").replace("’", ""))
    ]
    kept = [word for word in words if word not in PARTICLES] or words
    return Name(frozenset(kept), fold(given).strip(" .-")[:1])


def _same(one: str, other: str) -> bool:
    return any(_matches(a, b) for a in read_name(one) for b in read_name(other))


def _matches(a: Name, b: Name) -> bool:
    if a.initial and b.initial and a.initial != b.initial:
        return False
    if not a.family or not b.family:
        return False
    # A second surname is printed or not.
    if a.family <= b.family or b.family <= a.family:
        return True
    x, y = "".join(sorted(a.family)), "".join(sorted(b.family))
    return min(len(x), len(y)) >= 5 and a.initial == b.initial and OSA.distance(x, y) == 1
