"""`included.ris`: the included records for a reference manager."""

from living_review.reporting.canonical import Json
from living_review.reporting.citations import record_told
from living_review.reporting.references import Reference, ris

NAME = "included.ris"


def render(report: Json, _diff: Json) -> bytes:
    """Write every included record once, sorted by record id.

    A report holds less of a record than the store: these are its tags, and no more is claimed.
    """
    return ris.render_tags(
        _reference(record_id, record)
        for record_id, record in sorted(report["records"].items())
        if record.get("verdict") == "include" and not record.get("same_as")
    )


def _reference(record_id: str, told: Json) -> Reference:
    return Reference(
        record_told(record_id, told),
        "include",
        reason=told.get("reason") or "",
        decider=told.get("decider") or "",
        quote=told.get("quote") or "",
    )
