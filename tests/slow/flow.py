"""The PRISMA counts again: records joined in every order that is allowed, each counted once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from living_review.synthesis.grouping import Said

Group = frozenset[str]
Groups = frozenset[Group]

VERDICTS = ("include", "awaiting_results", "unclear", "exclude")
SYMMETRIC = ("same_record", "same_study", "maybe_same_record")
OF_ONE_STUDY = (
    "same_record", "same_study", "updates", "republishes", "republishes_corrected",
    "republishes_retracted", "reprints", "summarises",
)  # fmt: skip
RETRACTING = ("retracts", "republishes_retracted")


class Decided(NamedTuple):
    """What was decided on a record, by whom, and the criterion it failed."""

    verdict: str
    decider: str
    criterion: str | None

    @property
    def by_person(self) -> bool:
        return self.decider.startswith("human:")


def flows(decided: Mapping[str, Decided], said: Sequence[Said]) -> Iterator[dict[str, object]]:
    """The counts that some order of joining gives: one, unless people have parted what links join.

    People's links come before the rules'; beyond that no document says which goes first.
    """
    by_hand = [one for one in said if one.decider.startswith("human:")]
    held = [one for one in said if not one.revoked]

    def parted(relation: str) -> set[Group]:
        return {pair(s) for s in by_hand if s.revoked and s.relation == relation}

    # A record and its notice or newer form are two, unless a person says that they are one.
    two = {pair(s) for s in held if s.relation not in SYMMETRIC}
    one = {pair(s) for s in by_hand if not s.revoked and s.relation == "same_record"}
    same = [s for s in held if s.relation == "same_record"]
    studies = [s for s in held if s.relation in OF_ONE_STUDY]
    for records, together in product(
        joined(decided, same, parted("same_record") | (two - one)),
        joined(decided, studies, parted("same_study")),
    ):
        yield counts(decided, held, records, together)


def pair(one: Said) -> Group:
    return frozenset((one.from_id, one.to_id))


def joined(records: Iterable[str], links: Sequence[Said], parted: set[Group]) -> set[Groups]:
    """Every way to join until nothing more can be, with no parted pair in one group."""
    ways = {frozenset(frozenset([record]) for record in records)}
    for human in (True, False):
        turn = [s for s in links if s.decider.startswith("human:") == human]
        done: set[Groups] = set()
        while ways:
            groups = ways.pop()
            further = {
                (groups - {here, there}) | {here | there}
                for here, there in combinations(groups, 2)
                if any(pair(s) & here and pair(s) & there for s in turn)
                and not any(frozenset(two) in parted for two in product(here, there))
            }
            ways |= further
            if not further:
                done.add(groups)
        ways = done
    return ways


def counts(
    decided: Mapping[str, Decided], held: Sequence[Said], records: Groups, studies: Groups
) -> dict[str, object]:
    notices = {s.to_id for s in held if s.relation in RETRACTING}
    shown = {forms: stands_for(forms, decided) for forms in records}
    counted = {
        record
        for forms in records
        for record in forms
        if decided[record].verdict == "include"
        and not forms & notices
        and (decided[shown[forms]].verdict == "include" or not decided[shown[forms]].by_person)
    }
    reported = [study for study in studies if study & counted]
    excluded: Counter[str] = Counter()
    boxes = dict.fromkeys(
        ("unclear", "awaiting_results", "results_published", "retracted", "included_records"), 0
    )
    for record in shown.values():
        verdict = decided[record].verdict
        if verdict == "exclude":
            excluded[decided[record].criterion or "a person's decision"] += 1
        elif verdict == "include":
            boxes["included_records" if record in counted else "retracted"] += 1
        elif verdict == "awaiting_results" and any(record in study for study in reported):
            boxes["results_published"] += 1
        else:
            boxes[verdict] += 1
    return boxes | {
        "identified": len(decided),
        "duplicates": len(decided) - len(records),
        "screened": len(records),
        "excluded": dict(excluded),
        "included_studies": len(reported),
    }


def stands_for(forms: Group, decided: Mapping[str, Decided]) -> str:
    """A person's decision first, then the best verdict, then PubMed's record, then the first."""
    some = [r for r in forms if decided[r].by_person] or list(forms)
    best = min(VERDICTS.index(decided[r].verdict) for r in some)
    some = [r for r in some if decided[r].verdict == VERDICTS[best]]
    return min([r for r in some if r.startswith("pmid:")] or some)
