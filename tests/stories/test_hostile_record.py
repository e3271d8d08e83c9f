"""Records and reasons written to do harm: wherever they are shown, they are shown as text.

The files are found, not listed: a new page or export is looked at as soon as it exists.
"""

import csv
import io
import json
import re
import shutil
import warnings
from dataclasses import dataclass
from datetime import date

import feedparser
import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from rich.console import Console

from living_review import cli
from living_review.commands import looking as commands
from living_review.reporting.plain import plain
from living_review.stages import decide, exporting
from living_review.warehouse import store_path
from tests.browser import checks, looking
from tests.stories.living import NO_DIFFERENCE, LivingReview, told, trial

# Each thing has a name of its own, so that it is found again whatever it has become.
MARKUP = (
    "<script>alert('evil')</script><img src=evil onerror=\"alert('evil')\">"
    "<evil-tag evil=1 style='color:red'>&lt;evil-tag&gt;\"'>]]><!-- <a href=javascript:evil>"
)
STEERING = "\x1b[31mred\x1b[0m\x1b]0;evil\x07\x00\x08\x7f\x9b2J\x85\u202etxt.exe\u202c\u2066\ufeff"
FORMATS = "$\\evil{x}^2$ {{ 7*7 }} {% raw %} `evil` ![evil](evil) [evil](javascript:evil) | *evil*"
LONG = "x" * 20_000
EVIL = f"{MARKUP} {STEERING} {FORMATS} {LONG}"
FORMULAS = ('=HYPERLINK("javascript:evil")', '=cmd|"/C evil"!A0', "@SUM(A1)", "+1", "-1")
CLAIM = "pain-vs-placebo"
# C0 but for tab and line feed, DEL, C1, byte order marks, and what turns text round.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def record(pmid, title, abstract, **more):
    """A line of an import, in which control characters travel, as in XML they cannot."""
    return json.dumps(
        {
            "record_id": f"pmid:{pmid}",
            "pmid": str(pmid),
            "title": f"{FORMULAS[0]} {title} {EVIL}",
            "abstract": [{"label": EVIL, "text": abstract}],
            "authors": [f"{FORMULAS[1]} {EVIL}", f"{FORMULAS[2]} {EVIL}"],
            "journal": f"{FORMULAS[3]} {EVIL}",
            "doi": "10.1000/\"><img src=evil onerror=alert('evil')>",
            "keywords": [EVIL],
            "mesh": [EVIL],
            "published": "2012-03-01",
            "entered": "2012-03-01",
            "languages": ["eng"],
            **more,
        }
    )


def about(result):
    return (
        "We randomised 400 adults with chronic sciatica to gabapentin or placebo for 8 weeks. "
        f"The primary outcome was leg pain on a 0-10 numeric rating scale. {result}"
    )


FOUND = f"Leg pain was significantly lower with gabapentin than with placebo (P=0.001) {EVIL}."
GIVEN = [
    record(9001, "Gabapentin for sciatica: a randomised placebo-controlled trial", about(FOUND),
           publication_types=["Randomized Controlled Trial"]),
    record(9002, "Gabapentin for sciatica: a randomised placebo-controlled trial", about(""),
           kind="registration", registrations=["NCT00009002"]),
    record(9003, "Gabapentin against placebo: a randomised trial", EVIL,
           publication_types=["Randomized Controlled Trial"]),
    record(9004, "Gabapentin in rats", f"Rats were given gabapentin. {EVIL}"),
]  # fmt: skip


@dataclass(frozen=True)
class Published:
    """The review, the report in which the record came, and every file that there is."""

    review: LivingReview
    report: dict
    files: tuple


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    review = LivingReview(tmp_path_factory.mktemp("hostile") / "review")
    # They are known from the beginning, and of 2012: so they can be decided on before they count.
    review.bring("hostile.jsonl", "\n".join(GIVEN))
    review.update(
        "2011-12-31", *(trial(number, f"2011-0{number}-01", NO_DIFFERENCE) for number in (1, 2, 3))
    )
    reason = f"{FORMULAS[4]} {EVIL}"
    decide.run(review.folder, "pmid:9001", "include", reason, "ab", date(2012, 1, 1))
    decide.run(review.folder, "pmid:1", "exclude", reason, "ab", date(2012, 1, 1))
    review.judge(9001, "favours_intervention", 8.0, reason=reason)
    report = review.update("2012-12-31")
    found = sorted((store_path(review.folder) / "reports").rglob("*"))
    return Published(review, report, tuple(path for path in found if path.is_file()))


def of_kind(published, suffix):
    found = [path for path in published.files if path.suffix == suffix]
    assert found, f"there is no {suffix} file"
    return found


def evil_in(tree):
    """What of a parsed page came from a record as markup: elements, attributes, addresses, code."""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            if "evil" in (node.text or ""):
                yield f"a comment: {node.text[:80]}"
            continue
        tag = etree.QName(node).localname
        if "evil" in tag or (tag in ("script", "style") and "evil" in (node.text or "")):
            yield f"<{tag}>"
        for name, value in node.attrib.items():
            said = f"<{tag} {name}={value[:60]!r}>"
            if "evil" in name or name.lower().startswith("on") or "color:red" in value[:10]:
                yield said
            address = etree.QName(name).localname in ("href", "src", "action", "data", "srcset")
            # A DOI is part of an address of doi.org, and quoted there.
            if address and "evil" in value and not re.match(r"https://doi\.org/[^\"'<> ]+$", value):
                yield said


