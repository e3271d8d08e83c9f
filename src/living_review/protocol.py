"""The protocol of one review as frozen models: what `config.yaml` may say.

Only shapes and small checks; reading the file and wording its errors is `config.py`.
Every model refuses unknown keys. Lengths of time are weeks, thresholds are fractions
unless the name says otherwise.
"""

import re
from datetime import date, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from croniter import croniter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from living_review.model import Certainty, Design, Direction


class Part(BaseModel):
    """Base of every part of the protocol: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _is_cron(text: str) -> str:
    try:
        # Asked for a next time, since the 31st of February is well formed and never comes.
        croniter(text, datetime(2000, 1, 1)).get_next()
        if len(text.split()) != 5:
            raise ValueError
    except ValueError:
        raise ValueError(
            f"'{text}' is no cron line that comes round; write five fields such as '0 3 * * *'"
        ) from None
    return text


def _is_said(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _is_time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"'{text}' is not a time zone; write it as UTC or Europe/Berlin") from None
    return text


Cron = Annotated[str, AfterValidator(_is_cron)]
Said = Annotated[str, AfterValidator(_is_said)]
TimeZone = Annotated[str, AfterValidator(_is_time_zone)]
Share = Annotated[float, Field(gt=0, le=1)]


class LivingMode(Part):
    """PRISMA-LSR L1: how the review is kept alive, in words."""

    search_cadence: Said
    publication_rule: Said
    retirement_rule: Said


class Baseline(Part):
    """The seed review every version is also compared with, from `date` on."""

    date: date
    title: Said


class Author(Part):
    """Who answers for the review, as `Family, Given` or a group's name, and what they did."""

    name: Said
    role: str = ""


class ReviewInfo(Part):
    """What the review is about."""

    title: Said
    question: Said
    baseline: Baseline
    living_mode: LivingMode
    authors: tuple[Author, ...] = ()


RecordId = Annotated[str, Field(pattern=r"^[a-z]+:\S+$")]
# What each source must be told; Crossref is asked about the records the review has.
ASKED_BY = {"pubmed": "query", "clinicaltrials": "query", "files": "path"}


class Search(Part):
    """One search of one source: a query for PubMed and ClinicalTrials.gov, a path for files.

    `must_find` are records that a search worth its name finds. `every_days` is how many days must
    have passed since a search succeeded before it is asked again; 0: at every update.
    """

    source: Literal["pubmed", "files", "clinicaltrials", "crossref"]
    query: str | None = None
    path: str | None = None
    must_find: tuple[RecordId, ...] = ()
    every_days: int = Field(default=0, ge=0)

    @property
    def secondary(self) -> bool:
        """Whether the review is whole without this source: its failure is a warning."""
        return self.source in ("clinicaltrials", "crossref")

    @property
    def watches(self) -> bool:
        """Whether it asks about the records that the review rests on, and for none of its own."""
        return self.source not in ASKED_BY

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Search":
        wanted = ASKED_BY.get(self.source)
        given = {"query": self.query, "path": self.path}
        if wanted is not None and not (given.pop(wanted) or "").strip():
            raise ValueError(f"a search of source '{self.source}' needs a non-empty '{wanted}'")
        for key, value in given.items():
            if value is not None:
                raise ValueError(f"a search of source '{self.source}' takes no '{key}'")
        return self


class Criterion(Part):
    """One eligibility rule. `asks` names the reader that answers it (screening/)."""

    id: Said
    wording: Said
    asks: Literal["drug", "population", "design", "comparison", "outcome"]


class Drug(Part):
    """A drug with every name it goes by.

    `topic` drugs are what the review is about; `related` ones are eligible only against
    the comparators in `eligible_against`; `other` ones are comparators and background.
    """

    names: tuple[str, ...] = Field(min_length=1)
    drug_class: str | None = None
    role: Literal["topic", "related", "other"] = "other"
    eligible_against: tuple[str, ...] = ()


class Term(Part):
    """A comparator or another plain word list."""

    names: tuple[str, ...] = Field(min_length=1)


class Condition(Part):
    """What ails the people or animals of a record.

    `population`: direct (the review's own), indirect (broader, counted as such), mechanism
    (an experimental model claims may use), mechanism_indirect, unsure (a human decides) or
    excluded (another population).
    """

    names: tuple[str, ...] = Field(min_length=1)
    population: Literal[
        "direct", "indirect", "mechanism", "mechanism_indirect", "unsure", "excluded"
    ]
    outranks: tuple[str, ...] = ()  # conditions this one decides over where both are named


class Scale(Part):
    """A measuring scale by its names; `length` in points."""

    names: tuple[str, ...] = Field(min_length=1)
    length: float


class Outcome(Part):
    """An outcome, its words, and which way is better for patients or animals."""

    label: Said
    names: tuple[str, ...] = Field(min_length=1)
    better: Literal["lower", "higher"]
    scales: tuple[Scale, ...] = ()
    harm: bool = False
    part_of: str | None = None  # dizziness is part of adverse_events


class Vocabulary(Part):
    """The words of the topic. Taggers know no drug, condition or outcome but these."""

    drugs: dict[str, Drug]
    drug_classes: dict[str, Term] = {}
    comparators: dict[str, Term]
    conditions: dict[str, Condition]
    outcomes: dict[str, Outcome]
    harms: dict[str, Term] = {}  # safety signals: harms of the drugs beyond the condition

    def drugs_of(self, name: str) -> tuple[str, ...]:
        """The drug itself, or the members of the class of that name."""
        if name in self.drugs:
            return (name,)
        return tuple(sorted(d for d, drug in self.drugs.items() if drug.drug_class == name))


