"""The studies of a claim as pictures name them: in groups, each in words."""

from collections.abc import Iterator, Mapping

from living_review.reporting import amounts, citations, words
from living_review.reporting.canonical import Json

GROUPS: Mapping[str, str] = {
    "primary": "Primary studies",
    "review": "Systematic reviews",
    "beside": "Beside the claim, for comparison",
}


def name(item: Json, records: Json) -> str:
    """Name a study by its first record; by its own id where it has none."""
    return citations.short(item["records"][0], records) if item["records"] else str(item["study"])


def group(item: Json) -> str:
    """Say which of GROUPS a study is in: reviews stand beside what they review."""
    if not item["settles"]:
        return "beside"
    return "review" if item["design"] == "systematic_review" else "primary"


def grouped(conclusion: Json) -> Iterator[tuple[str, list[Json]]]:
    """Give each group that has studies, in the order of the report."""
    for known in GROUPS:
        found = [item for item in conclusion["evidence"] if group(item) == known]
        if found:
            yield known, found


def design(item: Json) -> str:
    """Say a design and the number of participants: `randomised trial, n = 65`."""
    kind = "systematic review" if item["design"] == "systematic_review" else None
    return f"{kind or words.design(item['design'])}, {citations.participants(item['participants'])}"


def told(item: Json, records: Json) -> str:
    """Tell a study and what it found in words, with its numbers where it has some."""
    numbers = amounts.benefit(item)
    found = words.found(item) + (f", {numbers}" if numbers else "")
    return f"{name(item, records)} ({design(item)}): {found}"


def cited(conclusion: Json, records: Json) -> dict[str, Json]:
    """The parts of the records that name the studies of a claim."""
    first = {item["records"][0] for item in conclusion["evidence"] if item["records"]}
    later = {record for step in conclusion.get("cumulative", ()) for record in step["added"]}
    keys = ("authors", "title", "published")
    return {
        record: {key: records[record].get(key) for key in keys}
        for record in sorted(first | later)
        if record in records
    }