def test_the_trial_moves_the_claim(published):
    assert [change[0] for change in told(published.report, CLAIM)] == ["CHANGED"]


def test_why_it_moved_is_still_said_in_a_sentence(published):
    assert all(len(change["why"]) < 1000 for change in published.report["changes"])


def test_in_a_page_it_is_text(published):
    for path in of_kind(published, ".html"):
        body = path.read_bytes()
        with warnings.catch_warnings():
            # Comments about how it spells attributes of SVG that lxml cannot.
            warnings.simplefilter("ignore")
            strict = html5lib.parse(body, treebuilder="lxml", namespaceHTMLElements=False)
        for tree in (strict.getroot(), lxml_html.fromstring(body)):
            assert list(evil_in(tree)) == [], path
        assert not CONTROL.search(body.decode()), path


def test_a_page_shows_it_as_it_is_written(published):
    page = lxml_html.parse(str(store_path(published.review.folder) / "reports/2.0.0/index.html"))
    shown = page.getroot().text_content()
    assert "alert('evil')" in shown
    assert "<script>alert('evil')</script><img src=evil" in shown
    assert "{{ 7*7 }}" in shown


def test_in_markdown_it_is_text(published):
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader.validateLink = lambda url: True  # others are not as careful
    for path in of_kind(published, ".md"):
        text = path.read_text()
        rendered = lxml_html.fromstring(reader.render(text))
        assert list(evil_in(rendered)) == [], path
        assert not rendered.xpath("//em[text()='evil'] | //code[text()='evil'] | //img"), path
        assert not re.search(r"(?<!\\)\$", text), path  # GitHub's Markdown sets what is between $
        assert not CONTROL.search(text), path


def test_in_the_feed_it_is_text_and_the_feed_is_valid(published):
    (path,) = of_kind(published, ".xml")
    feed = feedparser.parse(path.read_bytes(), sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert "alert('evil')" in feed.entries[0].content[0].value
    for entry in feed.entries:
        (content,) = entry.content
        assert content.type == "text/html"
        assert list(evil_in(lxml_html.fromstring(content.value))) == []
        assert "<" not in plain(entry.title)
    assert not CONTROL.search(path.read_text())


def exported(published, wanted):
    """Every export there is in this format, as text."""
    return [
        exporting.run(published.review.folder, what, format).text
        for what, formats in exporting.FORMATS.items()
        for format in formats
        if format == wanted
    ]


def test_in_a_table_it_is_no_formula(published):
    written = [path.read_text() for path in of_kind(published, ".csv")]
    for text in written + exported(published, "csv"):
        table = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in table}) == 1
        for cell in (cell for row in table for cell in row if not NUMBER.fullmatch(cell)):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell[:80]
        assert not CONTROL.search(text)


def test_in_a_picture_it_is_text(published):
    for path in of_kind(published, ".svg"):
        tree = etree.fromstring(path.read_bytes())
        assert list(evil_in(tree)) == [], path
        assert not CONTROL.search(path.read_text()), path


def test_in_json_it_is_text_and_steers_no_terminal(published):
    lines = [line for text in exported(published, "json") for line in text.splitlines()]
    assert any("evil" in line for line in lines)
    assert not any(CONTROL.search(line) for line in lines)
    for path in of_kind(published, ".json"):
        json.loads(path.read_bytes())
        assert not CONTROL.search(path.read_text()), path


def test_in_a_file_of_any_other_kind_it_takes_no_line_of_its_own(published):
    """RIS and its like are lines: a record that brings no line break adds none, nor ends one."""
    known = {".html", ".md", ".xml", ".csv", ".svg", ".json"}
    texts = [path.read_bytes().decode() for path in published.files if path.suffix not in known]
    for format in ("ris", "nbib", "bibtex"):
        texts += exported(published, format)
    assert len(texts) > 3
    for text in texts:
        assert not CONTROL.search(text)
        assert not any(line.startswith(FORMULAS) for line in text.splitlines())


@pytest.mark.parametrize("screen", [True, False], ids=["on a screen", "in a pipe"])
@pytest.mark.parametrize(
    "command",
    [
        "show", "show 2.0.0", "diff", "diff 1.0.0 2.0.0", "diff baseline",
        "diff 1.0.0 2.0.0 --format json", "diff 1.0.0 2.0.0 --format markdown",
        f"explain {CLAIM}", "queue", "status", "status --json", "versions",
    ],
)  # fmt: skip
def test_in_a_terminal_it_is_text(published, capsys, monkeypatch, command, screen):
    if screen:  # without colours of its own, so that every escape is foreign
        monkeypatch.setattr(commands, "out", Console(force_terminal=True, color_system=None))
    review = ["--review", str(published.review.folder)]
    cli.app.meta([*review, *command.split()], result_action="return_value")
    shown = capsys.readouterr().out
    assert shown
    assert not CONTROL.search(shown)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_a_browser_that_opens_the_pages_runs_nothing(published):
    reports = store_path(published.review.folder) / "reports"
    homes = {page: checks.home(page, reports) for page in checks.pages(reports)}
    with looking.browser() as browser:
        faults = looking.faults(browser, homes, [looking.Look(390, "dark", scripts=True)])
        assert "\n".join(map(str, faults)) == ""
