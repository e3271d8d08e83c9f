"""XML read as data: nothing is fetched, no entity is expanded, markup is flattened to text."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

# No entity is resolved, nothing is loaded from disk or network, and libxml2 keeps its own limits
# on depth, on the length of one text and on entity growth (huge_tree off).
SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
}
CAREFUL = etree.XMLParser(remove_comments=True, remove_pis=True, **SAFELY)
NOT_SHOWN = frozenset({"annotation", "annotation-xml"})  # MathML repeats the formula there


def parse_element(body: bytes) -> etree._Element:
    """The root element of a small document; XMLSyntaxError when it is not XML."""
    return etree.fromstring(body, CAREFUL)


def first_entity(element: etree._Element) -> str | None:
    """The first entity reference below an element, as written; None if there is none."""
    entity = next(element.iter(etree.Entity), None)
    return None if entity is None else str(entity.text)


def flat(element: etree._Element | None) -> str:
    """All text below an element in reading order, markup dropped, runs of space made one."""
    if element is None:
        return ""
    text = (element.text or "") if len(element) == 0 else "".join(_pieces(element))
    return " ".join(text.split())


def parts(element: etree._Element | None) -> dict[str, etree._Element]:
    """The children of an element by name, the first of each; much faster than a `find` for each."""
    found: dict[str, etree._Element] = {}
    for child in () if element is None else element:
        found.setdefault(child.tag, child)
    return found


def _pieces(element: etree._Element) -> Iterator[str]:
    last = ""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            name = etree.QName(node).localname
            if name in NOT_SHOWN:
                walk.skip_subtree()
                continue
            piece = _joint(node, name, last) + (node.text or "")
        else:
            piece = (node.tail or "") if node is not element else ""
        if piece.strip():
            last = piece.rstrip()[-1]
        yield piece


def _joint(node: etree._Element, name: str, last: str) -> str:
    """What stands between the text so far and this node's own.

    Left out, it would change a number: 10<sup>6</sup> is not 106, nor is a fraction its two
    halves side by side.
    """
    parent = node.getparent()
    inside = etree.QName(parent).localname if parent is not None else ""
    is_second = parent is not None and parent.index(node) == 1
    if inside == "mfrac" and is_second:
        return "/"
    is_power = name == "sup" or (inside == "msup" and is_second)
    first = "".join(map(str, node.itertext())).strip()[:1]
    return "^" if is_power and last.isdigit() and (first.isdigit() or first in "-−–+") else ""
