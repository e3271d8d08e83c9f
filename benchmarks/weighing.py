"""What it costs to weigh and to compare 1,000 claims on 100 studies each, on one core.

    python -m benchmarks.weighing

Claims are copies of one of the review's, each on an outcome of its own; their studies are made by
chance with a fixed seed, each with an effect, so that every claim is pooled and the pool is fitted
again without each study. Then the version after: with one study more of one claim, and with one
study more of every claim, which is the worst there is: each has to be weighed again and explained.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from living_review import config
from living_review.changes import Comparison, Snapshot, compare
from living_review.changes.anchors import state_of
from living_review.model import Effect, Finding, PartialDate, Reading
from living_review.protocol import Protocol
from living_review.synthesis import weigh

T = TypeVar("T")
CLAIMS, STUDIES = 1_000, 100
SEED = 20261126
AS_OF = date(2026, 11, 1)
CLAIM = "pain-vs-placebo"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def rows() -> Iterator[tuple[str, str]]:
    """Yield what was measured and the figure: in a process of its own, with one thread."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.weighing", "--here"],
        check=True, stdout=subprocess.PIPE, text=True, env=os.environ | ONE_THREAD,
    )  # fmt: skip
    yield from (tuple(row) for row in json.loads(done.stdout))


def _measured() -> Iterator[tuple[str, str]]:
    protocol = the_protocol(CLAIMS)
    known = [study(c, s) for c in range(CLAIMS) for s in range(STUDIES)]
    before = Snapshot(AS_OF, protocol, tuple(known), weigh(known, protocol))
    for what, claims in (("one claim has", [0]), ("every claim has", range(CLAIMS))):
        readings = (*known, *(study(c, STUDIES) for c in claims))
        conclusions, weighing = _timed(lambda r=readings: weigh(r, protocol))
        current = Snapshot(AS_OF, protocol, readings, conclusions)
        compared, comparing = _timed(lambda now=current: _compared(before, now))
        pooled = sum(c.method == "pooled" for c in conclusions)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield (
            f"{CLAIMS:,} claims × {STUDIES} studies of which {what} a new one, with one thread",
            f"weighed in {weighing:.1f} s, compared in {comparing:.1f} s of processor time; "
            f"{pooled:,} pooled, {len(compared.changes):,} changes told, peak {peak:.0f} MB",
        )


def _timed(what: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    done = what()
    return done, time.process_time() - started


def _compared(before: Snapshot, now: Snapshot) -> Comparison:
    return compare(before, now, {c.claim: state_of(c) for c in before.conclusions}, {})


def the_protocol(claims: int) -> Protocol:
    """The review's protocol with that many claims, each on its own outcome."""
    whole = config.load(Path(__file__).parents[1] / "config.yaml")
    claim = whole.claim(CLAIM)
    outcome = whole.vocabulary.outcomes[claim.outcomes[0]]
    names = [f"outcome-{number}" for number in range(claims)]
    vocabulary = whole.vocabulary.model_copy(update={"outcomes": dict.fromkeys(names, outcome)})
    copies = tuple(
        claim.model_copy(update={"id": f"claim-{number}", "outcomes": (name,), "contradicts": ()})
        for number, name in enumerate(names)
    )
    return whole.model_copy(update={"claims": copies, "vocabulary": vocabulary})


def study(claim: int, number: int) -> Reading:
    """A randomised trial on one claim, alike whenever it is made; the last of a claim differs."""
    chance = random.Random(f"{SEED} {claim} {number}")
    value = chance.gauss(-0.5 if number < STUDIES else 4.0, 0.3)
    record_id = f"pmid:{claim * 1_000 + number + 1}"
    finding = Finding(
        record_id=record_id, intervention="gabapentin", comparator="placebo",
        outcome=f"outcome-{claim}", direction="favours_intervention", change="lower",
        significant=None, quote="Pain was lower.", tagger="benchmark:1", weeks=8,
        effect=Effect("SMD", value, se=chance.uniform(0.1, 0.5)),
    )  # fmt: skip
    return Reading(
        record_id=record_id, study_id=record_id, title=f"Trial {number} of claim {claim}",
        design="rct", verdict="include", decider="rule:1", content_hash=record_id,
        first_author="Author", findings=(finding,), condition="sciatica", species="human",
        participants=chance.randrange(20, 400), known_on=AS_OF, published=PartialDate(2015),
    )  # fmt: skip


if __name__ == "__main__":
    if "--here" in sys.argv:
        print(json.dumps(list(_measured())))
    else:
        for what, figure in rows():
            print(f"{what}: {figure}")
