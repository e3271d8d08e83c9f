"""What an update costs in a review that has stored 1,000, 10,000 and 100,000 records.

    python -m benchmarks.growth FILE.xml.gz ...           1,000 and 10,000 stored records
    python -m benchmarks.growth FILE.xml.gz ... --all     100,000 too: some ten minutes to build

The bundled sample's records, of which about half are included, filled up with real ones of the
files that have an abstract, which are screened out; where the files do not go far enough, with
copies under other PMIDs, titles, authors and numbers. All are served by the stand-in E-utilities
server, and stored by ordinary updates. Then a copy of each review is updated, in a fresh process
without Prefect, with nothing new, with 20 new records that are screened out, and with 20 of which
2 are included.
The seconds that the stand-in itself takes to answer are told apart: they are no work of ours.
Each figure is the middle of three; processor time is that of all threads, and hardly varies with
what else the machine does.
GROWTH_STORES names a folder in which the filled reviews are kept, and found again.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files as packaged
from itertools import count, islice
from pathlib import Path
from typing import Any

from benchmarks import elsewhere
from tests.fakes.clinicaltrials_server import FakeRegister
from tests.fakes.crossref_server import FakeCrossref
from tests.fakes.entrez_entries import entries_of
from tests.fakes.entrez_server import Entry, FakeEntrez
from tests.fakes.entrez_utilities import Answer, Asked

SIZES = (1_000, 10_000)
ALL_SIZES = (*SIZES, 100_000)
NEW = 20
# Of the sample, randomised trials that bear on claims; they arrive last.
INCLUDED_LATE = (30326006, 39394725)
FILLED_ON, UPDATED_ON = ("2026-10-31", "2026-11-01"), "2026-11-02"
CHILD = """
import json, sys, time
from datetime import date
from pathlib import Path
born = time.perf_counter()
from living_review.stages import update
imported = time.perf_counter()
review, day = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])
begun = time.process_time()
ended, stages = [begun], {}
def told(stage, counts):
    ended.append(time.process_time())
    stages[stage] = round(ended[-1] - ended[-2], 3)
done = update.run(review, day, "manual", told)
work, processor = time.perf_counter() - imported, time.process_time() - begun
# Not ru_maxrss, which a process inherits from the one that starts it.
status = Path("/proc/self/status").read_text().split()
peak = int(status[status.index("VmHWM:") + 1]) / 1024
print(json.dumps({"imports": imported - born, "work": work, "processor": processor,
                  "peak": peak, "stages": stages, "counts": done}))
"""

PMID = re.compile(rb"(<PMID[^>]*>)(\d+)")
NAMES = re.compile(rb"(<LastName>)([^<]+)")
TITLE = re.compile(rb"(<ArticleTitle[^>]*>)(.*?)(</ArticleTitle>)", re.DOTALL)
MARKUP = re.compile(rb"<[^>]+>")
NUMBERS = re.compile(rb"(\"(?:doi|pmc|pii)\"[^>]*>)([^<]+)")
TURNED = bytes.maketrans(b"abcdefghijklmnopqrstuvwxyz", b"nopqrstuvwxyzabcdefghijklm")
COPIES_FROM = 50_000_000  # above every PMID there is


def rows(files: Sequence[Path], sizes: Sequence[int] = SIZES) -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure; nothing where no file is given."""
    if not files:
        return
    sample = entries_of(Path(str(packaged("living_review.sample") / "pubmed.xml")))
    late = [entry for entry in sample if entry.pmid in INCLUDED_LATE]
    early = [entry for entry in sample if entry.pmid not in INCLUDED_LATE]
    filling = list(islice(_filling(files, sample), max(sizes) + NEW))
    with (
        FakeRegister() as registry,
        FakeCrossref() as crossref,
        tempfile.TemporaryDirectory() as folder,
    ):
        served = Served(registry.url, crossref.url)
        kept = Path(os.environ.get("GROWTH_STORES", folder))
        for size in sizes:
            held = [*early, *filling[NEW : NEW + size - len(early)]]
            filled = _filled(kept / str(size), held, served)
            for what, new in (
                ("nothing new", []),
                (f"{NEW} new records, all excluded", filling[:NEW]),
                (f"{NEW} new records, 2 of them included", [*filling[: NEW - 2], *late]),
            ):
                cost = _update(filled, [*held, *new], served)
                yield f"an update that brings {what}, with {size:,} records stored", _said(cost)


