"""Each noun as its entry in the canonical report: INTERFACE `report.json`, field by field."""

from collections.abc import Mapping
from math import isclose
from typing import Any

from living_review.model import Change, Conclusion, Effect, Evidence, LeftOut, Pool
from living_review.protocol import Claim, Mid, Vocabulary
from living_review.reporting.canonical import (
    P_DIGITS,
    SHARE_DIGITS,
    digits_for,
    jsonable,
    rounded,
    state,
)
from living_review.synthesis.cumulative import Step, cumulative
from living_review.synthesis.effects import units_of
from living_review.synthesis.wording import statement

_Z95 = 1.959964  # standard normal quantile of a two-sided 95 % interval


def conclusion(weighed: Conclusion, claim: Claim, mid: Mid | None) -> dict[str, Any]:
    """One conclusion with everything behind it; `mid` is the claim's, None where it has none.

    `effect` is there only where the pool decides; `pool` also where a pool of two is shown.
    """
    pooled = weighed.method == "pooled"
    sizes = units_of(mid) if mid else {}
    return {
        "claim": weighed.claim,
        "label": claim.label or claim.id.replace("-", " ").replace("_", " ").capitalize(),
        "group": _group(claim),
        "statement": weighed.statement,
        "claim_asserts": claim.asserts,
        "direction": weighed.direction,
        "certainty": weighed.certainty,
        "wording": weighed.wording,
        "method": weighed.method,
        "mid": {"sizes": jsonable(sizes), "wording": mid.wording} if mid else None,
        "studies": weighed.studies,
        "participants": weighed.participants,
        "effect": _effect(weighed.pool) if weighed.pool and pooled else None,
        "pool": _pool(weighed.pool, used=pooled) if weighed.pool else None,
        "counts": jsonable(weighed.counts),
        "certainty_steps": [jsonable(step) for step in weighed.certainty_steps],
        "reviews": [jsonable(view) for view in sorted(weighed.reviews, key=lambda v: v.record)],
        "would_change": weighed.would_change,
        "fragile": weighed.fragile,
        "fragile_because": weighed.fragile_because,
        "leave_one_out": [_left_out(one, weighed) for one in weighed.leave_one_out],
        "cumulative": [_step(one) for one in cumulative(weighed)],
        "evidence": [
            evidence(item, sizes) for item in sorted(weighed.evidence, key=_reading_order)
        ],
    }


def evidence(item: Evidence, sizes: Mapping[str, float]) -> dict[str, Any]:
    """One study's bearing on a claim; `benefit` with its 95 % interval.

    `sizes` is the claim's MID on each unit it has.
    """
    digits = digits_for(item.unit)
    low, high = _interval(item)
    return {
        "study": item.study,
        "records": sorted(item.records),
        "design": item.design,
        "participants": item.participants,
        "direction": item.direction,
        "stance": item.stance,
        "settles": item.settles,
        "indirect": item.indirect,
        "indirect_because": item.indirect_because,
        "comparator": item.comparator,
        "weeks": rounded(item.weeks),
        "significant": item.significant,
        "known_on": jsonable(item.known_on),
        "effect": _printed(item.effect) if item.effect else None,
        "benefit": rounded(item.benefit, digits),
        "benefit_low": rounded(low, digits),
        "benefit_high": rounded(high, digits),
        "unit": item.unit,
        "mid": None if item.unit is None else rounded(sizes.get(item.unit), SHARE_DIGITS),
        "quote": item.quote,
        "read_by": item.read_by,
        "judged": list(item.judged),
        "cue": item.cue,
        "confidence": rounded(item.confidence, SHARE_DIGITS),
    }


