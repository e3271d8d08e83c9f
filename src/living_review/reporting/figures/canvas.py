"""A sheet to draw on in units of its own, the origin at the top left; matplotlib draws.

Everything is placed by hand: what a picture says must fit its box whatever the letters, and a
picture made of few artists is small and fast.
"""

import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from living_review.reporting.figures.inks import INK, MUTED
from living_review.reporting.figures.letters import BODY, fitted
from living_review.reporting.figures.svg import STYLE, as_svg
from living_review.reporting.plain import shorten

WIDTH = 640.0
Points = Sequence[tuple[float, float]]


class _Line(Text):
    """One line of text that is written where it stands: no layout, which is slow."""

    def draw(self, renderer: RendererBase) -> None:
        """Write the line at its anchor; the renderer's SVG keeps it text."""
        renderer.open_group("text")
        pen = renderer.new_gc()
        pen.set_foreground(self.get_color())
        x, y = self.get_transform().transform(self.get_unitless_position())
        renderer.draw_text(pen, x, renderer.get_canvas_width_height()[1] - y, self.get_text(),
                           self.get_fontproperties(), 0, ismath=False, mtext=self)  # fmt: skip
        pen.restore()
        renderer.close_group("text")


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
        anchor: str = "start", bold: bool = False, room: float | None = None,
    ) -> None:  # fmt: skip
        """Write one line, `y` its middle; `room` cuts it."""
        shown = fitted(said, room, size, bold=bold) if room is not None else shorten(said, 200)
        side = {"start": "left", "middle": "center", "end": "right"}[anchor]
        weight = "bold" if bold else "normal"
        self._add(_Line(x, y + 0.36 * size, shown, fontsize=size, color=ink, va="baseline",
                        fontweight=weight, ha=side))  # fmt: skip

    def line(self, points: Points, *, ink: str = INK, width: float = 1.0, dash: Any = "-") -> None:
        """Draw a line through points; `dash` as matplotlib takes it."""
        self.lines([points], ink=ink, width=width, dash=dash)

    def lines(
        self, lines: Iterable[Points], *, ink: str = INK, width: float = 1.0, dash: Any = "-"
    ) -> None:
        """Draw several lines as one stroke, which makes a smaller file."""
        apart = (math.nan, math.nan)
        xs, ys = zip(*(point for points in lines for point in (*points, apart)), strict=True)
        self._add(Line2D(xs, ys, color=ink, linewidth=width, linestyle=dash,
                         solid_capstyle="butt"))  # fmt: skip

    def box(
        self, left: float, top: float, right: float, bottom: float, *,
        face: str = "none", edge: str = "none", width: float = 0.6,
        hatch: str = "", lines: str = MUTED,
    ) -> None:  # fmt: skip
        """Draw a rectangle."""
        extra: dict[str, Any] = {"hatch": hatch, "hatchcolor": lines} if hatch else {}
        self._add(Rectangle((left, top), right - left, bottom - top, facecolor=face,
                            edgecolor=edge, linewidth=width, **extra))  # fmt: skip

    def shape(
        self, points: Points, *, face: str, edge: str = "none", width: float = 1.0,
        hatch: str = "", lines: str = MUTED,
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
