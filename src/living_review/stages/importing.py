"""Import: records and effect tables from elsewhere into the store, all of a file or none of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from living_review import config, parsing
from living_review.errors import ImportError_, SourceError
from living_review.parsing import effect_table, json_lines, pubmed_xml
from living_review.parsing.effect_table import ExtractedEffect
from living_review.parsing.payload import Payload
from living_review.protocol import Vocabulary
from living_review.stages import begin, keep, serial
from living_review.warehouse import Warehouse, database_path, readers_path

RECORD_FORMATS = {".jsonl": json_lines.split, ".xml": pubmed_xml.split}


def run(review: Path, paths: Sequence[Path]) -> dict[str, int]:
    """Import every file; ImportError_ names file, line and key, and nothing of it is kept.

    The records enter the next update's version; what came before is not touched.
    """
    vocabulary = config.load(review / "config.yaml").vocabulary
    payloads, effects = _read_all(paths, vocabulary)
    with begin.writing(review) as (store, run_no):
        known = {r["record_id"]: r for r in store.rows("known_payloads", cut=run_no)}
        changed = keep.changed(payloads, known, run_no, "import")
        keep.add(store, changed)
        new_effects = _unknown_effects(store.rows("entered_effects"), effects)
        here = known.keys() | {row["record_id"] for row, _ in changed}
        store.write("extracted_effect", [e | {"run_no": run_no} for e in new_effects])
    refresh_readers(review)
    return {
        "records": len(changed),
        "already_known": len(payloads) - len(changed),
        "effects": len(new_effects),
        "waiting": sum(1 for effect in new_effects if effect["record_id"] not in here),
    }


def _read_all(
    paths: Sequence[Path], vocabulary: Vocabulary
) -> tuple[list[Payload], list[ExtractedEffect]]:
    payloads: list[Payload] = []
    effects: list[ExtractedEffect] = []
    for path in paths:
        if not path.is_file():
            raise ImportError_(f"{path}: there is no such file")
        try:
            if path.suffix == ".csv":
                text = path.read_text(encoding="utf-8-sig")
                effects.extend(effect_table.parse(text, vocabulary))
            elif path.suffix in RECORD_FORMATS:
                payloads.extend(_whole(path))
            else:
                known = ", ".join([".csv (effects)", *RECORD_FORMATS])
                raise ImportError_(f"cannot tell what it is; known: {known}")
        except UnicodeDecodeError as error:
            raise ImportError_(f"{path.name}: is not UTF-8 text; save it as UTF-8") from error
        except (ImportError_, SourceError) as error:
            raise ImportError_(f"{path.name}: {error}") from error
    return payloads, effects


def _whole(path: Path) -> list[Payload]:
    """Every payload of the file, each parsed once so that a bad one refuses the file now."""
    with path.open("rb") as stream:
        payloads = list(RECORD_FORMATS[path.suffix](stream))
    if not payloads:
        raise ImportError_("holds no record")
    for payload in payloads:
        if payload.problem:
            raise ImportError_(payload.problem)
        parsing.parse(payload)
    return payloads


def _unknown_effects(
    entered: Sequence[Mapping[str, Any]], effects: Sequence[ExtractedEffect]
) -> list[dict[str, Any]]:
    """Rows for the records whose entered effects differ from the last entry, whole by record."""
    by_record: dict[str, list[dict[str, Any]]] = {}
    for effect in effects:
        rows = by_record.setdefault(effect.record_id, [])
        rows.append(
            {
                "record_id": effect.record_id,
                "ordinal": len(rows),
                "entered_by": effect.finding.tagger,
                "body": serial.dump(effect.finding),
            }
        )
    last: dict[str, list[str]] = {}
    for row in entered:
        last.setdefault(row["record_id"], []).append(row["body"])
    return [
        row
        for record_id, rows in sorted(by_record.items())
        if [r["body"] for r in rows] != last.get(record_id)
        for row in rows
    ]


def refresh_readers(review: Path) -> None:
    """Let readers see what has just been entered."""
    with Warehouse(database_path(review)) as store:
        store.snapshot_for_readers(readers_path(review))
