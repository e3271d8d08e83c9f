"""Twelve monthly updates come to what one update at the end comes to, record for record.

PubMed is made by chance, from a seed: records that enter late or back-dated, are revised with and
without a new date of revision, stop matching, are merged, deleted, retracted before or after their
notice comes, and corrected.
"""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes.entrez_server import Entry, FakeEntrez
from tests.pubmed_builders import article, article_set
from tests.stories.faulted import FaultedReview, Views
from tests.stories.living import BETTER, NO_DIFFERENCE, trial

START = date(2025, 1, 1)
MONTHS = [date(2025, month, 28) for month in range(1, 13)]
RECORDS = 40
# A record id in a row of a view, so that rows of vanished records can be left out.
RECORD_ID = re.compile(r"pmid:\d+")


@dataclass
class PubMed:
    """A made-up PubMed over a year, and which of its records are gone at the end."""

    fake: FakeEntrez
    chance: random.Random
    gone: set[int] = field(default_factory=set)

    def grow(self) -> None:
        for pmid in range(1, RECORDS + 1):
            enters = START + timedelta(days=self.chance.randrange(-200, 340))
            # Back-dated ones get a create date long before anybody could see them.
            created = enters - timedelta(days=self.chance.choice([0, 0, 0, 40, 400]))
            self._state(pmid, created, enters, None)
            self._fate(pmid, created, enters)

    def _fate(self, pmid: int, created: date, enters: date) -> None:
        later = [enters + timedelta(days=self.chance.randrange(3, 120)) for _ in range(2)]
        match self.chance.choice(FATES):
            case "revised":
                for number, day in enumerate(sorted(later)):
                    self._state(pmid, created, day, day, f"It was revised, {number}.")
            case "revised without a date":
                self._state(pmid, created, later[0], None, "It was revised in silence.")
            case "stops matching":
                self._state(pmid, created, later[0], later[0], topic="another condition")
                self._vanishes(pmid, later[0])
            case "deleted":
                self.fake.remove(pmid, on=later[0])
                self._vanishes(pmid, later[0])
            case "merged":
                self._state(pmid + 1000, created, later[0], later[0])
                self.fake.remove(pmid, on=later[0])
                self._vanishes(pmid, later[0])
            case "retracted":
                flag, notice = later if self.chance.random() < 0.5 else reversed(later)
                self._state(pmid, created, flag, flag, links={"RetractionIn": pmid + 2000})
                self._state(
                    pmid + 2000, notice, notice, None,
                    links={"RetractionOf": pmid}, types=("Retraction of Publication",),
                )  # fmt: skip
            case "corrected, and the correction withdrawn":
                first, last = sorted(later)
                self._state(pmid, created, first, first, links={"ErratumIn": pmid + 3000})
                self._state(pmid, created, last + timedelta(days=1), last + timedelta(days=1))

    def _vanishes(self, pmid: int, day: date) -> None:
        if day <= MONTHS[-1]:
            self.gone.add(pmid)

    def _state(
        self,
        pmid: int,
        created: date,
        enters: date,
        revised: date | None,
        more: str = "",
        topic: str = "sciatica",
        links: dict[str, int] | None = None,
        types: tuple[str, ...] = ("Randomized Controlled Trial",),
    ) -> None:
        made = trial(pmid, "2020-01-01", BETTER if pmid % 2 else NO_DIFFERENCE)
        said = f"{made.abstract} {more}".replace("sciatica", topic)
        listed = "".join(
            f'<CommentsCorrections RefType="{kind}"><RefSource>Made up</RefSource>'
            f"<PMID>{other}</PMID></CommentsCorrections>"
            for kind, other in (links or {}).items()
        )
        xml = article(
            pmid,
            f"{made.title} by team {pmid}".replace("sciatica", topic),
            entered=str(created),
            revised=str(revised) if revised else None,
            inner=f"<Abstract><AbstractText>{said}</AbstractText></Abstract>",
            outer=f"<CommentsCorrectionsList>{listed}</CommentsCorrectionsList>",
            types=types,
        )
        self.fake.add(article_set(xml), enters=enters)


FATES = (
    "none", "none", "revised", "revised without a date", "stops matching", "deleted", "merged",
    "retracted", "corrected, and the correction withdrawn",
)  # fmt: skip


@contextmanager
def pubmed(seed: int) -> Iterator[PubMed]:
    def matches(term: str, entry: Entry) -> bool:
        return b"sciatica" in entry.body

    with FakeEntrez(matches=matches) as fake:
        made = PubMed(fake, random.Random(seed))
        made.grow()
        yield made


def without_vanished(views: Views, gone: set[int]) -> Views:
    lost = {f"pmid:{pmid}" for pmid in gone}
    return {
        name: [row for row in rows if not lost & {i for c in row for i in RECORD_ID.findall(c)}]
        for name, rows in views.items()
    }


@contextmanager
def review(folder: Path) -> Iterator[FaultedReview]:
    with FaultedReview.begun(folder) as begun:
        config = folder / "config.yaml"
        config.write_text(re.sub("batch_size: .*", "batch_size: 20", config.read_text()))
        yield begun


@pytest.mark.parametrize("seed", [1, 3])
def test_twelve_monthly_updates_end_where_one_update_ends(
    seed: int, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "a made-up key")
    with pubmed(seed) as made:
        monkeypatch.setenv("LIVING_REVIEW_ENTREZ_URL", made.fake.url)
        with review(tmp_path / "monthly") as monthly:
            for day in MONTHS:
                made.fake.today = day
                assert monthly.update(day) is None
            seen = monthly.views()
        with review(tmp_path / "once") as once:
            assert once.update(MONTHS[-1]) is None
            expected = once.views()
    assert expected["current_record"]
    for name in expected:
        told = without_vanished({name: seen[name]}, made.gone)
        assert told == without_vanished({name: expected[name]}, made.gone), name
    assert len(expected["current_hit"]) == len(seen["current_hit"])


def test_the_made_up_year_has_every_fate(tmp_path: Path) -> None:
    with pubmed(1) as made:
        states = made.fake.holdings.at(MONTHS[-1])
    assert made.gone
    assert any(pmid > 1000 for pmid in states)
    assert any(b"RetractionOf" in state[-1].body for state in states.values())
