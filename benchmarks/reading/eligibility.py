"""Decisions on the sample against evidence.jsonl: a floor, not an accuracy."""

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.reading.common import PROTOCOL, SAMPLE, SHARED, Row, lines, read, sample
from living_review import screening

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


def rows(files: Sequence[str] = (), wrong: bool = False) -> Iterator[Row]:
    """How each judgement was decided; `files` is a file of judgements in place of ours."""
    judged = {e["id"]: e for e in lines(*(files or [str(SHARED / "evidence" / "evidence.jsonl")]))}
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
