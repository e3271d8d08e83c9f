"""Where a page's links lead: every one of the site's own to a file, every fragment to an id."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

from tests.browser.fault import Fault

OUTWARD = {"http", "https", "mailto"}  # where a reader may be sent, by a link and nothing else
LOADING = {"img", "script", "link", "iframe", "source", "object", "embed", "image", "use"}


def faults(reports: Path, pages: Sequence[Path]) -> Iterator[Fault]:
    """Yield every link that leads nowhere, out of the reports folder or to code."""
    inside, ids = reports.resolve(), cache(_ids)
    for page in pages:
        for element, _, address, _ in html.fromstring(page.read_bytes()).iterlinks():
            if element.tag == "img" and address.startswith("data:image/"):
                continue  # a picture that the page brings with it
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if parts.scheme not in OUTWARD or element.tag in LOADING:
                    yield Fault(page, "links", f"<{element.tag}> to {address[:80]}")
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
            if not target.is_relative_to(inside):
                yield Fault(page, "links", f"{address} leads out of the reports folder")
            elif not target.is_file():
                yield Fault(page, "links", f"{address} leads to no file")
            elif parts.fragment and unquote(parts.fragment) not in ids(target):
                yield Fault(page, "links", f"{address} leads to no place in its page")


def _ids(page: Path) -> set[str]:
    return set(map(str, html.fromstring(page.read_bytes()).xpath("//@id")))
