"""What the measures of reading share: labelled lines, records made of them, and the split."""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from living_review import config, parsing, tagging
from living_review.model import Finding, Record, Section, Tag
from living_review.parsing import json_lines, pubmed_xml

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("LIVING_REVIEW_SHARED", ROOT.parent / "shared"))
PROTOCOL = config.load(ROOT / "config.yaml")
VOCABULARY = PROTOCOL.vocabulary
MIN_CONFIDENCE = PROTOCOL.rules.reading.min_confidence
SAMPLE = ROOT / "src" / "living_review" / "sample"

Row = tuple[str, str]
Line = dict[str, Any]


def lines(*names: str) -> list[Line]:
    """The rows of files of JSON lines, packed or not, by path or by name under shared/data."""
    return [line for name in names for line in _lines(name)]


def _lines(name: str) -> Iterator[Line]:
    path = Path(name) if Path(name).exists() else SHARED / "data" / name
    packed = path.read_bytes()
    text = gzip.decompress(packed) if path.suffix == ".gz" else packed
    yield from map(json.loads, text.decode().splitlines())


def record(line: Line) -> Record:
    """A labelled line as a record: title and abstract only."""
    text = line.get("abstract") or ""
    return Record(
        record_id=f"pmid:{line.get('pmid')}",
        title=line.get("title") or "",
        abstract=(Section(None, text),) if text else (),
    )


def read(one: Record) -> tuple[tuple[Tag, ...], tuple[Finding, ...]]:
    """Tags and findings as a run would read them."""
    tags = tagging.tag(one, VOCABULARY)
    return tags, tagging.find(one, tags, VOCABULARY, MIN_CONFIDENCE)


def is_tuning(paper: object) -> bool:
    """Whether a paper is of the part the rules may be tuned on."""
    return int(hashlib.sha256(str(paper).encode()).hexdigest(), 16) % 10 < 6


def part(paper: object, ours: bool) -> str:
    """Which part of the labels a paper is of; a file that is not ours is one whole."""
    return "all" if not ours else "tuning" if is_tuning(paper) else "held back"


def sample() -> Iterator[Record]:
    """The bundled corpus as a run parses it."""
    for name, split in (
        ("pubmed.xml", pubmed_xml.split),
        ("beyond_pubmed.jsonl", json_lines.split),
    ):
        with (SAMPLE / name).open("rb") as stream:
            yield from (parsing.parse(payload) for payload in split(stream))


def agreement(pairs: Sequence[tuple[bool, bool]]) -> str:
    """Sensitivity, specificity and F1 of (labelled, read)."""
    both = sum(a and b for a, b in pairs)
    neither = sum(not a and not b for a, b in pairs)
    missed, false = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
    f1 = 2 * both / max(1, 2 * both + missed + false)
    return (
        f"sensitivity {both / max(1, both + missed):.3f} specificity "
        f"{neither / max(1, neither + false):.3f} F1 {f1:.3f}"
    )
