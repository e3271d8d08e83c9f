"""The conclusions of a version as a table, one a row, safe in a spreadsheet."""

import csv
import io

from living_review.reporting.canonical import Json
from living_review.reporting.plain import cell

OWN = (
    "claim", "statement", "direction", "certainty", "wording", "method", "studies", "participants",
    "fragile", "would_change",
)  # fmt: skip
EFFECT = (
    "measure", "unit", "value", "ci_low", "ci_high", "benefit", "benefit_low", "benefit_high",
    "pi_low", "pi_high", "k", "i2", "tau2", "p", "mid",
)  # fmt: skip
COUNTS = ("favours", "against", "no_difference", "unclear")


def table(report: Json) -> bytes:
    """Write one row a conclusion, with the version it is of; the effect where a pool decides."""
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(("version", "as_of", *OWN, *EFFECT, *COUNTS))
    for found in report["conclusions"]:
        effect = found["effect"] or {}
        told = [report["version"], report["as_of"], *(found[name] for name in OWN)]
        told += [effect.get(name) for name in EFFECT]
        told += [found["counts"][name] for name in COUNTS]
        rows.writerow([_cell(value) for value in told])
    return page.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    """A number is written as one, whatever its sign; every text is made safe."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else cell(value)
