"""Foreign text made safe to show: titles, abstracts and notes are hostile input."""

import json
import re
from typing import Any

# Control characters act on terminals, are forbidden in XML, or split rows; bidirectional
# overrides and isolates make text read as what it is not.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# Of these, what stands in JSON as it is: outside of strings there is none but the line feed.
_STEERING = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$])")
_LIST_MARK = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])(?=[-+=\s]|$)")
# What spreadsheet programs read as the start of a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def visible(text: str) -> str:
    """Text without control or overriding characters; runs of space and line breaks are one."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text))


def plain(text: str) -> str:
    """One line of `visible` text, trimmed."""
    return visible(text).strip()


def shorten(text: str, length: int = 320) -> str:
    """`plain` text of at most `length` characters, cut at a word where there is one near."""
    said = plain(text)
    if len(said) <= length:
        return said
    cut = said[: length - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > length * 0.8 else cut) + "…"


def markdown(text: str) -> str:
    """Text that Markdown shows as it is, also in a table cell or at the start of a line."""
    said = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    said = _MARKDOWN.sub(r"\\\1", said)
    return _LIST_MARK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", said)


def escaped(json_text: str) -> str:
    r"""JSON with every character that steers written as `\uXXXX`: the same data, safe to print."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)


def cell(value: object) -> str:
    """Make a CSV cell that no spreadsheet runs as a formula."""
    said = "" if value is None else plain(str(value))
    return f"'{said}" if said.startswith(_FORMULA) else said


def json_line(data: Any) -> str:
    """One line of JSON: what it holds is whole, and nothing in it acts on a terminal."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return escaped(text) + "\n"
