"""What differs between the inputs of two versions, by cause, and replays with some of it.

A replay takes the previous inputs and swaps in what belongs to the named causes; everything
else stays as it was. Weighing it shows what those causes do alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import BaseModel

from living_review.changes.snapshot import Snapshot
from living_review.model import Cause, JudgedCertainty, JudgedTag, Reading
from living_review.protocol import Protocol

CAUSES: tuple[Cause, ...] = (
    "new_evidence", "retraction", "correction", "decision_revised",
    "claim_reworded", "criteria_changed", "method_changed",
)  # fmt: skip

_BY_PEOPLE = ("extracted", "risk_of_bias", "bias_judged_by", "judged", "judged_tags")
_DECISION = ("verdict", "decider", "safety_signal")
# The tag that each field of a reading comes from. A drug's role is a tag of its own.
_TAG_OF = {
    "design": "design", "condition": "condition", "species": "species",
    "participants": "participants", "search_until": "search_until",
    "direct_trials": "direct_trials", "secondary": "secondary", "harms": "harm",
    "refractory": "refractory", "background": "drug:",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every input that differs, by the cause it belongs to.

    `moved` says for each known record which of its fields belong to which cause; `edited` names
    the edited parts of the protocol, and what people judge otherwise of a claim.
    """

    previous: Snapshot
    current: Snapshot
    new: frozenset[str]
    gone: frozenset[str]
    moved: Mapping[str, Mapping[Cause, tuple[str, ...]]]
    edited: Mapping[Cause, tuple[str, ...]]

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes that anything at all belongs to."""
        present = {cause for moved in self.moved.values() for cause in moved} | set(self.edited)
        present |= {"new_evidence"} if self.new else set()
        present |= {"correction"} if self.gone else set()
        return tuple(cause for cause in CAUSES if cause in present)

    def records(self, cause: Cause) -> frozenset[str]:
        """The records that something of this cause happened to."""
        found = {record for record, moved in self.moved.items() if cause in moved}
        found |= self.new if cause == "new_evidence" else frozenset()
        return frozenset(found | (self.gone if cause == "correction" else frozenset()))

    def replayed(
        self, causes: Collection[Cause]
    ) -> tuple[tuple[Reading, ...], Protocol, tuple[JudgedCertainty, ...]]:
        """The previous inputs with these causes swapped in."""
        after = {reading.record_id: reading for reading in self.current.readings}
        readings = [
            _swapped(reading, after.get(reading.record_id), self.moved, causes)
            for reading in self.previous.readings
            if not (reading.record_id in self.gone and "correction" in causes)
        ]
        if "new_evidence" in causes:
            readings += [after[record] for record in sorted(self.new)]
        said = self.current if "decision_revised" in causes else self.previous
        return tuple(readings), self.protocol(causes), said.judged.certainty

    def protocol(self, causes: Collection[Cause]) -> Protocol:
        """The previous protocol with what belongs to these causes swapped in."""
        return _protocol(self.previous.protocol, self.current.protocol, causes)


def inputs(previous: Snapshot, current: Snapshot) -> Inputs:
    """Find what differs between two snapshots' readings and protocols."""
    before = {reading.record_id: reading for reading in previous.readings}
    after = {reading.record_id: reading for reading in current.readings}
    new = frozenset(after) - frozenset(before)
    edited = _edited(previous.protocol, current.protocol)
    joined = {after[record].study_id for record in new}
    mended = _mended_studies(before, after)
    moved = {
        record: causes
        for record in sorted(set(before) & set(after))
        if (causes := _moved(before[record], after[record], edited, joined, mended))
    }
    edited = {**edited, **_other_readers(before, after, moved, edited)}
    if judged := _judged_otherwise(previous, current):
        edited["decision_revised"] = judged
    return Inputs(previous, current, new, frozenset(before) - frozenset(after), moved, edited)


def _mended_studies(before: Mapping[str, Reading], after: Mapping[str, Reading]) -> set[str]:
    """Studies of which a record was rewritten or withdrawn by its source, by every name they had.

    What that record says of belonging together may name the study anew for all its records.
    """
    rewritten = [
        record
        for record, reading in before.items()
        if record not in after or reading.content_hash != after[record].content_hash
    ]
    return {
        readings[r].study_id for r in rewritten for readings in (before, after) if r in readings
    }


def _moved(
    before: Reading,
    after: Reading,
    edited: Mapping[Cause, Any],
    joined: Collection[str],
    mended: Collection[str],
) -> dict[Cause, tuple[str, ...]]:
    if before == after:
        return {}
    found: dict[Cause, list[str]] = defaultdict(list)
    for field in fields(Reading):
        if getattr(before, field.name) != getattr(after, field.name):
            cause = _cause_of(field.name, before, after, edited, joined)
            renamed = field.name == "study_id" and cause == "decision_revised"
            if renamed and {before.study_id, after.study_id} & set(mended):
                cause = "correction"
            found[cause].append(field.name)
    return {cause: tuple(names) for cause, names in found.items()}


