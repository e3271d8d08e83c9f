"""Which number of a version moves, and the next version's name (DESIGN 8)."""

from collections.abc import Sequence

from living_review.changes.snapshot import Part, Snapshot
from living_review.model import Change, Finding, Reading
from living_review.synthesis.standing import standing

FIRST = "1.0.0"


def part_of(previous: Snapshot, current: Snapshot, changes: Sequence[Change]) -> Part:
    """Say which number moves.

    Major for a CHANGED, minor for a SIGNAL or a new study or claim, patch for anything else that
    a reader of the report would see, none for nothing.
    """
    if any(change.change_class == "CHANGED" for change in changes):
        return "major"
    if changes or _has_new_study(previous, current) or _claims(current) - _claims(previous):
        return "minor"
    return "patch" if _seen(previous) != _seen(current) else "none"


def next_version(previous: str | None, part: Part) -> str:
    """Name the next version; the first is 1.0.0, and "none" keeps the number it has."""
    if previous is None or part == "initial":
        return FIRST
    major, minor, patch = (int(number) for number in previous.split("."))
    match part:
        case "major":
            return f"{major + 1}.0.0"
        case "minor":
            return f"{major}.{minor + 1}.0"
        case "patch":
            return f"{major}.{minor}.{patch + 1}"
        case _:
            return previous


def _has_new_study(previous: Snapshot, current: Snapshot) -> bool:
    """Whether a study counts now of which no record counted; a study may be renamed."""
    counted = {reading.record_id for reading in previous.readings if reading.counted}
    known = {r.study_id for r in current.readings if r.counted and r.record_id in counted}
    return any(reading.counted and reading.study_id not in known for reading in current.readings)


def _claims(snapshot: Snapshot) -> set[str]:
    return {claim.id for claim in snapshot.protocol.claims}


def _seen(snapshot: Snapshot) -> tuple[object, ...]:
    """What a patch is about: conclusions, included records, the protocol's words, and people's.

    Records that are excluded or still unread, which version of a rule let one in, and how the
    program is run, are not. A record that a person has judged is, whatever became of it, since a
    revision puts it back before them; so is what a second reader asks of people.
    """
    included = sorted(
        (r.record_id, r.study_id, r.content_hash, r.retracted, r.concern, r.corrected)
        for r in snapshot.readings
        if r.verdict == "include"
    )
    judged = sorted(
        (r.record_id, r.content_hash, repr(r.judged), repr(r.judged_tags))
        for r in snapshot.readings
        if r.judged or r.judged_tags
    )
    asked = sorted(
        (r.record_id, repr(finding)) for r in snapshot.readings for finding in _questions(r)
    )
    words = snapshot.protocol.model_dump(exclude={"run"})
    return snapshot.conclusions, included, judged, asked, words, snapshot.judged


def _questions(reading: Reading) -> list[Finding]:
    """What a second reader asks of people about a record that counts."""
    if not (reading.counted and reading.second):
        return []
    told = standing(reading)
    return [f for f in (*told.findings, *told.proposals) if reading.second[0].tagger in f.tagger]
