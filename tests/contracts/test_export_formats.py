"""What every format that is handed out promises, asked of each with the same hostile records."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from living_review.reporting import csv_conclusions, formats
from living_review.reporting.references import Reference, bibtex, nbib, ris, rows
from tests.reference_builders import ATTACKS, REFERENCES
from tests.report_builders import hostile_report, pair

WRITERS: dict[str, Callable[[list[Reference]], bytes]] = {
    "ris": ris.render,
    "ris, tags alone": ris.render_tags,
    "nbib": nbib.render,
    "bibtex": bibtex.render,
    "json": rows.render_json,
    "csv": rows.render_csv,
}
HOSTILE = [
    Reference(one.record, "exclude", attack, attack, attack, attack)
    for one, attack in zip(REFERENCES * len(ATTACKS), ATTACKS, strict=False)
]


@pytest.mark.parametrize("name", WRITERS)
def test_no_record_format_passes_on_what_acts_on_a_terminal(name):
    text = WRITERS[name](HOSTILE).decode("utf-8")
    acting = {"\x00", "\x1b", "\r", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff"}
    assert not set(text) & acting


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_records_give_the_same_bytes_and_none_gives_no_record(name):
    assert WRITERS[name](list(REFERENCES)) == WRITERS[name](list(REFERENCES))
    assert WRITERS[name]([]).count(b"\n") == (name == "csv")


@pytest.mark.parametrize("name", WRITERS)
def test_each_record_stands_there_once_with_its_decision(name):
    text = WRITERS[name](list(REFERENCES[:2])).decode()
    assert text.count("A title and nothing more") == 1
    assert "population" in text
    assert "seen in full" in text
    assert "pmid:12 may be the same" in text


def rendered() -> dict[str, bytes]:
    report = hostile_report()
    found = {name: module.render(report, pair()[1]) for name, module in formats().items()}
    whole = {name: body for name, body in found.items() if isinstance(body, bytes)}
    return {**whole, "conclusions.csv": csv_conclusions.table(report)}


@pytest.mark.parametrize("name", sorted(rendered()))
def test_a_file_of_a_version_is_readable_text_ending_in_one_line_break(name):
    text = rendered()[name].decode("utf-8")
    assert text.endswith("\n")
    if name.endswith("json"):
        json.loads(text)


@pytest.mark.parametrize("name", sorted(n for n in rendered() if n.endswith(".csv")))
def test_no_cell_of_any_table_is_a_formula(name):
    cells = [cell for row in csv.reader(io.StringIO(rendered()[name].decode())) for cell in row]
    numbers = [cell for cell in cells if cell.lstrip("-").replace(".", "", 1).isdigit()]
    told = [cell for cell in cells if cell not in numbers]
    assert [cell for cell in told if cell.startswith(("=", "+", "-", "@"))] == []
