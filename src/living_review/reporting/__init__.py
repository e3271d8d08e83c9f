"""Reports: one format a module, each a pure function of the canonical report and the diff.

A format is a module of this package with `NAME` (its file; a name ending in `/` is a folder)
and `render(report, diff)`, which gives bytes, or file name → bytes for a folder.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from living_review.reporting import csv_records
from living_review.reporting.canonical import Json


@cache
def formats() -> dict[str, ModuleType]:
    """Every format by its file name. Found when asked for: figures are slow to import."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    by_name = {module.NAME: module for module in modules if hasattr(module, "NAME")}
    return dict(sorted(by_name.items()))


def render_all(report: Json, diff: Json, excluded: Mapping[str, Json]) -> dict[str, bytes]:
    """Render every file of a version's folder but its manifest: file name → bytes, sorted.

    `excluded` are the records that bear on nothing, and are in no report but listed.
    """
    files = {csv_records.NAME_IN_FOLDER: csv_records.render(report, excluded)}
    for name, module in formats().items():
        rendered = module.render(report, diff)
        if name.endswith("/"):
            files |= {name + inner: content for inner, content in rendered.items()}
        else:
            files[name] = rendered
    return dict(sorted(files.items()))
