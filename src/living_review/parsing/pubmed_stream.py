"""A PubMed XML stream, cut into one payload per citation with flat memory."""

import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from lxml import etree

from living_review.errors import SourceError
from living_review.parsing.payload import Payload
from living_review.parsing.safe_xml import SAFELY, first_entity

CHUNK = 1 << 16
# A citation of 15,000 named collaborators has some 5 MB. More than this is no citation, and
# would have to be held in memory whole.
MAX_CITATION_BYTES = 16 << 20

SETS = ("PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet")
DELETIONS = ("DeleteCitation", "DeleteDocument")
PMID_PATHS = {
    "PubmedArticle": (
        "MedlineCitation/PMID",
        "PubmedData/ArticleIdList/ArticleId[@IdType='pubmed']",
    ),
    "MedlineCitation": ("PMID",),
    "PubmedBookArticle": ("BookDocument/PMID",),
}
PMID = re.compile(r"\s*0*([1-9]\d{0,9})\s*")


class Readable(Protocol):
    """A file, a gzip or bytes in memory, opened for reading."""

    def read(self, size: int, /) -> bytes:
        """Read up to `size` bytes; none at the end."""
        ...


def split(stream: Readable) -> Iterator[Payload]:
    """Cut PubMed XML into payloads: one per citation, one `deleted` per withdrawn PMID.

    The body of a payload is its element written again as UTF-8 with entity references left as
    they are, which differs from what was received in insignificant markup only. A citation
    without a PMID or with an entity, and an element we do not know, come with their `problem`.
    Raises SourceError, after the whole records before it, where the stream is not PubMed XML,
    breaks off or is hostile.
    """
    chunks = _chunks(stream)
    first = next(chunks, b"")
    root_tag = _root_tag(first)
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=(root_tag, *PMID_PATHS, *DELETIONS), **SAFELY
    )
    taker = _Taker(whole_root=root_tag not in SETS)
    held = 0
    for chunk in chain([first], chunks, [None]):
        error = _feed(parser, chunk)
        before = taker.taken
        for event, element in parser.read_events():
            if isinstance(element, etree._Element):
                yield from taker.take(event, element)
        if error is not None:
            raise SourceError(
                f"the PubMed XML breaks off after {taker.taken} citation(s): {error.msg}"
            )
        held = len(chunk or b"") + (held if taker.taken == before else 0)
        if held > MAX_CITATION_BYTES:
            raise SourceError(
                f"after {taker.taken} citation(s) comes more than {MAX_CITATION_BYTES >> 20} MB "
                "that is no end of a citation"
            )
    yield from taker.rest()


def pmid_of(element: etree._Element) -> tuple[str, int] | None:
    """The PMID and version of a citation's element; None where it has none."""
    for path in PMID_PATHS.get(element.tag, ()):
        found = element.find(path)
        if found is not None:
            return _read_pmid(found)
    return None


class _Taker:
    """Takes complete citations out of a growing tree and frees what it has taken."""

    def __init__(self, whole_root: bool) -> None:
        self.taken = 0
        self._whole_root = whole_root
        self._root: etree._Element | None = None
        self._last: etree._Element | None = None

    def take(self, event: str, element: etree._Element) -> Iterator[Payload]:
        if self._root is None:
            self._root = element
        if event == "start" or element.getparent() is not (
            None if self._whole_root else self._root
        ):
            return
        if not self._whole_root:
            yield from self._free_before(element)
            if element is self._root:
                return
        yield from self._payloads(element)
        self._last = element

    def rest(self) -> Iterator[Payload]:
        """What follows the last citation and is none."""
        if self._root is not None and not self._whole_root:
            yield from self._free_before(None)

    def _free_before(self, element: etree._Element | None) -> Iterator[Payload]:
        root = self._root
        while root is not None and len(root) and root[0] is not element:
            child = root[0]
            if child is not self._last and isinstance(child.tag, str):
                yield from self._payloads(child)
            # Only what precedes a complete sibling is freed: the parser may still be adding
            # to the text behind the last one.
            del root[0]

    def _payloads(self, element: etree._Element) -> Iterator[Payload]:
        self.taken += 1
        if element.tag in DELETIONS:
            yield from _deletions(element)
        else:
            yield _citation(element)


def _citation(element: etree._Element) -> Payload:
    found = pmid_of(element)
    entity = first_entity(element)
    problem = ""
    if element.tag not in PMID_PATHS:
        problem = f"<{element.tag}> is no kind of PubMed citation"
    elif found is None:
        problem = "the citation has no PMID"
    elif entity is not None:
        problem = f"the citation uses the entity {entity}, which is not resolved for safety"
    body = etree.tostring(element, encoding="utf-8", with_tail=False)
    record_id, version = (None, 1) if found is None else (f"pmid:{found[0]}", found[1])
    return Payload(record_id, "pubmed_xml", body, problem=problem, version=version)


def _deletions(element: etree._Element) -> Iterator[Payload]:
    for withdrawn in element.iterchildren("PMID"):
        body = etree.tostring(withdrawn, encoding="utf-8", with_tail=False)
        found = _read_pmid(withdrawn)
        if found is None:
            problem = "a withdrawn citation has no readable PMID"
            yield Payload(None, "pubmed_xml", body, deleted=True, problem=problem)
        else:
            yield Payload(f"pmid:{found[0]}", "pubmed_xml", body, deleted=True, version=found[1])


def _read_pmid(element: etree._Element) -> tuple[str, int] | None:
    number = PMID.fullmatch(element.text or "")
    version = element.get("Version", "1")
    if number is None:
        return None
    return number[1], int(version) if re.fullmatch(r"[1-9]\d{0,5}", version) else 1


def _chunks(stream: Readable) -> Iterator[bytes]:
    while True:
        try:
            chunk = stream.read(CHUNK)
        except (OSError, EOFError, zlib.error) as error:  # a damaged or truncated gzip
            raise SourceError(f"the file cannot be read to its end: {error}") from error
        if not chunk:
            return
        yield chunk


def _feed(parser: "etree.XMLPullParser", chunk: bytes | None) -> etree.XMLSyntaxError | None:
    """Feed one chunk, or close at None; an error is handed back: what came before is read first."""
    try:
        parser.close() if chunk is None else parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        return error
    return None


def _root_tag(first: bytes) -> str:
    """The root's name from the first bytes; SourceError says what the file is instead."""
    if not first.strip():
        raise SourceError("this is empty, not PubMed XML")
    parser = etree.XMLPullParser(events=("start",), **SAFELY)
    error = _feed(parser, first)
    started = (element for _, element in parser.read_events())
    tag = next((each.tag for each in started if isinstance(each, etree._Element)), None)
    if tag in (*SETS, *DELETIONS, *PMID_PATHS):
        return str(tag)
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html", first, re.IGNORECASE):
        raise SourceError("this is a web page, not PubMed XML")
    if re.match(rb"\s*[{\[]", first):
        raise SourceError("this is JSON, not PubMed XML")
    if tag is not None:
        raise SourceError(f"this is not PubMed XML: its first element is <{tag}>")
    raise SourceError(f"this is not PubMed XML: {error.msg if error else 'it holds no element'}")
