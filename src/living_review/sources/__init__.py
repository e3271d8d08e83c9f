"""Where records come from; the only code that opens connections or reads record files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from living_review.protocol import Run, Search
from living_review.sources.clinicaltrials import open_clinicaltrials
from living_review.sources.contract import Found, Source
from living_review.sources.crossref import open_crossref
from living_review.sources.files import open_files
from living_review.sources.pubmed import open_pubmed

__all__ = ["Found", "Source", "open_source"]

SOURCES: dict[str, Callable[[Search, Path, Run, Mapping[str, str]], Source]] = {
    "clinicaltrials": open_clinicaltrials,
    "files": open_files,
    "pubmed": open_pubmed,
}


def open_source(
    search: Search,
    review: Path,
    run: Run,
    environ: Mapping[str, str],
    watched: Sequence[str] = (),
) -> Source:
    """Open the source that a search names; `review` is the folder its paths are relative to.

    `watched` are the DOIs of the records the review rests on; only Crossref is asked about them.
    """
    if search.source == "crossref":
        return open_crossref(search, review, run, environ, watched)
    return SOURCES[search.source](search, review, run, environ)
