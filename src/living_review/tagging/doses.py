"""Doses a clause holds against each other: '600 mg was no better than 300 mg'."""

import re
from collections.abc import Sequence

from living_review.tagging.clauses import Clause, Span
from living_review.tagging.words import Token

VERSION = "1"
_AMOUNT = re.compile(r"\d{1,6}(?:[.·]\d{1,4})?", re.ASCII)
_UNITS = frozenset(("mg", "mcg", "g", "ug", "µg", "μg"))
_NAMES = {"high": 1e9, "higher": 1e9, "low": -1e9, "lower": -1e9}
_ABOVE, _BELOW = (">", "≥", "exceeding", "above", "over"), ("<", "≤", "below", "under")
_DOSE = frozenset(("dose", "dosage"))
_NUDGE = 0.5  # 'more than 1800' is more than 'up to 1800'


def dose_pair(clause: Clause) -> tuple[Span, Span] | None:
    """The higher and the lower dose of a clause that names two, and holds them together.

    None where it names one, or more than two, or does not compare.
    """
    found: dict[float, Span] = {}
    for place in range(clause.first, clause.last + 1):
        amount = _amount(clause.words, place)
        if amount is not None:
            found.setdefault(amount, (place, place))
    if len(found) != 2:
        return None
    low, high = sorted(found)
    (first, _), (last, _) = sorted(found.values())
    graded = any(c.name in ("same", "more", "less") for c in clause.of("change"))
    alike = any(t.word == "as" for t in clause.words[first:last])
    if not (graded or alike or clause.of("reference") or clause.between()):
        return None
    return found[high], found[low]


def _amount(words: Sequence[Token], place: int) -> float | None:
    """The dose a word tells, in milligrams; a named one ('high dose') above or below all."""
    token = words[place]
    if token.word in _NAMES:
        after = [t.word for t in words[place + 1 : place + 3]]
        return _NAMES[token.word] if after[:1] and _DOSE & set(after) else None
    unit = next((t.word for t in words[place + 1 : place + 3] if t.word in _UNITS), None)
    if unit is None or not _AMOUNT.fullmatch(token.raw):
        return None
    value = float(token.raw.replace("·", "."))
    if place >= 2 and words[place - 1].raw == "," and _AMOUNT.fullmatch(words[place - 2].raw):
        value += 1000 * float(words[place - 2].raw)  # '1,800 mg' is three tokens
    value *= {"g": 1000.0, "mg": 1.0}.get(unit, 0.001)
    signs = {t.raw for t in words[max(0, place - 4) : place]}
    return value + _NUDGE * bool(signs & set(_ABOVE)) - _NUDGE * bool(signs & set(_BELOW))
