"""Titles as one and the same paper may carry them: what they share, and what tells them apart."""

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

Likeness = Literal["equal", "cut", "typed", "near", "different"]

SHORT = 20  # letters; a shorter title tells little
NEAR = 90  # rapidfuzz ratio, 0–100
MOST_SLIPS = 2  # letters

NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|sc|br|p|span|div|a|font|italic|bold|title|\w+:\w+)\b[^<>]*>",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+")
FIGURES = re.compile(r"\d+")
LABEL = re.compile(
    r"""\s (?: \[ (?![^\]]*(?:\d|\bpart\b)) [^\[\]]{4,} \]
      | \( (?:review|author'?s\ transl|cochrane\ review|(?:meeting\ )?abstracts?|proceedings
            |see\ comments?|corrected|letter) \) ) [\s.]* $""",
    re.VERBOSE | re.IGNORECASE,
)
# British before American. Only keys are made of it, so that words it mangles do no harm.
SPELLINGS = [
    (re.compile(pattern), american)
    for pattern, american in (
        (r"ae|oe", "e"), (r"(?<=[a-z]{2})our", "or"), (r"is(?=(?:e[drs]?|ing|ations?)\b)", "iz"),
        (r"ys(?=(?:e[drs]?|ing)\b)", "yz"), (r"(?<=[a-z]{2})tre(?=s?\b)", "ter"),
        (r"sulph", "sulf"), (r"programme", "program"), (r"ll(?=(?:ed|ing|er)\b)", "l"),
        (r"logue(?=s?\b)", "log"), (r"\bgrey", "gray"), (r"aluminium", "aluminum"),
    )
]  # fmt: skip
MARKS = [
    (mark, re.compile(pattern))
    for mark, pattern in (
        ("erratum", r"^(?:(?:author|publisher) )?(?:errat\w+|corrigend\w+|addendum|corrections?"
                    r"(?: to| of|:|$))|[:-] ?(?:erratum|corrigendum|correction)$"),
        ("retraction", r"^(?:notice of |partial )?(?:retract|withdraw)"),
        ("concern", r"^(?:editorial )?expression of concern"),
        ("reply", r"^(?:the |an )?(?:authors?\W*s?\W* )?(?:reply|response|rejoinder)(?: to\b|:|$)"
                  r"|^in (?:reply|response)\b|\b(?:reply|rejoinder)$|\bauthors?\W*s?\W* response$"),
        ("comment", r"^(?:invited |editorial )*(?:comment|comments|commentary|editorial)"
                    r"(?: on\b| to\b|:|$)|^re:|^regarding\b|^letter(?: to\b|:| regarding)"
                    r"|^discussion(?: of\b|:)|[:-] ?(?:invited )?(?:comment|commentary)$"),
        ("protocol", r"\bprotocol$|\b(?:study|trial|review) protocol\b"
                     r"|^(?:a )?protocol (?:for|of)\b|\bprotocol for (?:a|an|the)\b"
                     r"|\brationale(?:,| and) (?:study )?design\b"),
        ("abstract", r"[\[(](?:meeting |conference )?(?:abstracts?|proceedings)[\])]$"),
    )
]  # fmt: skip
# Most titles hold none of these, and need no search for seven marks.
MAY_BE_MARKED = re.compile(
    r"errat|corr|addend|retract|withdr|concern|repl|resp|rejoin|comment|editor|^re:|regard|letter"
    r"|discuss|protocol|rationale|abstract|proceed"
)
# A publisher's print on the retracted paper itself.
STAMP = re.compile(r"^(?:retracted|withdrawn|removed)(?: article)?: ")
GENERIC = frozenset((
    "a", "abstract", "abstracts", "acknowledgement", "acknowledgements", "an", "and",
    "announcement", "announcements", "annual", "article", "author", "authors", "book", "case",
    "cases", "clinical", "comment", "commentary", "comments", "conclusion", "conclusions",
    "contents", "correction", "corrections", "corrigenda", "corrigendum", "cover", "department",
    "discussion", "editor", "editorial", "editorials", "editors", "errata", "erratum", "error",
    "expression", "for", "foreword", "from", "guest", "highlights", "images", "in", "index",
    "instructions", "introduction", "invited", "issue", "journal", "letter", "letters", "meeting",
    "memoriam", "message", "minutes", "new", "news", "note", "notes", "notice", "number",
    "obituary", "of", "on", "our", "overview", "paper", "papers", "preface", "president",
    "presidential", "proceedings", "publication", "question", "questions", "quiz", "reply",
    "report", "reports", "response", "retraction", "review", "reviewer", "reviewers", "reviews",
    "s", "section", "society", "special", "statement", "summary", "symposium", "thank", "the",
    "this", "to", "update", "volume", "year", "you",
))  # fmt: skip
# One letter tells vitamin B from C, a numeral part I from II.
ONE_LETTER_WORDS = frozenset("asltd")
NUMERALS = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"))
OPPOSITES = (
    ("hyper", "hypo"), ("inter", "intra"), ("micro", "macro"), ("afferent", "efferent"),
    ("increas", "decreas"), ("adduct", "abduct"), ("ileum", "ilium"), ("ileal", "ilial"),
    ("pre", "per"), ("pre", "peri"), ("pre", "pro"), ("anti", "ante"), ("mono", "bi"),
    ("short", "long"), ("upper", "lower"), ("first", "third"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """A title made comparable. `key` is its bare letters and digits, the same in every export.

    `numbers` are its figures, numerals and single letters, in order; `marks` say that it is a
    reply, an erratum, a protocol … of something else.
    """

    key: str
    words: str
    numbers: tuple[str, ...]
    marks: frozenset[str]

    @property
    def is_short(self) -> bool:
        """Whether too little is said for the title alone to mean anything."""
        return len(self.key) < SHORT

    @property
    def is_generic(self) -> bool:
        """Whether any issue of any journal may have it: `Editorial`, `In this issue`."""
        return all(word in GENERIC or word.isdigit() for word in self.words.split())


def fold(text: str) -> str:
    """Lower case without diacritics; Greek letters by their names."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(NOT_DECOMPOSED)
    return "".join(
        _greek(c) if "α" <= c <= "ω" else c for c in decomposed if not unicodedata.combining(c)
    )


def read_title(text: str) -> Title:
    """Make a title comparable: spelling, markup, brackets and trailing labels are smoothed out."""
    plain = fold(MARKUP.sub("", html.unescape(html.unescape(text)))).strip(" .")
    if plain.startswith("[") and plain.find("]") in (-1, len(plain) - 1):
        plain = plain.strip("[]. ")  # NLM's sign of a translated title
    marked = MARKS if MAY_BE_MARKED.search(plain) else ()
    marks = frozenset(mark for mark, pattern in marked if pattern.search(plain))
    shown = (
        STAMP.sub("", LABEL.sub("", plain)).replace("&", " and ").replace("'", "").replace("’", "")
    )
    words = " ".join(WORD.findall(shown))
    for pattern, american in SPELLINGS:
        words = pattern.sub(american, words)
    return Title(words.replace(" ", ""), words, _numbers(words), marks)


def likeness(one: Title, other: Title) -> Likeness:
    """How alike two titles are.

    `cut`: one is the beginning of the other; `typed`: they differ by a typing error or two;
    `near`: much alike; numbers and marks agree in both of these.
    """
    if one.key == other.key:
        return "equal"
    if one.is_short or other.is_short:
        return "different"
    if one.key.startswith(other.key) or other.key.startswith(one.key):
        return "cut"
    if (one.numbers, one.marks) == (other.numbers, other.marks):
        slips = OSA.distance(one.key, other.key, score_cutoff=MOST_SLIPS) <= MOST_SLIPS
        if slips and _are_slips(one.words.split(), other.words.split()):
            return "typed"
        if fuzz.ratio(one.key, other.key) >= NEAR:
            return "near"
    return "different"


def could_be_one(one: Title, other: Title) -> bool:
    """Whether two titles, whose records share an identifier, may be meant for one paper."""
    if not one.key or not other.key or one.key.startswith(other.key):
        return True
    return other.key.startswith(one.key) or fuzz.token_sort_ratio(one.words, other.words) >= 80


def _greek(letter: str) -> str:
    return unicodedata.name(letter).rsplit(" ", 1)[-1].lower()


def _numbers(words: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in words.split():
        if word.isalpha():
            one_letter = len(word) == 1 and word not in ONE_LETTER_WORDS
            found += [word] if one_letter or word in NUMERALS else []
        else:
            found += FIGURES.findall(word)
    return tuple(found)


def _are_slips(one: list[str], other: list[str]) -> bool:
    """Whether words differ as typing makes them differ, and not as meanings do."""
    if len(one) != len(other):
        return True  # a space too many or too few: no word is another one
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return all(
        min(len(a), len(b)) >= 4
        # methyl and ethyl, symptomatic and asymptomatic
        and not (a.endswith(b) or b.endswith(a))
        and not any(a.replace(x, y, 1) == b or b.replace(x, y, 1) == a for x, y in OPPOSITES)
        for a, b in pairs
    )
