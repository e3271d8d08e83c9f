"""Words of exports that have a word here: publication types, languages, abstract headings."""

import re
from collections.abc import Iterable

from living_review.model import Section

# How databases and programs name what PubMed calls by the name on the right; a conference's
# abstracts and papers, and trials' registrations, have no name of PubMed's.
TYPES = {
    "Journal Article": (
        "jour", "ejour", "jfull", "inpr", "journal article", "article", "journalarticle",
        "electronic article", "article in press", "journal", "journal: article", "original article",
    ),
    "Conference Abstract": (
        "abst", "abstract", "conference abstract", "meeting abstract", "meeting abstracts",
        "journal: conference abstract", "abstract of a conference",
    ),
    "Conference Paper": (
        "conf", "cpaper", "conference paper", "conferencepaper", "proceedings paper",
        "conference proceedings", "conference proceeding", "journal: conference paper",
        "conference", "c",
    ),
    "Preprint": ("unpb", "preprint", "posted content", "posted-content", "unpublished work"),
    "Trial Registration": (
        "trial registry record", "trial registration", "clinical trial registration",
        "registry entry", "journal: trial registry record",
    ),
    "Review": ("review", "journal: review", "review article"),
    "Letter": ("letter", "journal: letter"),
    "Editorial": ("editorial", "journal: editorial", "editorial material"),
    "Academic Dissertation": ("thes", "thesis", "dissertation", "dissertation/thesis"),
    "Technical Report": ("rprt", "report"),
    "Book": ("book", "ebook", "b"),
    "Book Chapter": ("chap", "echap", "book chapter", "booksection", "book section", "chapter"),
    "News": ("news", "newspaper article"),
    "Published Erratum": ("erratum", "correction", "published erratum"),
    "Retraction Notice": ("retraction", "retraction notice"),
    "Retracted Publication": ("retracted", "retracted article", "retracted publication"),
}  # fmt: skip
NAMED = {word: name for name, words in TYPES.items() for word in words}
# What is none, though it is printed in a journal and so exported as one.
NO_ARTICLE = {"Conference Abstract", "Conference Paper", "Preprint", "Trial Registration"}
# Kinds that say nothing of what the publication is.
EMPTY = {"gen", "generic", "elec", "misc", "serial", "j", "mgzn", "ser", "none", "web page", "data"}

# ISO 639-2, as PubMed writes it: the two-letter code and the English name of each.
LANGUAGES = {
    "eng": ("en", "english"), "ger": ("de", "german"), "fre": ("fr", "french"),
    "spa": ("es", "spanish"), "ita": ("it", "italian"), "por": ("pt", "portuguese"),
    "chi": ("zh", "chinese"), "jpn": ("ja", "japanese"), "kor": ("ko", "korean"),
    "rus": ("ru", "russian"), "tur": ("tr", "turkish"), "per": ("fa", "persian"),
    "ara": ("ar", "arabic"), "dut": ("nl", "dutch"), "pol": ("pl", "polish"),
    "cze": ("cs", "czech"), "hun": ("hu", "hungarian"), "swe": ("sv", "swedish"),
    "nor": ("no", "norwegian"), "dan": ("da", "danish"), "fin": ("fi", "finnish"),
    "gre": ("el", "greek"), "heb": ("he", "hebrew"), "ukr": ("uk", "ukrainian"),
    "rum": ("ro", "romanian"), "hrv": ("hr", "croatian"), "srp": ("sr", "serbian"),
    "bul": ("bg", "bulgarian"), "slo": ("sk", "slovak"), "slv": ("sl", "slovenian"),
}  # fmt: skip
CODES = {word: code for code, words in LANGUAGES.items() for word in (code, *words)}

FIRST_HEADINGS = (
    "BACKGROUND|OBJECTIVES?|AIMS?|PURPOSE|INTRODUCTION|CONTEXT|IMPORTANCE|QUESTION|RATIONALE|"
    "STUDY DESIGN|DESIGN|STUDY OBJECTIVES?|METHODS?|SUMMARY OF BACKGROUND DATA|HYPOTHESIS|GOALS?"
)
FIRST = re.compile(rf"(?:{FIRST_HEADINGS})\b[A-Z ,/&-]*:\s")
HEADING = re.compile(r"(?:^|(?<=[.?!)\]]\s))([A-Z][A-Z ,/&()-]{1,70}[A-Z)]):\s+")


def types_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Publication types by PubMed's names where they have one, else as printed; each once."""
    said = [part.strip() for text in texts for part in re.split(r"[;|\n]", text)]
    types = dict.fromkeys(
        NAMED.get(word.casefold(), word) for word in said if word and word.casefold() not in EMPTY
    )
    if not NO_ARTICLE.isdisjoint(types):
        types.pop("Journal Article", None)
    return tuple(types)


def language_of(text: str) -> str:
    """`eng` of English, en, en-US or eng; as printed where it is none of these."""
    word = text.strip().casefold()
    return CODES.get(word) or CODES.get(re.split(r"[-_]", word)[0]) or text.strip()


def sections_of(abstract: str) -> tuple[Section, ...]:
    """The abstract under its headings; whole, where they are not surely headings.

    Sure are capitals before a colon, at the beginning and again behind an end of a sentence,
    the first of them a word that abstracts begin with.
    """
    if not abstract:
        return ()
    found = list(HEADING.finditer(abstract))
    if len(found) < 2 or found[0].start() != 0 or not FIRST.match(abstract):
        return (Section(None, abstract),)
    ends = [*(match.start() for match in found[1:]), len(abstract)]
    parts = [
        (match[1], abstract[match.end() : end].strip())
        for match, end in zip(found, ends, strict=True)
    ]
    if not all(text for _, text in parts):
        return (Section(None, abstract),)
    return tuple(Section(label, text) for label, text in parts)
