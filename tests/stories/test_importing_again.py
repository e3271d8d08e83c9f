"""What an import brings is never lost to a poorer copy, and never two papers in one."""

from pathlib import Path
from typing import Any

import pytest

from living_review.stages import importing
from living_review.warehouse import Warehouse, database_path
from tests.stories.living import BETTER, LivingReview, trial

RICH = """TY  - JOUR
TI  - Gabapentin for sciatica in a made-up clinic: a randomised trial
AU  - Muller, Anna
AU  - Clark, Ben
PY  - 2024
JO  - Journal of Made-up Research
VL  - 5
SP  - 10
EP  - 18
DO  - 10.5555/rich.1
AB  - We randomised 120 adults with sciatica. Leg pain was lower with gabapentin.
ER  -
"""
POOR = """TY  - JOUR
TI  - Gabapentin for sciatica in a made-up clinic: a randomised trial
AU  - Muller, Anna
PY  - 2024
DO  - https://doi.org/10.5555/RICH.1
ER  -
"""


@pytest.fixture
def review(tmp_path: Path) -> LivingReview:
    made = LivingReview(tmp_path / "review")
    made.update("2020-01-01", trial(1, "2019-01-01", BETTER))
    return made


def brought(review: LivingReview, **files: str) -> dict[str, Any]:
    paths = []
    for name, text in files.items():
        paths.append(review.folder / f"{name}.ris")
        paths[-1].write_text(text)
    return importing.run(review.folder, paths)


def known(review: LivingReview) -> dict[str, str]:
    with Warehouse(database_path(review.folder)) as store:
        rows = store.rows("known_payloads", cut=99)
    return {row["record_id"]: row["payload_hash"] for row in rows}


def outcomes(found: dict[str, Any]) -> tuple[int, int, int]:
    return found["new"], found["revised"], found["already_known"]


def test_a_poorer_copy_leaves_the_richer_one_and_says_so(review: LivingReview) -> None:
    brought(review, rich=RICH)
    before = known(review)
    found = brought(review, poor=POOR)
    assert outcomes(found) == (0, 0, 1)
    assert "doi:10.5555/rich.1: the copy that is here says more, and is kept" in found["said"]
    assert known(review) == before


def test_a_richer_copy_is_a_revision(review: LivingReview) -> None:
    brought(review, poor=POOR)
    assert outcomes(brought(review, rich=RICH)) == (0, 1, 0)


@pytest.mark.parametrize("file", [RICH + POOR, POOR + RICH], ids=["rich first", "poor first"])
def test_of_two_copies_in_a_file_the_richer_counts_and_again_nothing_is_new(
    review: LivingReview, file: str
) -> None:
    assert outcomes(brought(review, both=file)) == (1, 0, 1)
    before = known(review)
    assert outcomes(brought(review, both=file)) == (0, 0, 2)
    assert known(review) == before
    brought(review, alone=RICH)
    assert known(review) == before


def test_papers_of_one_title_without_identifiers_are_as_many_records(review: LivingReview) -> None:
    first = RICH.replace("DO  - 10.5555/rich.1\n", "")
    others = (
        first.replace("Journal of Made-up Research", "Another Journal").replace(
            "SP  - 10", "SP  - 700"
        ),
        first.replace("Muller, Anna", "Muller, Zoe"),
        first.replace("VL  - 5", "VL  - 6"),
    )
    found = brought(review, several=first + "".join(others))
    assert outcomes(found) == (4, 0, 0)
    assert len(known(review)) == 5


def test_a_file_that_says_a_known_record_is_retracted_is_heard(review: LivingReview) -> None:
    (review.folder / "one.nbib").write_text(
        "PMID- 1\nTI  - Gabapentin for sciatica: a randomised placebo-controlled trial, number 1\n"
        "DP  - 2019\nPT  - Journal Article\nPT  - Retracted Publication\n"
    )
    found = importing.run(review.folder, [review.folder / "one.nbib"])
    assert outcomes(found) == (0, 0, 1)
    assert any("pmid:1: the file says that it is retracted" in said for said in found["said"])
