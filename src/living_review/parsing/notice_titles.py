"""Notices that say what they are, and of which record, in their title only."""

import re
from collections.abc import Iterator

from living_review.model import Record
from living_review.parsing.names import plain_words

# How a notice's title begins, in plain words. "Retracted" begins the title of a notice or of the
# retracted record itself, so that only the publication type tells; see `says_retracted`.
HEADS = (
    (re.compile(r"(?:notice of )?partial retraction(?: notice| note)? "), "questions"),
    (re.compile(r"(?:notice of )?(?:retraction|retracted)(?: notice| note)?"
                r"(?: and (?:republication|replacement))? "), "retracts"),
    (re.compile(r"(?:(?:editorial|editors?) )?(?:expression|notice) of concern "), "questions"),
    (re.compile(r"(?:(?:author|authors|publisher|publishers|editorial) )?"
                r"(?:corrections?|correction notice|corrigendum|corrigenda|erratum|errata) "),
     "corrects"),
)  # fmt: skip
JOINERS = frozenset(
    ("to", "of", "for", "on", "about", "regarding", "in", "the", "article", "paper")
)
# Shorter titles ("In reply", "A case report") belong to more records than one review knows.
FEWEST_WORDS = 4
MARKED = re.compile(r"^\W*retracted(?: (?:article|paper|publication))?\s*[:\]]", re.IGNORECASE)


def plain(title: str) -> str:
    """A title as bare words, with the possessive as one of them: "editors", not "editor s"."""
    return plain_words(title.replace("'", "").replace("’", ""))


def own_title(record: Record) -> str:
    """A record's title in plain words, without the mark that a publisher put before it."""
    return plain(MARKED.sub("", record.title))


def notice_of(record: Record) -> tuple[str, tuple[str, ...]] | None:
    """The relation of a notice and the plain titles it may mean; None for any other record.

    Without a notice's publication type (imports have none) only "Retraction: …" counts, with its
    colon, since "Retraction of the upper lip" is a title too.
    """
    is_notice = record.kind == "notice"
    if not is_notice and (":" not in record.title or says_retracted(record)):
        return None
    title = plain(record.title)
    for head, relation in HEADS:
        match = head.match(title)
        if match:
            titles = tuple(_readings(title[match.end() :]))
            return (relation, titles) if titles else None
    return None


def says_retracted(record: Record) -> bool:
    """Whether the record's own title was marked, as publishers do: `RETRACTED: …`."""
    return record.kind == "publication" and MARKED.match(record.title) is not None


def _readings(rest: str) -> Iterator[str]:
    """What follows the notice's name, with and without the words that may join the two."""
    words = rest.split()
    while len(words) >= FEWEST_WORDS:
        yield " ".join(words)
        if words[0] not in JOINERS:
            return
        words = words[1:]
