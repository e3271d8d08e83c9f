"""Fit the weights of `tagging/asking/votes.yaml` on the tuning part of evidence_inference_dev.

    python -m benchmarks.reading.fit_votes           print what cross-validation says
    python -m benchmarks.reading.fit_votes --write   and write the weights

Maximum likelihood with a small penalty on each weight, the same answer every time.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.reading.common import VOCABULARY, Line, is_tuning, lines, record
from benchmarks.reading.directions import CHANGE, FILE
from living_review import tagging
from living_review.tagging.asking import votes
from living_review.tagging.asking.asked import ready
from living_review.tagging.asking.candidates import Candidate, candidates
from living_review.tagging.lexicon import lexicon
from living_review.tagging.marked import mark

PENALTY = 1.0
FOLDS = 5
HEAD = """\
# How much one reading of a clause counts when a question is answered: a vote of exp(sum of the
# weights of its traits). `python -m benchmarks.reading.fit_votes --write` fitted them on the tuning
# part of evidence_inference_dev, so that the shares of the votes are probabilities. To mend one by
# hand: +0.7 doubles a vote, -0.7 halves it. What each trait means is in candidates.py.
"""

Floats = NDArray[np.float64]
Question = tuple[str, int, list[Candidate]]  # paper, place of the label in CHANGES, readings


class Fit:
    """Questions as arrays: one row a vote, with its traits, its change and its question."""

    def __init__(self, questions: Sequence[Question], names: Sequence[str]) -> None:
        place = {name: i for i, name in enumerate(names)}
        rows: list[tuple[int, int, dict[str, float]]] = []
        for number, (_, _, found) in enumerate(questions):
            for one in found:
                changes = (votes.CHANGES.index(one.change),) if one.change else (0, 1)
                rows += [(number, change, one.traits) for change in changes]
        self.label = np.array([label for _, label, _ in questions])
        self.of = np.array([number for number, _, _ in rows])
        self.change = np.array([change for _, change, _ in rows])
        self.traits = np.zeros((len(rows), len(names)))
        for row, (_, _, traits) in enumerate(rows):
            for name, value in traits.items():
                if name in place:
                    self.traits[row, place[name]] = value

    def totals(self, theta: Floats) -> tuple[Floats, Floats]:
        """Each vote, and the total of each change for each question."""
        vote = np.exp(np.clip(self.traits @ theta[4:], -30, 30))
        total = np.tile(np.exp(theta[:3]), (len(self.label), 1))
        np.add.at(total, (self.of, self.change), vote)
        return vote, total

    def chances(self, theta: Floats) -> Floats:
        """The probability of each change for each question."""
        sharp = self.totals(theta)[1] ** np.exp(theta[3])
        return np.asarray(sharp / sharp.sum(axis=1, keepdims=True))

    def loss(self, theta: Floats) -> tuple[float, Floats]:
        """Negative log likelihood with penalty, and its gradient."""
        vote, total = self.totals(theta)
        power = np.exp(theta[3])
        chance = self.chances(theta)
        every = np.arange(len(self.label))
        off = chance.copy()
        off[every, self.label] -= 1
        on_total = off * power / total
        slope = np.concatenate([
            on_total.sum(axis=0) * np.exp(theta[:3]),
            [(off * np.log(total)).sum() * power],
            self.traits.T @ (on_total[self.of, self.change] * vote),
        ])  # fmt: skip
        slope[4:] += PENALTY * theta[4:]
        likelihood = np.log(chance[every, self.label] + 1e-12).sum()
        return float(-likelihood + PENALTY * (theta[4:] ** 2).sum() / 2), slope


def fitted(questions: Sequence[Question], names: Sequence[str]) -> Floats:
    """Logs of the three totals before reading, log of the power, then a weight for each name."""
    start = np.concatenate([np.full(3, -2.0), np.zeros(1 + len(names))])
    found = minimize(Fit(questions, names).loss, start, jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


def load() -> list[Question]:
    """Every question of the file with its readings."""
    return [
        (line["pmcid"], votes.CHANGES.index(CHANGE[line["label"]]), _readings(line))  # type: ignore[arg-type]
        for line in lines(FILE)
    ]


def _readings(line: Line) -> list[Candidate]:
    text = mark(record(line), lexicon(VOCABULARY))
    asked = tagging.Question(line["intervention"], line["comparator"], line["outcome"])
    return candidates(text, ready(asked, text))


def cross_validated(questions: Sequence[Question], names: Sequence[str], seed: int) -> Floats:
    """Probabilities of each question by weights fitted on other papers."""
    fold = np.array([_fold(paper, seed) for paper, _, _ in questions])
    found = np.zeros((len(questions), 3))
    for part in range(FOLDS):
        theta = fitted([q for q, f in zip(questions, fold, strict=True) if f != part], names)
        held = [q for q, f in zip(questions, fold, strict=True) if f == part]
        found[fold == part] = Fit(held, names).chances(theta)
    return found


def _fold(paper: str, seed: int) -> int:
    return int(hashlib.sha256(f"{seed} {paper}".encode()).hexdigest(), 16) % FOLDS


def figures(chances: Floats, label: NDArray[np.int_]) -> str:
    """Macro-F1, accuracy, and accuracy on the surest 60 %."""
    best = chances.argmax(axis=1)
    scores = [
        2 * ((best == k) & (label == k)).sum() / max(1, (best == k).sum() + (label == k).sum())
        for k in range(3)
    ]
    sure = np.argsort(-chances.max(axis=1))[: int(0.6 * len(label))]
    return (
        f"macro-F1 {np.mean(scores):.3f}, accuracy {(best == label).mean():.3f}, "
        f"surest 60 % {(best == label)[sure].mean():.3f}"
    )


def as_yaml(theta: Floats, names: Sequence[str]) -> str:
    """The weights as people read them."""
    data: dict[str, Any] = {
        "before_reading": {
            c: round(float(v), 2) for c, v in zip(votes.CHANGES, theta[:3], strict=True)
        },
        "sharpness": round(float(np.exp(theta[3])), 2),
        "weights": {n: round(float(v), 2) for n, v in zip(names, theta[4:], strict=True)},
    }
    return HEAD + yaml.safe_dump(data, sort_keys=False)


def main(arguments: Sequence[str]) -> None:
    """Print what cross-validation says; write the weights where asked."""
    questions = load()
    names = sorted({name for _, _, found in questions for one in found for name in one.traits})
    label = np.array([place for _, place, _ in questions])
    for seed in range(3):
        said = figures(cross_validated(questions, names, seed), label)
        print(f"cross-validated, seed {seed}: {said}")
    tuning = [q for q in questions if is_tuning(q[0])]
    text = as_yaml(fitted(tuning, names), names)
    print(text)
    if "--write" in arguments:
        path = Path(votes.__file__).with_name("votes.yaml")
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
