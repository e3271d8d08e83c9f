"""Harms of the drugs themselves, beyond the condition: the subject of a safety signal."""

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

_SUBJECT = ("title", "objective")


def tag(text: MarkedText) -> list[Tag]:
    """One `harm` tag for each harm of the vocabulary the record is about.

    It is about a harm that its title or objective names, or that three of its sentences do.
    """
    seen: dict[str, list[str]] = {}
    subject: dict[str, str] = {}
    for sentence in text.sentences:
        for mark in sentence.named("harm"):
            seen.setdefault(mark.name, []).append(sentence.text)
            if sentence.part in _SUBJECT:
                subject.setdefault(mark.name, sentence.text)
    found = {
        name: subject.get(name) or (texts[0] if len(texts) > 2 else "")
        for name, texts in seen.items()
    }
    return [
        Tag("harm", name, found[name], f"harms:{VERSION}") for name in sorted(found) if found[name]
    ]
