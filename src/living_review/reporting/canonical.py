"""The canonical form of a report: plain JSON-able data, rounded, and always the same bytes."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from living_review.model import PartialDate, State
from living_review.reporting.plain import escaped

Json = Mapping[str, Any]

SCHEMA = 1
EFFECT_DIGITS = 2
SHARE_DIGITS = 3  # a risk difference of 0.05 is 5 points in a hundred; two digits would blur it
P_DIGITS = 3
OTHER_DIGITS = 4  # thresholds and whatever is no effect: no more than a reader can use


def dump(data: Any) -> bytes:
    """Write data as JSON bytes: sorted keys, one final newline; ValueError on NaN or infinity."""
    text = escaped(json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False))
    # A lone surrogate in a foreign title has no UTF-8 form; it must not cost the whole report.
    return (text + "\n").encode("utf-8", "replace")


def rounded(value: float | None, digits: int = EFFECT_DIGITS) -> float | None:
    """`value` to `digits` decimals; None for None and for what is not a number; never -0.0."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0


def digits_for(unit: str | None) -> int:
    """How many decimals of an effect on `unit` mean something to a reader."""
    return SHARE_DIGITS if unit == "risk difference" else EFFECT_DIGITS


def jsonable(value: Any) -> Any:
    """Turn nouns, dates and tuples into plain data; keys become text, floats four decimals."""
    match value:
        case State():
            plain: Any = state(value)
        case date() | PartialDate():
            plain = str(value)
        case float():
            plain = rounded(value, OTHER_DIGITS)
        case Mapping():
            plain = {str(key): jsonable(value[key]) for key in sorted(value, key=str)}
        case set() | frozenset():
            plain = sorted(jsonable(item) for item in value)
        case list() | tuple():
            plain = [jsonable(item) for item in value]
        case _ if is_dataclass(value):
            plain = {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
        case _:
            plain = value
    return plain


def state(told: State) -> dict[str, Any]:
    """Print a state as INTERFACE does; `effect` is on `unit`, positive is better."""
    effect = None
    if told.effect is not None:
        effect = {
            "benefit": rounded(told.effect, digits_for(told.unit)),
            "benefit_low": rounded(told.effect_low, digits_for(told.unit)),
            "benefit_high": rounded(told.effect_high, digits_for(told.unit)),
            "p": rounded(told.p, P_DIGITS),
            "unit": told.unit,
            "mid": rounded(told.mid, SHARE_DIGITS),
        }
    return {
        "direction": told.direction,
        "certainty": told.certainty,
        "participants": told.participants,
        "effect": effect,
    }
