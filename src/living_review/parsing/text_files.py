"""The bytes of an exported file → its text and lines, in the encodings that exports come in."""

import codecs
import re
from itertools import pairwise

from living_review.errors import ImportError_

# Nobody writes four accented letters in a row; another alphabet read as Western European does.
OTHER_ALPHABET = re.compile(r"[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{4}")
LINE_END = re.compile(r"\r\n|\r|\n")
SAVE_AS = "save it as plain text in UTF-8"


def decode(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: utf-8, utf-16 or cp1252.

    UTF-8 is taken where the bytes are UTF-8; UTF-16 by its mark, or by zero bytes on one side;
    else Windows-1252, in which older programs of Western Europe write. ImportError_ for the rest.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(raw, "utf-16", "utf-16")
    start = raw[:2000]
    if b"\0" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if not min(even, odd) and max(even, odd) > len(start) / 5:
            return _strict(raw, "utf-16-be" if even else "utf-16-le", "utf-16")
        raise ImportError_(f"holds zero bytes and is no text; {SAVE_AS}")
    try:
        return _strict(raw, "utf-8-sig", "utf-8")
    except ImportError_:
        text, name = _strict(raw, "cp1252", "cp1252")
    if OTHER_ALPHABET.search(text):
        raise ImportError_(f"is written in an encoding that cannot be told; {SAVE_AS}")
    return text, name


def lines(text: str) -> list[str]:
    """The lines with their ends, parted at CR LF, CR and LF alone.

    Other marks that Python takes for line ends stand inside titles and abstracts.
    """
    cuts = [0, *(match.end() for match in LINE_END.finditer(text)), len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if b > a]


def _strict(raw: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        return raw.decode(codec), name
    except UnicodeDecodeError as error:
        raise ImportError_(f"is not whole as {name} text; {SAVE_AS}") from error
