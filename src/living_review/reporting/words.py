"""What codes are called in front of a reader: one place, every format.

Each direction and class has a symbol beside its colour, so that it reads in grey too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from living_review.reporting.canonical import Json


class Rule(NamedTuple):
    """A rule of METHOD 5 in words, and where it comes from."""

    words: str
    source: str


OURS = "ours"

RULES: Mapping[str, Rule] = {
    "B1": Rule(
        "the pooled estimate gained or lost statistical significance",
        "Shojania 2007; Ottawa method (Syst Rev 2013;2:104)",
    ),
    "B2": Rule(
        "the effect changed by half or more, and by at least half the smallest difference "
        "that matters",
        "Shojania 2007; Ottawa method; the second half is ours",
    ),
    "A1": Rule(
        "an opposing finding from a pivotal trial or a systematic review",
        "Ottawa method; pivotal (randomised, direct, at least 100 participants) is ours",
    ),
    "A2": Rule("a substantial harm that the last version did not know", "Ottawa method"),
    "A3": Rule("a superior alternative treatment", "Ottawa method"),
    "A4": Rule("an important change in effect short of opposing", "Ottawa method"),
    "A5": Rule("a clinically important expansion of treatment", "Ottawa method"),
    "A6": Rule("a clinically important caveat", "Ottawa method"),
    "A7": Rule("an opposing finding from a smaller or indirect study", "Ottawa method"),
    "MID": Rule(
        "the pooled estimate or its interval crossed the smallest difference that matters",
        "Core GRADE 2, BMJ 2025;389:e081904",
    ),
    "GRADE": Rule("the certainty moved by a level", "GRADE"),
    "DIRECTION": Rule("the direction of the pooled evidence changed", OURS),
    "COUNTS": Rule(
        "the balance of studies changed: two thirds of studies and participants decide",
        "Cochrane Handbook 12.2; SWiM BMJ 2020;368:l6890; the two thirds are ours",
    ),
    "REVIEW": Rule("a systematic review of the same comparison now sets the direction", OURS),
    "RETRACTION": Rule(
        "a study that counted was retracted", "Cochrane policy on problematic studies"
    ),
    "EOC": Rule(
        "an expression of concern was issued on a study that counts",
        "Cochrane policy on problematic studies",
    ),
    "ERRATUM": Rule("a study that counts was corrected", "Cochrane policy on problematic studies"),
    "NPR": Rule(
        "as many new participants as were still needed for statistical significance",
        "after Barrowman 2003 (BMC Med Res Methodol 3:13)",
    ),
    "RESULTS": Rule("a study that was awaited has posted its results", OURS),
}

CAUSES: Mapping[str, str] = {
    "new_evidence": "new evidence",
    "retraction": "a retraction",
    "correction": "a correction",
    "decision_revised": "a person revised a decision or a reading",
    "claim_reworded": "the claim was reworded",
    "criteria_changed": "the eligibility criteria were changed",
    "method_changed": "the method was changed",
}

DIRECTIONS: Mapping[str | None, tuple[str, str]] = {
    "benefit": ("▲", "benefit"),
    "little_or_none": ("●", "little or no difference"),
    "harm": ("▼", "harm"),
    "uncertain": ("?", "uncertain"),
    "no_evidence": ("○", "no evidence"),
    "not_addressed": ("–", "not addressed"),
    None: ("–", "no direction of its own"),
}

CERTAINTIES: Mapping[str | None, tuple[str, str]] = {
    "high": ("⊕⊕⊕⊕", "high certainty"),
    "moderate": ("⊕⊕⊕○", "moderate certainty"),
    "low": ("⊕⊕○○", "low certainty"),
    "very_low": ("⊕○○○", "very low certainty"),
    None: ("", "certainty does not apply"),
}

# What a level of certainty means for a reader, after GRADE (Balshem 2011, J Clin Epidemiol 64:401).
SURENESS: Mapping[str | None, str] = {
    "high": "the truth very probably lies close to this conclusion",
    "moderate": "the truth probably lies close to this conclusion, but may differ",
    "low": "the truth may differ substantially from this conclusion",
    "very_low": "the truth is likely to differ substantially from this conclusion",
}

FINDINGS: Mapping[str, tuple[str, str]] = {
    "favours_intervention": ("▲", "better with it"),
    "no_difference": ("●", "no difference"),
    "favours_comparator": ("▼", "worse with it"),
    "mixed_unclear": ("?", "mixed or unclear"),
}


def found(item: Mapping[str, Any]) -> str:
    """What one study found; an effect inside the MID is a difference, only not one that matters."""
    small = item["direction"] == "no_difference" and item["effect"] is not None
    return FINDINGS[item["direction"]][1] + (" that matters" if small else "")


VERDICTS: Mapping[str | None, str] = {
    None: "no longer known",
    "include": "included",
    "exclude": "excluded",
    "unclear": "unclear, awaiting a person",
    "awaiting_results": "awaiting results",
}

CLASSES: Mapping[str, tuple[str, str]] = {
    "CHANGED": ("◆", "Changed"),
    "SIGNAL": ("△", "Signal"),
}

AGREEMENT: Mapping[str, str] = {
    "agree": "agrees with the primary studies",
    "disagree": "disagrees with the primary studies",
    "not comparable": "not comparable with the primary studies",
}

METHODS: Mapping[str, str] = {
    "pooled": "random-effects pool",
    "direction_counts": "studies counted by direction",
    "review_level": "set by a systematic review",
    "computed": "computed from the other conclusions",
    "none": "nothing to weigh",
}

DESIGNS: Mapping[str, str] = {
    "rct": "randomised trial",
    "nonrandomised_trial": "non-randomised trial",
    "case_control": "case–control study",
    "cohort": "cohort study",
    "case_report": "case report or series",
    "animal": "animal experiment",
    "in_vitro": "experiment in vitro",
}

DOMAINS: Mapping[str, str] = {
    "risk_of_bias": "risk of bias",
    "publication_bias": "publication bias",
}

ANCHORS: Mapping[str, str] = {
    "previous": "the previous version",
    "announced": "what readers were last told",
    "baseline": "the baseline review",
}


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day(iso: str | None) -> str:
    """Say `2024-12-31` as `31 December 2024`; what is not a full date stays as it is."""
    parts = (iso or "").split("-")
    if len(parts) != 3:
        return iso or ""
    # By our own table: the names that strftime gives follow the machine's locale.
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"


def spaced(code: str) -> str:
    """Spell a code as words, for codes that no table above names."""
    return code.replace("_", " ").replace("-", " ")


def design(code: str | None) -> str:
    """Say a study design in words."""
    return DESIGNS.get(code or "", spaced(code or "design not stated"))


def rule(code: str) -> str:
    """Say a rule in words; an unknown rule is shown by its code rather than hidden."""
    return RULES[code].words if code in RULES else code


def cause(code: str) -> str:
    """Say a cause in words."""
    return CAUSES.get(code, spaced(code))


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 study`, `2 studies`: thousands apart, the noun in its number."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """Join as `a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def thresholds(nested: Json, under: str = "") -> list[tuple[str, str]]:
    """List nested thresholds as name and value; one that words itself is said in its words."""
    rows: list[tuple[str, str]] = []
    for key, value in nested.items():
        name = f"{under}: {spaced(key)}" if under else spaced(key)
        if isinstance(value, Mapping) and value.get("wording"):
            rows.append((name, str(value["wording"])))
        elif isinstance(value, Mapping):
            rows += thresholds(value, name)
        elif isinstance(value, list):
            rows.append((name, "; ".join(str(item).strip("[]") for item in value)))
        else:
            rows.append((name, str(value)))
    return rows


def second_reader(told: Json | None) -> str:
    """Say what a language model had to do with it, and how it did beside the rules."""
    if told is None:
        return "No language model takes part."
    lost = told["discarded"]
    because = f" ({listed(sorted(lost))})" if lost else ""
    return (
        f"A language model, {told['reader']}, reads beside the rules and decides nothing: where it "
        "says otherwise than the rules the finding is unclear, and what only it reads is asked of "
        f"people. It was asked of {count(told['asked'], 'record')} and not of "
        f"{told['not_asked']}; it agreed with the rules on {told['agreed']} "
        f"and disagreed on {told['disagreed']} comparisons, proposed {told['proposed']}, and "
        f"{sum(lost.values())} parts of its answers were discarded{because}."
    )


def how_read(item: Json) -> str:
    """Which wording decided a finding, how surely, and who read it; "" where nothing was read."""
    by_person = str(item.get("read_by", "")).startswith("human:")
    if not item.get("cue") or by_person:  # versions published before it was kept have none
        return ""
    decided = "by its numbers" if item["cue"] == "numbers" else f"by “{item['cue']}”"
    return f"read {decided}, confidence {item['confidence']:.2f}, {item['read_by']}"


def judged(item: Json) -> str:
    """Say what people have corrected of one study's reading; empty where nothing."""
    told = item.get("judged")  # versions published before people could judge have none
    return f"corrected by people: {'; '.join(told)}" if told else ""


def stands(conclusion: Json) -> str:
    """Say how the claim as worded fares: `supported, at low certainty`; empty where it cannot."""
    asserts, direction = conclusion["claim_asserts"], conclusion["direction"]
    if asserts in (None, "low") or direction is None:
        return ""
    if direction in ("uncertain", "no_evidence", "not_addressed"):
        return "not settled"
    held = direction == asserts or (asserts == "little_or_none" and direction == "harm")
    verdict = "supported" if held else "contradicted"
    certainty = conclusion["certainty"]
    return f"{verdict}, at {CERTAINTIES[certainty][1]}" if certainty else verdict


def headline(report: Json) -> str:
    """Say in one sentence what a version brings."""
    changes = report["changes"]
    changed = sorted({c["claim"] for c in changes if c["class"] == "CHANGED"})
    signals = sorted({c["claim"] for c in changes if c["class"] == "SIGNAL"} - set(changed))
    if report["previous_version"] is None:
        return f"First version: {count(len(report['conclusions']), 'conclusion')}"
    if not changed and not signals:
        return "No conclusion changed"
    parts = []
    if changed:
        parts.append(f"{count(len(changed), 'conclusion')} changed")
    if signals:
        parts.append(f"{count(len(signals), 'signal')} raised")
    return ", ".join(parts)


def state(told: Json) -> str:
    """Direction and certainty in one phrase: `benefit, very low certainty`."""
    words = DIRECTIONS[told["direction"]][1]
    return f"{words}, {CERTAINTIES[told['certainty']][1]}" if told["certainty"] else words


def size(conclusion: Json) -> str:
    """Say how much evidence there is: `3 studies, 222 participants`."""
    if not conclusion["studies"]:
        return "No study"
    studies = count(conclusion["studies"], "study", "studies")
    if not conclusion["participants"]:
        return studies
    # Animals are studied and do not take part.
    one = "participant" if conclusion["group"] == "people" else "subject"
    return f"{studies}, {count(conclusion['participants'], one)}"


def stays(entry: Json) -> bool:
    """Whether a change leaves direction and certainty as they were: a signal often does."""
    before, after = entry["before"], entry["after"]
    return all(before[key] == after[key] for key in ("direction", "certainty"))


def moved(entry: Json) -> str:
    """Say before and after: `benefit, low certainty → uncertain, very low certainty`."""
    if stays(entry):
        return f"{state(entry['after'])}, as before"
    return f"{state(entry['before'])} → {state(entry['after'])}"


def tally(conclusion: Json) -> str:
    """Say the studies by direction: `2 better, 1 no different`; empty where none is counted."""
    counts = conclusion["counts"]
    kinds = (
        ("favours", "better"), ("no_difference", "no different"),
        ("against", "worse"), ("unclear", "unclear"),
    )  # fmt: skip
    if conclusion["method"] == "computed":
        return ""
    return ", ".join(f"{counts[key]} {said}" for key, said in kinds if counts[key])


def sureness(told: Json) -> str:
    """Say how sure a state is, in GRADE's word and what it means; "" where it does not apply."""
    certainty = told["certainty"]
    return f"{CERTAINTIES[certainty][1]}: {SURENESS[certainty]}" if certainty else ""
