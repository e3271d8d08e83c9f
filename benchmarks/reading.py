"""How well records are read, on labelled real abstracts and on the sample corpus.

    python -m benchmarks.reading                       every measure
    python -m benchmarks.reading directions [FILE]     one of them, on a file of the same shape
    python -m benchmarks.reading directions --wrong    with every wrong answer

Measures: eligibility, design, gabapentinoids, directions, speed. The rules were tuned on six
tenths of the files' papers (`is_tuning`); each figure is given for those and for the rest.
"""

import gzip
import hashlib
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from living_review import config, parsing, screening, tagging
from living_review.model import Finding, Record, Section, Tag
from living_review.parsing import json_lines, pubmed_xml

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("LIVING_REVIEW_SHARED", ROOT.parent / "shared"))
PROTOCOL = config.load(ROOT / "config.yaml")
VOCABULARY = PROTOCOL.vocabulary
SAMPLE = ROOT / "src" / "living_review" / "sample"
CHANGE = {"increased": "higher", "decreased": "lower", "no_difference": "no_difference"}

Row = tuple[str, str]
Line = dict[str, Any]

# Judgements of evidence.jsonl that CLAIMS decides otherwise (reasons in DECISIONS.md).
RELABELLED = {
    "kataria2020": "include",        # pregabalin against placebo, for `class-effect`
    "jiang2022": "include",          # mixed back pain, as shanthanna2017 and chou2017acp
    "cartagena2005": "include",      # spinal pain with or without radiculopathy
    "chaitoff2025": "include",       # a harm of the drug: the safety-signal class
    "evoy2017": "include",           # the same; its update is a link, not a reason to exclude
    "precise_protocol": "awaiting_results",
    "robertson2018protocol": "awaiting_results",
}  # fmt: skip


def lines(name: str) -> list[Line]:
    """The rows of a file of JSON lines, packed or not, by path or by its name under shared/data."""
    path = Path(name) if Path(name).exists() else SHARED / "data" / name
    packed = path.read_bytes()
    text = gzip.decompress(packed) if path.suffix == ".gz" else packed
    return [json.loads(line) for line in text.decode().splitlines()]


def record(line: Line) -> Record:
    """A labelled line as a record: title and abstract only."""
    text = line.get("abstract") or ""
    return Record(
        record_id=f"pmid:{line.get('pmid')}",
        title=line.get("title") or "",
        abstract=(Section(None, text),) if text else (),
    )


def read(one: Record) -> tuple[tuple[Tag, ...], tuple[Finding, ...]]:
    """Tags and findings as a run would read them."""
    tags = tagging.tag(one, VOCABULARY)
    return tags, tagging.find(one, tags, VOCABULARY, PROTOCOL.rules.reading.min_confidence)


def is_tuning(paper: object) -> bool:
    """Whether a paper is of the part the rules may be tuned on."""
    return int(hashlib.sha256(str(paper).encode()).hexdigest(), 16) % 10 < 6


def sample() -> Iterator[Record]:
    """The bundled corpus as a run parses it."""
    for name, split in (
        ("pubmed.xml", pubmed_xml.split),
        ("beyond_pubmed.jsonl", json_lines.split),
    ):
        with (SAMPLE / name).open("rb") as stream:
            yield from (parsing.parse(payload) for payload in split(stream))


def eligibility(wrong: bool = False, file: str | None = None) -> Iterator[Row]:
    """Decisions on the sample against evidence.jsonl: a floor, not an accuracy."""
    judged = {e["id"]: e for e in lines(file or str(SHARED / "evidence" / "evidence.jsonl"))}
    facts = lines(str(SAMPLE / "facts.jsonl"))
    names = {fact["record_id"]: fact["evidence_id"] for fact in facts}
    counts: Counter[tuple[str, str]] = Counter()
    near = kept = 0
    for one in sample():
        tags, findings = read(one)
        verdict = screening.screen(one, tags, findings, PROTOCOL).verdict
        evidence = judged[names[one.record_id]]
        label = RELABELLED.get(evidence["id"], evidence["judgement"])
        counts[label, verdict] += 1
        if evidence["near_miss"] and label == "exclude":
            near += 1
            kept += verdict != "exclude"
        if wrong and label in ("include", "exclude") and verdict != label:
            print(f"{evidence['id']}: judged {label}, read {verdict}")
    for (label, verdict), count in sorted(counts.items()):
        yield f"sample: judged {label}, decided {verdict}", str(count)
    yield "sample: includes excluded", str(counts["include", "exclude"])
    yield "sample: near-misses excluded without a human", f"{near - kept} of {near}"


