"""The checks of pages find what they are for: a page with every fault has each of them told."""

import pytest

from tests.browser import checks, looking

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="{policy}"></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""
FAULTS = {
    "validity": '<p align="left">An attribute of long ago.</p>',
    "links": '<p><a href="nowhere.html">No such page</a></p>',
    "width": '<details><summary>A fold</summary><p style="width: 1500px">Wide</p></details>',
    "axe": '<p style="color: #eee; background: #fff">Hardly to be read.</p>',
    "console": "<script>console.log('said')</script>",
    "error": "<script>throw new Error('mine')</script>",
    "dialog": "<script>alert('hello')</script>",
    "requests": '<img alt="A picture" src="../outside.svg">',
}


@pytest.fixture(scope="module")
def browser():
    with looking.browser() as found:
        yield found


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """A version's folder with a page for each fault, and one that has none."""
    folder = tmp_path_factory.mktemp("checks")
    (folder / "outside.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "1.0.0").mkdir()
    anything = "default-src * 'unsafe-inline'"
    for name, body in {**FAULTS, "well": '<p id="here"><a href="#here">Here</a></p>'}.items():
        page = folder / "1.0.0" / f"{name}.html"
        page.write_text(PAGE.format(policy=anything, body=body))
    (folder / "1.0.0" / "policy.html").write_text(
        PAGE.format(policy="default-src 'none'", body="<p style='color: red'>Forbidden red</p>")
    )
    return folder


@pytest.fixture(scope="module")
def found(browser, reports):
    told = {page.stem: set() for page in checks.pages(reports)}
    one = [look for look in looking.LOOKS if look.by_axe][:1]
    for fault in checks.faults(reports, checks.pages(reports), browser, one):
        told[fault.page.stem].add(fault.check)
    return told


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_page_is_found_out(found, fault):
    assert found[fault] == {fault}


def test_a_breach_of_the_pages_own_policy_is_heard(found):
    assert found["policy"] == {"console"}


def test_a_page_that_is_well_is_left_alone(found):
    assert found["well"] == set()


def test_links_may_lead_to_other_sites_and_to_no_code(tmp_path):
    page = tmp_path / "index.html"
    page.write_text(
        "<a href='https://example.org/'>Out</a> <a href='javascript:x'>Code</a>"
        "<img src='https://example.org/x.png'><a href='../../other.html'>Out</a><a href='#x'>In</a>"
    )
    said = [fault.said for fault in checks.links.faults(tmp_path, [page])]
    assert said == [
        "<a> to javascript:x",
        "<img> to https://example.org/x.png",
        "../../other.html leads out of the reports folder",
        "#x leads to no place in its page",
    ]


def test_drawings_do_not_count_in_a_pages_weight(tmp_path):
    page = tmp_path / "index.html"
    drawn = "<svg>" + "x" * 600_000 + '</svg><img src="data:image/svg+xml;base64,' + "x" * 600_000
    page.write_text(drawn + '">')
    assert list(checks._heavy([page])) == []
    page.write_text("x" * 600_000)
    assert [fault.said for fault in checks._heavy([page])] == [
        "600,000 bytes without drawings, more than 500,000"
    ]


def test_pages_of_one_sort_are_told_by_where_they_lie(tmp_path):
    names = (
        "index.html", "queue.html", "claims/pain.html", "claims/harms.html", "claims/index.html",
        "1.0.0/index.html", "1.1.0/index.html", "1.1.0/methods.html", "diffs/1.0.0_1.1.0.html",
    )  # fmt: skip
    for name in names:
        page = tmp_path / name
        page.parent.mkdir(exist_ok=True)
        page.write_text("x" * len(name))
    (tmp_path / "latest").symlink_to("1.1.0")
    kinds = {
        kind: [page.relative_to(tmp_path).as_posix() for page in pages]
        for kind, pages in checks.kinds(tmp_path).items()
    }
    assert kinds == {
        "VERSION/index.html": ["1.0.0/index.html", "1.1.0/index.html"],
        "VERSION/methods.html": ["1.1.0/methods.html"],
        "claims/*.html": ["claims/harms.html", "claims/pain.html"],
        "claims/index.html": ["claims/index.html"],
        "diffs/*.html": ["diffs/1.0.0_1.1.0.html"],
        "index.html": ["index.html"],
        "queue.html": ["queue.html"],
    }
