"""A review of a small PubMed that fails on purpose, and what its store then holds."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from living_review import config
from living_review.errors import SourceRefused, SourceUnavailable
from living_review.stages import screen, update
from living_review.warehouse import database_path
from tests.fakes.entrez_server import FakeEntrez, Request
from tests.pubmed_builders import article, article_set
from tests.stories.living import NO_DIFFERENCE, LivingReview, trial

FIRST, LATER = date(2024, 1, 10), date(2024, 1, 30)
LISTED = 7  # in place of 9,999, so that eleven records are listed in two slices
BATCH_SIZE = 2
NO_DATE = date(9000, 1, 1)  # after all of them
VIEWS = {
    "current_raw": "current_raw($cut)",
    "current_record": "current_record($as_of, $cut)",
    "current_decision": "current_decision($as_of, $cut, $basis)",
    "current_hit": "current_hit($cut)",
    "current_link": "current_link($cut)",
}
Views = dict[str, list[Any]]


def corpus() -> FakeEntrez:
    """Five records, of which one is revised later, and then six new ones, a retraction among them.

    The later update asks for 101, which the review rests on, 102, which was revised, and the new
    ones 201 to 206: four batches of two.
    """
    fake = FakeEntrez(
        article_set(
            *(_trial(101, "1975-03-01"),),
            *(
                article(n, f"Another matter, {n}", entered=f"20{n - 90}-05-05")
                for n in range(102, 106)
            ),
        )
    )
    fake.add(
        article_set(
            article(102, "Other matters, reworded", entered="1972-05-05", revised="2024-01-25")
        ),
        enters=date(2024, 1, 25),
    )
    retracts = (
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionOf"><RefSource>Made up'
        "</RefSource><PMID>103</PMID></CommentsCorrections></CommentsCorrectionsList>"
    )
    fake.add(
        article_set(
            _trial(201, "2024-01-15"),
            article(202, "Retraction", entered="2024-01-16", outer=retracts,
                    types=("Retraction of Publication",)),
            *(article(n, f"A new matter, {n}", entered="2024-01-17") for n in range(203, 207)),
        ),
        enters=date(2024, 1, 20),
    )  # fmt: skip
    return fake


def _trial(pmid: int, entered: str) -> str:
    made = trial(pmid, entered, NO_DIFFERENCE)
    abstract = f"<Abstract><AbstractText>{made.abstract}</AbstractText></Abstract>"
    return article(pmid, made.title, entered=entered, inner=abstract, types=made.types)


def is_whole(request: Request) -> bool:
    """The search for the whole set."""
    said = request.parameters.get("term", "")
    return _is_search(request) and '"1700/' in said and '"2024/' in said


def is_slice(request: Request) -> bool:
    """A search for a part of the set: the latest, which has the most."""
    said = request.parameters.get("term", "")
    return _is_search(request) and '"1700/' not in said and '"2024/' in said


def is_of_revisions(request: Request) -> bool:
    """The search for what was revised."""
    return request.parameters.get("datetype") == "mdat"


def _is_search(request: Request) -> bool:
    return request.utility == "esearch" and not is_of_revisions(request)


def is_batch_of(*pmids: int) -> Callable[[Request], bool]:
    """A fetch of one of these records."""

    def meets(request: Request) -> bool:
        asked = request.parameters.get("id", "").split(",")
        return request.utility == "efetch" and any(str(pmid) in asked for pmid in pmids)

    return meets


def search_page(fake: FakeEntrez) -> Callable[[], bytes]:
    """The answer to another search: what was created in the seventies."""
    return _answer(fake, "esearch", retmax="7", term='"1970"[crdt] : "1979"[crdt]')


def page_of(fake: FakeEntrez, pmids: str) -> Callable[[], bytes]:
    """The answer to a fetch of these records."""
    return _answer(fake, "efetch", id=pmids)


def _answer(fake: FakeEntrez, utility: str, **asked: str) -> Callable[[], bytes]:
    return lambda: fake.answer(utility, {"db": "pubmed", "retmode": "xml", **asked}).body


@dataclass(frozen=True)
class FaultedReview:
    """A review folder, held open so that its stages need not open the store anew each time."""

    folder: Path
    store: duckdb.DuckDBPyConnection

    @classmethod
    @contextmanager
    def begun(cls, folder: Path) -> Iterator["FaultedReview"]:
        """A new one on PubMed."""
        review = LivingReview(folder)
        review.edit("source: files\n    path: records", "source: pubmed\n    query: sciatica")
        text = review.config.read_text()
        review.config.write_text(re.sub("batch_size: .*", f"batch_size: {BATCH_SIZE}", text))
        with cls.held(folder) as held:
            yield held

    @classmethod
    @contextmanager
    def copied(cls, source: Path, folder: Path) -> Iterator["FaultedReview"]:
        """A copy of one that nobody holds."""
        shutil.copytree(source, folder)
        with cls.held(folder) as held:
            yield held

    @classmethod
    @contextmanager
    def held(cls, folder: Path) -> Iterator["FaultedReview"]:
        path = database_path(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(path), config={"autoinstall_known_extensions": False}) as store:
            store.execute("SET threads = 1")  # more only cost time on tables of ten rows
            yield cls(folder, store)

    def update(self, as_of: date) -> SourceUnavailable | SourceRefused | None:
        """Run the stages that read and decide; what stopped them. Any other error is a bug."""
        try:
            update.run(self.folder, as_of, "manual", until="screen")
        except (SourceUnavailable, SourceRefused) as error:
            return error
        return None

    def views(self) -> Views:
        """What is current, all columns but the run's number."""
        basis = screen.basis(config.load(self.folder / "config.yaml"))
        given = {"as_of": NO_DATE, "cut": 1_000_000, "basis": basis}
        return {
            name: self._rows(view, {key: v for key, v in given.items() if f"${key}" in view})
            for name, view in VIEWS.items()
        }

    def _rows(self, view: str, given: dict[str, Any]) -> list[Any]:
        done = self.store.execute(f"SELECT * FROM {view} ORDER BY ALL", given)
        kept = [at for at, column in enumerate(done.description) if column[0] != "run_no"]
        return sorted(tuple(str(row[at]) for at in kept) for row in done.fetchall())

    def said(self) -> tuple[str, ...]:
        """What the latest search remarked, and why records it received cannot be read."""
        remarks = self.store.execute(
            "SELECT warnings FROM search_run ORDER BY run_no DESC LIMIT 1"
        ).fetchall()
        problems = self.store.execute(
            "SELECT problem FROM current_raw(1_000_000) WHERE problem <> '' ORDER BY ALL"
        ).fetchall()
        return tuple(text for (text,) in [*remarks, *problems] if text != "[]")
