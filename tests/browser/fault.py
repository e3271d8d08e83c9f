"""One thing that is wrong with one page."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """`check` names what found it; `seen` how the page was looked at, "" where it was only read."""

    page: Path
    check: str
    said: str
    seen: str = ""

    def __str__(self) -> str:
        seen = f" at {self.seen}" if self.seen else ""
        return f"{self.check}: {'/'.join(self.page.parts[-2:])}{seen}: {self.said}"