def _cause_of(
    field: str,
    before: Reading,
    after: Reading,
    edited: Mapping[Cause, Any],
    joined: Collection[str],
) -> Cause:
    """The cause one differing field of a known record belongs to."""
    by_a_person = any(reading.decider.startswith("human:") for reading in (before, after))
    rewritten = before.content_hash != after.content_hash or before.corrected != after.corrected
    posted = before.verdict == "awaiting_results" and after.verdict == "include"
    reasons: tuple[tuple[bool, Cause], ...] = (
        (field in _BY_PEOPLE or (field in _DECISION and by_a_person), "decision_revised"),
        (_is_judged(field, before, after), "decision_revised"),
        # What a retraction changes besides belongs to it.
        ((before.retracted is None) != (after.retracted is None), "retraction"),
        (field == "retracted", "retraction"),
        (posted, "new_evidence"),
        # A new record of a known study renames the study.
        (field == "study_id" and after.study_id in joined, "new_evidence"),
        (rewritten or field == "concern", "correction"),
        (field in _DECISION and "criteria_changed" in edited, "criteria_changed"),
        (field == "study_id", "decision_revised"),
    )
    return next((cause for true, cause in reasons if true), "method_changed")


def _is_judged(field: str, before: Reading, after: Reading) -> bool:
    """Whether a person has judged, or taken back, what this field comes from.

    Screening reads every tag and finding, so that any judgement may be why it decides otherwise.
    """
    if field in _DECISION:
        return (before.judged, before.judged_tags) != (after.judged, after.judged_tags)
    name = _TAG_OF.get(field)
    return name is not None and _judged_as(name, before) != _judged_as(name, after)


def _judged_as(name: str, reading: Reading) -> list[JudgedTag]:
    return [
        one
        for one in reading.judged_tags
        if one.name == name or (name == "drug:" and one.name.startswith(name))
    ]


def _edited(before: Protocol, after: Protocol) -> dict[Cause, tuple[str, ...]]:
    parts: dict[Cause, list[str]] = {
        "claim_reworded": _paths_of_claims(before, after),
        "criteria_changed": ["eligibility"] if before.eligibility != after.eligibility else [],
        "method_changed": [
            *_paths(before.rules, after.rules, "rules"),
            *_paths(before.vocabulary, after.vocabulary, "vocabulary"),
        ],
    }
    return {cause: tuple(paths) for cause, paths in parts.items() if paths}


def _judged_otherwise(previous: Snapshot, current: Snapshot) -> tuple[str, ...]:
    """What people judge of the certainty of claims, or take back, as `claim: domain`."""
    differing = set(previous.judged.certainty) ^ set(current.judged.certainty)
    return tuple(sorted({judgement(one.claim, one.domain) for one in differing}))


def judgement(claim: str, domain: str = "") -> str:
    """How a judgement on a claim is named among edited inputs."""
    return f"certainty of {claim}: {domain.replace('_', ' ')}"


def _paths_of_claims(before: Protocol, after: Protocol) -> list[str]:
    then = {claim.id: claim for claim in before.claims}
    return [f"claims.{c.id}" for c in after.claims if c.id in then and then[c.id] != c]


def _paths(before: BaseModel, after: BaseModel, name: str) -> list[str]:
    """The paths in `config.yaml` where two parts differ, two steps deep."""
    if before == after:
        return []
    return sorted(_differing(before.model_dump(), after.model_dump(), name, 2))


def _differing(before: Any, after: Any, name: str, depth: int) -> Iterator[str]:
    if before == after:
        return
    if depth == 0 or not (isinstance(before, dict) and isinstance(after, dict)):
        yield name
        return
    for key in {**before, **after}:
        yield from _differing(before.get(key), after.get(key), f"{name}.{key}", depth - 1)


def _other_readers(
    before: Mapping[str, Reading],
    after: Mapping[str, Reading],
    moved: Mapping[str, Mapping[Cause, tuple[str, ...]]],
    edited: Mapping[Cause, tuple[str, ...]],
) -> dict[Cause, tuple[str, ...]]:
    """Taggers and screening rules of another version, where known records are read otherwise."""
    names: set[str] = set()
    for record, causes in moved.items():
        for field in causes.get("method_changed", ()):
            if field in ("findings", "second"):
                old = {finding.tagger for finding in getattr(before[record], field)}
                names |= {finding.tagger for finding in getattr(after[record], field)} - old
            if field == "decider":
                names.add(f"screening {after[record].decider}")
    if not names and not any("method_changed" in causes for causes in moved.values()):
        return {}
    named = (*edited.get("method_changed", ()), *sorted(names))
    return {"method_changed": named or ("how records are read",)}


def _swapped(
    before: Reading,
    after: Reading | None,
    moved: Mapping[str, Mapping[Cause, tuple[str, ...]]],
    causes: Collection[Cause],
) -> Reading:
    if after is None or before.record_id not in moved:
        return before
    names = [n for cause, ns in moved[before.record_id].items() if cause in causes for n in ns]
    values: dict[str, Any] = {name: getattr(after, name) for name in names}
    return replace(before, **values) if values else before


def _protocol(before: Protocol, after: Protocol, causes: Collection[Cause]) -> Protocol:
    """The previous protocol with edited parts swapped in.

    What only one of the two knows (an outcome, a MID) is kept, so that a claim of either finds
    what it names.
    """
    first, second = (after, before) if "method_changed" in causes else (before, after)
    claims = {claim.id: claim for claim in before.claims}
    if "claim_reworded" in causes:
        claims |= {claim.id: claim for claim in after.claims}
    mids = {**second.rules.mids, **first.rules.mids}
    terms = {
        name: {**getattr(second.vocabulary, name), **getattr(first.vocabulary, name)}
        for name in ("drugs", "drug_classes", "comparators", "conditions", "outcomes", "harms")
    }
    return before.model_copy(
        update={
            "claims": tuple(claims.values()),
            "eligibility": (after if "criteria_changed" in causes else before).eligibility,
            "rules": first.rules.model_copy(update={"mids": mids}),
            "vocabulary": first.vocabulary.model_copy(update=terms),
        }
    )
