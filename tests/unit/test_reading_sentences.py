"""Result sentences by a writer who had not seen the reader, with what careful readers would read.

A reading may be missing or left to a human; it may not be wrong. What is still wrong is named here
with its cause, and a case that is mended leaves the list.
"""

import json
from pathlib import Path

import pytest

from living_review.model import Finding
from living_review.tagging import find
from tests.reading_builders import VOCABULARY, record, tags_of

FILE = Path(__file__).parents[1] / "samples" / "reading" / "sentences.jsonl"
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
STILL_WRONG = {
    28: "'for X but not for Y, which was greater'",
    30: "the reason for no equivalence stands behind 'because'",
    144: "five comparisons in one sentence",
    183: "'the former' and 'the latter'",
}
NEAR_WEEKS = 0.6
LEAST_RIGHT = 0.75


def findings(case: dict) -> tuple[Finding, ...]:
    one = record(sections={"METHODS": case["methods"], "RESULTS": case["results"]})
    return find(one, tags_of(one), VOCABULARY, 0.0)


def of(wanted: dict, found: tuple[Finding, ...]) -> list[Finding]:
    """The findings on the comparison, outcome and time that a case speaks of."""
    weeks = wanted["weeks"]
    return [
        f
        for f in found
        if (f.intervention, f.comparator, f.outcome)
        == (wanted["intervention"], wanted["comparator"], wanted["outcome"])
        and (weeks is None or f.weeks is None or abs(f.weeks - weeks) < NEAR_WEEKS)
    ]


def is_right(wanted: dict, one: Finding) -> bool:
    """METHOD 1 keeps the direction of a trend, so that its case asks for significance alone."""
    if "direction" in wanted:
        return one.direction == wanted["direction"]
    return one.significant is False


def is_wrong(case: dict) -> bool:
    found = findings(case)
    clear = tuple(f for f in found if f.direction != "mixed_unclear")
    for wanted in case["expect"]:
        here = of(wanted, clear)
        if here and not any(is_right(wanted, f) for f in here):
            return True
    if any(is_right(unwanted, f) for unwanted in case["not"] for f in of(unwanted, clear)):
        return True
    ours = [f for f in clear if f.intervention == "alphacin"]
    return not case["expect"] and bool(ours)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['id']}-{c['kind']}" for c in CASES])
def test_no_sentence_is_read_as_its_contrary(case):
    assert is_wrong(case) == (case["id"] in STILL_WRONG)


def test_most_of_what_the_sentences_say_is_read():
    wanted = [(w, findings(case)) for case in CASES for w in case["expect"]]
    right = sum(any(is_right(w, f) for f in of(w, found)) for w, found in wanted)
    assert right / len(wanted) >= LEAST_RIGHT