class Window(Part):
    """Follow-up in weeks: `over` < weeks ≤ `up_to`; None leaves a side open."""

    over: float | None = None
    up_to: float | None = None

    @model_validator(mode="after")
    def _is_open(self) -> "Window":
        if self.over is not None and self.up_to is not None and self.over >= self.up_to:
            raise ValueError(f"no time is over {self.over:g} and up to {self.up_to:g} weeks")
        return self


class BaselineEffect(Part):
    """The baseline's own estimate, as benefit (above 0 is better) on a unit of the claim's MID."""

    benefit: float
    unit: Said
    low: float | None = None
    high: float | None = None


class ClaimBaseline(Part):
    """What the baseline review said of the claim."""

    direction: Direction | None
    certainty: Certainty | None = None
    effect: BaselineEffect | None = None


class Claim(Part):
    """A sentence the review takes a position on (CLAIMS)."""

    id: Said
    label: Said | None = None  # its short name for readers; made from the id where it has none
    statement: Said
    asserts: Literal["benefit", "harm", "little_or_none", "low"]
    intervention: str = ""
    comparators: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    window: Window = Window()
    populations: tuple[Literal["direct", "indirect", "mechanism", "mechanism_indirect"], ...] = (
        "direct",
        "indirect",
    )
    needs_background: tuple[str, ...] = ()  # drugs the regimen must contain
    refractory: bool = False  # after other drugs have failed
    settled_by: tuple[Design, ...] = ()
    mid: str | None = None  # key of rules.mids
    primary: bool = False  # a primary outcome of the review: B1 and B2 apply
    clinical: bool = True
    computed: Literal["evidence_quality"] | None = None
    baseline: ClaimBaseline
    contradicts: tuple[str, ...] = ()
    seed: tuple[str, ...] = ()  # the baseline's own sentences it was made from: provenance


class Mid(Part):
    """A minimal important difference between groups, on each scale it is used on."""

    points: float | None = None
    scale: float | None = None  # length of the scale `points` is on
    smd: float | None = None
    risk_difference: float | None = None
    wording: str = ""


class PoolRules(Part):
    """When effects are pooled (METHOD 4)."""

    min_studies: int = 3
    min_share: Share = 2 / 3
    typical_sd: dict[str, float] = {}  # outcome → SD on 0–10 or 0–100 for SMD conversion


class CertaintyRules(Part):
    """Thresholds of the steps down (GRADE; METHOD 4)."""

    i2_inconsistent: float = 60
    few_participants: int = 400
    very_few_participants: int = 100
    indirect_share: Share = 0.5
    egger_min_studies: int = 10
    egger_p: float = 0.1


class ChangeRules(Part):
    """When a conclusion has changed (METHOD 5)."""

    mid_margin: float = 0.2
    relative_change: float = 0.5
    relative_change_min_mids: float = 0.5
    pivotal_participants: int = 100
    npr: float = 1.0
    repeated_looks: tuple[tuple[int, float], ...] = ((5, 4), (10, 6), (15, 8), (22, 10))


def _is_endpoint(url: str) -> str:
    parts = urlsplit(url)
    try:
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # of a port that is none
        is_address = False
    if not is_address or re.search(r"\s", url):
        raise ValueError(f"'{url}' is no address; write it as https://host/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError(
            "must hold no name, password or query; the key goes into LIVING_REVIEW_MODEL_KEY"
        )
    return url


class SecondReader(Part):
    """A language model that reads beside the rules, behind any OpenAI-compatible endpoint.

    `url` is the endpoint's base, as https://host/v1. The key is in the environment, never here.
    """

    url: Annotated[str, AfterValidator(_is_endpoint)]
    model: Said


class ReadingRules(Part):
    """How sure a reading must be before it counts, and whether a second reader reads too."""

    min_confidence: float = Field(default=0.5, ge=0, le=1)  # of a finding
    min_answer: float = Field(default=0.8, ge=0, le=1)  # of the answer to a free question
    second_reader: SecondReader | None = None


class Rules(Part):
    """Every threshold a review team may set otherwise; sources in METHOD and the report."""

    method_version: Said
    mids: dict[str, Mid]
    direction_share: Share = 2 / 3
    preferred_weeks: float = 8
    pool: PoolRules = PoolRules()
    certainty: CertaintyRules = CertaintyRules()
    change: ChangeRules = ChangeRules()
    reading: ReadingRules = ReadingRules()


class Schedules(Part):
    """When the served flows run, as cron lines in `timezone`."""

    update: Cron
    recheck_included: Cron
    timezone: TimeZone = "UTC"


class Run(Part):
    """How the program runs; none of it bears on a conclusion."""

    schedules: Schedules
    batch_size: int = Field(default=400, ge=1, le=500)
    lock_wait_seconds: float = Field(default=30, ge=0)
    max_hits: int = Field(default=50_000, ge=1)
    refresh_days: int = Field(default=30, ge=1)  # no known record goes unread for longer
    max_drop: Share = 0.2  # of the records found last; a search that loses more is not believed


class Protocol(Part):
    """The whole of `config.yaml`."""

    review: ReviewInfo
    searches: dict[str, Search] = Field(min_length=1)
    eligibility: tuple[Criterion, ...] = Field(min_length=1)
    vocabulary: Vocabulary
    claims: tuple[Claim, ...] = Field(min_length=1)
    rules: Rules
    run: Run

    @field_validator("eligibility", "claims")
    @classmethod
    def _ids_are_unique(cls, items: tuple[Criterion | Claim, ...]) -> tuple[Criterion | Claim, ...]:
        seen: set[str] = set()
        for position, item in enumerate(items):
            if item.id in seen:
                raise ValueError(f"[{position}] repeats the id '{item.id}'; give it its own")
            seen.add(item.id)
        return items

    def claim(self, claim_id: str) -> Claim:
        """The claim of that id; KeyError when there is none."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)
