"""How many duplicates are found, and whether anything else is merged.

    python -m benchmarks.duplicates FILE.xml.gz ...           the figures
    python -m benchmarks.duplicates FILE.xml.gz ... --list    with every merge and its reason

Every PMID of an NLM file is a record of its own, so that any two that are merged are a false
merge, unless they are one paper under two PMIDs. `is_one_paper` says which by the pages or the
beginning of the abstract; most of the 85 were read when this was written: papers of Spanish
journals in both their editions, and 3 entered twice. With all identifiers hidden, the titles have
to tell.

The duplicates to be found are made of those records and of the sample's as an import would bring
them (`copies`), by chance with a fixed seed. They have no PMID, no DOI, no abstract, no types and
no links, unless their kind is about one of these.
"""

import gzip
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from benchmarks import copies
from benchmarks.reading.common import SHARED, lines, record, sample
from living_review import parsing
from living_review.errors import SourceError, UnreadableRecord
from living_review.model import Record
from living_review.parsing import pubmed_xml
from living_review.screening.duplicates import Match, matches

Row = tuple[str, str]

SEED = 20261123
EACH = 1_000  # copies of each kind, where so many records can have one
# What an import brings most: the same identifier in another dress, a preprint, a meeting abstract.
NAMED = (
    "PMID only", "DOI in capitals", "DOI as an address", "DOI with prefix and full stop",
    "preprint", "meeting abstract, sample told",
)  # fmt: skip


class Copy(NamedTuple):
    """A made record, what it was made of, and what the two should be found to be."""

    record: Record
    of: str
    kind: str
    truth: str


def rows(files: Sequence[Path]) -> Iterator[Row]:
    """Yield what was measured and the figure, over the records of all files."""
    records = [one for path in files for one in read(path)]
    newest = sorted({one.record_id: one for one in records}.values(), key=lambda one: one.record_id)
    if newest:
        yield from distinct("NLM files", newest)
    yield from distinct("gabapentinoid set", map(record, lines(GABAPENTINOIDS)))
    yield from repeated()
    yield from made((), "sample")
    if newest:
        yield from made(newest, "sample and NLM files")


GABAPENTINOIDS = "findings/gabapentinoid_records.jsonl.gz"


