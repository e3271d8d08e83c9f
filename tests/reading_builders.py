"""Records and a small vocabulary for tests of reading: two made-up drugs and what they are for."""

from collections.abc import Mapping
from typing import Any

from living_review.model import Finding, Record, Section, Tag
from living_review.protocol import Vocabulary
from living_review.tagging import find, tag

VOCABULARY = Vocabulary.model_validate(
    {
        "drugs": {
            "alphacin": {"names": ["alphacin", "ALF"], "drug_class": "cins", "role": "topic"},
            "betacin": {
                "names": ["betacin"],
                "drug_class": "cins",
                "role": "related",
                "eligible_against": ["placebo", "alphacin"],
            },
            "gammol": {"names": ["gammol"]},
        },
        "drug_classes": {"cins": {"names": ["cin", "cins", "antiache", "antiaches"]}},
        "comparators": {
            "placebo": {"names": ["placebo", "vehicle"]},
            "no_treatment": {"names": ["no treatment", "untreated", "control group", "controls"]},
            "usual_care": {"names": ["usual care", "standard care"]},
            "baseline": {"names": ["baseline"]},
            "other_active": {"names": ["other active treatments"]},
        },
        "conditions": {
            "toothache": {"names": ["toothache"], "population": "direct"},
            "jaw_pain": {"names": ["jaw pain"], "population": "indirect"},
            "failed_root": {
                "names": ["failed root"],
                "population": "unsure",
                "outranks": ["toothache"],
            },
            "nerve_model": {"names": ["nerve crush"], "population": "mechanism"},
            "sugar_model": {"names": ["sugar rats"], "population": "mechanism_indirect"},
            "migraine": {"names": ["migraine"], "population": "excluded"},
            "after_pulling": {
                "names": ["after extraction"],
                "population": "excluded",
                "outranks": ["toothache"],
            },
        },
        "outcomes": {
            "pain": {
                "label": "pain",
                "names": ["pain", "pain relief", "VAS"],
                "better": "lower",
                "scales": [{"names": ["VAS"], "length": 10}],
            },
            "chewing": {"label": "chewing", "names": ["chewing", "function"], "better": "higher"},
            "adverse_events": {
                "label": "adverse events",
                "names": ["adverse events", "side effects", "tolerated", "harm"],
                "better": "lower",
                "harm": True,
            },
            "dizziness": {
                "label": "dizziness",
                "names": ["dizziness"],
                "better": "lower",
                "harm": True,
                "part_of": "adverse_events",
            },
            "nausea": {
                "label": "nausea",
                "names": ["nausea"],
                "better": "lower",
                "harm": True,
                "part_of": "adverse_events",
            },
            "flinching": {"label": "flinching", "names": ["flinching"], "better": "lower"},
            "threshold": {
                "label": "threshold",
                "names": ["threshold", "thresholds"],
                "better": "higher",
                "part_of": "flinching",
            },
        },
        "harms": {"fainting": {"names": ["fainting"]}},
    }
)


def record(
    abstract: str = "", title: str = "A randomised trial in toothache", **given: Any
) -> Record:
    """A publication with that title, and an unlabelled abstract unless `sections` says more."""
    sections: Mapping[str, str] | None = given.pop("sections", None)
    parts = (
        tuple(Section(label, text) for label, text in sections.items())
        if sections
        else ((Section(None, abstract),) if abstract else ())
    )
    return Record(record_id=given.pop("record_id", "pmid:1"), title=title, abstract=parts, **given)


def tags_of(one: Record) -> tuple[Tag, ...]:
    """What the taggers read off it."""
    return tag(one, VOCABULARY)


def value(one: Record, name: str) -> str | None:
    """The value of its first tag of that name."""
    return next((t.value for t in tags_of(one) if t.name == name), None)


def values(one: Record, name: str) -> list[str]:
    """The values of all its tags of that name."""
    return [t.value for t in tags_of(one) if t.name == name]


TRIAL_OF_TWO = "Patients with toothache were randomised to alphacin or betacin."
TRIAL_OF_PLACEBO = "Patients with toothache were randomised to alphacin or placebo."
ONE_ARM = "Thirty patients with toothache took alphacin for 8 weeks."


def findings_of(results: str, methods: str = TRIAL_OF_PLACEBO, **given: Any) -> tuple[Finding, ...]:
    """What a trial with those methods and results found."""
    one = record(sections={"METHODS": methods, "RESULTS": results}, **given)
    return find(one, tags_of(one), VOCABULARY, 0.0)


def finding_of(results: str, outcome: str = "pain", **given: Any) -> Finding:
    """Its one finding on an outcome between arms; a test fails where there is not just one."""
    found = [f for f in findings_of(results, **given) if f.outcome == outcome]
    between = [f for f in found if f.comparator != "baseline"] or found
    assert len(between) == 1, between
    return between[0]
