"""A living review on a few made-up records, run through the real stages, for stories to tell."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from living_review.stages import decide, importing, published, update
from living_review.stages import judge as judging
from living_review.warehouse import Warehouse, database_path, store_path

PROJECT = Path(__file__).parents[2]
ONE_SEARCH = "searches:\n  folder:\n    source: files\n    path: records\n\n"


@dataclass(frozen=True)
class Paper:
    """A record as PubMed would give it. The number is made up, as everything in it."""

    pmid: int
    title: str
    abstract: str
    on: str
    types: tuple[str, ...] = ("Journal Article",)
    links: tuple[tuple[str, int], ...] = ()
    registration: str | None = None

    def xml(self) -> str:
        year, month, day = self.on.split("-")
        types = "".join(f"<PublicationType>{t}</PublicationType>" for t in self.types)
        links = "".join(
            f'<CommentsCorrections RefType="{kind}"><RefSource>Made up</RefSource>'
            f"<PMID>{pmid}</PMID></CommentsCorrections>"
            for kind, pmid in self.links
        )
        bank = (
            "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>"
            f"<AccessionNumberList><AccessionNumber>{self.registration}</AccessionNumber>"
            "</AccessionNumberList></DataBank></DataBankList>"
            if self.registration
            else ""
        )
        return (
            f"<PubmedArticle><MedlineCitation><PMID Version='1'>{self.pmid}</PMID><Article>"
            f"<Journal><JournalIssue><PubDate><Year>{year}</Year><Month>{month}</Month>"
            f"<Day>{day}</Day></PubDate></JournalIssue><Title>Made-up Journal</Title></Journal>"
            f"<ArticleTitle>{self.title}</ArticleTitle>"
            f"<Abstract><AbstractText>{self.abstract}</AbstractText></Abstract>"
            f"<Language>eng</Language>{bank}<PublicationTypeList>{types}</PublicationTypeList>"
            f"</Article><CommentsCorrectionsList>{links}</CommentsCorrectionsList>"
            "</MedlineCitation></PubmedArticle>"
        )


def trial(pmid: int, on: str, result: str, n: int = 120, **more: Any) -> Paper:
    """A randomised trial of gabapentin against placebo in sciatica with this result sentence."""
    return Paper(
        pmid=pmid,
        title=f"Gabapentin for sciatica: a randomised placebo-controlled trial, number {pmid}",
        abstract=(
            f"We randomised {n} adults with chronic sciatica to gabapentin or placebo for 8 weeks. "
            f"The primary outcome was leg pain on a 0-10 numeric rating scale. {result}"
        ),
        on=on,
        types=("Randomized Controlled Trial",),
        **more,
    )


BETTER = "Leg pain was significantly lower with gabapentin than with placebo (P=0.001)."
NO_DIFFERENCE = "Leg pain did not differ between gabapentin and placebo (P=0.64)."


@dataclass
class LivingReview:
    """A review folder, its records, and what it has published."""

    folder: Path
    papers: dict[int, Paper] = field(default_factory=dict)
    config_text: str = ""

    def __post_init__(self) -> None:
        (self.folder / "records").mkdir(parents=True, exist_ok=True)
        text = (PROJECT / "config.yaml").read_text()
        one = re.sub(r"^searches:\n(?:[ ].*\n|\n)*", ONE_SEARCH, text, count=1, flags=re.M)
        self.config.write_text(self.config_text or one)
        self._write_records()

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    def copy(self, folder: Path) -> "LivingReview":
        """The same review in another folder, as it is now."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return LivingReview(folder, dict(self.papers), config_text=self.config.read_text())

    def edit(self, old: str, new: str) -> None:
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))

    def give(self, *papers: Paper) -> None:
        """Put records where the search finds them; a known PMID is a revision."""
        for paper in papers:
            self.papers[paper.pmid] = paper
        self._write_records()

    def update(self, as_of: str, *papers: Paper, until: str = "publish") -> dict[str, Any] | None:
        """Give records, run one update, and give its report if it published one."""
        self.give(*papers)
        before = self.versions()
        with self.held_open():
            update.run(self.folder, date.fromisoformat(as_of), "manual", until=until)
        after = self.versions()
        return published.report(self.folder, None) if after != before else None

    @contextmanager
    def held_open(self) -> Iterator[None]:
        """Hold the store, so that stages need not open the file anew each time: a third faster."""
        path = database_path(self.folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(path), config={"autoinstall_known_extensions": False}) as store:
            store.execute("SET threads = 1")  # more only cost time on tables of ten rows
            yield

    def versions(self) -> list[str]:
        if not database_path(self.folder).exists():
            return []
        with Warehouse(database_path(self.folder)) as store:
            return [row["version"] for row in store.rows("versions")]

    def decide(self, pmid: int, verdict: str) -> None:
        decide.run(self.folder, f"pmid:{pmid}", verdict, "seen in full", "ab", date(2020, 1, 1))

    def judge(
        self,
        pmid: int,
        direction: str | None,
        weeks: float | None = None,
        outcome: str = "leg_pain",
        **word: Any,
    ) -> str:
        """Say what a record found for gabapentin against placebo; None withdraws."""
        return judging.finding(
            self.folder, f"pmid:{pmid}", "gabapentin", "placebo", outcome, weeks, direction, None,
            self.word(withdraw=direction is None, **word),
        )  # fmt: skip

    def judge_tag(self, pmid: int, name: str, value: str | None, **word: Any) -> str:
        """Say what a tag of a record should be; None withdraws."""
        word = {"withdraw": value is None, **word}
        return judging.tag(self.folder, f"pmid:{pmid}", name, value, self.word(**word))

    @staticmethod
    def word(reason: str = "seen in full", by: str = "ab", **more: Any) -> judging.Word:
        return judging.Word(reason, by, date(2020, 1, 1), **more)

    def bring(self, name: str, text: str) -> dict[str, Any]:
        path = self.folder / name
        path.write_text(text)
        return importing.run(self.folder, [path])

    def table_sizes(self) -> dict[str, int]:
        """How many rows every table holds."""
        with duckdb.connect(str(database_path(self.folder)), read_only=True) as store:
            names = [
                n for (n,) in store.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            ]
            return {
                n: store.execute(f"SELECT count(*) FROM {n}").fetchall()[0][0]
                for n in sorted(names)
            }

    def delete_rows(self, table: str, where: str = "true") -> int:
        with duckdb.connect(str(database_path(self.folder))) as store:
            return store.execute(f"DELETE FROM {table} WHERE {where}").fetchall()[0][0]

    def published_bytes(self) -> dict[str, bytes]:
        """Every file of every version folder by its path."""
        reports = store_path(self.folder) / "reports"
        return {
            str(path.relative_to(reports)): path.read_bytes()
            for version in self.versions()
            for path in sorted((reports / version).rglob("*"))
            if path.is_file()
        }

    def _write_records(self) -> None:
        articles = "".join(paper.xml() for paper in self.papers.values())
        text = f"<PubmedArticleSet>{articles}</PubmedArticleSet>"
        (self.folder / "records" / "records.xml").write_text(text)


def told(report: dict[str, Any] | None, claim: str) -> list[tuple[str, ...]]:
    """The changes of one claim as (class, before, after, rules, causes, records)."""
    assert report is not None
    return [
        (
            change["class"],
            change["before"]["direction"],
            change["after"]["direction"],
            "+".join(change["causes"]),
            "+".join(change["records"]),
        )
        for change in report["changes"]
        if change["claim"] == claim
    ]


def stands(report: dict[str, Any] | None, claim: str) -> tuple[str, str]:
    """Direction and certainty of a claim in a report."""
    assert report is not None
    for conclusion in report["conclusions"]:
        if conclusion["claim"] == claim:
            return conclusion["direction"], conclusion["certainty"]
    raise AssertionError(f"no conclusion on {claim}")
