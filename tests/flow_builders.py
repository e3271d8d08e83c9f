"""Decided records and the links between them, as the PRISMA flow takes them."""

from living_review.model import Reading
from living_review.stages.flow import Screened
from living_review.synthesis.grouping import Said, same_records, study_ids
from living_review.synthesis.notices import alike, notices

RECORDS = ["doi:10.5555/a", "own:1", "pmid:1", "pmid:2", "pmid:3", "pmid:4"]
SYMMETRIC = ["same_record", "same_study", "maybe_same_record"]


def says(first: str, second: str, relation: str, decider="rule:1", revoked=False) -> Said:
    return Said(first, second, relation, decider, "", revoked)


def apart(first: str, second: str) -> list[Said]:
    return [says(first, second, relation, "human:ab", revoked=True) for relation in SYMMETRIC]


def screened(
    standing: dict[str, tuple[str, str]],
    said: list[Said],
    criteria: dict[str, str | None] | None = None,
) -> Screened:
    """Records by verdict and decider; the criterion "c" where a test says nothing of it."""
    studies, same = study_ids(standing, said), same_records(standing, said)
    readings = alike(
        [
            Reading(record, studies[record], "A title", "rct", verdict, decider, "hash")
            for record, (verdict, decider) in standing.items()
        ],
        same,
        notices(said, ()),
    )
    rows = [
        {"record_id": record, "verdict": verdict, "decider": decider,
         "criterion": (criteria or {}).get(record, "c"), "reason": "why"}
        for record, (verdict, decider) in standing.items()
    ]  # fmt: skip
    return Screened(rows, {r.record_id: r for r in readings}, said)
