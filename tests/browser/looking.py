"""What a browser makes of a page: at two widths, light and dark, with scripts on and off.

A page has to be silent (no console message, no error, no dialog), to load nothing from outside its
folder, to keep its own policy (a breach is a console message), to fit its window, also with every
fold open, and to give axe-core nothing serious. Axe needs scripts, and takes longer than all else,
above all for contrast: it looks at the narrow page in light, and at the wide one in dark, where
`structure=False` leaves it nothing but the colours.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.fault import Fault

GRAVE = ("serious", "critical")
HEIGHT = 900
# The widest the page gets, folded and unfolded, and what makes it so wide.
MEASURE = """
() => {
  const wide = () => document.documentElement.scrollWidth;
  const before = wide();
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  const limit = document.documentElement.clientWidth;
  const culprit = [...document.querySelectorAll('body *')].find(
    (each) => each.getBoundingClientRect().right > limit + 1);
  return [Math.max(before, wide()), culprit ? culprit.outerHTML.slice(0, 80) : ''];
}
"""
AXE = """
(rules) => axe.run(document, {resultTypes: ['violations'], preload: false, ...rules}).then(
  (found) => found.violations.map((v) => [v.impact, v.id, v.nodes.length, v.nodes[0].html]))
"""


@dataclass(frozen=True)
class Look:
    """How a reader's screen is."""

    width: int
    scheme: str
    scripts: bool

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}, scripts {'on' if self.scripts else 'off'}"

    @property
    def by_axe(self) -> bool:
        return self.scripts and (self.width, self.scheme) in ((390, "light"), (1440, "dark"))


LOOKS = [Look(*each) for each in product((390, 1440), ("light", "dark"), (True, False))]


@contextmanager
def browser() -> Iterator[Browser]:
    """Give the chromium of this machine, started once; it makes no sandbox for root."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


def faults(
    browser: Browser,
    homes: Mapping[Path, Path],
    looks: Sequence[Look] = LOOKS,
    *,
    structure: bool = True,
) -> Iterator[Fault]:
    """Yield what is wrong with each page (page → the folder that it may load from)."""
    with ExitStack() as stack:
        watchers = [
            Watcher(stack.enter_context(_context(browser, look)), look, structure) for look in looks
        ]
        for page, home in homes.items():
            for watcher in watchers:
                yield from watcher.look_at(page, home)


@contextmanager
def _context(browser: Browser, look: Look) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": look.width, "height": HEIGHT},
        color_scheme="dark" if look.scheme == "dark" else "light",
        java_script_enabled=look.scripts,
    )
    yield context
    context.close()


class Watcher:
    """One window, and what it heard while a page was open in it."""

    def __init__(self, context: BrowserContext, look: Look, structure: bool = True) -> None:
        self.window: Page = context.new_page()
        self.look = look
        only_colours = look.scheme == "dark" and not structure
        self.rules = {"runOnly": ["color-contrast"]} if only_colours else {}
        self.heard: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self.window.on("console", lambda said: self.heard.append(("console", said.text)))
        self.window.on("pageerror", lambda error: self.heard.append(("error", str(error))))
        self.window.on("popup", lambda _: self.heard.append(("dialog", "a window of its own")))
        self.window.on("requestfailed", lambda r: self.heard.append(("requests", f"no {r.url}")))
        self.window.on("request", lambda request: self.asked.append(request.url))
        self.window.on("dialog", self._dialog)

    def look_at(self, page: Path, home: Path) -> Iterator[Fault]:
        """Open a page and yield what is wrong with it."""
        self.heard.clear()
        self.asked.clear()
        self.window.goto(page.as_uri(), wait_until="load")
        width, culprit = self.window.evaluate(MEASURE)
        said = [*self._measured(width, culprit), *(self._by_axe() if self.look.by_axe else ())]
        self.window.evaluate("1")  # one turn more: what the page set off has been heard now
        said += self.heard
        said += [("requests", url) for url in self.asked if not _within(url, home)]
        for check, what in said:
            yield Fault(page, check, what, str(self.look))

    def _dialog(self, dialog: object) -> None:
        self.heard.append(("dialog", getattr(dialog, "message", "")))
        getattr(dialog, "dismiss", lambda: None)()

    def _measured(self, width: int, culprit: str) -> Iterator[tuple[str, str]]:
        if width > self.look.width:
            yield "width", f"{width} px wide: {culprit}"

    def _by_axe(self) -> Iterator[tuple[str, str]]:
        self.window.evaluate(AXE_SCRIPT)
        for impact, rule, number, shown in self.window.evaluate(AXE, self.rules):
            if impact in GRAVE:
                yield "axe", f"{impact}: {rule}, {number} times, as {shown[:120]}"


def _within(url: str, home: Path) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "data":
        return True
    return parts.scheme == "file" and Path(unquote(parts.path)).is_relative_to(home)
