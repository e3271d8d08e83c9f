"""The page and the picture of a back-test: whole, escaped, and the same bytes each time."""

import io

import pytest
from lxml import etree
from lxml import html as lxml_html
from rich.console import Console

from living_review.backtest import course, history
from living_review.reporting.backtest import figure, words
from living_review.reporting.backtest import page as pages
from living_review.reporting.backtest.report import build
from living_review.reporting.backtest.terminal import print_backtest
from tests.backtest_builders import cited, moments, told
from tests.report_builders import HOSTILE


@pytest.fixture(scope="module")
def given():
    return told()


@pytest.fixture(scope="module")
def page(given):
    return lxml_html.fromstring(pages.render(given))


def text(element):
    return " ".join(element.text_content().split())


def bare(count=1):
    """A back-test of so many versions and one claim, without a series."""
    given = moments("benefit " * count)
    found = history(
        [(m.version, m.as_of) for m in given], [course("disability", given, {})]
    )  # fmt: skip
    latest = {"version": "1.0.0", "review": {"title": "A"}, "footer": [], "conclusions": []}
    return build(found, None, latest=latest, records={}, certainty_only=0, sample=False)


def test_the_answer_comes_first_in_plain_words(page):
    said = [text(p) for p in page.xpath("//header/p")]
    assert said[1] == (
        "Over these 2 updates, from 31 December 2001 to 31 December 2003, our rules announced "
        "3 changes of direction on 2 claims: 1 first answer and 2 turns of an answer already "
        "given; none went back to an earlier answer."
    )
    assert "From significance alone, on the 1 claim with effects to test, 1 change" in said[2]


def test_one_table_compares_the_policies(page):
    (table,) = page.xpath("//section[@id='compared']//table")
    rows = [[text(cell) for cell in row] for row in table.xpath(".//tbody/tr")]
    assert [row[0] for row in rows] == [named.name for named in words.POLICIES.values()]
    heads = [text(cell) for cell in table.xpath(".//thead//th")]
    assert dict(zip(heads, rows[0], strict=True))["Turns"] == "2"
    assert dict(zip(heads, rows[2], strict=True))["Claims answered"] == "1"


def test_each_change_names_its_record_with_a_link_and_how_long_it_waited(page):
    row = next(r for r in page.xpath("//section[@id='changes']//tbody/tr") if "Author3" in text(r))
    assert row.xpath(".//a/@href") == [
        "../3.0.0/index.html", "https://pubmed.ncbi.nlm.nih.gov/3/",
    ]  # fmt: skip
    assert "▲benefit → ?uncertain" in text(row)
    assert "30 days" in text(row)


def test_what_two_rules_tell_alike_is_one_row(page):
    rows = [text(r) for r in page.xpath("//section[@id='changes']//tbody/tr")]
    assert sum("ours, previous" in row for row in rows) == 3


def test_a_reversal_is_marked():
    given = moments("benefit uncertain benefit")
    found = history([(m.version, m.as_of) for m in given], [course("a", given, {})])
    latest = {"version": "3.0.0", "review": {"title": "A"}, "footer": [], "conclusions": []}
    backtest = build(found, None, latest=latest, records={}, certainty_only=0, sample=False)

    page = lxml_html.fromstring(pages.render(backtest))
    assert [text(b) for b in page.find_class("badge-CHANGED")] == ["reversal"]


def test_every_order_of_the_series_is_a_row(page):
    _, *rows = page.xpath("//table[@class='orders']//tr")
    assert len(rows) == 2
    assert rows[0].xpath(".//*[@role='img']/@aria-label")[2].count("significant") == 3


def test_many_orders_are_told_by_how_often_they_turn(given):
    many = {**given, "series": {**given["series"], "orders": given["series"]["orders"] * 20}}
    page = lxml_html.fromstring(pages.render(many))
    assert page.find_class("orders") == []
    assert "turn in 2 orders" in text(page.xpath("//section[@id='series']")[0])


def test_one_version_says_that_there_is_nothing_to_compare():
    page = lxml_html.fromstring(pages.render(bare()))
    assert "There is one version: nothing to compare yet." in text(page)
    assert "No direction changed under any of the rules." in text(page)


def test_what_comes_from_outside_is_escaped_and_the_page_fetches_nothing(given):
    records = {name: cited(name, title=HOSTILE, authors=[HOSTILE]) for name in given["records"]}
    body = pages.render(told(records=records))
    page = lxml_html.fromstring(body)

    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img/@src") == [figure.NAME]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert page.xpath("//*[@style or @onclick]") == []


def test_the_picture_draws_each_claim_and_is_the_same_each_time(given):
    picture = figure.render(given)
    assert picture == figure.render(given)
    drawn = " ".join(etree.fromstring(picture).itertext())
    assert all(said in drawn for said in ("Pain vs placebo", "Disability", "ours", "significance"))
    assert figure.render(bare())


def test_a_label_in_another_script_is_drawn_by_the_readers_fonts(given):
    first, *rest = given["claims"]
    picture = figure.render({**given, "claims": [{**first, "label": "坐骨神经痛 $x^2$"}, *rest]})
    assert "坐骨神经痛 $x^2$" in picture.decode()


@pytest.mark.parametrize("screen", [True, False])
def test_the_terminal_says_the_same_to_a_person_and_to_a_pipe(given, screen):
    out = io.StringIO()
    console = Console(file=out, force_terminal=screen, width=100, color_system=None)
    print_backtest(console, given)
    said = " ".join(out.getvalue().split())

    assert "our rules announced 3 changes of direction on 2 claims" in said
    assert ("Claims answered\t2\t2\t1" in out.getvalue()) is not screen
