"""Judge: a person's correction of what was read off a record, kept above every reader.

It holds from the next version on, through every rerun, until the person judges again or
withdraws. What the rules read when it was made is kept with it: judgements are a test set.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from living_review import config
from living_review.errors import DecisionError
from living_review.judging.claims import bias_of
from living_review.judging.quotes import is_verbatim
from living_review.judging.words import finding_of, finding_target, tag_of
from living_review.model import Finding, JudgedBias, JudgedFinding, JudgedTag, Record
from living_review.protocol import Protocol
from living_review.stages import begin, serial
from living_review.stages.decide import decider_of
from living_review.stages.importing import refresh_readers
from living_review.stages.tag import reader
from living_review.synthesis.standing import is_about
from living_review.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Word:
    """Who says it, when, why, and in which words of the record; `withdraw` takes it back."""

    reason: str
    by: str
    on: date
    quote: str = ""
    withdraw: bool = False


def finding(
    review: Path,
    record_id: str,
    intervention: str,
    comparator: str,
    outcome: str,
    weeks: float | None,
    direction: str | None,
    significant: str | None,
    word: Word,
) -> str:
    """Append what `word.by` says of one comparison and outcome of a record; what the rules read.

    `direction` "none": the record does not say this. DecisionError for an unknown record or word,
    a quote that the record does not have, no reason, or initials that are none.
    """
    protocol = config.load(review / "config.yaml")
    decider = decider_of(word.by, word.reason)
    given = _given("--direction", direction, word)
    if word.withdraw:  # also where the vocabulary has lost its words since
        said = JudgedFinding(intervention, comparator, outcome, weeks, None, None, "", decider)
    else:
        said = finding_of(
            protocol.vocabulary, intervention, comparator, outcome, weeks, given, significant,
            word.quote, decider,
        )  # fmt: skip
    return _append(review, protocol, record_id, "finding", finding_target(said), said, word)


def tag(review: Path, record_id: str, name: str, value: str | None, word: Word) -> str:
    """Append what `word.by` says of one tag of a record; what the rules read.

    `value` "none": the record does not say. DecisionError as for `finding`.
    """
    protocol = config.load(review / "config.yaml")
    decider = decider_of(word.by, word.reason)
    given = _given("a value", value, word)
    if word.withdraw:
        said = JudgedTag(name, (), "", decider)
    else:
        said = tag_of(protocol.vocabulary, name, given, word.quote, decider)
    return _append(review, protocol, record_id, "tag", name, said, word)


def bias(review: Path, record_id: str, level: str | None, word: Word) -> str:
    """Append what `word.by` says of a record's risk of bias; no rule reads one.

    DecisionError as for `finding`.
    """
    protocol = config.load(review / "config.yaml")
    decider = decider_of(word.by, word.reason)
    given = _given("a level", level, word)
    said = JudgedBias("low", decider) if word.withdraw else bias_of(given, decider)
    return _append(review, protocol, record_id, "bias", "risk_of_bias", said, word)


def _given(what: str, value: str | None, word: Word) -> str:
    """The value, or none where a judgement is taken back."""
    if word.withdraw:
        if value is not None:
            raise DecisionError(f"--withdraw takes the judgement back; leave out {what}")
        return "none"
    if value is None:
        raise DecisionError(f"a judgement needs {what}, or --withdraw to take one back")
    return value


def _append(
    review: Path,
    protocol: Protocol,
    record_id: str,
    subject: str,
    target: str,
    said: JudgedFinding | JudgedTag | JudgedBias,
    word: Word,
) -> str:
    with begin.writing(review) as (store, run_no):
        found = store.rows("record_content", record_id=record_id)
        if not found:
            raise DecisionError(
                f"there is no record {record_id}; `living-review queue` lists those that wait"
            )
        _check_quote(serial.load(Record, found[0]["body"]), word.quote)
        held = store.rows("judgement_of", record_id=record_id, subject=subject, target=target)
        if word.withdraw and not held:
            raise DecisionError(
                f"nobody has judged {target} of {record_id}; there is nothing to withdraw"
            )
        if isinstance(said, JudgedFinding) and not word.withdraw:
            _check_entered(store, record_id, said)
        key = {
            "record_id": record_id,
            "content_hash": found[0]["content_hash"],
            "reader": reader(protocol),
        }
        read = _read(store, key, said)
        store.write("judgement", [
            {"run_no": run_no, "record_id": record_id, "content_hash": key["content_hash"],
             "subject": subject, "target": target, "withdrawn": word.withdraw,
             "body": serial.dump(said), "read_then": json.dumps(read, ensure_ascii=False),
             "reason": word.reason, "decider": said.decider, "decided_on": word.on}
        ])  # fmt: skip
    refresh_readers(review)
    return "; ".join(_short(one) for one in read) or "nothing"


def _check_quote(record: Record, quote: str) -> None:
    if quote and not is_verbatim(quote, record):
        raise DecisionError(
            f"--quote is not in {record.record_id} word for word; copy it from the title, or from "
            "one part of the abstract"
        )


def _check_entered(store: Warehouse, record_id: str, said: JudgedFinding) -> None:
    for row in store.rows("entered_effects"):
        entered = serial.load(Finding, row["body"])
        if row["record_id"] == record_id and is_about(said, entered):
            raise DecisionError(
                f"{entered.tagger} has entered an effect for this comparison and outcome of "
                f"{record_id}, which counts before any word; import a corrected table instead"
            )


def _read(
    store: Warehouse, key: dict[str, Any], said: JudgedFinding | JudgedTag | JudgedBias
) -> list[dict[str, Any]]:
    """What the rules have read of the thing judged."""
    if isinstance(said, JudgedBias):
        return []
    if isinstance(said, JudgedTag):
        return [row for row in store.rows("record_tags", **key) if row["name"] == said.name]
    found = [serial.load(Finding, row["body"]) for row in store.rows("record_findings", **key)]
    return [asdict(one) for one in found if is_about(said, one)]


def _short(read: dict[str, Any]) -> str:
    if "value" in read:
        return str(read["value"])
    when = f" at {read['weeks']:g} weeks" if read["weeks"] is not None else ""
    return f"{read['intervention']} vs {read['comparator']}{when}: {read['direction']}"
