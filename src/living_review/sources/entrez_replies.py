"""What the E-utilities answer: failures that come as HTTP 200, and the reply to a search."""

import importlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

from Bio import Entrez

from living_review.errors import SourceRefused, SourceUnavailable

ERROR = re.compile(rb"<ERROR>(.*?)</ERROR>", re.DOTALL)
# Errors that another try cannot cure. "Search Backend failed" and "Database is not supported"
# come and go on NCBI's side and are not among them.
PERMANENT = re.compile(
    r"cannot be larger than|invalid|empty (?:id list|term|query)|is not (?:valid|recognized)",
    re.IGNORECASE,
)
# efetch answers HTTP 400 where it relays a failure of what stands behind it (seen in 2026 by
# cyanheads/pubmed-mcp-server, issue 155); that passes.
RELAYED = re.compile(r"proxy_stream|Failed to connect|Bad Gateway", re.IGNORECASE)
DOCTYPE = re.compile(rb"^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>]*>)?\s*")
# The one that Biopython carries: a newer or missing one would send it to the network.
SEARCH_DOCTYPE = (
    b'<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC '
    b'"-//NLM//DTD esearch 20060628//EN" '
    b'"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
)


@dataclass(frozen=True, slots=True)
class SearchReply:
    """PubMed's answer to one search."""

    count: int
    pmids: tuple[str, ...]
    translation: str
    warnings: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it lists as many records as it counts."""
        return len(set(self.pmids)) == self.count


def refuse_failures(body: bytes, mask: Callable[[str], str]) -> None:
    """Raise SourceUnavailable or SourceRefused where a body is an error in disguise."""
    start = body[:10_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise SourceUnavailable("gave an empty answer")
    if re.match(rb"<(?:!doctype\s+html|html)", start, re.IGNORECASE):
        raise SourceUnavailable("gave a web page instead of data")
    if start.startswith(b"{"):
        _refuse(_json_error(body), mask)
    found = ERROR.search(start)
    if found is not None:
        _refuse(found[1].decode("utf-8", "replace"), mask)


def read_search(body: bytes) -> SearchReply:
    """Read the answer of esearch; SourceUnavailable where it is not one, or not whole."""
    try:
        reply = _biopython_read(SEARCH_DOCTYPE + DOCTYPE.sub(b"", body, count=1))
        count = int(reply["Count"])
        pmids = tuple(str(int(each)) for each in reply["IdList"])
    # Biopython tells broken answers apart by a family of exceptions of its own and RuntimeError.
    except Exception as error:
        raise SourceUnavailable(f"gave an answer that is no search result: {error}") from error
    if count and not pmids and str(reply.get("RetMax", "")) != "0":
        raise SourceUnavailable(f"counted {count} records and listed none of them")
    return SearchReply(count, pmids, str(reply.get("QueryTranslation", "")), _warnings(reply))


@cache
def _bio_entrez() -> Any:
    # Biopython makes folders for DTDs where its parser is first imported, in the home by default.
    with TemporaryDirectory() as folder:
        vars(Entrez)["local_cache"] = folder
        importlib.import_module("Bio.Entrez.Parser")
    return Entrez


def _biopython_read(body: bytes) -> Any:
    return _bio_entrez().read(BytesIO(body), validate=False)


def _warnings(reply: Any) -> tuple[str, ...]:
    said = []
    for name in ("ErrorList", "WarningList"):
        for kind, texts in sorted(dict(reply.get(name, {})).items()):
            said += [f"PubMed says {kind}: {text}" for text in texts]
    return tuple(said)


def _json_error(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return "JSON instead of XML"


def _refuse(said: str, mask: Callable[[str], str]) -> None:
    text = mask(" ".join(said.split())[:300])
    if PERMANENT.search(text):
        raise SourceRefused(
            f"PubMed refused the request: {text}; correct the search in config.yaml"
        )
    raise SourceUnavailable(f"gave an error: {text}")
