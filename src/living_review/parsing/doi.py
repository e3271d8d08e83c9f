"""DOIs as people and exports print them → the bare DOI. Pure."""

import html
import re
from urllib.parse import unquote

# A bare DOI stands on its own, or after "doi", a resolver (a library's proxy of it too) or a
# publisher's /doi/ path. A "10.1234/…" in any other address may be a mere folder of it.
STATED = re.compile(
    r"""(?: (?:^|[\s;,|*("'“‘<\[{])
      | \bdoi(?:\s+(?:is|number|no\.?|link))? [\s:=.]*
      | \bdoi[.-]org(?:[.\w:-]*)/ (?:doi:)?
      | /doi/ (?:[a-z]+/){0,2}
    ) (?P<doi>10\.\d{4,9}(?:\.\d+)*(?:/|%2F)
        (?: (?![;,|]10\.\d{4,9}/) [^\s"“”] )+ )""",
    re.IGNORECASE | re.VERBOSE,
)
# What a publisher's page puts behind the DOI in its address.
PAGE = re.compile(
    r"/(?:abstract|abs|full|fulltext|full-text|pdf|epdf|meta|html|summary)(?:\.html?)?/?$",
    re.IGNORECASE,
)
PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def bare_doi(text: str) -> str | None:
    """The DOI that a text states, bare and in lower case, as identity is told by it.

    Read are `10.…/…`, `doi:10.…`, `https://doi.org/10.…`, addresses with `/doi/`, URL and HTML
    escapes; punctuation behind it goes. None where the text states no DOI, or several.
    """
    printed = printed_doi(text)
    return None if printed is None else printed.lower()


def printed_doi(text: str) -> str | None:
    """As `bare_doi`, in the case that was printed."""
    text = html.unescape(text)
    found: dict[str, str] = {}
    for match in STATED.finditer(text):
        doi = _plain(match["doi"], in_address="://" in text[: match.start("doi")])
        if doi is not None:
            found.setdefault(doi.lower(), doi)
    return next(iter(found.values())) if len(found) == 1 else None


def _plain(doi: str, in_address: bool) -> str | None:
    if in_address:
        doi = PAGE.sub("", re.split(r"[?#&]", doi, maxsplit=1)[0])
    decoded = unquote(doi)
    if "\ufffd" not in decoded and not re.search(r"[\s\x00-\x1f]", decoded):
        doi = decoded
    return doi if re.search(r"/\w", doi := _without_tail(doi)) else None


def _without_tail(doi: str) -> str:
    """Without the punctuation of the sentence around it; brackets of its own stay."""
    while doi:
        opening = PAIRS.get(doi[-1])
        unopened = opening is not None and doi.count(opening) < doi.count(doi[-1])
        if not unopened and doi[-1] not in ".,;:'’/|*":
            break
        doi = doi[:-1]
    return doi
