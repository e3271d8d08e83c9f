"""Which records are one record, and which are one study, by the links that stand between them.

Records link to others that link to others, and are one together. What a person has parted stays
apart, whatever else would join it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

SAME_RECORD = ("same_record",)
SAME_STUDY = (
    "same_record", "same_study", "updates", "republishes", "republishes_corrected",
    "republishes_retracted", "reprints", "summarises",
)  # fmt: skip
DOUBT = "maybe_same_record"
# Of one record in several forms, the one that stands for all: METHOD's order of verdicts.
BEST_FIRST = ("include", "awaiting_results", "unclear", "exclude")


class Said(NamedTuple):
    """The word that holds on two records and a relation: they have it, or a person denies it."""

    from_id: str
    to_id: str
    relation: str
    decider: str
    reason: str
    revoked: bool

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, in sorted order."""
        return min(self.from_id, self.to_id), max(self.from_id, self.to_id)

    @property
    def by_human(self) -> bool:
        """Whether a person said it."""
        return self.decider.startswith("human:")


def same_records(records: Iterable[str], said: Sequence[Said]) -> dict[str, str]:
    """The first record, in sorted order, of those that are the same record, for each record.

    A record and its notice, comment or newer form are never the same record.
    """
    parted = {s.pair for s in said if s.by_human and s.revoked and s.relation in SAME_RECORD}
    related = {s.pair for s in said if not s.revoked and not _is_symmetric(s.relation)}
    said_same = {s.pair for s in said if s.by_human and not s.revoked and s.relation in SAME_RECORD}
    return _grouped(records, said, SAME_RECORD, parted | (related - said_same))


def study_ids(records: Iterable[str], said: Sequence[Said]) -> dict[str, str]:
    """The study of each record, named by its first record in sorted order.

    Links outside SAME_STUDY, and those to records that are not among `records`, group nothing. A
    study counts once (DESIGN 4.10).
    """
    parted = {s.pair for s in said if s.by_human and s.revoked and s.relation == "same_study"}
    return _grouped(records, said, SAME_STUDY, parted)


def representatives(
    same: Mapping[str, str], standing: Mapping[str, tuple[str, str]]
) -> dict[str, str]:
    """The record that stands for each record and all that are the same, by (verdict, decider).

    One that a person has decided on, else the best verdict, else PubMed's, else the first id.
    """
    members: dict[str, list[str]] = {}
    for record in sorted(standing):
        members.setdefault(same[record], []).append(record)

    def place(record: str) -> tuple[bool, int, bool, str]:
        verdict, decider = standing[record]
        by_rule = not decider.startswith("human:")
        return by_rule, BEST_FIRST.index(verdict), not record.startswith("pmid:"), record

    return {
        record: min(together, key=place) for together in members.values() for record in together
    }


def doubts(same: Mapping[str, str], said: Sequence[Said]) -> tuple[Said, ...]:
    """The pairs of which nobody knows whether they are the same record, sorted; each pair once.

    Not asked again is what a person has answered, for these or for the same records elsewhere.
    """
    answered = {
        _by_first(s, same) for s in said if s.by_human and s.relation in (*SAME_RECORD, DOUBT)
    }
    open_: dict[tuple[str, str], Said] = {}
    for one in sorted(said):
        known = one.from_id in same and one.to_id in same
        if one.relation == DOUBT and not one.revoked and known:
            between = _by_first(one, same)
            if between[0] != between[1] and between not in answered:
                open_.setdefault(between, one)
    return tuple(open_.values())


def _by_first(one: Said, same: Mapping[str, str]) -> tuple[str, str]:
    first, second = sorted((same.get(one.from_id, one.from_id), same.get(one.to_id, one.to_id)))
    return first, second


def _is_symmetric(relation: str) -> bool:
    return relation in (*SAME_RECORD, "same_study", DOUBT)


def _grouped(
    records: Iterable[str],
    said: Sequence[Said],
    relations: Sequence[str],
    parted: Iterable[tuple[str, str]],
) -> dict[str, str]:
    first_of = {record: record for record in records}
    members = {record: [record] for record in first_of}
    apart: dict[str, set[str]] = {}
    for one, other in parted:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    # People's links first: a rule's link must not take the place that a person gave.
    joining = [s for s in said if not s.revoked and s.relation in relations]
    for link in sorted(joining, key=lambda s: (not s.by_human, relations.index(s.relation), s)):
        if link.from_id not in first_of or link.to_id not in first_of:
            continue
        low, high = sorted((first_of[link.from_id], first_of[link.to_id]))
        if low == high or any(
            not apart.get(m, set()).isdisjoint(members[low]) for m in members[high]
        ):
            continue
        for member in members[high]:
            first_of[member] = low
        members[low] += members.pop(high)
    return dict(sorted(first_of.items()))
