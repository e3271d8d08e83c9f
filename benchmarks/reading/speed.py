"""Records tagged, searched for findings and screened per second of one core."""

import gzip
import resource
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.reading.common import PROTOCOL, Row, lines, read, record
from living_review import parsing, screening
from living_review.model import Record
from living_review.parsing import pubmed_xml

FILE = "design/pubmed_design_2019.jsonl.gz"
MOST = 10_000  # records of a file that are read
SETTLED = 1_000  # records after which caches are warm


def rows(files: Sequence[str] = (), wrong: bool = False) -> Iterator[Row]:
    """Time of this process; `files` is one of PubMed XML or JSON lines in place of ours."""
    del wrong
    taken, count, length, settled = 0.0, 0, 0, _peak()
    for one in islice(_records(files[0] if files else FILE), MOST):
        started = time.process_time()
        tags, findings = read(one)
        screening.screen(one, tags, findings, PROTOCOL)
        taken += time.process_time() - started
        count, length = count + 1, length + len(one.text)
        if count == SETTLED:
            settled = _peak()
    yield f"speed, {count} records of {length / count:.0f} characters", f"{count / taken:.0f}/s"
    yield f"memory after record {SETTLED}", f"grew by {_peak() - settled:.0f} MB"


def _peak() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _records(file: str) -> Iterator[Record]:
    if ".jsonl" in file:
        yield from map(record, lines(file))
        return
    with gzip.open(file) if file.endswith(".gz") else Path(file).open("rb") as stream:
        for payload in pubmed_xml.split(stream):
            if not payload.deleted and not payload.problem:
                yield parsing.parse(payload)
