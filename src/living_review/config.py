"""`config.yaml` → a frozen Protocol, or one sentence that names the path in the file."""

import difflib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from living_review.errors import ConfigError
from living_review.protocol import Protocol


def load(path: Path) -> Protocol:
    """Read and check a review's `config.yaml`; ConfigError says what to mend and where."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: there is no such file; `living-review init DIR` makes a review folder"
        ) from error
    return parse(text, path.name)


def parse(text: str, name: str = "config.yaml") -> Protocol:
    """Check the text of a `config.yaml`; `name` is what errors call it."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ConfigError(
            f"{name}:{where} is not YAML: {getattr(error, 'problem', error)}; "
            "mind the indentation and put text with a colon in quotes"
        ) from error
    if not isinstance(data, dict):
        raise ConfigError(f"{name}: expected keys such as 'review:' and 'claims:' at the top level")
    try:
        protocol = Protocol.model_validate(data)
    except ValidationError as error:
        raise ConfigError(f"{name}: {_first_sentence(error, data)}") from error
    for sentence in _loose_ends(protocol):
        raise ConfigError(f"{name}: {sentence}")
    return protocol


def fingerprint(part: BaseModel | tuple[BaseModel, ...]) -> str:
    """Hash of a part of the protocol: equal for equal meaning, whatever the file's layout."""
    parts = part if isinstance(part, tuple) else (part,)
    dumped = json.dumps([p.model_dump(mode="json") for p in parts], sort_keys=True)
    return hashlib.sha256(dumped.encode()).hexdigest()[:16]


def _first_sentence(error: ValidationError, data: dict[str, Any]) -> str:
    # Unknown keys first: a misspelt key also shows as a missing one, and names the real slip.
    problems = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    first = problems[0]
    path = _path(first["loc"], data)
    match first["type"]:
        case "extra_forbidden":
            return f"{path} is not a known key{_nearest(first['loc'])}."
        case "missing":
            return f"{path} is missing; add it (CONTRIBUTING.md lists the keys)."
        case kind if kind.startswith("date"):
            return f"{path} is {first['input']!r}, which is not a date; write it as 2022-12-31."
        case "value_error":
            return f"{path}: {first['ctx']['error']}."
        case _:
            said = first["msg"][0].lower() + first["msg"][1:]
            return f"{path} is {first['input']!r}; {said}."


def _path(loc: tuple[int | str, ...], data: Any) -> str:
    """`claims[3] ('disability').mid` rather than a tuple; the id helps where numbers do not."""
    words = ""
    for step in loc:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
            name = data.get("id") if isinstance(data, dict) else None
            words += f"[{step}]" + (f" ('{name}')" if name else "")
        else:
            data = data.get(step) if isinstance(data, dict) else None
            words += f".{step}" if words else step
    return words or "the file"


def _nearest(loc: tuple[int | str, ...]) -> str:
    known = list(_keys_at(Protocol, loc[:-1]))
    close = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; known here: {', '.join(known)}" if known else ""


def _keys_at(model: Any, loc: tuple[int | str, ...]) -> Iterator[str]:
    """The field names of the model that `loc` leads to."""
    for step in loc:
        if isinstance(step, str) and hasattr(model, "model_fields") and step in model.model_fields:
            model = model.model_fields[step].annotation
        while not hasattr(model, "model_fields") and getattr(model, "__args__", None):
            args = [a for a in model.__args__ if a not in (Ellipsis, type(None), str)]
            if not args:
                return
            model = args[-1]
    yield from getattr(model, "model_fields", {})


def _loose_ends(protocol: Protocol) -> Iterator[str]:
    """Names that a claim uses and the rest of the protocol does not know."""
    vocabulary = protocol.vocabulary
    drugs = [*vocabulary.drugs, *{d.drug_class for d in vocabulary.drugs.values() if d.drug_class}]
    comparators = [*drugs, *vocabulary.comparators]
    ids = [claim.id for claim in protocol.claims]
    for position, claim in enumerate(protocol.claims):
        where = f"claims[{position}] ('{claim.id}')"
        uses = [
            ("drug", [claim.intervention] if claim.intervention else [], drugs, "vocabulary.drugs"),
            ("drug", claim.needs_background, drugs, "vocabulary.drugs"),
            ("comparator", claim.comparators, comparators, "vocabulary.comparators"),
            ("outcome", claim.outcomes, list(vocabulary.outcomes), "vocabulary.outcomes"),
            ("MID", [claim.mid] if claim.mid else [], list(protocol.rules.mids), "rules.mids"),
            ("claim", claim.contradicts, ids, "claims"),
        ]
        for kind, named, known, home in uses:
            for name in named:
                if name not in known:
                    yield (
                        f"{where} names the {kind} '{name}'; known: {', '.join(sorted(known))}. "
                        f"Add it under {home} or correct the claim."
                    )
        if claim.computed is None and not (claim.intervention and claim.outcomes):
            yield f"{where} needs an intervention and at least one outcome."
