"""The second reader: ask it of what is included or unclear, keep what holds, and say how it went.

It is secondary, as Crossref is: an update goes on without it, and what it was not asked waits. Its
answers are kept by content, prompt and model, so that a rerun asks nothing and a version is
rebuilt without it. Where the protocol names none, nothing here does anything.
"""

import json
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from living_review.errors import SourceError, SourceRefused
from living_review.model import Finding, Reading, Record
from living_review.model_endpoint import Endpoint, endpoint
from living_review.protocol import Protocol
from living_review.second_reader.answers import WHOLE, understood
from living_review.second_reader.prompt import instructions, question, reader_name
from living_review.stages import begin, keep, serial
from living_review.stages.screen import basis
from living_review.synthesis.standing import standing
from living_review.warehouse import Warehouse

REFUSALS = 3  # in a row, of one run


def run(review: Path, run_no: int) -> dict[str, int]:
    """Ask of every record that is included or unclear and that it has not read as it is now.

    Each answer is kept as it comes. What could not be asked is kept as a failure, with the reason.
    """
    context = begin.load(review, run_no)
    reader = context.protocol.rules.reading.second_reader
    if reader is None:
        return {}
    with context.open() as store:
        waiting = _waiting(store, context.protocol, context.as_of, run_no)
    if not waiting:
        return {"asked": 0}
    asked = 0
    try:
        model = endpoint(reader.url, reader.model, os.environ)
        # Each run starts elsewhere: a record that breaks the server must not keep the others back.
        start = run_no % len(waiting)
        for row in _asked(model, context.protocol, waiting[start:] + waiting[:start]):
            # The store is closed while the model is asked: others may need it meanwhile.
            with context.open() as store, store.transaction():
                store.write("second_reading", [row | {"run_no": run_no}])
            asked += 1
    except SourceError as error:
        keep.note_failure(context, name_of(context.protocol) or "", error)
    return {"asked": asked, "not_asked": len(waiting) - asked}


def name_of(protocol: Protocol) -> str | None:
    """The name of the protocol's second reader; None where it has none."""
    reader = protocol.rules.reading.second_reader
    return None if reader is None else reader_name(reader, protocol.vocabulary)


def findings_by_second(
    store: Warehouse, protocol: Protocol, as_of: date, cut: int
) -> dict[str, tuple[Finding, ...]]:
    """What the second reader reads in each current record, as far as it was asked by the cut."""
    return {
        row["record_id"]: serial.load(tuple[Finding, ...], row["findings"])
        for row in _read(store, protocol, as_of, cut)
    }


def agreement(
    store: Warehouse,
    protocol: Protocol,
    as_of: date,
    cut: int,
    readings: Collection[Reading],
) -> dict[str, Any] | None:
    """How the second reader did beside the rules, for the report; None where there is none.

    `asked` are records, `agreed`, `disagreed` and `proposed` comparisons of an outcome in the
    records that count, `discarded` parts of answers, by reason.
    """
    reader = protocol.rules.reading.second_reader
    if reader is None:
        return None
    read = _read(store, protocol, as_of, cut)
    discarded: Counter[str] = Counter()
    for row in read:
        discarded.update(json.loads(row["discarded"]))
    told = [standing(reading) for reading in readings if reading.counted]
    return {
        "reader": name_of(protocol),
        "url": reader.url,
        "asked": len(read),
        "not_asked": len(_waiting(store, protocol, as_of, cut)),
        "agreed": sum(one.agreed for one in told),
        "disagreed": sum(one.disagreed for one in told),
        "proposed": sum(one.proposed for one in told),
        "discarded": dict(sorted(discarded.items())),
    }


def warnings_of_second(
    store: Warehouse, protocol: Protocol, as_of: date, cut: int
) -> Iterator[dict[str, str]]:
    """What waits for the second reader, and why it could not be asked."""
    name = name_of(protocol)
    waiting = _waiting(store, protocol, as_of, cut) if name else []
    if waiting:
        failed = store.rows("second_reader_failure", second_reader=name, cut=cut)
        why = f": {failed[0]['reason']}" if failed else ""
        text = f"the second reader, {name}, was not asked of {len(waiting)} records{why}"
        yield {"code": "second_reader", "text": text}
    useless = Counter(
        why
        for row in (_read(store, protocol, as_of, cut) if name else [])
        for why in json.loads(row["discarded"])
        if why in WHOLE
    )
    for why, number in sorted(useless.items()):
        text = f"of the second reader, {name}, {number} answers could not be used: {why}"
        yield {"code": "second_reader", "text": text}


def _asked(
    model: Endpoint, protocol: Protocol, waiting: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Each record's answer as a row, one request a record.

    A refusal may be about one record, and the next is asked; some in a row are about all. Raises
    the last refusal at the end, and whatever else the endpoint fails with at once.
    """
    name, told = name_of(protocol) or "", instructions(protocol.vocabulary)
    refusal, in_a_row = None, 0
    for row in waiting:
        record = serial.load(Record, row["body"])
        try:
            reply = model.ask(told, question(record))
        except SourceRefused as error:
            refusal, in_a_row = error, in_a_row + 1
            if in_a_row == REFUSALS:
                break
            continue
        in_a_row = 0
        answer = understood(reply.text, record, protocol.vocabulary, name, cut_off=reply.cut_off)
        yield {
            "record_id": row["record_id"],
            "content_hash": row["content_hash"],
            "reader": name,
            "findings": serial.dump(answer.findings, tuple[Finding, ...]),
            "discarded": json.dumps(answer.discarded, sort_keys=True),
        }
    if refusal is not None:
        raise refusal


def _read(store: Warehouse, protocol: Protocol, as_of: date, cut: int) -> list[dict[str, Any]]:
    name = name_of(protocol)
    at: Mapping[str, Any] = {"as_of": as_of, "cut": cut, "second_reader": name}
    return store.rows("second_readings", **at) if name else []


def _waiting(store: Warehouse, protocol: Protocol, as_of: date, cut: int) -> list[dict[str, Any]]:
    return store.rows(
        "unread_by_second",
        as_of=as_of, cut=cut, basis=basis(protocol), second_reader=name_of(protocol),
    )  # fmt: skip
