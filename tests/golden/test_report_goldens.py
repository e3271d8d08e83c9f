"""The text formats, word for word. `python -m tests.golden.test_report_goldens` writes them anew.

Look at what git shows before committing: these words are what readers get.
"""

import io
from pathlib import Path

import pytest
from rich.console import Console

from living_review.reporting import canonical, markdown_diff, markdown_report, terminal
from living_review.reporting.backtest.terminal import print_backtest
from living_review.reporting.diff import diff_from_baseline
from tests.backtest_builders import told
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
    }


@pytest.mark.parametrize("name", sorted(rendered()))
def test_the_words_of_a_report_are_those_that_were_read_and_agreed(name):
    assert rendered()[name] == (HERE / name).read_text("utf-8")


if __name__ == "__main__":
    for name, text in rendered().items():
        (HERE / name).write_text(text, "utf-8")
