"""A sheet to draw on in units of its own, the origin at the top left; matplotlib draws.

Everything is placed by hand: what a picture says must fit its box whatever the letters, and a
picture made of few artists is small and fast.
"""

import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from living_review.reporting.figures.inks import INK, MUTED
from living_review.reporting.figures.svg import BODY, CLASS, NARROW, STYLE, as_svg
from living_review.reporting.plain import shorten

WIDTH = 640.0
Points = Sequence[tuple[float, float]]


class Canvas:
    """A drawing of `height` units; later strokes lie over earlier ones."""

    def __init__(self, height: float) -> None:
        self.height = height
        self._figure = Figure(figsize=(WIDTH / 72, height / 72))
        self._figure.patch.set_visible(False)  # the ground is the page's
        self._down = Affine2D().scale(1, -1).translate(0, height)

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._down)
        artist.set_zorder(1)
        self._figure.add_artist(artist)

    def text(
        self, x: float, y: float, said: str, *, size: float = BODY, ink: str = INK,
        anchor: str = "start", bold: bool = False, room: float | None = None, only: str = "",
    ) -> None:  # fmt: skip
        """Write one line, `y` its middle; `room` cuts it, `only` is "wide" or "narrow" pages."""
        shown = fitted(said, room, size, bold) if room is not None else shorten(said, 200)
        look: dict[str, Any] = {"gid": CLASS + only} if only else {}
        look["ha"] = {"start": "left", "middle": "center", "end": "right"}[anchor]
        weight = "bold" if bold else "normal"
        self._add(Text(x, y + 0.36 * size, shown, fontsize=size, color=ink, va="baseline",
                       fontweight=weight, **look))  # fmt: skip

    def line(self, points: Points, *, ink: str = INK, width: float = 1.0, dash: Any = "-") -> None:
        """Draw a line through points; `dash` as matplotlib takes it."""
        xs, ys = zip(*points, strict=True)
        self._add(Line2D(xs, ys, color=ink, linewidth=width, linestyle=dash,
                         solid_capstyle="butt"))  # fmt: skip

    def box(
        self, left: float, top: float, right: float, bottom: float, *,
        face: str = "none", edge: str = "none", width: float = 0.6, hatch: str = "", lines: str = MUTED,
    ) -> None:  # fmt: skip
        """Draw a rectangle."""
        extra: dict[str, Any] = {"hatch": hatch, "hatchcolor": lines} if hatch else {}
        self._add(Rectangle((left, top), right - left, bottom - top, facecolor=face,
                            edgecolor=edge, linewidth=width, **extra))  # fmt: skip

    def shape(
        self, points: Points, *, face: str, edge: str = "none", width: float = 1.0, hatch: str = "", lines: str = MUTED,
    ) -> None:  # fmt: skip
        """Draw a closed shape."""
        extra: dict[str, Any] = {"hatch": hatch, "hatchcolor": lines} if hatch else {}
        self._add(Polygon(list(points), closed=True, facecolor=face, edgecolor=edge,
                          linewidth=width, **extra))  # fmt: skip

    def mark(
        self, x: float, y: float, marker: str, *, ink: str, size: float = 8.0, hollow: bool = False
    ) -> None:
        """Draw a marker; `$?$` is a question mark, so that a mark of doubt is text."""
        if marker.startswith("$"):
            self.text(x, y, marker.strip("$"), size=size * 1.3, ink=ink, anchor="middle", bold=True)
            return
        self._add(Line2D([x], [y], marker=marker, markersize=size, color=ink, linestyle="none",
                         markerfacecolor="none" if hollow else ink,
                         markeredgewidth=1.1 if hollow else 0.8))  # fmt: skip

    def save(self, title: str, description: str) -> bytes:
        """Write what was drawn."""
        return as_svg(self._figure, title, description)


@contextmanager
def drawing() -> Iterator[None]:
    """Draw by our settings alone; to be held round a whole drawing."""
    with style.context(["default", STYLE]), warnings.catch_warnings():
        # A name in another script is drawn by the reader's fonts, not by ours.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def fitted(said: str, room: float, size: float, bold: bool = False) -> str:
    """Cut text to `room` units, measured in the letters that a small page has."""
    shown = shorten(said, 200)
    if _wide(shown, size, bold) <= room:
        return shown
    low, high = 0, len(shown)
    while low < high - 1:
        middle = (low + high) // 2
        if _wide(shown[:middle] + "…", size, bold) <= room:
            low = middle
        else:
            high = middle
    return shown[:low].rstrip() + "…"


def room_of(said: str, size: float) -> float:
    """Units that a text takes at most, in the letters of a small page."""
    return _wide(said, size, False)


@lru_cache(maxsize=4096)
def _wide(said: str, size: float, bold: bool) -> float:
    letters = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal",
                             size=NARROW.get(size, size))  # fmt: skip
    width, _, _ = text_to_path.get_text_width_height_descent(said, letters, ismath=False)
    # Ideographs that our font lacks are a full letter wide in the reader's.
    ideographs = sum(unicodedata.east_asian_width(letter) in "WF" for letter in said)
    return float(width) + 0.45 * NARROW.get(size, size) * ideographs


def wrapped(said: str, room: float, size: float, lines: int) -> list[str]:
    """Break text into at most `lines` lines of `room` units; the last one is cut where it must."""
    rest = shorten(said, 600).split(" ")
    broken: list[str] = []
    while rest and len(broken) < lines - 1:
        taken = 1
        while taken < len(rest) and _wide(" ".join(rest[: taken + 1]), size, False) <= room:
            taken += 1
        broken.append(fitted(" ".join(rest[:taken]), room, size))
        rest = rest[taken:]
    return [*broken, fitted(" ".join(rest), room, size)] if rest else broken
