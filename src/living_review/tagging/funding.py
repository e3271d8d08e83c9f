"""Who paid, where the abstract says so."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

_PAID = re.compile(
    (
        r"\b(?:fund(?:ed|ing)\b(?: (?:by|from|was|source)|:)|supported by (?:a |"
        r"the |an )?(?:grants?|fund|national|intramural|institute|ministry)|grant(?:ed)? (?:f"
        r"rom|by)|sponsored by|financial support)"
    ),
)
_WORDS = ("fund", "support", "grant", "sponsor")  # one of them must stand there; fast to look for


def tag(text: MarkedText) -> list[Tag]:
    """One `funding` tag with the sentence, or none where the abstract is silent."""
    if not any(word in text.low for word in _WORDS) or not _PAID.search(text.low):
        return []
    for sentence in text.sentences:
        if sentence.part != "title" and _PAID.search(sentence.low):
            return [Tag("funding", sentence.text[:200], sentence.text, f"funding:{VERSION}")]
    return []
