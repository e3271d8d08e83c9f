"""A made-up review in two versions, as complete as a real one; no record in it exists."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from living_review import config
from living_review.model import (
    CertaintyStep,
    Change,
    Conclusion,
    Counts,
    Effect,
    Evidence,
    PartialDate,
    Pool,
    ReviewView,
    State,
)
from living_review.protocol import Protocol
from living_review.reporting.diff import diff
from living_review.reporting.report import build

ROOT = Path(__file__).parents[1]


@cache
def protocol() -> Protocol:
    return config.load(ROOT / "config.yaml")


def record(title: str, authors: list[str], published: str, **other: Any) -> dict[str, Any]:
    return {
        "title": title,
        "authors": authors,
        "journal": "Journal of Made-up Trials",
        "published": published,
        "doi": None,
        "pmid": None,
        "design": "rct",
        "participants": None,
        "verdict": "include",
        "criterion": None,
        "quote": "",
        "study": None,
        **other,
    }


RECORDS = {
    "pmid:1": record(
        "A first made-up trial of the drug against placebo",
        ["Alder AB", "Birch C"],
        "2003-05",
        pmid="1",
        participants=50,
        study="s1",
    ),
    "pmid:2": record(
        "A second made-up trial, larger than the first",
        ["Cedar D", "Dogwood E", "Elm F", "Fir G"],
        "2009",
        pmid="2",
        doi="10.0000/made.up.2",
        participants=64,
        study="s2",
    ),
    "pmid:3": record(
        "A made-up trial that found next to nothing",
        ["Hazel I"],
        "2016-07-02",
        pmid="3",
        participants=108,
        study="s3",
    ),
    "pmid:4": record(
        "A made-up head-to-head crossover trial",
        ["Juniper K"],
        "2019-01",
        pmid="4",
        participants=20,
        study="s4",
    ),
    "pmid:5": record(
        "A made-up meta-analysis of head-to-head trials",
        ["Larch M", "Maple N"],
        "2024-10-11",
        pmid="5",
        design="systematic_review",
        study="s5",
    ),
    "doi:10.0000/made.up.6": record(
        "Discharges of a made-up nerve in a made-up rat",
        ["Oak P"],
        "2001",
        doi="10.0000/made.up.6",
        design="animal",
        study="s6",
    ),
    "pmid:7": record(
        "After surgery, the drug was given to other people",
        ["Pine Q"],
        "2012",
        pmid="7",
        verdict="exclude",
        criterion="population",
        quote="Patients after discectomy were randomised.",
    ),
    "own:8": record(
        "A trial that has been registered and not yet reported",
        [],
        "2022",
        verdict="awaiting_results",
        design="registration",
    ),
    "pmid:9": record(
        "An abstract that does not say who took part",
        ["Rowan S"],
        "2018",
        pmid="9",
        verdict="unclear",
        criterion="population",
    ),
}

POOL = Pool(
    measure="MD", unit="0-10", mid=1.0, k=3, value=-0.42, ci_low=-1.31, ci_high=0.47,
    benefit=0.42, benefit_low=-0.47, benefit_high=1.31, p=0.24, tau2=0.21, i2=64.4,
    pi_low=-2.9, pi_high=2.06, wald_low=-1.04, wald_high=0.2, hk_low=-1.31, hk_high=0.47,
    dl_value=-0.44, dl_low=-1.05, dl_high=0.17,
)  # fmt: skip


def evidence(claim: str, study: str, record_id: str, direction: Any, **other: Any) -> Evidence:
    entry = RECORDS[record_id]
    return Evidence(
        **{
            "claim": claim,
            "study": study,
            "records": (record_id,),
            "design": entry["design"],
            "participants": entry["participants"],
            "direction": direction,
            "stance": "supports" if direction == "favours_intervention" else "opposes",
            "indirect": False,
            "quote": "Leg pain fell with the drug and not with placebo (P = 0.01).",
            "settles": True,
            "known_on": date(2010, 1, 1),
            **other,
        }
    )


PLACEBO = (
    evidence(
        "pain-vs-placebo", "s1", "pmid:1", "favours_intervention", known_on=date(2003, 5, 31),
        benefit=1.3, benefit_se=0.4, unit="0-10", weeks=8,
        effect=Effect("MD", -1.3, -2.08, -0.52, p=0.001, n_intervention=25, n_comparator=25),
    ),
    evidence(
        "pain-vs-placebo", "s2", "pmid:2", "favours_intervention", known_on=date(2009, 12, 31),
        benefit=0.5, benefit_se=0.35, unit="0-10", weeks=6,
        effect=Effect("MD", -0.5, -1.19, 0.19, p=0.16),
    ),
    evidence(
        "pain-vs-placebo", "s3", "pmid:3", "no_difference", known_on=date(2016, 7, 2),
        benefit=-0.1, benefit_se=0.2, unit="0-10", weeks=12,
        effect=Effect("MD", 0.1, -0.29, 0.49, p=0.62), indirect=True,
        indirect_because="back pain with or without leg pain",
        quote="Pain intensity at twelve weeks did not differ between the groups "
        "(adjusted difference 0.1, 95% CI -0.29 to 0.49, P = 0.62).",
    ),
)  # fmt: skip

BIAS = CertaintyStep("risk_of_bias", -1, "not assessable from abstracts; no judgement entered")


def _now() -> list[Conclusion]:
    """The conclusions of the later version, claim by claim."""
    return [
        Conclusion(
            claim="pain-vs-placebo",
            statement="Gabapentin reduces leg pain in people with chronic sciatica.",
            direction="uncertain",
            certainty="very_low",
            wording="The evidence is very uncertain about the effect of gabapentin on leg pain "
            "in people with chronic sciatica, against placebo.",
            method="pooled",
            studies=3,
            participants=222,
            pool=POOL,
            counts=Counts(favours=2, no_difference=1),
            certainty_steps=(
                BIAS,
                CertaintyStep("inconsistency", -1, "I² is 64 %, above 60 %"),
                CertaintyStep("imprecision", -1, "the interval crosses the MID; 222 participants"),
            ),
            would_change="A trial of 40 participants that found 1.5 points would bring benefit.",
            evidence=PLACEBO,
        ),
        Conclusion(
            claim="pain-vs-pregabalin",
            statement="Gabapentin reduces leg pain more than pregabalin.",
            direction="little_or_none",
            certainty="low",
            wording="Gabapentin may make little or no difference to leg pain against pregabalin.",
            method="review_level",
            studies=1,
            participants=20,
            counts=Counts(favours=1),
            certainty_steps=(BIAS, CertaintyStep("imprecision", -1, "under 400 participants")),
            reviews=(
                ReviewView(
                    "pmid:5", "no_difference", "disagree", True,
                    "same comparison, searched later than our newest trial",
                ),
            ),
            would_change="A randomised trial of 200 participants with a clear result.",
            evidence=(
                evidence(
                    "pain-vs-pregabalin", "s4", "pmid:4", "favours_intervention",
                    benefit=0.78, benefit_se=0.38, unit="0-10", weeks=8,
                    effect=Effect("MD", -0.78, -1.52, -0.04, p=0.035),
                    quote="Leg pain fell more with gabapentin (1.70 against 0.92, P = 0.035).",
                ),
                evidence(
                    "pain-vs-pregabalin", "s5", "pmid:5", "no_difference", stance="opposes",
                    known_on=date(2024, 10, 11), participants=489,
                    quote="From six to twelve weeks the two drugs did not differ.",
                ),
            ),
        ),
        Conclusion(
            claim="harms-vs-placebo",
            statement="Gabapentin causes more adverse events than placebo.",
            direction="harm",
            certainty="low",
            wording="Gabapentin may increase adverse events against placebo.",
            method="direction_counts",
            studies=2,
            participants=172,
            counts=Counts(against=2, unclear=1),
            certainty_steps=(BIAS,),
            fragile=True,
            fragile_because="leaving out Hazel 2016 reverses it",
            evidence=(
                evidence(
                    "harms-vs-placebo", "s3", "pmid:3", "favours_comparator", stance="supports",
                    benefit=-0.14, benefit_se=0.06, unit="risk difference",
                    effect=Effect("RD", 0.14, 0.022, 0.258),
                    quote="Dizziness was reported by 31 % with the drug and 17 % with placebo.",
                ),
            ),
        ),
        Conclusion(
            claim="ectopic-discharge",
            statement="Gabapentin suppresses ectopic discharges of injured sciatic nerve or root.",
            direction="benefit",
            certainty="very_low",
            wording="The evidence is very uncertain about the effect of gabapentin on ectopic "
            "discharges.",
            method="direction_counts",
            studies=1,
            participants=0,
            counts=Counts(favours=1),
            fragile=True,
            fragile_because="it rests on one study",
            evidence=(
                evidence(
                    "ectopic-discharge", "s6", "doi:10.0000/made.up.6", "favours_intervention",
                    quote="Discharges stopped within ten minutes of the injection.",
                ),
            ),
        ),
        Conclusion(
            claim="evidence-quality",
            statement="The evidence on gabapentin for sciatica is of low quality, and head-to-head "
            "trials are few.",
            direction=None,
            certainty="low",
            wording="No clinical conclusion is above low certainty; there is 1 direct head-to-head "
            "study.",
            method="computed",
            studies=1,
            participants=0,
        ),
    ]  # fmt: skip


def _then() -> list[Conclusion]:
    """The conclusions of the earlier version: two of the claims stood otherwise."""
    earlier = {
        "pain-vs-placebo": {
            "direction": "benefit",
            "wording": "Gabapentin may reduce leg pain in people with chronic sciatica, but the "
            "evidence is very uncertain.",
            "method": "direction_counts",
            "studies": 2,
            "participants": 114,
            "pool": None,
            "counts": Counts(favours=2),
            "evidence": PLACEBO[:2],
        },
        "pain-vs-pregabalin": {
            "direction": "benefit",
            "certainty": "very_low",
            "wording": "Gabapentin may reduce leg pain more than pregabalin, but the evidence is "
            "very uncertain.",
            "method": "direction_counts",
            "reviews": (),
            "fragile": True,
            "fragile_because": "it rests on one study",
        },
    }
    return [replace(now, **earlier.get(now.claim, {})) for now in _now()]


CHANGES = (
    Change(
        claim="pain-vs-placebo",
        change_class="SIGNAL",
        anchor="previous",
        rules=("B1", "MID"),
        causes=("new_evidence",),
        before=State("benefit", "very_low", 0.86, 0.1, 1.62, 0.03, "0-10", 1.0, 114),
        after=State("uncertain", "very_low", 0.42, -0.47, 1.31, 0.24, "0-10", 1.0, 222),
        records=("pmid:3",),
        why="A new trial of 108 people found no difference, and the pooled interval now reaches "
        "both a benefit that matters and none.",
    ),
    Change(
        claim="pain-vs-pregabalin",
        change_class="CHANGED",
        anchor="announced",
        rules=("REVIEW", "A1"),
        causes=("new_evidence",),
        before=State("benefit", "very_low"),
        after=State("little_or_none", "low"),
        records=("pmid:5",),
        why="A meta-analysis of the same comparison, later than our one trial, found no "
        "difference beyond six weeks.",
        fragile=False,
    ),
)


def report(**other: Any) -> dict[str, Any]:
    """The later version, 3.0.0; keyword arguments replace what `build` is given."""
    given: dict[str, Any] = {
        "protocol": protocol(),
        "version": "3.0.0",
        "as_of": date(2024, 12, 31),
        "evidence_current_to": date(2024, 12, 31),
        "trigger": "schedule",
        "conclusions": _now(),
        "changes": CHANGES,
        "from_baseline": [
            {
                "claim": "pain-vs-placebo",
                "baseline": State("benefit", "low"),
                "now": State("uncertain", "very_low"),
                "why": "The baseline rested on the two early trials.",
            }
        ],
        "contradictions": [
            {
                "claims": ["class-effect", "pain-vs-placebo"],
                "text": "The baseline says both that gabapentin reduces leg pain and that "
                "gabapentinoids are not effective.",
            }
        ],
        "nearly_changed": [
            {
                "claim": "harms-vs-placebo",
                "why": "With a MID 20 % larger the counts would read little or no difference.",
            }
        ],
        "flow": {
            "identified": 412,
            "new": 37,
            "revised": 5,
            "duplicates": 9,
            "screened": 403,
            "excluded": {"population": 237, "design": 96, "comparison": 31},
            "unclear": 4,
            "awaiting_results": 3,
            "results_published": 2,
            "included_records": 29,
            "included_studies": 26,
            "retracted": 1,
        },
        "searches": [
            {
                "name": "pubmed",
                "source": "pubmed",
                "query": "(gabapentin*[tiab] OR neurontin[tiab]) AND sciatic*[tiab]",
                "translation": '"gabapentin*"[Title/Abstract] AND "sciatic*"[Title/Abstract]',
                "count": 412,
                "as_of": "2024-12-31",
            }
        ],
        "records": RECORDS,
        "queue": [
            {
                "record": "pmid:9",
                "what": "screening",
                "reason": "population is unclear: the abstract does not say who took part",
            }
        ],
        "revised": [{"record": "pmid:1", "parts": ["abstract", "MeSH"]}],
        "awaiting": [{"record": "own:8", "title": RECORDS["own:8"]["title"]}],
        "warnings": [{"code": "count_fell", "text": "The search found 12 fewer than last time."}],
        "previous_version": "2.1.0",
        "notes": ["A made-up corpus: no record in this report exists."],
        "taggers": {"effects": "2", "population": "3"},
    }
    return build(**{**given, **other})


def earlier_report(**other: Any) -> dict[str, Any]:
    """The version before, 2.1.0, which knew neither pmid:3 nor pmid:5."""
    known = {r: entry for r, entry in RECORDS.items() if r not in ("pmid:3", "pmid:5")}
    known["pmid:1"] = {**known["pmid:1"], "content_hash": "as it was before its revision"}
    given: dict[str, Any] = {
        "version": "2.1.0",
        "as_of": date(2015, 12, 31),
        "evidence_current_to": date(2015, 12, 31),
        "conclusions": _then(),
        "changes": (),
        "records": known,
        "from_baseline": (),
        "contradictions": (),
        "nearly_changed": (),
        "previous_version": "2.0.0",
        "revised": (),
    }
    return report(**{**given, **other})


def pair() -> tuple[dict[str, Any], dict[str, Any]]:
    """The later report and its diff from the earlier one."""
    after = report()
    return after, diff(earlier_report(), after)


HOSTILE = "<script>alert('x')</script> | `rm` [a](javascript:x) \x1b[31mred\x1b[0m \u202etxt $x^2$"


def hostile_report() -> dict[str, Any]:
    """The later version with one record whose every word is hostile."""
    records = {
        **RECORDS,
        "pmid:3": {
            **RECORDS["pmid:3"],
            "title": f"=cmd() {HOSTILE}\nER  - \n" + "x" * 20_000,
            "authors": [HOSTILE, "@sum(A1)"],
            "journal": HOSTILE,
            "quote": HOSTILE,
        },
    }
    first, *rest = _now()
    shown = replace(PLACEBO[2], quote=HOSTILE)
    return report(
        records=records,
        conclusions=[replace(first, evidence=(*PLACEBO[:2], shown), wording=HOSTILE), *rest],
        notes=[HOSTILE],
        warnings=[{"code": "hostile", "text": HOSTILE}],
    )


__all__ = ["PartialDate", "earlier_report", "hostile_report", "pair", "report"]
