"""Change of an outcome with A against B, on questions to real trial abstracts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from benchmarks.reading.common import PROTOCOL, VOCABULARY, Row, lines, part, record
from living_review import tagging

FILE = "findings/evidence_inference_dev.jsonl.gz"
CHANGE = {"increased": "higher", "decreased": "lower", "no_difference": "no_difference"}

Answered = Sequence[tuple[str, tagging.Answer]]


def rows(files: Sequence[str] = (), wrong: bool = False) -> Iterator[Row]:
    """F1, accuracy where sure, and calibration; `files` of questions in place of ours."""
    parts: dict[str, list[tuple[str, tagging.Answer]]] = defaultdict(list)
    for line in lines(*(files or [FILE])):
        question = tagging.Question(line["intervention"], line["comparator"], line["outcome"])
        answer = tagging.answer(
            record(line), question, VOCABULARY, PROTOCOL.rules.reading.min_answer
        )
        label = CHANGE[line["label"]]
        for where in {"all", part(line["pmcid"], not files)}:
            parts[where].append((label, answer))
        if wrong and answer.best != label:
            print(f"{line['prompt_id']}: {question} is {label}, read {answer.best}: {answer.quote}")
    for name, answered in sorted(parts.items()):
        sure = sorted(answered, key=lambda pair: -pair[1].confidence)[: int(0.6 * len(answered))]
        hits = sum(label == answer.best for label, answer in sure)
        yield f"direction, {name} (n = {len(answered)}): macro-F1", f"{macro_f1(answered):.3f}"
        yield f"direction, {name}: accuracy on the surest 60 %", f"{hits / max(1, len(sure)):.3f}"
        confident = [(label, a) for label, a in answered if a.answer != "unclear"]
        right = sum(label == a.answer for label, a in confident)
        yield (
            f"direction, {name}: accuracy where confident (share answered)",
            f"{right / max(1, len(confident)):.3f} ({len(confident) / len(answered):.1%})",
        )
        yield f"direction, {name}: calibration error", f"{calibration_error(answered):.3f}"


def macro_f1(answered: Answered) -> float:
    """Mean F1 over higher, lower and no difference, no abstention."""
    scores = []
    for change in CHANGE.values():
        both = sum(label == answer.best == change for label, answer in answered)
        either = sum((label == change) + (answer.best == change) for label, answer in answered)
        scores.append(2 * both / max(1, either))
    return sum(scores) / len(scores)


def calibration_error(answered: Answered) -> float:
    """Expected calibration error over ten bins of confidence."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for label, answer in answered:
        bins[min(9, int(answer.confidence * 10))].append((answer.confidence, label == answer.best))
    gaps = (abs(sum(c for c, _ in b) - sum(hit for _, hit in b)) for b in bins.values())
    return sum(gaps) / len(answered)
