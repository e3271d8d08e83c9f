"""A review of a few made-up records, for flows to run on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, trial

AS_OF = date(2020, 1, 1)
LATER = date(2020, 2, 1)
FIRST = 90_000_001


def small_review(folder: Path) -> LivingReview:
    """A review whose search finds two trials that favour the drug."""
    review = LivingReview(folder)
    review.give(*(trial(FIRST + i, f"2015-0{i + 1}-01", BETTER) for i in range(2)))
    return review


def contradict(review: LivingReview) -> None:
    """Let the search find large trials that say otherwise."""
    review.give(
        *(trial(FIRST + 10 + i, f"2016-0{i + 1}-01", NO_DIFFERENCE, n=900) for i in range(5))
    )


def retract(review: LivingReview, pmid: int) -> None:
    """Let PubMed's entry of a record name a retraction notice, as it does from that day on."""
    paper = review.papers[pmid]
    notice = ("RetractionIn", 90_000_900)
    review.give(replace(paper, types=(*paper.types, "Retracted Publication"), links=(notice,)))


def every_minute(review: LivingReview) -> None:
    """Schedule updates each minute, and the recheck at a time no test sees."""
    review.edit('update: "0 3 * * *"', 'update: "* * * * *"')
    review.edit('recheck_included: "0 15 * * *"', 'recheck_included: "0 0 29 2 *"')
