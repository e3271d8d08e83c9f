"""How completely, how politely and in how much memory a large search is retrieved.

    python -m benchmarks.retrieval FILE.xml.gz ...

The stand-in E-utilities server of the tests serves the real records of the files; the update runs
in a process of its own, at the pace that NCBI allows. Requests are counted at the server.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path

from benchmarks import elsewhere
from living_review.config import load
from tests.fakes.entrez_server import Entry, FakeEntrez, busiest_second

MOST_LISTED = 9_999
# What the update's process runs: some or all stages, then what it cost and what it has.
CHILD = """
import json, sys, time
from datetime import date
from pathlib import Path
from living_review.stages import update
from living_review.warehouse import Warehouse, database_path
review, until = Path(sys.argv[1]), sys.argv[2]
started = time.perf_counter()
counts = update.run(review, date(2026, 11, 1), "manual", until=until)
seconds = time.perf_counter() - started
# Not ru_maxrss, which a process inherits from the one that starts it.
status = Path("/proc/self/status").read_text().split()
peak = int(status[status.index("VmHWM:") + 1]) / 1024
with Warehouse(database_path(review)) as store:
    records = [row["record_id"] for row in store.rows("known_payloads", cut=99)]
print(json.dumps({"seconds": seconds, "peak": peak, "records": records, "counts": counts}))
"""


def rows(files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure; nothing where no file is given."""
    if not files:
        return
    with FakeEntrez(*files, paced=True) as fake, tempfile.TemporaryDirectory() as folder:
        review = elsewhere.new_review(Path(folder))
        corpus = sorted(fake.holdings.at(None))
        # Every sixth record is none of the search's, so that hits lie among others.
        wanted = {pmid for number, pmid in enumerate(corpus) if number % 6}

        def matches(_term: str, entry: Entry) -> bool:
            return entry.pmid in wanted

        fake.matches = matches
        of = f"{len(wanted):,} hits among {len(corpus):,} real records"
        first = elsewhere.run(CHILD, review, "pull", fake)
        searches, fetches = len(fake.asked("esearch")), len(fake.asked("efetch"))
        batch = load(review / "config.yaml").run.batch_size
        fewest = 1 + ceil(len(wanted) / MOST_LISTED) + ceil(len(wanted) / batch)
        whole = {f"pmid:{pmid}" for pmid in wanted} == set(first["records"])
        asked = [pmid for r in fake.asked("efetch") for pmid in r.parameters["id"].split(",")]
        once = len(asked) == len(set(asked)) == len(wanted)
        yield (
            f"retrieval of {of}",
            f"{'every record once' if whole and once else 'NOT EVERY RECORD ONCE'}; "
            f"{searches} searches and {fetches} batches of {batch}, "
            f"{(searches + fetches) / fewest:.2f} × the fewest possible ({fewest}); "
            f"at most {busiest_second(fake.requests)} requests in any second; "
            f"{first['seconds']:.0f} s, peak {first['peak']:.0f} MB",
        )
        rest = elsewhere.run(CHILD, review, "publish", fake)
        yield (
            f"the rest of that update: reading, screening, weighing {len(wanted):,} records",
            f"{rest['seconds']:.0f} s, peak {rest['peak']:.0f} MB",
        )


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    for what, figure in rows([Path(name) for name in sys.argv[1:]]):
        print(f"{what}: {figure}")
