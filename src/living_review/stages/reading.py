"""Read: tags, eligibility and findings of any records, for people and other programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from living_review import parsing, screening, tagging
from living_review.errors import ImportError_
from living_review.model import Record, Section, Tag
from living_review.parsing import pubmed_xml
from living_review.protocol import Protocol

Line = dict[str, Any]


def read(path: Path, protocol: Protocol) -> Iterator[Line]:
    """One line a record, in the file's order (INTERFACE `read`)."""
    for name, record in records(path):
        tags = tagging.tag(record, protocol.vocabulary)
        confidence = protocol.rules.reading.min_confidence
        findings = tagging.find(record, tags, protocol.vocabulary, confidence)
        decision = screening.screen(record, tags, findings, protocol)
        deciding = [a for a in decision.answers if a.criterion == decision.criterion]
        yield {
            "id": name,
            "tags": _by_name(tags),
            "eligible": {
                "answer": decision.verdict,
                "criterion": decision.criterion,
                "quote": deciding[0].quote if deciding else "",
            },
            "findings": [asdict(finding) for finding in findings],
        }


def _by_name(tags: Sequence[Tag]) -> dict[str, Line]:
    """Each tag by its name; of several (conditions, outcomes) the first, and the rest as `also`."""
    found: dict[str, Line] = {}
    for tag in tags:
        if tag.name in found:
            found[tag.name].setdefault("also", []).append(tag.value)
        else:
            found[tag.name] = {"value": tag.value, "quote": tag.quote}
    return found


def answers(path: Path, questions: Path, protocol: Protocol) -> Iterator[Line]:
    """One line a question, in the questions' order (INTERFACE `read --ask`)."""
    by_name = dict(records(path))
    enough = protocol.rules.reading.min_answer
    for number, line in _json_lines(questions):
        name = str(line.get("record") or line.get("pmid") or "").removeprefix("pmid:")
        record = by_name.get(name) or by_name.get(f"pmid:{name}")
        if record is None:
            raise ImportError_(f"{questions.name}: line {number}: {path.name} has no record {name}")
        question = tagging.Question(
            intervention=str(line.get("intervention", "")),
            comparator=str(line.get("comparator", "")),
            outcome=str(line.get("outcome", "")),
        )
        yield {
            "id": line.get("id"),
            **asdict(tagging.answer(record, question, protocol.vocabulary, enough)),
        }


def records(path: Path) -> Iterator[tuple[str, Record]]:
    """Each record of a file with the name its file gives it."""
    if not path.is_file():
        raise ImportError_(f"{path}: there is no such file")
    if path.suffix in {".jsonl", ".ndjson", ".json"}:
        for number, line in _json_lines(path):
            name = str(line.get("id") or line.get("record_id") or line.get("pmid") or number)
            try:
                yield name, _loose_record(name, line)
            except ImportError_ as error:
                raise ImportError_(f"{path.name}: line {number}: {error}") from error
        return
    with path.open("rb") as stream:
        for payload in pubmed_xml.split(stream):
            if not payload.deleted:
                record = parsing.parse(payload)
                yield record.pmid or record.record_id, record


def _loose_record(name: str, line: Line) -> Record:
    return Record(
        record_id=name,
        title=_text(line.get("title"), "title"),
        pmid=str(line["pmid"]) if line.get("pmid") else None,
        abstract=tuple(_sections(line.get("abstract") or [])),
        publication_types=tuple(line.get("publication_types") or ()),
        mesh=tuple(line.get("mesh") or ()),
    )


def _sections(abstract: object) -> Iterator[Section]:
    """Sections of an abstract given as text, as texts, or as labels with texts."""
    for part in abstract if isinstance(abstract, list) else [abstract]:
        if isinstance(part, dict):
            label = part.get("label")
            yield Section(label and _text(label, "label"), _text(part.get("text"), "text"))
        else:
            yield Section(None, _text(part, "abstract"))


def _text(value: object, key: str) -> str:
    """Text as it can be stored and printed: half a surrogate pair is no character."""
    if not isinstance(value, str | None):
        raise ImportError_(f"'{key}' is {value!r}, where text belongs")
    return (value or "").encode("utf-8", "replace").decode("utf-8")


def _json_lines(path: Path) -> Iterator[tuple[int, Line]]:
    if not path.is_file():
        raise ImportError_(f"{path}: there is no such file")
    try:
        whole = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportError_(f"{path.name}: is not UTF-8 text; save it as UTF-8") from error
    for number, text in enumerate(whole.splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except ValueError as error:
            raise ImportError_(f"{path.name}: line {number} is not JSON: {error}") from error
        if not isinstance(line, dict):
            raise ImportError_(
                f"{path.name}: line {number} is no JSON object; write one record or question a line"
            )
        if "comment" not in line:
            yield number, line
