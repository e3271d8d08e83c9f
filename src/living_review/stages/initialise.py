"""Init: a new review folder from a template that runs as it is."""

import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from living_review.errors import UserError
from living_review.stages import importing

SAMPLE_SEARCH = """searches:
  sample:
    source: files
    path: sample

"""


def run(folder: Path, sample: bool) -> dict[str, int]:
    """Make the folder; with `sample` it reads the bundled corpus instead of PubMed.

    UserError when the folder already holds a review. Gives what was imported.
    """
    if (folder / "config.yaml").exists():
        raise UserError(f"{folder} already holds a config.yaml; choose another folder")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    packaged = files("living_review.sample")
    text = (packaged / "config.yaml").read_text(encoding="utf-8")
    if not sample:
        (folder / "config.yaml").write_text(text, encoding="utf-8")
        return {}
    (folder / "config.yaml").write_text(_with_sample_search(text), encoding="utf-8")
    (folder / "sample").mkdir(exist_ok=True)
    with as_file(packaged) as source:
        for name in ("pubmed.xml", "effects.csv"):  # the table is what `backtest --series` reads
            shutil.copy(source / name, folder / "sample" / name)
        beyond = [source / "beyond_pubmed.jsonl", source / "effects.csv"]
        return importing.run(folder, beyond)


def _with_sample_search(text: str) -> str:
    """The same protocol, searching the corpus: the `searches:` block is replaced whole."""
    return re.sub(r"^searches:\n(?:[ ].*\n|\n)*", SAMPLE_SEARCH, text, count=1, flags=re.M)
