"""`included.ris`: the included records for a reference manager."""

from collections.abc import Iterator

from living_review.reporting.canonical import Json
from living_review.reporting.citations import link, year
from living_review.reporting.plain import plain

NAME = "included.ris"


def render(report: Json, _diff: Json) -> bytes:
    """Write every included record once, sorted by record id."""
    included = [
        (record_id, record)
        for record_id, record in sorted(report["records"].items())
        if record.get("verdict") == "include" and not record.get("same_as")
    ]
    lines = (line for record_id, record in included for line in _entry(record_id, record))
    return "".join(lines).encode("utf-8", "replace")


def _entry(record_id: str, record: Json) -> Iterator[str]:
    fields = [
        ("TY", "JOUR" if record.get("journal") else "GEN"),
        ("ID", record_id),
        ("TI", record.get("title")),
        *(("AU", author) for author in record.get("authors") or ()),
        ("JO", record.get("journal")),
        ("PY", year(record)),
        ("DA", str(record.get("published") or "").replace("-", "/")),
        ("DO", record.get("doi")),
        ("AN", record.get("pmid")),
        ("UR", link(record)),
        ("ER", ""),
    ]
    for tag, value in fields:
        # `plain` takes out line breaks, so that no title can end its own entry.
        said = plain(str(value or ""))
        if said or tag == "ER":
            yield f"{tag}  - {said}\n"
    yield "\n"
