"""Titles as one and the same paper may carry them: what they share, and what tells them apart."""

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from living_review.screening.duplicates.title_words import is_generic, marks_of

Likeness = Literal["equal", "cut", "typed", "near", "different"]

SHORT = 20  # letters; a shorter title tells little
NEAR = 90  # rapidfuzz ratio, 0–100
MOST_SLIPS = 2  # letters
SLIPS_APART = 3  # letters

NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|sc|br|p|span|div|a|font|italic|bold|title|\w+:\w+)\b[^<>]*>",
    re.IGNORECASE,
)
DASH = re.compile(r"[‐-―−]")
WORD = re.compile(r"[^\W_]+")
FIGURES = re.compile(r"\d+")
LABEL = re.compile(
    r"""\s (?: \[ (?![^\]]*(?:\d|\bpart\b)) [^\[\]]{4,} \]
      | \( (?:review|author'?s\ transl|cochrane\ review|(?:meeting\ )?abstracts?|proceedings
            |see\ comments?|corrected|letter) \) ) [\s.]* $""",
    re.VERBOSE | re.IGNORECASE,
)
# British and American alike, also where a word is cut short. Only keys are made of it, so that
# words it mangles do no harm.
SPELLINGS = [
    (re.compile(pattern), one)
    for pattern, one in (
        (r"ae|oe", "e"), (r"(?<=[a-z]{2})our", "or"), (r"z", "s"), (r"ll", "l"), (r"sulph", "sulf"),
        (r"programme", "program"), (r"grey", "gray"), (r"aluminium", "aluminum"),
        (r"(?<=[a-z]{2})tre(?=s?\b)", "ter"), (r"logue(?=s?\b)", "log"),
    )
]  # fmt: skip
# A publisher's print on the retracted paper itself.
STAMP = re.compile(r"^(?:retracted|withdrawn|removed)(?: article)?: ")
# One letter tells vitamin B from C, a numeral part I from II.
ONE_LETTER_WORDS = frozenset("asltd")
LITTLE_WORDS = frozenset((
    "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "is", "its", "of", "on",
    "or", "the", "to", "via", "was", "with",
))  # fmt: skip
NUMERALS = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"))
# One letter apart, and another thing.
OPPOSITES = (
    ("micro", "macro"), ("afferent", "efferent"), ("adduct", "abduct"), ("ileum", "ilium"),
    ("ileal", "ilial"), ("anti", "ante"), ("pre", "pro"), ("pre", "per"), ("ite", "ate"),
    ("ite", "ide"), ("ene", "ane"),
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
        return is_generic(self.words)


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
    plain = DASH.sub("-", plain)
    if plain.startswith("[") and plain.find("]") in (-1, len(plain) - 1):
        plain = plain.strip("[]. ")  # NLM's sign of a translated title
    shown = (
        STAMP.sub("", LABEL.sub("", plain)).replace("&", " and ").replace("'", "").replace("’", "")
    )
    words = " ".join(WORD.findall(shown))
    for pattern, american in SPELLINGS:
        words = pattern.sub(american, words)
    return Title(words.replace(" ", ""), words, _numbers(words), marks_of(plain))


def likeness(one: Title, other: Title) -> Likeness:
    """How alike two titles are.

    `cut`: one is the beginning of the other; `typed`: they differ by a typing error or two;
    `near`: much alike; numbers and marks agree in both of these.
    """
    if one.key == other.key:
        return "equal"
    if one.key.startswith(other.key) or other.key.startswith(one.key):
        return "cut" if one.key and other.key else "different"
    if one.is_short or other.is_short or one.marks != other.marks:
        return "different"
    if OSA.distance(one.key, other.key, score_cutoff=MOST_SLIPS) <= MOST_SLIPS and _are_slips(
        one, other
    ):
        return "typed"
    near = one.numbers == other.numbers and fuzz.ratio(one.key, other.key) >= NEAR
    return "near" if near else "different"


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


def _are_slips(one: Title, other: Title) -> bool:
    """Whether words differ as typing makes them differ, and not as meanings do."""
    ours, theirs = one.words.split(), other.words.split()
    if len(ours) != len(theirs):  # a space too many or too few: no word is another one
        return one.numbers == other.numbers
    return all(_is_slip(a, b) for a, b in zip(ours, theirs, strict=True) if a != b)


def _is_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if FIGURES.findall(one) != FIGURES.findall(other) or not NUMERALS.isdisjoint((one, other)):
        return False
    if len(short) < 4:  # `nd` is `and`, but `men` are not `women`
        return (one in LITTLE_WORDS) != (other in LITTLE_WORDS)
    # Two slips stand apart; two letters together make another word, hypotension of hypertension.
    places = [edit.src_pos for edit in Levenshtein.editops(one, other)]
    if OSA.distance(one, other) > 1 and places[-1] - places[0] < SLIPS_APART:
        return False
    # Methyl and ethyl, symptomatic and asymptomatic; but `aautonomic` is a slip.
    prefix = long.removesuffix(short)
    if prefix != long and prefix != short[0]:
        return False
    return not any(
        one.replace(x, y, 1) == other or other.replace(x, y, 1) == one for x, y in OPPOSITES
    )
