"""Say same: a person's word on whether two records are one record, one study, or neither."""

from datetime import date
from pathlib import Path

from living_review.errors import DecisionError
from living_review.parsing.links import ordered
from living_review.stages import begin
from living_review.stages.decide import decider_of
from living_review.stages.importing import refresh_readers
from living_review.stages.link import said
from living_review.synthesis.grouping import DOUBT, Said

# Which links stand after each word. Every word settles the doubt, and takes back the one before.
WORDS = {
    "same": ("same_record", "same_study"),
    "study": ("same_study",),
    "apart": (),
}
SETTLED = ("same_record", "same_study", DOUBT)


def run(
    review: Path, record: str, other: str, word: str, reason: str, by: str, on: date
) -> tuple[Said, ...]:
    """Append the word of `by` (initials) on two records, and give what held before.

    It holds from the next version on and outranks every rule; the opposite word undoes it.
    DecisionError for an unknown word or record, one record twice, no reason, or no initials.
    """
    if word not in WORDS:
        raise DecisionError(f"'{word}' says nothing of two records; say {', '.join(WORDS)}")
    if record == other:
        raise DecisionError(f"{record} is named twice; name two records")
    decider = decider_of(by, reason)
    with begin.writing(review) as (store, run_no):
        for named in (record, other):
            if not store.rows("record_content", record_id=named):
                raise DecisionError(
                    f"there is no record {named}; `living-review queue` lists those that wait"
                )
        pair = ordered("same_record", record, other)
        before = [one for one in said(store, run_no) if one.pair == pair and not one.revoked]
        store.write("record_link", [
            {"run_no": run_no, "from_id": pair[0], "to_id": pair[1], "relation": relation,
             "decider": decider, "revoked": relation not in WORDS[word], "reason": reason,
             "decided_on": on}
            for relation in SETTLED
        ])  # fmt: skip
    refresh_readers(review)
    return tuple(one for one in before if one.relation in SETTLED)
