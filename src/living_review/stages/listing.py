"""Listing: every record that is decided on, for the flow and for the list of what is excluded."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from living_review.model import PartialDate, Reading
from living_review.stages.bearing import Standpoint
from living_review.stages.flow import Screened
from living_review.stages.link import said
from living_review.stages.screen import basis
from living_review.stages.tag import reader
from living_review.synthesis.grouping import study_ids
from living_review.warehouse import Warehouse


def screened_at(store: Warehouse, at: Standpoint, readings: Sequence[Reading]) -> Screened:
    """Every decision that holds from there; `readings` are those of the records that bear."""
    by_id = {reading.record_id: reading for reading in readings}
    asked: dict[str, Any] = {"as_of": at.as_of, "cut": at.cut, "record_ids": list(by_id)}
    asked |= {"basis": basis(at.protocol), "reader": reader(at.protocol)}
    return Screened(
        bearing=store.rows("decided_records", **asked),
        readings=by_id,
        links=said(store, at.cut),
        excluded=store.rows("excluded_records", **asked),
    )


def listed(screened: Screened) -> dict[str, dict[str, Any]]:
    """The records that bear on nothing as `records.csv` lists them."""
    studies = study_ids((row["record_id"] for row in screened.decided), screened.links)
    return {row["record_id"]: _listed(row, screened, studies) for row in screened.excluded}


def _listed(row: dict[str, Any], screened: Screened, studies: dict[str, str]) -> dict[str, Any]:
    record_id = row["record_id"]
    shown_as = screened.shown_as[record_id]
    return row | {
        "same_as": None if shown_as == record_id else shown_as,
        "study": studies[record_id],
        "design": row["design"] or "unclear",
        "participants": row["participants"] and int(row["participants"]),
        "published": row["published"] and _date(row["published"]),
        "authors": [*json.loads(row["authors"]), *json.loads(row["collective_authors"])],
        "quote": row["quote"] or "",
    }


@cache
def _date(told: str) -> str:
    """A date as the store keeps it, as readers are shown it."""
    return str(PartialDate(**json.loads(told)))
