"""The text formats, word for word. `python -m tests.golden.test_report_goldens` writes them anew.

Look at what git shows before committing: these words are what readers get.
"""

from pathlib import Path

import pytest

from living_review.reporting import markdown_diff, markdown_report
from living_review.reporting.diff import diff_from_baseline
from living_review.reporting.terminal import diff_text, explain_text
from tests.report_builders import pair, report

HERE = Path(__file__).parent


def rendered() -> dict[str, str]:
    found, changed = pair()
    return {
        "report.md": markdown_report.render(found, changed).decode(),
        "diff.md": markdown_diff.render(found, changed).decode(),
        "diff_from_baseline.md": markdown_diff.render(found, diff_from_baseline(report())).decode(),
        "diff.txt": diff_text(changed),
        "explain.txt": explain_text(found["conclusions"][0], found),
    }


@pytest.mark.parametrize("name", sorted(rendered()))
def test_the_words_of_a_report_are_those_that_were_read_and_agreed(name):
    assert rendered()[name] == (HERE / name).read_text("utf-8")


if __name__ == "__main__":
    for name, text in rendered().items():
        (HERE / name).write_text(text, "utf-8")