def read(path: Path) -> Iterator[Record]:
    """The readable records of a file of PubMed XML, packed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        try:
            for payload in pubmed_xml.split(stream):
                try:
                    yield parsing.parse(payload)
                except UnreadableRecord:
                    continue  # counted by parse_nlm
        except SourceError:
            return  # a file that is broken on purpose; what came before it was read


def distinct(name: str, records: Iterable[Record]) -> Iterator[Row]:
    """Records of which each is another paper: what is merged nevertheless."""
    given = list(records)
    by_id = {one.record_id: one for one in given}
    for what, view in (
        ("as they are", given),
        ("PMIDs hidden", [replace(one, pmid=None) for one in given]),
        ("all identifiers hidden", [copies.bare(one) for one in given]),
    ):
        started = time.perf_counter()
        found = matches(view)
        seconds = time.perf_counter() - started
        count = Counter(match.relation for match in found)
        merged = [match for match in found if match.relation == "same_record"]
        twice = [m for m in merged if is_one_paper(by_id[m.first], by_id[m.second])]
        for match in found:
            tell(f"{name}, {what}", match, by_id)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield (
            f"{name}, {len(given):,} records, {what}",
            f"{count['same_record']} merged, {len(twice)} of them one paper under two PMIDs, "
            f"{len(merged) - len(twice)} false; {count['same_study']} of one study; "
            f"{count['maybe_same_record']} to a human "
            f"({10_000 * count['maybe_same_record'] / len(given):.1f} per 10,000); "
            f"largest group {largest(merged)}; {seconds:.1f} s, process peak {peak:.0f} MB",
        )


def is_one_paper(one: Record, other: Record) -> bool:
    """A second answer: as many authors, and the same pages or beginning of the abstract."""
    pages = one.citation is not None and one.citation == other.citation
    abstract = one.abstract and one.abstract[:1] == other.abstract[:1]
    return bool(pages or abstract) and len(one.authors) == len(other.authors)


def repeated() -> Iterator[Row]:
    """Citations that several test suites carry, each in its own state: one paper, one PMID."""
    found = [
        one
        for path in sorted((SHARED / "data" / "pubmed_xml").rglob("*.xml*"))
        for one in read(path)
    ]
    numbered = [replace(one, record_id=f"own:{n:04d}") for n, one in enumerate(found)]
    truth = {one.record_id: one.pmid or "" for one in numbered}
    papers = Counter(truth.values())
    pairs = sum(n * (n - 1) // 2 for n in papers.values())
    for what, view in (
        ("as they are", numbered),
        ("all identifiers hidden", [copies.bare(one) for one in numbered]),
    ):
        matched = matches(view)
        merged = [m for m in matched if m.relation == "same_record"]
        right = sum(truth[m.first] == truth[m.second] for m in merged)
        yield (
            f"{len(numbered)} citations of public test suites, {len(papers)} papers, {what}",
            f"{right} of {pairs} pairs merged, {len(merged) - right} false, "
            f"{len(matched) - len(merged)} to a human; "
            f"largest group {largest(merged)}, largest true one {max(papers.values())}",
        )


def made(records: Sequence[Record], among: str) -> Iterator[Row]:
    """Copies as imports have them, a kind at a time, then all at once among all records."""
    chance = random.Random(SEED)
    ours = [one for one in sample() if one.kind == "publication"]
    publications = [one for one in records if one.kind == "publication"]
    chosen = ours + chance.sample(publications, min(len(publications), 2 * EACH))
    everything: list[Copy] = []
    totals: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for kind, (truth, make) in copies.KINDS.items():
        taken = [
            Copy(
                replace(copy, record_id=f"own:{kind.replace(' ', '-')}-{n:05d}"),
                one.record_id,
                kind,
                truth,
            )
            for n, one in enumerate(chosen)
            if (copy := make(one, chance)) is not None
        ][:EACH]
        everything += chance.sample(taken, min(len(taken), EACH // 5))
        count = judge(chosen, taken)
        totals += Counter({f"{truth} {what}": n for what, n in count.items()})
        named += count if kind in NAMED and truth else Counter()
        yield f"{among}: {kind} ({truth or 'two papers'})", said(truth, count)
    yield f"{among}: {', '.join(NAMED)}", said("same record", named)
    for truth in (*JOINED, ""):
        count = Counter({
            what: totals[f"{truth} {what}"] for what in ("pairs", "found", "human", "false")
        })  # fmt: skip
        yield f"{among}: all kinds ({truth or 'two papers'})", said(truth, count)
    yield from together([*ours, *records], everything)


def judge(records: Sequence[Record], taken: Sequence[Copy]) -> Counter[str]:
    """How the copies of one kind are told, each beside its original and all others."""
    by_id = {one.record_id: one for one in (*records, *(copy.record for copy in taken))}
    made_of = {copy.record.record_id: copy for copy in taken}
    count = Counter(pairs=len(taken), false=0)
    for match in matches(list(by_id.values())):
        copy = made_of.get(match.first) or made_of.get(match.second)
        if copy is None:
            continue  # two originals: `distinct` has looked at them
        others = {
            made_of[name].of if name in made_of else name for name in (match.first, match.second)
        }
        asked = match.relation == "maybe_same_record"
        joined = others == {copy.of} and copy.truth in JOINED
        if not asked and not joined:
            count["false"] += 1
            tell("FALSE", match, by_id)
        elif others == {copy.of}:
            count["human" if asked else "found"] += 1
            tell(copy.kind, match, by_id)
    return count


# A copy that is found as one study with its original is found: the study counts once.
JOINED = ("same record", "same study", "same study, if a human says so")


def said(truth: str, count: Counter[str]) -> str:
    """The counts in words."""
    if not truth:
        return f"{count['pairs']} pairs: {count['false']} merged, {count['human']} to a human"
    missed = count["pairs"] - count["found"] - count["human"]
    return (
        f"{count['pairs']} pairs: {count['found']} found "
        f"({100 * count['found'] / max(1, count['pairs']):.1f} %), {count['human']} to a human, "
        f"{missed} missed; {count['false']} false merges"
    )


def together(records: Sequence[Record], taken: Sequence[Copy]) -> Iterator[Row]:
    """Copies of every kind among all records: merges of what is of two papers, and groups."""
    by_id = {one.record_id: one for one in (*records, *(copy.record for copy in taken))}
    paper = {name: name for name in by_id}
    paper |= {
        copy.record.record_id: copy.of if copy.truth else copy.record.record_id for copy in taken
    }
    started = time.perf_counter()
    found = matches(list(by_id.values()))
    seconds = time.perf_counter() - started
    merged = [match for match in found if match.relation == "same_record"]
    false = [m for m in merged if paper[m.first] != paper[m.second]]
    for match in false:
        tell("FALSE", match, by_id)
    most = Counter(copy.of for copy in taken if copy.truth).most_common(1)[0][1] + 1
    yield (
        f"{len(taken):,} copies of all kinds among {len(records):,} records",
        f"{len(merged)} merges, {len(false)} false; largest group {largest(merged)}, "
        f"largest true one {most}; {seconds:.1f} s",
    )


def largest(merged: Iterable[Match]) -> int:
    """The most records that merges join, directly or over others."""
    group: dict[str, str] = {}

    def root(name: str) -> str:
        while group.setdefault(name, name) != name:
            name = group[name]
        return name

    for match in merged:
        group[root(match.second)] = root(match.first)
    return max(Counter(root(name) for name in list(group)).values(), default=1)


def tell(where: str, match: Match, by_id: dict[str, Record]) -> None:
    """Print a pair to be read by a person, when asked."""
    if "--list" in sys.argv:
        print(f"{where} | {match.relation} | {match.reason}")
        for name in (match.first, match.second):
            one = by_id[name]
            print(f"    {name} | {one.doi} | {one.title} | {'; '.join(one.authors[:3])} | "
                  f"{one.journal} | {one.citation} | {one.published}")  # fmt: skip


if __name__ == "__main__":
    for what, figure in rows([Path(name) for name in sys.argv[1:] if not name.startswith("--")]):
        print(f"{what}: {figure}")
