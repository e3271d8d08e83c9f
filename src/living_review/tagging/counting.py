"""Numbers of people as printed, in digits or words, and the words for those who are counted."""

import re
from hashlib import sha256
from importlib.resources import files

import yaml

_TEXT = files(__package__).joinpath("people.yaml").read_text(encoding="utf-8")
VERSION = "1-" + sha256(_TEXT.encode()).hexdigest()[:8]  # an edited list is another reader

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
         "eighty": 80, "ninety": 90}  # fmt: skip
_ONES = {w: i for i, w in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
     "nineteen")
)}  # fmt: skip
_WORDS = {**_ONES, **_TENS, "a": 1, "an": 1}
_DIGIT = re.compile(r"\d")
DIGITS = r"\d{1,3}(?:[,  ]\d{3})+|\d+"
NUMBER = (
    rf"(?:{DIGITS}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    rf"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|"
    rf"thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]+(?:hundred|thousand|and|one|"
    rf"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    rf"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    rf"seventy|eighty|ninety))*)"
)
WHO = f"(?:{'|'.join(yaml.safe_load(_TEXT))})"

# What makes a number before it no number of people.
NOT_PEOPLE = re.compile(
    (
        r"^\s*(?:%|s\b|sec\w*|min\b|minutes?|hours?|k?g\b|ml\b|mg|years?|weeks?|months?|days?|h\b|/|mm|points?|studies|trials|"
        r"articles|centers?|centres?|sites|-)"
    ),
)

_MOST_DIGITS = 9  # more is no number of people
_IN_WORDS = tuple(w for w in _WORDS if len(w) > 2 and w != "zero")


def has_number(low: str) -> bool:
    """Whether lower-case text may hold a number, in digits or words; fast to ask."""
    return _DIGIT.search(low) is not None or any(word in low for word in _IN_WORDS)


def count(text: str) -> int | None:
    """A whole number printed in digits or words; None where it is neither."""
    plain = re.sub(r"[,\s]", "", text)
    if plain.isdecimal():
        return int(plain) if len(plain) <= _MOST_DIGITS else None
    total = here = 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word == "hundred":
            here = max(1, here) * 100
        elif word == "thousand":
            total, here = total + max(1, here) * 1000, 0
        elif word in _WORDS:
            here += _WORDS[word]
        elif word != "and":
            return None
    return total + here or None
