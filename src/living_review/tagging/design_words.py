"""The words of `designs.yaml` as patterns, and how a record is asked for them.

Patterns are written for lower-case text, which is much faster than ignoring case.
"""

import re
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

import yaml

from living_review.tagging.marked import MarkedText

_TEXT = files(__package__).joinpath("designs.yaml").read_text(encoding="utf-8")
VERSION = sha256(_TEXT.encode()).hexdigest()[:8]  # an edited list is another reader

FIELD = "from PubMed field PublicationType"
BODY = ("objective", "methods", "results", "other")
Quote = str | None

_DATA = yaml.safe_load(_TEXT)
WORDS: dict[str, re.Pattern[str]] = {
    name: re.compile("|".join(listed["words"])) for name, listed in _DATA.items()
}
_NEEDS: dict[str, tuple[str, ...]] = {
    name: tuple(listed.get("needs", ())) for name, listed in _DATA.items()
}


def says(name: str, low: str) -> bool:
    """Whether lower-case text uses the words of a list."""
    needs = _NEEDS[name]
    return (not needs or has_any(needs, low)) and WORDS[name].search(low) is not None


def has_any(words: tuple[str, ...], low: str) -> bool:
    """Whether one of some plain words stands in the text; a loop, since it is asked so often."""
    for word in words:  # noqa: SIM110
        if word in low:
            return True
    return False


# The same of a whole record, which is asked the same question more than once.
whole = lru_cache(maxsize=256)(says)


def titled(name: str, text: MarkedText) -> Quote:
    """The title, where it uses the words of a list."""
    first_one = text.sentences[0] if text.sentences else None
    if first_one is None or first_one.part != "title":
        return None
    return text.record.title if says(name, first_one.low) else None


def sentence(name: str, text: MarkedText, *parts: str) -> Quote:
    """The first sentence, of some parts or of all, that uses the words of a list."""
    if not whole(name, text.low):
        return None
    for one in text.sentences:
        if (not parts or one.part in parts) and says(name, one.low):
            return one.text
    return None


def first(name: str, text: MarkedText, *parts: str) -> Quote:
    """The title, else the first such sentence."""
    return titled(name, text) or sentence(name, text, *parts)


def typed(text: MarkedText, *types: str) -> Quote:
    """That PubMed gives the record one of these publication types."""
    have = {t.lower() for t in text.record.publication_types}
    return FIELD if any(t.lower() in have for t in types) else None