RODENTS = frozenset(("rat", "mouse", "hamster", "guinea pig", "gerbil", "rodent"))
KINDS: tuple[tuple[str, tuple[str, ...], Callable[[dict[str, str]], bool]], ...] = (
    ("randomised trial", ("randomized_trial",), lambda tags: tags["design"] == "rct"),
    (
        "systematic review",
        ("systematic_review", "meta_analysis"),
        lambda tags: tags["design"] == "systematic_review",
    ),
    ("protocol", ("protocol",), lambda tags: tags["design"] == "protocol"),
    ("rodent", ("rodent",), lambda tags: tags.get("species") in RODENTS),
)


def design(wrong: bool = False, file: str | None = None) -> Iterator[Row]:
    """Designs and species, title and abstract only."""
    labelled = lines(file or "design/pubmed_design_2019.jsonl.gz")
    found = [
        (line, {t.name: t.value for t in tagging.tag(record(line), VOCABULARY)})
        for line in labelled
    ]
    for name, labels, is_read in KINDS:
        pairs = [(any(line.get(label) for label in labels), is_read(tags)) for line, tags in found]
        yield f"{name}, 2019", agreement(pairs)
        if wrong:
            for (line, _), (label, got) in zip(found, pairs, strict=True):
                if label != got:
                    print(f"{name}: labelled {label}, read {got}: {line['pmid']} {line['title']}")
    trials = [] if file else lines("design/medline_rct_dev.jsonl.gz")
    pairs = [(line["pt_rct"], read(record(line))[0][0].value == "rct") for line in trials]
    if trials:
        yield "randomised trial, MEDLINE 2000", agreement(pairs)


def agreement(pairs: Sequence[tuple[bool, bool]]) -> str:
    """Sensitivity, specificity and F1 of (labelled, read)."""
    both = sum(a and b for a, b in pairs)
    neither = sum(not a and not b for a, b in pairs)
    missed, false = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
    f1 = 2 * both / max(1, 2 * both + missed + false)
    return (
        f"sensitivity {both / max(1, both + missed):.3f} specificity "
        f"{neither / max(1, neither + false):.3f} F1 {f1:.3f}"
    )


OUTCOMES = {
    "pain": "leg_pain",
    "disability_function": "disability",
    "adverse_events": "adverse_events",
}
DIRECTIONS = {"favours_drug": "favours_intervention"}


def gabapentinoids(wrong: bool = False, file: str | None = None) -> Iterator[Row]:
    """Designs, sample sizes and findings against what two readers agreed on."""
    labels = lines(file or "findings/gabapentinoid_labels.jsonl.gz")
    records = {
        line["gid"]: record(line) for line in lines("findings/gabapentinoid_records.jsonl.gz")
    }
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for label in labels:
        tags, findings = read(records[label["gid"]])
        value = {t.name: t.value for t in reversed(tags)}
        checks = [("design", label["design"], value["design"])] if label["design"] else []
        if label["n"] is not None:
            checks.append(("sample size", str(label["n"]), value.get("participants")))
        for wanted in label["findings"]:
            if wanted["outcome"] in OUTCOMES:
                matching = [f for f in findings if _same_finding(f, wanted)]
                checks.append(("finding found", True, bool(matching)))
                if matching:
                    direction = DIRECTIONS.get(wanted["direction"], wanted["direction"])
                    read_as = {f.direction for f in matching}
                    checks.append(("direction where found", True, direction in read_as))
        for name, expected, got in checks:
            asked[name] += 1
            right[name] += expected == got
            if wrong and expected != got:
                print(f"{label['gid']} {name}: labelled {expected}, read {got}")
    for name in asked:
        yield f"{name}, gabapentinoid set", f"{right[name]} of {asked[name]}"


