"""What an update costs that finds nothing new, in a review of 300 records.

    python -m benchmarks.quiet_update FILE.xml.gz ...

The bundled sample's records, filled up with real ones of the files, behind the stand-in
E-utilities server; the secondary sources, asked weekly, have stand-ins that know of nothing. Each
update runs in a fresh process, without Prefect.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import files as packaged
from pathlib import Path

from benchmarks import elsewhere
from tests.fakes.clinicaltrials_server import FakeRegister
from tests.fakes.crossref_server import FakeCrossref
from tests.fakes.entrez_entries import entries_of
from tests.fakes.entrez_server import FakeEntrez

RECORDS = 300
CHILD = """
import json, sys, time
from datetime import date
from pathlib import Path
born = time.perf_counter()
from living_review.stages import update
imported = time.perf_counter()
update.run(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), "manual")
print(json.dumps({"imports": imported - born, "work": time.perf_counter() - imported}))
"""


def rows(files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure; nothing where no file is given."""
    if not files:
        return
    sample = Path(str(packaged("living_review.sample") / "pubmed.xml"))
    entries = [e for path in (sample, *files) for e in entries_of(path)][:RECORDS]
    with (
        FakeEntrez(entries, paced=True) as fake,
        FakeRegister() as registry,
        FakeCrossref() as crossref,
        tempfile.TemporaryDirectory() as folder,
    ):
        others = {
            "LIVING_REVIEW_CLINICALTRIALS_URL": registry.url,
            "LIVING_REVIEW_CROSSREF_URL": crossref.url,
        }
        review = elsewhere.new_review(Path(folder))
        for day in ("2026-10-31", "2026-11-01"):
            elsewhere.run(CHILD, review, day, fake, **others)
        costs = []
        for day in ("2026-11-02", "2026-11-03", "2026-11-04"):
            asked = len(fake.requests)
            cost = elsewhere.run(CHILD, review, day, fake, **others)
            costs.append(cost | {"requests": len(fake.requests) - asked})
        cost = sorted(costs, key=lambda each: each["work"])[1]
        yield (
            f"an update that finds nothing new among {len(entries)} records",
            f"{cost['requests']:.0f} requests; work {cost['work']:.2f} s beyond "
            f"{cost['imports']:.2f} s of imports (middle of {len(costs)} cold runs)",
        )


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    for what, figure in rows([Path(name) for name in sys.argv[1:]]):
        print(f"{what}: {figure}")