def change(moved: Change, claim: Claim, vocabulary: Vocabulary) -> dict[str, Any]:
    """One change; `before` and `after` carry the benefit-oriented effect.

    `wording_before` words the state before as a conclusion on the claim would be worded.
    """
    before = moved.before
    return {
        "claim": moved.claim,
        "class": moved.change_class,
        "fragile": moved.fragile,
        "anchor": moved.anchor,
        "rules": list(moved.rules),
        "causes": list(moved.causes),
        "before": state(moved.before),
        "after": state(moved.after),
        "records": sorted(moved.records),
        "inputs": sorted(moved.inputs),
        "why": moved.why,
        "wording_before": ""
        if claim.computed
        else statement(claim, before.direction, before.certainty, vocabulary),
    }


def _group(claim: Claim) -> str:
    if claim.computed:
        return "evidence"
    return "people" if claim.clinical else "models"


def _reading_order(item: Evidence) -> tuple[bool, str, str]:
    return (not item.settles, str(item.known_on or "9999"), item.study)


def _interval(item: Evidence) -> tuple[float | None, float | None]:
    """Turn the printed interval the way of `benefit`; after a conversion, make one from its SE."""
    benefit, printed = item.benefit, item.effect
    if benefit is None:
        return None, None
    # An estimate of zero does not tell which way its interval was turned.
    if printed and printed.value and printed.ci_low is not None and printed.ci_high is not None:
        for sign in (1.0, -1.0):
            if isclose(benefit, sign * printed.value, abs_tol=1e-9):
                low, high = sorted((sign * printed.ci_low, sign * printed.ci_high))
                return low, high
    if item.benefit_se is None:
        return None, None
    return benefit - _Z95 * item.benefit_se, benefit + _Z95 * item.benefit_se


def _effect(pool: Pool) -> dict[str, Any]:
    digits = digits_for(pool.unit)
    places = ("value", "ci_low", "ci_high", "benefit", "benefit_low", "benefit_high")
    return {
        **{name: rounded(getattr(pool, name), digits) for name in (*places, "pi_low", "pi_high")},
        "measure": pool.measure,
        "unit": pool.unit,
        "mid": rounded(pool.mid, SHARE_DIGITS),
        "k": pool.k,
        "i2": int(rounded(pool.i2, 0) or 0),
        "tau2": rounded(pool.tau2, SHARE_DIGITS),
        "p": rounded(pool.p, P_DIGITS),
    }


def _pool(pool: Pool, *, used: bool) -> dict[str, Any]:
    digits = digits_for(pool.unit)
    sensitivity = ("wald_low", "wald_high", "hk_low", "hk_high", "dl_value", "dl_low", "dl_high")
    lines = {name: rounded(getattr(pool, name), digits) for name in sensitivity}
    return {**_effect(pool), **lines, "used": used}


def _left_out(one: LeftOut, weighed: Conclusion) -> dict[str, Any]:
    unit = None if weighed.pool is None else weighed.pool.unit
    digits = digits_for(unit)
    records = [r for item in weighed.evidence if item.study == one.study for r in item.records]
    return {
        "without": sorted(records),
        "direction": one.direction,
        "benefit": rounded(one.benefit, digits),
        "benefit_low": rounded(one.benefit_low, digits),
        "benefit_high": rounded(one.benefit_high, digits),
        "unit": unit,
    }


def _step(one: Step) -> dict[str, Any]:
    digits = digits_for(one.unit)
    low, high = one.benefit_low, one.benefit_high
    if one.k == 1:  # its own interval, as it is shown beside it
        low, high = _interval(one.added[0])
    return {
        "added": sorted(record for item in one.added for record in item.records),
        "known_on": jsonable(one.known_on),
        "k": one.k,
        "benefit": rounded(one.benefit, digits),
        "benefit_low": rounded(low, digits),
        "benefit_high": rounded(high, digits),
        "unit": one.unit,
    }


def _printed(effect: Effect) -> dict[str, Any]:
    printed: dict[str, Any] = jsonable(effect)
    digits = SHARE_DIGITS if effect.measure == "RD" else 2
    for name in ("value", "ci_low", "ci_high", "se"):
        printed[name] = rounded(getattr(effect, name), digits)
    printed["p"] = rounded(effect.p, P_DIGITS)
    return printed
