"""Every format of a version, and what hostile records can do in it: nothing."""

import base64
import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from living_review.reporting import formats, render_all
from living_review.reporting.diff import diff
from living_review.reporting.figures import file_name
from living_review.reporting.manifest import manifest
from tests.report_builders import earlier_report, hostile_report, pair, report


@pytest.fixture(scope="module")
def files():
    return render_all(*pair(), {})


@pytest.fixture(scope="module")
def hostile_files():
    found = hostile_report()
    return render_all(found, diff(earlier_report(), found), {})


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_a_version_is_published_as_every_file_that_was_promised(files):
    assert [name for name in files if not name.startswith("figures/")] == [
        "CITATION.cff", "baseline.html", "conclusions.fhir.json", "diff.html", "diff.json",
        "diff.md", "included.ris", "index.html", "prisma.csv", "records.csv", "report.json",
        "report.md",
    ]  # fmt: skip
    assert "figures/pain-vs-placebo.svg" in files


def test_a_format_is_found_by_being_a_module_with_a_name():
    assert {module.NAME for module in formats().values()} == set(formats())


def test_the_first_version_renders_too():
    first = report(previous_version=None, changes=())
    page = render_all(first, diff(None, first), {})["index.html"].decode()
    assert "This is the first version" in page


def test_a_version_with_nothing_in_it_renders_too():
    empty = report(conclusions=(), changes=(), records={}, queue=(), awaiting=(), warnings=(),
                   from_baseline=(), contradictions=(), nearly_changed=(), searches=())  # fmt: skip
    page = render_all(empty, diff(None, empty), {})["index.html"]
    assert page.startswith(b"<!doctype html>")


def test_the_page_leads_with_the_conclusions_and_then_what_changed(files):
    page = lxml_html.fromstring(files["index.html"])
    assert [section.get("id") for section in page.iter("section")] == [
        "now", "changed", "baseline", "open", "claims", "flow", "methods",
    ]  # fmt: skip


PAGES = ("index.html", "diff.html", "baseline.html")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fetches_nothing_and_runs_its_one_script(files, name):
    page = lxml_html.fromstring(files[name])
    assert not page.xpath("//link | //iframe | //img | //object | //@onclick | //@style")
    assert [dict(script.attrib) for script in page.xpath("//script")] == [{}]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_allows_only_its_own_style_sheet_and_script(files, name):
    page = files[name].decode()
    policy = lxml_html.fromstring(page).xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none'")
    for element in ("style", "script"):
        text = re.search(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy


def test_every_link_within_the_page_leads_somewhere(files):
    page = lxml_html.fromstring(files["index.html"])
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_every_relative_link_of_the_page_is_a_file_of_the_version(files):
    for name in PAGES:
        links = lxml_html.fromstring(files[name]).xpath("//a/@href")
        within = {link for link in links if not link.startswith(("#", "https://", "../"))}
        assert within <= set(files)


def test_every_drawing_has_words_for_those_who_do_not_see_it(files):
    page = lxml_html.fromstring(files["index.html"])
    drawings = page.xpath("//svg[not(@aria-hidden)]")
    assert drawings
    assert all(drawing.get("aria-label") for drawing in drawings)


def test_direction_is_said_in_words_with_a_symbol(files):
    said = lxml_html.fromstring(files["index.html"]).xpath("//span[starts-with(@class,'dir ')]")
    assert {entry.text_content().strip() for entry in said} >= {
        "?uncertain", "●little or no difference", "▼harm", "▲benefit",
    }  # fmt: skip


def test_a_hostile_record_puts_no_element_into_the_page(files, hostile_files):
    page = lxml_html.fromstring(hostile_files["index.html"])
    assert len(page.xpath("//script")) == 1
    assert {e.tag for e in page.iter()} == {e.tag for e in lxml_html.fromstring(
        files["index.html"]).iter()}  # fmt: skip
    assert "<script>alert('x')</script>" in page.text_content()


def test_no_format_passes_on_control_or_overriding_characters(hostile_files):
    for name, content in hostile_files.items():
        if not name.endswith(".json"):
            assert "\x1b" not in content.decode(), name
            assert "\u202e" not in content.decode(), name


def test_hostile_markdown_is_shown_and_not_rendered(hostile_files):
    text = hostile_files["report.md"].decode()
    assert "<script>" not in text
    assert r"\`rm\`" in text
    tables = [line for line in text.splitlines() if line.startswith("| Leg pain vs placebo")]
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in tables] == [7]


