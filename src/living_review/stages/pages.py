"""Pages on disk: written only where their bytes differ, and never seen half-written."""

import json
from pathlib import Path
from typing import Any

NOTE = ".site.json"  # what the pages were made of when they were last made


def write(path: Path, body: bytes) -> None:
    """Put `body` where readers look, unless it is there; they see the old page or the new one."""
    if path.is_file() and path.read_bytes() == body:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(body)
    aside.replace(path)


def note(folder: Path) -> dict[str, Any]:
    """What the pages in a folder were made of; empty where nobody knows."""
    try:
        told = json.loads((folder / NOTE).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def keep_note(folder: Path, **made_of: object) -> None:
    """Add to the note what pages have been made of now."""
    told = note(folder) | made_of
    write(folder / NOTE, json.dumps(told, sort_keys=True).encode())
