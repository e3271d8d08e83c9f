"""Courses of one claim for the tests of back-testing: a moment states only what it is about."""

from datetime import date

from living_review.backtest import Moment, course, history, run_series
from living_review.model import Evidence
from living_review.reporting.backtest.report import build
from tests.weighing_builders import nine_trials, the_protocol

FIRST_YEAR = 2001


def effect(number: int, benefit: float, se: float | None = 0.2, **more: object) -> Evidence:
    """A randomised trial's effect on one claim; positive is better for patients."""
    fields = {
        "claim": "a-claim", "study": f"pmid:{number}", "records": (f"pmid:{number}",),
        "design": "rct", "participants": 100, "direction": "favours_intervention",
        "stance": "supports", "indirect": False, "quote": "", "settles": True, "unit": "SMD",
    }  # fmt: skip
    return Evidence(**{**fields, "benefit": benefit, "benefit_se": se, **more})


def moments(told: str, raw: str = "", **of_place: dict[str, object]) -> list[Moment]:
    """A moment at the end of each year from 2001 on, from words such as `benefit uncertain`.

    `raw` is what the rules found, the same unless given; `of_place` says more of a moment by
    its number: `_1={"told_by": …}` is the second.
    """
    announced = told.split()
    found = raw.split() or announced
    return [
        Moment(
            **{
                "version": f"{place + 1}.0.0", "as_of": date(FIRST_YEAR + place, 12, 31),
                "announced": state, "raw": found[place], **of_place.get(f"_{place}", {}),
            }
        )
        for place, state in enumerate(announced)
    ]  # fmt: skip


def new(*records: str, evidence: tuple[Evidence, ...] = (), told: bool = True) -> dict[str, object]:
    """Records that come in with a version, named by the report as what changed the claim."""
    return {
        "told_by": records if told else (),
        "unseen": frozenset(records),
        "evidence": evidence,
    }


def followed(told: str, raw: str = "", known_on=None, **of_place: dict[str, object]):
    """The course of one claim."""
    return course("a-claim", moments(told, raw, **of_place), known_on or {})


def told(**other: object) -> dict[str, object]:
    """A back-test as the page gets it: two claims over three versions, and five trials."""
    first = course(
        "pain-vs-placebo",
        moments(
            "benefit benefit uncertain",
            _0={"evidence": (effect(1, 0.8),)},
            _1=new("pmid:2", told=False, evidence=(effect(1, 0.8), effect(2, -0.9))),
            _2=new("pmid:3", evidence=(effect(1, 0.8), effect(2, -0.9), effect(3, 0.9))),
        ),
        {"pmid:2": date(2002, 5, 1), "pmid:3": date(2003, 12, 1)},
    )
    second = course("disability", moments("no_evidence harm benefit", _1=new("pmid:4")), {})
    versions = [(f"{n}.0.0", date(FIRST_YEAR + n - 1, 12, 31)) for n in (1, 2, 3)]
    protocol = the_protocol()
    trials = nine_trials()[:5]
    series = run_series(trials, protocol, "class-effect", factors=(0.75, 1.0, 1.75))
    names = [*(f"pmid:{n}" for n in range(1, 5)), *(trial.record_id for trial in trials)]
    given = {
        "latest": {
            "version": "3.0.0",
            "review": {"title": "A made-up review"},
            "footer": ["All of it is made up."],
            "conclusions": [
                {"claim": "pain-vs-placebo", "label": "Pain vs placebo"},
                {"claim": "disability", "label": "Disability"},
                {"claim": "evidence-quality", "label": "Evidence quality"},
            ],
        },
        "records": {name: cited(name) for name in names},
        "certainty_only": 1,
        "sample": True,
        "table": "effects.csv",
        **other,
    }  # fmt: skip
    return build(history(versions, [first, second]), series, **given)


def cited(name: str, **other: object) -> dict[str, object]:
    """A record as the page cites it; its PMID is that of its name."""
    number = name.partition(":")[2]
    return {
        "title": f"Record {name}", "authors": [f"Author{number[-4:]} A"], "journal": "A Journal",
        "published": "2002-05", "pmid": number if name.startswith("pmid:") else None, "doi": None,
        **other,
    }  # fmt: skip
