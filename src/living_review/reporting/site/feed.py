"""`feed.xml`: an Atom feed with an entry for each version that says something."""

import hashlib
from collections.abc import Mapping, Sequence

from living_review.reporting.canonical import Json
from living_review.reporting.templating import html


def feed_atom(title: str, versions: Sequence[Json], diffs: Mapping[str, Json]) -> bytes:
    """Write the Atom feed, newest first; `diffs` by version become the entries' content.

    `versions` (at least one) say version, as_of, headline and `page`, the page of its diff in
    its folder. Times are midnight UTC of as-of dates. A version that changed no conclusion,
    raised no signal and moved no record, such as one of better wording, has no entry.
    """
    entries = [
        {
            **told,
            "id": _urn(f"{title}\n{told['version']}"),
            "updated": _midnight(told),
            "content": html("feed_entry.html", diff=diffs[told["version"]]).decode(),
        }
        for told in reversed(versions)
        if says_something(diffs[told["version"]])
    ]
    updated = max(_midnight(told) for told in versions)
    return html("feed.xml", title=title, id=_urn(title), updated=updated, entries=entries)


def says_something(diff: Json) -> bool:
    """Whether a reader would want to hear of a version; of the first in any case."""
    return bool(diff["from"] is None or diff["changes"] or any(diff["records"].values()))


def _midnight(version: Json) -> str:
    return f"{version['as_of']}T00:00:00Z"


def _urn(name: str) -> str:
    # A UUID made from the name (version 8, RFC 9562): the same on every machine, and no address
    # of the feed has to be known.
    d = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    return f"urn:uuid:{d[:8]}-{d[8:12]}-8{d[13:16]}-a{d[17:20]}-{d[20:32]}"
