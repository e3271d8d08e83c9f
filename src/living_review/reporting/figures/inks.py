"""The inks of every picture, for paper and for a dark page, and how a direction looks.

A direction is told by shade, hatching and a shape, so that pictures read in grey too. Blue and
vermilion stay apart for eyes that confuse red and green (after Okabe and Ito 2008).
"""

from collections.abc import Mapping
from typing import NamedTuple

INK, MUTED, LINE = "#1c2330", "#566070", "#d9d4c8"
BLUE, VERMILION, GREY = "#0a66a3", "#b1440a", "#b9c0ca"
PALE, BAND, ON_COLOUR = "#f6f3ec", "#ece8df", "#fffffe"
SOFT = "#cfdce8"  # an interval, over the band
ORANGE = "#e08a4f"  # the back-test's harm
CHANGED, SIGNAL = "#9c2230", "#7a5200"

# What each ink turns into where the reader's page is dark.
DARK: Mapping[str, str] = {
    INK: "#e9e6df", MUTED: "#a6afbc", LINE: "#3a434f", BLUE: "#74bdf3", VERMILION: "#f5986a",
    GREY: "#6b7686", PALE: "#242b34", BAND: "#333d4a", ON_COLOUR: "#14171c", ORANGE: "#c8652a",
    SOFT: "#2f4358",
    CHANGED: "#ff9aa2", SIGNAL: "#f0c065", "#e9e4d8": "#3d4652", "#ffffff": "#14171c",
}  # fmt: skip


class Look(NamedTuple):
    """How a direction fills a band: face, hatching, the ink of sign and hatching, the marker."""

    face: str
    hatch: str
    sign: str
    marker: str

    @property
    def filling(self) -> dict[str, str]:
        """What a drawn band is given."""
        return {"face": self.face, "hatch": self.hatch, "lines": self.lines}

    @property
    def lines(self) -> str:
        """The ink of the hatching."""
        return ON_COLOUR if self.sign == ON_COLOUR else MUTED


LOOKS: Mapping[str | None, Look] = {
    "benefit": Look(BLUE, "", ON_COLOUR, "^"),
    "little_or_none": Look(GREY, "", INK, "o"),
    "harm": Look(VERMILION, "xx", ON_COLOUR, "v"),
    "uncertain": Look(PALE, "//", INK, "$?$"),
    "no_evidence": Look("none", "", MUTED, "o"),
    "not_addressed": Look("none", "", MUTED, "_"),
    None: Look(BAND, "", MUTED, "_"),
}

FINDINGS: Mapping[str, tuple[str, str]] = {
    "favours_intervention": ("^", BLUE),
    "no_difference": ("o", MUTED),
    "favours_comparator": ("v", VERMILION),
    "mixed_unclear": ("$?$", MUTED),
}