def _same_finding(found: Finding, wanted: Line) -> bool:
    against = found.comparator in VOCABULARY.drugs and wanted["versus"] == "other_active"
    return (
        found.intervention == wanted["drug"]
        and found.outcome == OUTCOMES[wanted["outcome"]]
        and (against or wanted["versus"] in ("mixed", found.comparator))
    )


def directions(wrong: bool = False, file: str | None = None) -> Iterator[Row]:
    """Change of an outcome with A against B, on questions to real trial abstracts."""
    parts: dict[str, list[tuple[str, tagging.Answer]]] = defaultdict(list)
    for line in lines(file or "findings/evidence_inference_dev.jsonl.gz"):
        question = tagging.Question(line["intervention"], line["comparator"], line["outcome"])
        answer = tagging.answer(record(line), question, VOCABULARY)
        label = CHANGE[line["label"]]
        parts["all" if file else "tuning" if is_tuning(line["pmcid"]) else "held back"].append(
            (label, answer)
        )
        if wrong and answer.best != label:
            print(f"{line['prompt_id']}: {question} is {label}, read {answer.best}: {answer.quote}")
    for part in sorted(parts):
        answered = parts[part]
        sure = sorted(answered, key=lambda pair: -pair[1].confidence)[: int(0.6 * len(answered))]
        hits = sum(label == answer.best for label, answer in sure)
        yield f"direction, {part} (n = {len(answered)}): macro-F1", f"{macro_f1(answered):.3f}"
        yield f"direction, {part}: accuracy on the surest 60 %", f"{hits / max(1, len(sure)):.3f}"
        yield f"direction, {part}: calibration error", f"{calibration_error(answered):.3f}"


def macro_f1(answered: Sequence[tuple[str, tagging.Answer]]) -> float:
    """Mean F1 over higher, lower and no difference, no abstention."""
    scores = []
    for change in CHANGE.values():
        both = sum(label == answer.best == change for label, answer in answered)
        either = sum((label == change) + (answer.best == change) for label, answer in answered)
        scores.append(2 * both / max(1, either))
    return sum(scores) / len(scores)


def calibration_error(answered: Sequence[tuple[str, tagging.Answer]]) -> float:
    """Expected calibration error over ten bins of confidence."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for label, answer in answered:
        bins[min(9, int(answer.confidence * 10))].append((answer.confidence, label == answer.best))
    gaps = (abs(sum(c for c, _ in b) - sum(hit for _, hit in b)) for b in bins.values())
    return sum(gaps) / len(answered)


MOST = 10_000  # records of a file that `speed` reads


def speed(wrong: bool = False, file: str | None = None) -> Iterator[Row]:
    """Records tagged, searched for findings and screened per second of one core."""
    del wrong
    taken, count, length = 0.0, 0, 0
    for one in islice(_stored(file) if file else _labelled(), MOST):
        started = time.process_time()
        tags, findings = read(one)
        screening.screen(one, tags, findings, PROTOCOL)
        taken += time.process_time() - started
        count, length = count + 1, length + len(one.text)
    yield f"speed, {count} records of {length / count:.0f} characters", f"{count / taken:.0f}/s"


def _labelled() -> Iterator[Record]:
    yield from map(record, lines("design/pubmed_design_2019.jsonl.gz"))


def _stored(file: str) -> Iterator[Record]:
    """The records of a file of PubMed XML, packed or not, one at a time."""
    packed = file.endswith(".gz")
    with gzip.open(file) if packed else Path(file).open("rb") as stream:
        for payload in pubmed_xml.split(stream):
            if not payload.deleted and not payload.problem:
                yield parsing.parse(payload)


MEASURES = {
    measure.__name__: measure
    for measure in (eligibility, design, gabapentinoids, directions, speed)
}


def rows() -> Iterator[Row]:
    """What was measured and the figure, for every measure."""
    for measure in MEASURES.values():
        yield from measure()


def main(arguments: Sequence[str]) -> None:
    """Print one measure, or all."""
    named = [a for a in arguments if not a.startswith("--")]
    if not named:
        found = rows()
    elif named[0] in MEASURES:
        file = named[1] if len(named) > 1 else None
        found = MEASURES[named[0]](wrong="--wrong" in arguments, file=file)
    else:
        sys.exit(f"there is no measure '{named[0]}'; known: {', '.join(MEASURES)}")
    for what, figure in found:
        print(f"{what}: {figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
