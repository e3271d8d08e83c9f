"""Designs, sample sizes and findings against what two readers agreed on."""

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.reading.common import PROTOCOL, VOCABULARY, Line, Row, lines, read, record
from living_review import screening
from living_review.model import Finding, Tag

FILES = ("findings/gabapentinoid_records.jsonl.gz", "findings/gabapentinoid_labels.jsonl.gz")
OUTCOMES = {
    "pain": ("leg_pain",),
    "disability_function": ("disability", "function"),
    "adverse_events": ("adverse_events",),
}
DIRECTIONS = {"favours_drug": "favours_intervention"}


def rows(files: Sequence[str] = (), wrong: bool = False) -> Iterator[Row]:
    """Answers that are right; `files` are a file of records and one of labels."""
    records, labels = files or FILES
    named = {line["gid"]: record(line) for line in lines(records)}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    clear: list[tuple[float, bool | None]] = []
    for label in lines(labels):
        one = named[label["gid"]]
        tags, findings = read(one)
        for name, expected, got in _checks(label, tags, findings):
            asked[name] += 1
            right[name] += expected == got
            if wrong and expected != got:
                print(f"{label['gid']} {name}: labelled {expected}, read {got}")
        clear += _clear(label, findings)
        if label["eligible"] == "exclude":
            decision = screening.screen(one, tags, findings, PROTOCOL)
            verdicts[decision.verdict] += 1
            if wrong and decision.verdict != "exclude":
                print(f"{label['gid']} eligible: {decision.verdict}: {decision.reason}")
    for name in asked:
        yield f"{name}, gabapentinoid set", f"{right[name]} of {asked[name]}"
    yield from _trusted(clear)
    for verdict, number in sorted(verdicts.items()):
        whole = f"{number} of {verdicts.total()}"
        yield f"judged exclude, decided {verdict}, gabapentinoid set", whole


def _checks(
    label: Line, tags: Sequence[Tag], findings: Sequence[Finding]
) -> Iterator[tuple[str, object, object]]:
    value = {t.name: t.value for t in reversed(tags)}
    if label["design"]:
        yield "design", label["design"], value["design"]
    if label["n"] is not None:
        yield "sample size", str(label["n"]), value.get("participants")
    for wanted in label["findings"]:
        if wanted["outcome"] in OUTCOMES:
            matching = [f for f in findings if _same_finding(f, wanted)]
            yield "finding found", True, bool(matching)
            if matching:
                direction = DIRECTIONS.get(wanted["direction"], wanted["direction"])
                yield "direction where found", True, direction in {f.direction for f in matching}


def _clear(label: Line, findings: Sequence[Finding]) -> Iterator[tuple[float, bool | None]]:
    """Of each finding with a direction: its confidence, and whether it is right; None: nobody's.

    Those on which the two readers themselves disagree are left out.
    """
    wanted = [w for w in label["findings"] if w["outcome"] in OUTCOMES]
    disputed = {
        (drug, outcome)
        for drug, _, name in label["findings_disputed"]
        for outcome in OUTCOMES.get(name, ())
    }
    measured = {outcome for outcomes in OUTCOMES.values() for outcome in outcomes}
    for one in findings:
        if one.direction == "mixed_unclear" or one.outcome not in measured:
            continue
        told = [w for w in wanted if _same_finding(one, w)]
        if told:
            directions = {DIRECTIONS.get(w["direction"], w["direction"]) for w in told}
            yield one.confidence, one.direction in directions
        elif (one.intervention, one.outcome) not in disputed:
            yield one.confidence, None


def _trusted(clear: Sequence[tuple[float, bool | None]]) -> Iterator[Row]:
    nobodys = sum(right is None for _, right in clear)
    yield "clear findings that neither reader has", f"{nobodys} of {len(clear)}"
    mean = sum(confidence for confidence, _ in clear) / max(1, len(clear))
    right = sum(bool(right) for _, right in clear) / max(1, len(clear))
    yield "clear findings: mean confidence, share right", f"{mean:.2f}, {right:.2f}"


def _same_finding(found: Finding, wanted: Line) -> bool:
    against = found.comparator in VOCABULARY.drugs and wanted["versus"] == "other_active"
    return (
        found.intervention == wanted["drug"]
        and found.outcome in OUTCOMES[wanted["outcome"]]
        and (against or wanted["versus"] in ("mixed", found.comparator))
    )
