"""Import: records and effect tables from elsewhere into the store, all of a file or none of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from living_review import config, parsing
from living_review.errors import ImportError_, SourceError, UnreadableRecord
from living_review.parsing import csv_records, effect_table, json_lines, nbib, pubmed_xml, ris
from living_review.parsing.entered_effects import ExtractedEffect
from living_review.parsing.file_kinds import TEXT, Kind, kind_of_file
from living_review.parsing.payload import Payload
from living_review.parsing.text_files import decode
from living_review.protocol import Vocabulary
from living_review.stages import begin, entering, keep, placing
from living_review.stages.placing import Here, Placed, Read
from living_review.warehouse import Warehouse, database_path, readers_path

SPLITTERS: dict[Kind, Callable[[BinaryIO], Iterator[Payload]]] = {
    "csv_row": csv_records.split,
    "json_line": json_lines.split,
    "nbib": nbib.split,
    "pubmed_xml": pubmed_xml.split,
    "ris": ris.split,
}
SHOWN = 10  # faults of one file


@dataclass(frozen=True, slots=True)
class _Given:
    """What one file holds; `said` is what its user should know of how it was read."""

    name: str
    records: tuple[Read, ...] = ()
    effects: tuple[ExtractedEffect, ...] = ()
    said: tuple[str, ...] = ()


def run(review: Path, paths: Sequence[Path]) -> dict[str, Any]:
    """Import every file; ImportError_ names a file with all its faults, and nothing is kept.

    The records enter the next update's version; what came before is not touched. Gives counts by
    file and in all, and in `said` the sentences that a person should read.
    """
    protocol = config.load(review / "config.yaml")
    given = [_read(path, protocol.vocabulary) for path in paths]
    records = [read for each in given for read in each.records]
    effects = [effect for each in given for effect in each.effects]
    with begin.writing(review) as (store, run_no):
        placed = list(placing.place(records, _here(store, run_no, records)))
        wanted = [p.payload for p in placed if p.outcome != "already_known"]
        keep.add(store, [(keep.raw_row(run_no, "import", p), p) for p in wanted])
        entered = store.rows("entered_effects")
        new_effects = entering.unknown(entered, effects)
        store.write("extracted_effect", [e | {"run_no": run_no} for e in new_effects])
        here = {row["record_id"] for row in store.rows("known_payloads", cut=run_no)}
        slips = list(
            entering.slips(store, protocol, run_no, {row["record_id"] for row in new_effects})
        )
    refresh_readers(review)
    return {
        **_counts(placed),
        "records": len(wanted),
        "effects": len(new_effects),
        "waiting": sum(1 for effect in new_effects if effect["record_id"] not in here),
        "files": list(_by_file(given, placed)),
        "said": [said for each in given for said in each.said]
        + list(_remarks(placed))
        + list(entering.left_out(entered, new_effects))
        + slips,
    }


def _read(path: Path, vocabulary: Vocabulary) -> _Given:
    if not path.is_file():
        raise ImportError_(f"{path}: there is no such file")
    try:
        if path.suffix.lower() not in TEXT:
            with path.open("rb") as stream:
                return _records(path.name, kind_of_file(path.suffix, ""), stream)
        raw = path.read_bytes()
        text, encoding = decode(raw)
        kind = kind_of_file(path.suffix, text)
        if kind == "effects":
            return _Given(path.name, effects=effect_table.parse(text, vocabulary))
        return _records(path.name, kind, BytesIO(raw), encoding)
    except (ImportError_, SourceError) as error:
        raise ImportError_(f"{path.name}: {error}") from error


def _records(name: str, kind: Kind, stream: BinaryIO, encoding: str = "utf-8") -> _Given:
    """Every record of the file, each read once, so that a bad one refuses the file now."""
    records: list[Read] = []
    faults: list[str] = []
    for payload in SPLITTERS[kind](stream):
        try:
            records.append((payload, parsing.parse(payload)))
        except UnreadableRecord as error:
            faults.append(str(error))
    if faults:
        listed = "\n  ".join(faults[:SHOWN])
        more = f"\n  and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise ImportError_(
            f"{len(faults)} of {len(faults) + len(records)} records cannot be read, "
            f"so none is taken:\n  {listed}{more}"
        )
    if not records:
        raise ImportError_("holds no record")
    said = f"{name}: is not UTF-8 and was read as Windows-1252; look at names with accents"
    return _Given(name, tuple(records), said=(said,) if encoding == "cp1252" else ())


def _here(store: Warehouse, run_no: int, records: Sequence[Read]) -> dict[str, Here]:
    """What the store has under any key that the records may stand under."""
    wanted = sorted({key for read in records for key in placing.candidates(*read)})
    found = {}
    for row in store.rows("stored_payloads", record_ids=wanted, cut=run_no):
        stored = Payload(row["record_id"], row["format"], bytes(row["body"] or b""), row["deleted"])
        found[row["record_id"]] = Here(
            row["payload_hash"], row["came_by"], placing.read_here(stored)
        )
    return found


def _counts(placed: Sequence[Placed]) -> dict[str, int]:
    counted = Counter(each.outcome for each in placed)
    return {outcome: counted[outcome] for outcome in ("new", "revised", "already_known")}


def _by_file(given: Sequence[_Given], placed: Sequence[Placed]) -> Iterator[dict[str, Any]]:
    """The counts of each file, in the order given."""
    start = 0
    for each in given:
        end = start + len(each.records)
        yield {"file": each.name, "effects": len(each.effects), **_counts(placed[start:end])}
        start = end


def _remarks(placed: Sequence[Placed]) -> Iterator[str]:
    yield from (each.said for each in placed if each.said)
    taken = [each.record for each in placed if each.outcome != "already_known"]
    undated = sum(1 for record in taken if record.available_on is None)
    if undated:
        yield f"{undated} records state no date, and count as known from the beginning"
    if taken:
        yield "duplicates among records under different keys are looked for by the next update"


def refresh_readers(review: Path) -> None:
    """Let readers see what has just been entered."""
    with Warehouse(database_path(review)) as store:
        store.snapshot_for_readers(readers_path(review))
