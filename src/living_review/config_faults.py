"""What is wrong with a `config.yaml`, in one sentence that names the path in the file.

Sentences carry no full stop at their end: whoever shows one may go on.
"""

import difflib
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from living_review.protocol import Protocol

_KINDS = {
    "date": "is not a date; write it as 2022-12-31",
    "bool": "is neither true nor false",
    "int": "is not a whole number",
    "float": "is not a number",
    "finite_number": "is not a number",
    "string": "is not text; put it in quotes",
    "tuple": "is not a list; write it as [a, b] or one '- ' line each",
    "dict": "has no entries by name; write each as 'name:' with its keys below it",
}
_LIMITS = {"ge": "at least", "gt": "more than", "le": "at most", "max_length": "of length"}

_CLASSES = "vocabulary.drug_classes"
_COMPARATORS = "vocabulary.comparators"
_DRUGS = "vocabulary.drugs"
_OUTCOMES = "vocabulary.outcomes"

_Use = tuple[str, str, Sequence[str], Sequence[str], str]


def first_sentence(error: ValidationError, data: dict[str, Any]) -> str:
    """The one problem to mend first, of all that the protocol's models found in `data`."""
    # Unknown keys first: a misspelt key also shows as a missing one, and names the real slip.
    first = min(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    where = path(first["loc"], data)
    match first["type"]:
        case "extra_forbidden":
            return f"{where} is not a known key{_nearest(first['loc'])}"
        case "missing":
            return f"{where} is missing; add it (CONTRIBUTING.md lists the keys)"
        case "value_error":
            said = str(first["ctx"]["error"])
            return f"{where}{said}" if said.startswith("[") else f"{where}: {said}"
        case _:
            return f"{where} {_fault(first)}"


def _fault(problem: Mapping[str, Any]) -> str:
    """What is wrong with a value that is there and has a known name."""
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "too_short":
        return "is empty; give at least one"
    value = _shown(problem["input"])
    if kind == "literal_error":
        return f"is {value}; {_nearest_of(str(problem['input']), context['expected'])}"
    if kind.startswith("model"):
        return f"is {value}; it needs keys: {', '.join(_keys_at(Protocol, problem['loc']))}"
    for limit, words in _LIMITS.items():
        if limit in context:
            return f"is {value}; it must be {words} {context[limit]:g}"
    said = [words for start, words in _KINDS.items() if kind.startswith(start)]
    return f"is {value}" + (f", which {said[0]}" if said else f": {problem['msg']}")


def _shown(value: object) -> str:
    """A value as it may stand in the file, not as Python says it."""
    if value is None:
        return "left empty"
    plain = str(value).lower() if isinstance(value, bool) else repr(value)
    return textwrap.shorten(plain, 60, placeholder=" …")


def _nearest_of(given: str, expected: str) -> str:
    """A hint from "'benefit', 'harm' or 'low'"."""
    close = difflib.get_close_matches(given, expected.split("'")[1::2], n=1)
    return f"did you mean '{close[0]}'?" if close else f"it can be {expected}"


def path(loc: Sequence[int | str], data: Any) -> str:
    """`claims[3] ('disability').mid` rather than a tuple; the id helps where numbers do not."""
    words = ""
    for step in loc:
        if step == "[key]":
            return f"the name {words}"
        data = _below(data, step)
        if isinstance(step, int):
            name = data.get("id") if isinstance(data, dict) else None
            words += f"[{step}]" + (f" ('{name}')" if name else "")
        else:
            words += f".{step}" if words else step
    return words


def _below(data: Any, step: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _nearest(loc: tuple[int | str, ...]) -> str:
    known = list(_keys_at(Protocol, loc[:-1]))
    close = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else f"; known here: {', '.join(known)}"


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


def loose_ends(protocol: Protocol) -> Iterator[str]:
    """A sentence for each name that one part of the protocol uses and the rest does not know."""
    for where, kind, named, known, home in _uses(protocol):
        for name in named:
            if name in known:
                continue
            close = difflib.get_close_matches(name, known, n=1)
            yield f"{where} names the {kind} '{name}'" + (
                f"; did you mean '{close[0]}'? If not, add it under {home}"
                if close
                else f", but {home} has only {', '.join(sorted(known))}; correct it or add it there"
            )
    for position, claim in enumerate(protocol.claims):
        if claim.computed is None and not (claim.intervention and claim.outcomes):
            yield f"claims[{position}] ('{claim.id}') needs an intervention and an outcome"


def _uses(protocol: Protocol) -> Iterator[_Use]:
    """Every use of a name: where, what it names, the names, the known ones and their home."""
    words = protocol.vocabulary
    drugs, outcomes = list(words.drugs), list(words.outcomes)
    with_classes = [*drugs, *words.drug_classes]
    comparators = [*with_classes, *words.comparators]
    for name, drug in words.drugs.items():
        where = f"vocabulary.drugs.{name}"
        drug_class = [drug.drug_class] if drug.drug_class else []
        yield f"{where}.drug_class", "class", drug_class, list(words.drug_classes), _CLASSES
        against = drug.eligible_against
        yield f"{where}.eligible_against", "comparator", against, comparators, _COMPARATORS
    for name, outcome in words.outcomes.items():
        whole = [outcome.part_of] if outcome.part_of else []
        yield f"vocabulary.outcomes.{name}.part_of", "outcome", whole, outcomes, _OUTCOMES
    sds = list(protocol.rules.pool.typical_sd)
    yield "rules.pool.typical_sd", "outcome", sds, outcomes, _OUTCOMES
    ids = [claim.id for claim in protocol.claims]
    mids = list(protocol.rules.mids)
    for position, claim in enumerate(protocol.claims):
        where = f"claims[{position}] ('{claim.id}')"
        studied = [claim.intervention] if claim.intervention else []
        yield f"{where}.intervention", "drug", studied, with_classes, _DRUGS
        yield f"{where}.needs_background", "drug", claim.needs_background, with_classes, _DRUGS
        yield f"{where}.comparators", "comparator", claim.comparators, comparators, _COMPARATORS
        yield f"{where}.outcomes", "outcome", claim.outcomes, outcomes, _OUTCOMES
        yield f"{where}.mid", "MID", [claim.mid] if claim.mid else [], mids, "rules.mids"
        yield f"{where}.contradicts", "claim", claim.contradicts, ids, "claims"
