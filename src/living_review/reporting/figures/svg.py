"""A matplotlib figure as a small SVG that explains itself and turns with the reader's page.

matplotlib draws; what it writes is then trimmed: styles become attributes, numbers two decimals,
empty groups go. Attributes give way to the style sheet in the file, which turns the inks where
the page is dark and enlarges the letters where the picture is shown small.
"""

import hashlib
import io
import re
from typing import Any

from lxml import etree
from matplotlib.figure import Figure

from living_review.reporting.figures.inks import DARK
from living_review.reporting.figures.letters import NARROW
from living_review.reporting.plain import plain, shorten

# On top of matplotlib's defaults, so that no settings file of the machine shows through.
STYLE: dict[str, Any] = {
    "svg.hashsalt": "living-review",
    "svg.fonttype": "none",  # text stays text: searchable, and no font outlines in the file
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so that layouts agree everywhere
    "font.size": 9,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "hatch.linewidth": 0.5,
}
NARROW_BELOW = 500  # CSS pixels

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_NAMES: Any = {None: _SVG, "xlink": _XLINK}
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_NO_NEED = {"font-family", "stroke-dashoffset", "stroke-linejoin", "stroke-linecap"}
_SAME = {"text-anchor": "start", "stroke-width": "1", "font-weight": "400"}


def as_svg(figure: Figure, title: str, description: str = "") -> bytes:
    """Save a figure as SVG with title and description; the same drawing gives the same bytes."""
    page = io.BytesIO()
    figure.savefig(page, format="svg", metadata={"Date": None, "Creator": None})
    parser = etree.XMLParser(resolve_entities=False, remove_blank_text=True, remove_comments=True)
    drawn = etree.fromstring(page.getvalue(), parser)
    picture = etree.Element(f"{{{_SVG}}}svg", nsmap=_NAMES)
    _, _, width, height = drawn.get("viewBox", "").split()
    picture.set("viewBox", f"0 0 {_short(width)} {_short(height)}")
    picture.set("width", _short(width))
    picture.set("height", _short(height))
    for child in drawn:
        if etree.QName(child).localname in ("g", "defs"):
            _copy(child, picture)
    _explain(picture, title, description)
    return etree.tostring(picture, encoding="utf-8") + b"\n"


def _copy(element: Any, into: Any) -> None:
    """Copy an element as short as it can be told; a group only hands on what is in it."""
    kind = etree.QName(element).localname
    if kind == "style":
        return
    if kind == "g":
        for child in element:
            _copy(child, into)
        return
    made = etree.SubElement(into, element.tag)
    for name, value in _attributes(element).items():
        made.set(name, value)
    made.text = element.text
    for child in element:
        _copy(child, made)
    if kind == "defs" and not len(made):
        into.remove(made)


def _attributes(element: Any) -> dict[str, str]:
    told = {str(name): str(value) for name, value in element.attrib.items()}
    styles = (part.split(":", 1) for part in told.pop("style", "").split(";") if ":" in part)
    told |= {name.strip(): value.strip() for name, value in styles if name.strip() not in _NO_NEED}
    told.pop("clip-path", None)
    if told.get("transform", "").startswith(("rotate(0 ", "rotate(-0 ")):
        del told["transform"]
    if "font-size" in told:
        told["font-size"] = told["font-size"].removesuffix("px")
    if "d" in told:
        told["d"] = re.sub(r"\s*([MLCQz])\s*", r"\1", told["d"]).strip()
    href = told.pop(_HREF, None)
    kept = {n: _short(v) for n, v in told.items() if n not in _SAME or _short(v) != _SAME[n]}
    return kept if href is None else {_HREF: href} | kept


def _short(value: str) -> str:
    """Numbers to two decimals, without zeros at the end."""
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)


def _explain(picture: Any, title: str, description: str) -> None:
    """Put title, description and style sheet first; ids differ, so that pages may hold many."""
    told = (shorten(title, 200), plain(description))
    mark = hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:8]
    first = [etree.Element(f"{{{_SVG}}}title", id=f"t{mark}")]
    first[0].text = told[0]
    if told[1]:
        first.append(etree.Element(f"{{{_SVG}}}desc", id=f"d{mark}"))
        first[1].text = told[1]
    picture.set("role", "img")
    picture.set("aria-labelledby", " ".join(str(element.get("id")) for element in first))
    picture.set("font-family", "'DejaVu Sans',Verdana,sans-serif")
    sheet = etree.Element(f"{{{_SVG}}}style")
    sheet.text = _sheet(picture)
    for place, element in enumerate([*first, sheet]):
        picture.insert(place, element)


def _sheet(picture: Any) -> str:
    """Rules for the inks and letters that the picture has, and no other."""
    values = {(n, v) for element in picture.iter() for n, v in element.attrib.items()}
    dark = [
        f'[{name}="{ink}"]{{{name}:{turned}}}'
        for ink, turned in DARK.items()
        for name in ("fill", "stroke")
        if (name, ink) in values
    ]
    sizes = [
        f'[font-size="{size:g}"]{{font-size:{small:g}px}}'
        for size, small in NARROW.items()
        if ("font-size", f"{size:g}") in values
    ]
    return (
        f"@media(max-width:{NARROW_BELOW}px){{{''.join(sizes)}}}"
        f"@media(prefers-color-scheme:dark){{{''.join(dark)}}}"
    )
