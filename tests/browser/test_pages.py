"""The published pages in a real browser: shown whole, fetching nothing, at every width."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from living_review.stages import backtest, initialise, update
from living_review.warehouse import store_path

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--enable-logging=stderr",
)  # fmt: skip
# The browser complains of the machine it runs on; only what a page does is our affair.
OF_THE_PAGE = re.compile(r"CONSOLE|Content.Security.Policy|ERR_(?!FILE_NOT_FOUND)", re.I)


@pytest.fixture(scope="module")
def chromium():
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed")
    return found


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The sample at two dates, so that the pages carry changes."""
    folder = tmp_path_factory.mktemp("pages") / "review"
    initialise.run(folder, sample=True)
    for day in (date(2012, 12, 31), date(2024, 12, 31)):
        update.run(folder, day, "replay")
    backtest.run(folder, Path("sample/effects.csv"), "class-effect")
    return store_path(folder) / "reports"


def browse(chromium, page, profile, *more):
    """Open a page and give what it came to and what the browser said of it."""
    return subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={profile}", *more, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )


@pytest.mark.parametrize(
    "name",
    ["index.html", "latest/index.html", "claims/pain-vs-placebo.html", "backtest/index.html"],
)
def test_a_page_opens_whole_and_says_nothing_to_the_console(chromium, reports, tmp_path, name):
    done = browse(chromium, reports / name, tmp_path, "--dump-dom")

    assert "Gabapentin" in done.stdout
    assert done.stdout.rstrip().endswith("</html>")
    assert [line for line in done.stderr.splitlines() if OF_THE_PAGE.search(line)] == []


@pytest.mark.parametrize("name", ["latest", "backtest"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_report_fits_its_window(chromium, reports, tmp_path, width, name):
    """The page is measured by its own picture: no content is wider than the window."""
    source = (reports / name / "index.html").read_text()
    # A frame as wide as the window tells how wide its page would like to be.
    frame = tmp_path / "frame.html"
    inner = tmp_path / "inner.html"
    inner.write_text(re.sub(r"<meta[^>]*Content-Security-Policy[^>]*>", "", source, flags=re.I))
    frame.write_text(
        f"<iframe id=f style='width:{width}px;height:900px;border:0' src=inner.html></iframe>"
        "<script>f.onload=()=>{const d=f.contentDocument.documentElement;"
        "document.title=d.scrollWidth}</script>"
    )
    done = browse(
        chromium, frame, tmp_path / "profile", "--dump-dom",
        "--allow-file-access-from-files", f"--window-size={width + 40},1000",
    )  # fmt: skip

    wide = re.search(r"<title>(\d+)</title>", done.stdout)
    assert wide is not None
    assert int(wide[1]) <= width


def test_a_report_refers_to_nothing_outside_its_folder(reports):
    for page in (reports / "latest").rglob("*.html"):
        text = page.read_text()
        loaded = re.findall(
            r"<(?:script|link|img|iframe|source)[^>]*(?:src|href)=\"([^\"]+)\"", text
        )
        assert [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)] == []
        assert "Content-Security-Policy" in text