def test_a_hostile_title_is_no_formula_in_a_spreadsheet(hostile_files):
    hostile = next(r for r in rows(hostile_files["records.csv"]) if r["record"] == "pmid:3")
    assert hostile["title"].startswith("'=cmd()")
    assert not any(value.startswith(("=", "+", "-", "@")) for value in hostile.values())


def test_a_hostile_title_cannot_end_its_own_ris_entry(hostile_files):
    lines = hostile_files["included.ris"].decode().splitlines()
    assert lines.count("ER  - ") == sum(line.startswith("TY  - ") for line in lines) == 6


def test_ris_holds_the_included_records_only(files):
    text = files["included.ris"].decode()
    assert (
        "ID  - pmid:2\nTI  - A second made-up trial, larger than the first\nAU  - Cedar, D." in text
    )
    assert "DO  - 10.0000/made.up.2" in text
    assert "pmid:7" not in text


def test_the_table_of_records_says_why_one_was_excluded(files):
    excluded = next(r for r in rows(files["records.csv"]) if r["record"] == "pmid:7")
    assert (excluded["verdict"], excluded["criterion"]) == ("exclude", "population")
    assert excluded["quote"] == "Patients after discectomy were randomised."


def test_the_flow_as_a_table_has_a_row_for_each_reason(files):
    found = {(r["box"], r["reason"]): r["n"] for r in rows(files["prisma.csv"])}
    assert found["excluded", "population"] == "237"
    assert found["included_studies", ""] == "26"


def test_figures_are_drawings_with_their_text_as_text(files):
    drawing = etree.fromstring(files["figures/pain-vs-placebo.svg"])
    said = "".join(drawing.itertext())
    assert "Hazel 2016" in said
    assert "0.42 points of 10 better" in said


@pytest.mark.parametrize("claim", ["../../etc", "a/b", 'a"b', "ä b"])
def test_whatever_a_claim_is_called_its_figure_stays_in_the_folder(claim):
    assert re.fullmatch(r"[\w.%~-]+\.svg", file_name(claim))
    assert "/" not in file_name(claim)


def test_json_is_sorted_and_ends_with_a_line_break(files):
    text = files["report.json"].decode()
    assert text.endswith("}\n")
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_a_report_read_back_from_json_renders_the_same_bytes(files):
    again = render_all(json.loads(files["report.json"]), json.loads(files["diff.json"]), {})
    assert again == files


def test_another_hash_seed_time_zone_and_folder_give_the_same_bytes(files, tmp_path, repository):
    program = (
        "import hashlib; from tests.report_builders import pair;"
        "from living_review.reporting import render_all;"
        "print({n: hashlib.sha256(b).hexdigest() for n, b in render_all(*pair(), {}).items()})"
    )
    settings = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    paths = os.pathsep.join([str(repository), str(repository / "src")])
    printed = subprocess.run(
        [sys.executable, "-c", program],
        check=True, capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, **settings, "PYTHONPATH": paths},
    ).stdout  # fmt: skip
    assert printed.strip() == str({n: hashlib.sha256(b).hexdigest() for n, b in files.items()})


def test_the_manifest_lists_every_file_by_its_hash(files):
    listed = json.loads(manifest(files, {"protocol": "abc"}, {"code": "0.1"}))
    assert listed["files"]["report.md"] == hashlib.sha256(files["report.md"]).hexdigest()
    assert (listed["inputs"], listed["versions"]) == ({"protocol": "abc"}, {"code": "0.1"})


def test_no_output_names_a_place_on_this_machine(files):
    here = str(Path(__file__).parents[2])
    assert not [name for name, content in files.items() if here in content.decode()]
