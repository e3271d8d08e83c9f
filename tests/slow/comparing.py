"""What the program concludes beside the second answer: every number that differs, named."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple

from living_review.model import Conclusion, Evidence, Pool
from living_review.protocol import Protocol
from tests.slow.pooling import log_likelihood, pool, reml
from tests.slow.weighing import Answer


def differences(
    found: Sequence[Conclusion], answers: Mapping[str, Answer], protocol: Protocol
) -> list[str]:
    """One line for each number of each conclusion that the second answer does not give."""
    lines = []
    for conclusion in found:
        answer = answers[conclusion.claim]
        told = list(unlike(numbers_of(conclusion), answer.numbers))
        if conclusion.pool is not None and answer.pool is not None:
            outcome = protocol.claim(conclusion.claim).outcomes[0]
            lower = protocol.vocabulary.outcomes[outcome].better == "lower"
            told += pool_differences(conclusion.pool, answer.pooled, lower_is_better=lower)
        lines += [f"{conclusion.claim}: {line}" for line in told]
    return lines


def unlike(told: Mapping[str, object], mine: Mapping[str, object]) -> Iterator[str]:
    for name in sorted({*told, *mine}):
        if name not in told or name not in mine or not alike(told[name], mine[name]):
            yield f"{name} is {told.get(name, 'missing')}, again {mine.get(name, 'missing')}"


def alike(told: object, mine: object) -> bool:
    """Equal, and numbers equal to a millionth."""
    if isinstance(told, tuple) and isinstance(mine, tuple):
        return len(told) == len(mine) and all(map(alike, told, mine))
    if isinstance(told, float) and isinstance(mine, (int, float)):
        return math.isclose(told, mine, rel_tol=1e-6, abs_tol=1e-9)
    return type(told) is type(mine) and told == mine


def numbers_of(conclusion: Conclusion) -> dict[str, object]:
    counts, pool = conclusion.counts, conclusion.pool
    numbers: dict[str, object] = {
        "direction": conclusion.direction,
        "certainty": conclusion.certainty,
        "steps": tuple((step.domain, step.levels) for step in conclusion.certainty_steps),
        "method": conclusion.method,
        "studies": conclusion.studies,
        "participants": conclusion.participants,
        "counts": (counts.favours, counts.against, counts.no_difference, counts.unclear),
        "share": (counts.share_low, counts.share_high),
        "pool": pool and (pool.measure, pool.unit, pool.mid, pool.k),
        "fragile": conclusion.fragile,
        "without each": tuple(sorted(astuple(left) for left in conclusion.leave_one_out)),
        "reviews": tuple(
            (v.record, v.direction, v.agrees, v.sets_direction) for v in conclusion.reviews
        ),
    }
    return numbers | {f"evidence of {e.study}": evidence_of(e) for e in conclusion.evidence}


def evidence_of(item: Evidence) -> tuple[object, ...]:
    return (
        item.records, item.design, item.participants, item.direction, item.stance, item.settles,
        item.indirect, item.unit, item.benefit, item.benefit_se,
    )  # fmt: skip


def pool_differences(
    made: Pool, effects: Sequence[tuple[float, float]], *, lower_is_better: bool
) -> list[str]:
    """Whether its τ² is as likely as any, and all else what follows from that τ²."""
    y, errors = [b for b, _ in effects], [e for _, e in effects]
    v = [e * e for e in errors]
    height, best = log_likelihood(made.tau2, y, v), log_likelihood(reml(y, v), y, v)
    lines = [] if height >= best - 1e-6 else [f"tau2 of {made.tau2} is not the likeliest"]
    again = pool(y, errors, made.tau2)

    def printed(interval: tuple[float, float] | None) -> tuple[float | None, float | None]:
        if interval is None:
            return None, None
        return (-interval[1], -interval[0]) if lower_is_better else interval

    sign = -1 if lower_is_better else 1
    return lines + list(unlike(
        {
            "benefit": (made.benefit, made.benefit_low, made.benefit_high),
            "pool as printed": (made.value, made.ci_low, made.ci_high),
            "p": made.p,
            "I²": made.i2,
            "prediction": (made.pi_low, made.pi_high),
            "Wald": (made.wald_low, made.wald_high),
            "Hartung and Knapp": (made.hk_low, made.hk_high),
            "DerSimonian and Laird": (made.dl_value, made.dl_low, made.dl_high),
        },
        {
            "benefit": (again.mean, *again.used),
            "pool as printed": (sign * again.mean, *printed(again.used)),
            "p": again.p,
            "I²": again.i2,
            "prediction": printed(again.prediction),
            "Wald": printed(again.wald),
            "Hartung and Knapp": printed(again.hk),
            "DerSimonian and Laird": (sign * again.dl_mean, *printed(again.dl)),
        },
    ))  # fmt: skip