class Timed(FakeEntrez):
    """The stand-in for PubMed, which also says how long it took over its answers."""

    seconds = 0.0

    def answer(self, utility: str, asked: Asked) -> Answer:
        """The answer of one utility to one request."""
        started = time.perf_counter()
        answer = super().answer(utility, asked)
        self.seconds += time.perf_counter() - started
        return answer


class Served:
    """The stand-in servers; each update meets a PubMed of its own."""

    def __init__(self, registry: str, crossref: str) -> None:
        self.others = {
            "LIVING_REVIEW_CLINICALTRIALS_URL": registry,
            "LIVING_REVIEW_CROSSREF_URL": crossref,
            "NCBI_API_KEY": "a key, for ten requests a second",
        }

    def update(self, review: Path, day: str, held: Sequence[Entry]) -> dict[str, Any]:
        """Update the review on that day, while PubMed has these records."""
        with Timed(held) as fake:
            cost = elsewhere.run(CHILD, review, day, fake, **self.others)
            return cost | {"work": cost["work"] - fake.seconds, "answering": fake.seconds}


def _filling(files: Sequence[Path], sample: Sequence[Entry]) -> Iterator[Entry]:
    """The files' records, each once, then copies of them without end."""
    seen = {entry.pmid for entry in sample}
    real = []
    for entry in (entry for path in files for entry in entries_of(path)):
        # From a title alone screening cannot tell, and would ask a person.
        if entry.pmid not in seen and b"<AbstractText" in entry.body:
            seen.add(entry.pmid)
            real.append(entry)
            yield entry
    for turn in count(1):
        for number, entry in enumerate(real):
            yield _copy(entry, COPIES_FROM + turn * 1_000_000 + number, turn)


def _copy(entry: Entry, pmid: int, turn: int) -> Entry:
    """A record as long as this one that is another paper by other people."""
    own = b"%d" % pmid

    def retitled(found: re.Match[bytes]) -> bytes:
        words = MARKUP.sub(b"", found[2]).split()
        return found[1] + b" ".join([*words[turn:][::-1], *words[:turn]]) + b" " + own + found[3]

    body = TITLE.sub(retitled, entry.body)
    body = NAMES.sub(lambda m: m[1] + m[2].translate(TURNED) + b"e" * turn, body)
    body = NUMBERS.sub(lambda m: m[1] + m[2] + b"." + own, body)
    body = PMID.sub(lambda m: m[1] + own if int(m[2]) == entry.pmid else m[0], body)
    # Entered on other days: PubMed gives no more than 9,999 ids of one day to anybody.
    earlier = timedelta(days=turn * 400 + pmid % 1_000)
    created = entry.created and entry.created - earlier
    return replace(entry, pmid=pmid, body=body, created=created, edat=created)


def _filled(folder: Path, held: Sequence[Entry], served: Served) -> Path:
    """A review that has stored these records and has nothing left to do."""
    review = folder / "review"
    if not review.exists():
        folder.mkdir(parents=True)
        elsewhere.new_review(folder)
        config = review / "config.yaml"
        config.write_text(config.read_text().replace("max_hits: 50000", "max_hits: 500000"))
        for day in FILLED_ON:
            served.update(review, day, held)
    return review


def _update(filled: Path, held: Sequence[Entry], served: Served) -> dict[str, Any]:
    """What the update of a copy costs: the middle of three."""
    costs = []
    for _ in range(3):
        with tempfile.TemporaryDirectory(dir=filled.parent) as folder:
            review = Path(folder) / "review"
            shutil.copytree(filled, review, symlinks=True)
            costs.append(served.update(review, UPDATED_ON, held))
    return sorted(costs, key=lambda cost: float(cost["processor"]))[1]


def _said(cost: dict[str, Any]) -> str:
    counts = cost["counts"]
    longest = sorted(cost["stages"].items(), key=lambda each: -each[1])[:4]
    return (
        f"{cost['processor']:.1f} s of processor time "
        f"({', '.join(f'{stage} {seconds:.1f}' for stage, seconds in longest)}), "
        f"{cost['work']:.1f} s by the clock, beyond {cost['imports']:.1f} s of imports and "
        f"{cost['answering']:.1f} s of the stand-in's; peak {cost['peak']:.0f} MB; "
        f"{counts['pull']['new']} new, "
        f"{counts['screen'].get('include', 0)} included, "
        f"{counts['publish']['published']} versions"
    )


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:] if name != "--all"]
    if not named:
        sys.exit(__doc__)
    for what, figure in rows(named, ALL_SIZES if "--all" in sys.argv else SIZES):
        print(f"{what}: {figure}", flush=True)
