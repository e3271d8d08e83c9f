"""Answers of NCBI that come whole and are wrong: pages short, doubled, swapped, miscounted."""

import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.entrez_faults import Fault

# What a page lists: the ids of a search or the records of a fetch.
LISTED = re.compile(rb"<Id>\d+</Id>|<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
COUNT = re.compile(rb"<Count>(\d+)</Count>")
DTD_YEAR = re.compile(rb"(pubmed_)\d{6}(\.dtd)|(dtd/)\d{8}(/esearch\.dtd)")


def twisted(change: Callable[[bytes], bytes], headers: Mapping[str, str] | None = None) -> Fault:
    """The good answer, changed on the way."""

    def fault(handler: Any, good: bytes, stopping: threading.Event) -> None:
        handler.send(200, change(good), headers)

    return fault


def of_type(content_type: str) -> Fault:
    """The good answer under a name that it is not."""
    return twisted(lambda good: good, {"Content-Type": content_type})


def garbled() -> Fault:
    """Said to be gzipped, and not."""
    return twisted(lambda good: b"\x1f\x8b\x08\x00" + good[:100], {"Content-Encoding": "gzip"})


def another_page(page: Callable[[], bytes]) -> Fault:
    """The answer to another request; `page` gives it."""
    return twisted(lambda good: page())


def last_missing() -> Fault:
    """One id or record fewer than there are."""
    return twisted(lambda good: _relisted(good, lambda listed: listed[:-1]))


def all_missing() -> Fault:
    """A page that lists nothing, whatever it counts."""
    return twisted(lambda good: _relisted(good, lambda listed: []))


def twice() -> Fault:
    """Every id or record two times."""
    return twisted(lambda good: _relisted(good, lambda listed: listed * 2))


def turned_round() -> Fault:
    """The last first."""
    return twisted(lambda good: _relisted(good, lambda listed: listed[::-1]))


def miscounted(by: int) -> Fault:
    """A Count that is not what the list is long."""
    return twisted(lambda good: COUNT.sub(lambda m: b"<Count>%d</Count>" % (int(m[1]) + by), good))


def nothing_found() -> Fault:
    """No hit, and no remark that nothing was found."""
    return twisted(
        lambda good: COUNT.sub(b"<Count>0</Count>", _relisted(good, lambda listed: []), count=1)
    )


def of_another_year() -> Fault:
    """The good answer under a DTD that nobody here has."""
    return twisted(lambda good: DTD_YEAR.sub(rb"\g<1>\g<3>270101\g<2>\g<4>", good))


def broken_inside(by: bytes) -> Fault:
    """Bytes in the middle that no XML may have."""
    return twisted(lambda good: good[: len(good) // 2] + by + good[len(good) // 2 :])


def nameless() -> Fault:
    """The first record without its PMID."""
    return twisted(lambda good: re.sub(rb"<PMID[^>]*>\d+</PMID>", b"", good, count=1))


def _relisted(body: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """The page with another list; what stands around it as it was."""
    listed = LISTED.findall(body)
    if not listed:
        return body
    start, end = body.index(listed[0]), body.rindex(listed[-1]) + len(listed[-1])
    return body[:start] + b"\n".join(change(listed)) + body[end:]
