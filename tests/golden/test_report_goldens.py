"""The text formats, word for word. `python -m tests.golden.test_report_goldens` writes them anew.

Look at what git shows before committing: these words are what readers get.
"""

import io
from pathlib import Path

import pytest
from rich.console import Console

from living_review.reporting import (
    canonical,
    citation_file,
    csv_conclusions,
    csv_prisma,
    csv_records,
    fhir_conclusions,
    markdown_diff,
    markdown_report,
    terminal,
)
from living_review.reporting import ris as included
from living_review.reporting.backtest.terminal import print_backtest
from living_review.reporting.diff import diff_from_baseline
from living_review.reporting.references import bibtex, nbib, ris, rows
from tests.backtest_builders import told
from tests.reference_builders import REFERENCES
from tests.report_builders import pair, report

HERE = Path(__file__).parent


def piped(show, *given):
    """What a program that reads our output gets."""
    page = io.StringIO()
    show(Console(file=page), *given)
    return page.getvalue()


def rendered() -> dict[str, str]:
    found, changed = pair()
    backtest = told()
    return {
        "report.md": markdown_report.render(found, changed).decode(),
        "diff.md": markdown_diff.render(found, changed).decode(),
        "diff_from_baseline.md": markdown_diff.render(found, diff_from_baseline(report())).decode(),
        "diff.txt": piped(terminal.print_diff, changed),
        "backtest.txt": piped(print_backtest, backtest),
        "backtest.json": canonical.dump(backtest).decode(),
        "explain.txt": piped(terminal.print_explain, found["conclusions"][0], found),
        "CITATION.cff": citation_file.render(found, changed).decode(),
        "conclusions.fhir.json": fhir_conclusions.render(found, changed).decode(),
        "conclusions.csv": csv_conclusions.table(found).decode(),
        "included.ris": included.render(found, changed).decode(),
        "prisma.csv": csv_prisma.render(found, changed).decode(),
        "records.csv": csv_records.render(found, {}).decode(),
        "references.ris": ris.render(REFERENCES).decode(),
        "references.nbib": nbib.render(REFERENCES).decode(),
        "references.bib": bibtex.render(REFERENCES).decode(),
        "references.jsonl": rows.render_json(REFERENCES).decode(),
        "references.csv": rows.render_csv(REFERENCES).decode(),
    }


@pytest.mark.parametrize("name", sorted(rendered()))
def test_the_words_of_a_report_are_those_that_were_read_and_agreed(name):
    assert rendered()[name] == (HERE / name).read_text("utf-8")


if __name__ == "__main__":
    for name, text in rendered().items():
        (HERE / name).write_text(text, "utf-8")
