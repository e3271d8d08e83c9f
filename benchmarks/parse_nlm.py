"""How fast, and how completely, PubMed XML is read.

    python benchmarks/parse_nlm.py FILE.xml.gz ...

Every record of every file is accounted for: present = parsed + deleted + unreadable.
"""

import gzip
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from living_review import parsing
from living_review.errors import SourceError, UnreadableRecord
from living_review.parsing.pubmed_xml import split


def rows(path: Path) -> Iterator[tuple[str, str]]:
    """Read one file as the program does: what was found, then each reason for not reading."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    started = time.perf_counter()
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        try:
            for payload in split(stream):
                counts["present"] += 1
                if payload.deleted:
                    counts["deleted"] += 1
                    continue
                try:
                    parsing.parse(payload)
                    counts["parsed"] += 1
                except UnreadableRecord as error:
                    counts["unreadable"] += 1
                    reasons[error.reason] += 1
        except SourceError as error:
            reasons[f"the file: {error}"] += 1
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield (
        f"parsing {path.name}",
        f"present {counts['present']} = parsed {counts['parsed']} + deleted "
        f"{counts['deleted']} + unreadable {counts['unreadable']}; "
        f"{counts['present'] / seconds:,.0f} records/s, {seconds:.1f} s, peak {peak:.0f} MB",
    )
    for reason, number in sorted(reasons.items()):
        yield f"unreadable in {path.name}", f"{number} × {reason}"


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        for what, figure in rows(Path(name)):
            print(f"{what}: {figure}")
