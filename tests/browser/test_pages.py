"""The published pages in a real browser: valid, accessible, silent, fetching nothing, printable."""

import io
import re
import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader

from living_review.stages import backtest, initialise, update
from living_review.warehouse import store_path
from tests.browser import checks, looking

NEEDED = ("chromium", "java")


@pytest.fixture(scope="module")
def browser():
    for program in NEEDED:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed; .ci/run installs it")
    with looking.browser() as found:
        yield found


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The sample at two dates, so that the pages carry changes."""
    folder = tmp_path_factory.mktemp("pages") / "review"
    initialise.run(folder, sample=True)
    update.replay(folder, [date(2012, 12, 31), date(2017, 12, 31)])
    backtest.run(folder, Path("sample/effects.csv"), "class-effect")
    return store_path(folder) / "reports"


@pytest.fixture(scope="module")
def printed(browser, reports):
    """The latest report as it comes out of a printer, its text without any space."""
    window = browser.new_page()
    window.goto((reports / "latest" / "index.html").as_uri())
    paper = PdfReader(io.BytesIO(window.pdf(format="A4")))
    window.close()
    return squeezed("".join(page.extract_text() for page in paper.pages))


def squeezed(text):
    """Without space, and without the ligatures that a typesetter puts in."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_whole(text, printed):
    """In one piece, or in two where a sheet ends."""
    cuts = range(len(text) + 1)
    return any(text[:cut] in printed and text[cut:] in printed for cut in cuts)


def test_a_page_of_every_sort_passes_every_check_in_every_look(browser, reports):
    heaviest = [pages[0] for pages in checks.kinds(reports).values()]
    # The sweep of `benchmarks.pages` is longer: axe looks at the structure of wide pages too.
    found = checks.faults(reports, heaviest, browser, structure=False)
    assert "\n".join(map(str, found)) == ""


def test_every_link_of_every_page_leads_somewhere(reports):
    assert list(checks.links.faults(reports, checks.pages(reports))) == []


def test_every_page_says_what_it_is_of_and_forbids_what_it_does_not_need(reports):
    for page in checks.pages(reports):
        text = page.read_text()
        assert "Gabapentin" in text, page
        assert "Content-Security-Policy" in text, page
        assert text.rstrip().endswith("</html>"), page


def test_print_shows_the_whole_report_also_what_is_folded(reports, printed):
    page = html.fromstring((reports / "latest" / "index.html").read_bytes())
    said = {squeezed(text) for text in page.xpath("//main//text()[not(ancestor::svg)]")}
    folded = {squeezed(text) for text in page.xpath("//details//text()[not(ancestor::svg)]")}

    assert len(folded) > 100
    assert sorted(text for text in said if not is_whole(text, printed)) == []
