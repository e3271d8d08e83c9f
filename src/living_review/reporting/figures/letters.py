"""Letters: their sizes, and how much room a text takes in the ones a small page has.

A reader may have other fonts. Rooms are measured in DejaVu Sans, which is wider than most.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font

from living_review.reporting.plain import shorten

TITLE, BODY, FINE = 13.5, 11.0, 9.0
# Letters where a picture of 640 units is shown on a phone, in units.
NARROW: Mapping[float, float] = {TITLE: 17.0, BODY: 15.0, FINE: 12.5}

_LONGEST = 200  # characters of one line; what is longer fits nowhere
_EM = 100.0  # units that advances are measured in


def fitted(said: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut text to `room` units, measured in the letters that a small page has."""
    shown = shorten(said, _LONGEST)
    if room_of(shown, size, bold=bold) <= room:
        return shown
    while shown and room_of(shown + "…", size, bold=bold) > room:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def wrapped(said: str, room: float, size: float, lines: int) -> list[str]:
    """Break text into at most `lines` lines of `room` units; the last one is cut where it must."""
    rest = shorten(said, 600).split(" ")
    broken: list[str] = []
    while rest and len(broken) < lines - 1:
        taken = 1
        while taken < len(rest) and room_of(" ".join(rest[: taken + 1]), size) <= room:
            taken += 1
        broken.append(fitted(" ".join(rest[:taken]), room, size))
        rest = rest[taken:]
    return [*broken, fitted(" ".join(rest), room, size)] if rest else broken


def room_of(said: str, size: float, *, bold: bool = False) -> float:
    """Units that a text takes at most, in the letters of a small page."""
    return sum(_advance(letter, bold) for letter in said) * NARROW.get(size, size) / _EM


@cache
def _advance(letter: str, bold: bool) -> float:
    font = _font(bold)
    # Ideographs that our font lacks are a full letter wide in the reader's.
    if not font.get_char_index(ord(letter)) and unicodedata.east_asian_width(letter) in "WF":
        return _EM
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536


@cache
def _font(bold: bool) -> FT2Font:
    letters = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    font = get_font(findfont(letters))
    font.set_size(_EM, 72)
    return font
