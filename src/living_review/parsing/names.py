"""Names of authors as exports print them → `Family AB`, as everywhere else."""

import re
import unicodedata
from collections.abc import Iterable

SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|2nd|3rd)\.?$", re.IGNORECASE)
INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
GIVEN_FIRST = re.compile(r"((?:[^\W\d_]\.[\s-]?)+)\s*(\S.+)")
COLLECTIVE = re.compile(
    r"\b(?:groups?|consortium|investigators?|collaborat\w+|committee|network|team|society|"
    r"association|trialists|foundation|organi[sz]ation|institutes?|agency|university|hospital|"
    r"program(?:me)?|project|inc|ltd|gmbh|ministry)\b",
    re.IGNORECASE,
)


def people_of(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People as `Family AB`, then collectives, each in order and once."""
    people: dict[str, None] = {}
    collectives: dict[str, None] = {}
    for name in names:
        if "," not in name and COLLECTIVE.search(name):
            collectives[name.strip()] = None
        elif person := person_of(name):
            people[person] = None
    return tuple(people), tuple(collectives)


def person_of(printed: str) -> str:
    """`Family AB` of `Family, Ann B.`, `Family A.B.` or `A. B. Family`; else as printed.

    A name in full without a comma stays as it is: which of its words is the family's cannot
    be told.
    """
    parts = [part.strip() for part in printed.split(",") if part.strip()]
    if len(parts) > 1:
        suffixes = [part for part in parts[1:] if SUFFIX.fullmatch(part)]
        given = [part for part in parts[1:] if not SUFFIX.fullmatch(part)]
        return _joined(parts[0], _initials(" ".join(given)), *(s.rstrip(".") for s in suffixes))
    words = "".join(parts).split()
    if len(words) > 1 and words[-1].isupper() and INITIALS.fullmatch(words[-1]):
        return _joined(*words[:-1], _initials(words[-1]))
    first = GIVEN_FIRST.fullmatch(" ".join(words))
    return _joined(first[2], _initials(first[1])) if first else " ".join(words)


def split_names(text: str) -> list[str]:
    """The names in one cell: parted by semicolons, bars, lines, ` and `, or commas after initials.

    `Yildirim K, Sen N` are two people, `Yildirim, Kadir` is one.
    """
    for mark in (r";", r"\||\n", r"\s+and\s+"):
        if re.search(mark, text):
            return [name for part in re.split(mark, text) for name in _parted(part)]
    return _parted(text)


def plain_words(text: str) -> str:
    """Letters and digits alone, without case and accents: what tells one title from another."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in parted if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare)) or text.casefold()


def _parted(text: str) -> list[str]:
    names = [name.strip().rstrip(".") for name in text.split(",") if name.strip()]
    words = [name.split() for name in names]
    if len(names) > 1 and all(len(w) > 1 and w[-1].isupper() for w in words):
        return names
    return [text.strip()] if text.strip() else []


def _initials(given: str) -> str:
    """`K` of Kadir, `JP` of Jean-Pierre and of J.-P.; capitals that stand together stay."""
    words = [word for word in re.split(r"[\s.\-‐]+", given) if word]
    return "".join(w if w.isupper() and len(w) <= 4 else w[0].upper() for w in words)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
