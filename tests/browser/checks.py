"""What every published page has to pass, for the tests and for `python -m benchmarks.pages`.

`faults` looks at files (`validity`, `links`, weight) and then at what a browser makes of them
(`looking`). A fault is one line for a person: which page, seen how, which check, what is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import links, looking, validity
from tests.browser.fault import Fault

VERSION = re.compile(r"\d+\.\d+\.\d+")
DRAWINGS = re.compile(rb"<svg.*?</svg>|data:image/[^\"]*", re.DOTALL)
WEIGHT = 500_000  # bytes: what a page may weigh, figures apart


def pages(reports: Path) -> list[Path]:
    """Every page under a reports folder, once: `latest` is another name of a version."""
    found = [Path(folder) / name for folder, names in _folders(reports) for name in names]
    return sorted(page for page in found if page.suffix == ".html")


def kind(page: Path, reports: Path) -> str:
    """Name what sort of page it is by where it lies, so that new sorts need no list of them.

    Version numbers are all one. Pages at the top or in a version's own folder, and index pages,
    are each a sort; of the others, those of one folder are alike.
    """
    *folders, name = VERSION.sub("VERSION", page.relative_to(reports).as_posix()).split("/")
    alike = folders not in ([], ["VERSION"]) and name != "index.html"
    return "/".join([*folders, "*.html" if alike else name])


def kinds(reports: Path) -> dict[str, list[Path]]:
    """The pages of each sort, the heaviest first: it has most that can be wrong."""
    found: dict[str, list[Path]] = {}
    for page in sorted(pages(reports), key=lambda page: (-page.stat().st_size, page)):
        found.setdefault(kind(page, reports), []).append(page)
    return dict(sorted(found.items()))


def faults(
    reports: Path,
    looked_at: Sequence[Path],
    browser: Browser,
    looks: Sequence[looking.Look] = looking.LOOKS,
    *,
    structure: bool = True,
) -> Iterator[Fault]:
    """Yield what is wrong with these pages of a reports folder; `structure` as in `looking`."""
    yield from validity.faults(looked_at)
    yield from links.faults(reports, looked_at)
    yield from _heavy(looked_at)
    yield from looking.faults(
        browser, {page: home(page, reports) for page in looked_at}, looks, structure=structure
    )


def home(page: Path, reports: Path) -> Path:
    """The folder that a page may load from: its version's, which may travel alone, or the site."""
    first = page.relative_to(reports).parts[0]
    return reports / first if VERSION.fullmatch(first) else reports


def weight(page: Path) -> int:
    """The bytes of a page without the drawings in it."""
    return len(DRAWINGS.sub(b"", page.read_bytes()))


def _heavy(looked_at: Iterable[Path]) -> Iterator[Fault]:
    for page in looked_at:
        size = weight(page)
        if size > WEIGHT:
            yield Fault(page, "weight", f"{size:,} bytes without drawings, more than {WEIGHT:,}")


def _folders(reports: Path) -> Iterator[tuple[Path, list[str]]]:
    for entry in sorted(reports.iterdir()):
        if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."):
            yield from _folders(entry)
    yield reports, [e.name for e in reports.iterdir() if e.is_file() and e.name[0] != "."]
