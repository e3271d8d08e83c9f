"""File names of pages: whatever an identifier is, its page stays in its folder, under its own."""

import hashlib
import re
from urllib.parse import quote

_KEPT = re.compile(r"[A-Za-z0-9.-]")
_LONGEST = 120  # with the folder's path in front, well under what file systems allow


def record_file(record_id: str) -> str:
    """Name the page of a record: `pmid:123` → `pmid-123.html`; no two ids share a name."""
    source, colon, key = record_id.partition(":")
    # A hyphen stands for the colon, so that one in the source's name must be spelt.
    name = _safe(source).replace("-", "_2d") + ("-" if colon else "") + _safe(key)
    name = name.replace(".", "_2e", 1) if name.startswith(".") else name or "_"
    if len(name) > _LONGEST:
        digest = hashlib.sha256(record_id.encode("utf-8", "replace")).hexdigest()[:16]
        name = f"{name[:_LONGEST]}_{digest}"
    return f"{name}.html"


def _safe(text: str) -> str:
    return "".join(
        letter if _KEPT.fullmatch(letter) else "".join(f"_{byte:02x}" for byte in _bytes(letter))
        for letter in text
    )


def _bytes(letter: str) -> bytes:
    return letter.encode("utf-8", "replace")


def claim_file(claim_id: str) -> str:
    """Name the page of a claim."""
    return f"{quote(claim_id, safe='')}.html"
