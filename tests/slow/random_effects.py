"""Effects at random: in every measure, on every scale, and as precise as abstracts are."""

from random import Random
from typing import NamedTuple

from living_review.model import Arm, Effect

# Of a MID of 0.5 or 0.25: on it, a half of the last digit below it, and just under that.
AT_THE_EDGE = (-0.5, 0.5, -0.495, 0.495, -0.4975, -0.4949, -0.25, -0.245, 0.2475)

Printed = tuple[Effect | None, tuple[Arm, ...]]


class Numbers(NamedTuple):
    """How often effects are given in numbers, where they lie (in SDs), and how precisely."""

    often: float
    usual: float  # how often in the measure that a MID is given in
    centre: float
    spread: float
    error: float
    precise: bool
    skew: float  # how much better the less precise ones are, in their standard errors


def an_effect(random: Random, outcome: str, numbers: Numbers, n: int | None) -> Printed:
    """An effect, two arms, both or neither."""
    if random.random() > numbers.often:
        return None, ()
    half = (n or 40) // 2
    error = numbers.error * random.choice([0.6, 1, 1.7])
    value = random.gauss(numbers.centre - numbers.skew * error, numbers.spread)
    if outcome in ("adverse_events", "dizziness", "somnolence"):
        return in_shares(random, -value / 6, error / 4, half, numbers)
    return in_sds(random, value, error, half, numbers)


def in_sds(random: Random, value: float, error: float, half: int, numbers: Numbers) -> Printed:
    kind = random.choice(["smd", "smd", "points", "hundred", "arms", "both", "unstated"])
    kind = "points" if random.random() < numbers.usual else kind
    digits = random.choice([1, 2, 3])
    if random.random() < 0.1:
        value, digits = random.choice(AT_THE_EDGE), 4
    sizes = (half, half + random.randint(-3, 3)) if random.random() < 0.5 else (None, None)
    other = round(random.uniform(3, 6), 1)
    sds = round(random.uniform(1, 3), 1), round(random.uniform(1, 3), 1)
    arms = (
        Arm("drug", half, round(other + 2 * value, 1), sds[0]),
        Arm("other", half + random.randint(-3, 3), other, sds[1]),
    )
    if kind == "arms":
        return None, arms
    if kind == "smd":
        effect = Effect("SMD", round(value, digits))
        return with_precision(random, effect, error, sizes, numbers), ()
    scale = {"hundred": 100.0, "unstated": None}.get(kind, 10.0)
    times = {"hundred": 20, "unstated": random.choice([0.5, 2, 20])}.get(kind, 2)
    effect = Effect("MD", round(value * times, digits), scale=scale)
    made = with_precision(random, effect, error * times, sizes, numbers)
    return made, arms if kind == "both" else ()


def in_shares(random: Random, value: float, error: float, half: int, numbers: Numbers) -> Printed:
    """Harms: events, a difference of shares, a number needed to harm, a ratio."""
    share = random.choice([0.0, 0.1, 0.3])
    arms = tuple(
        Arm(label, size, events=min(size, max(0, round(p * size))))
        for label, size, p in (("drug", half, share + value), ("other", half + 1, share))
    )
    kind = random.choice(["RD", "NNT", "NNT", "RR", "both"])
    kind = "arms" if random.random() < numbers.usual else kind
    if kind == "arms":
        return None, arms
    if kind == "NNT":
        return Effect("NNT", *random.choice([(7, 4, 30), (12.5, 8, 26), (20, None, None)])), ()
    if kind == "RR":
        return Effect("RR", 1.5, 1.1, 2.05), random.choice([(), arms])
    effect = Effect("RD", round(value, random.choice([2, 3])))
    made = with_precision(random, effect, error, (half, half), numbers)
    return made, arms if kind == "both" else ()


def with_precision(
    random: Random, effect: Effect, error: float, sizes: tuple[int | None, int | None],
    numbers: Numbers,
) -> Effect:  # fmt: skip
    """Its precision as an SE, an interval, a p, or not at all; now and then one that cannot be."""
    ways = ["se", "interval", "interval", "p"]
    how = random.choice(ways if numbers.precise else [*ways, "none", "wrong"])
    value, low, high, p = effect.value, None, None, None
    if how == "interval":
        low, high = round(value - 1.96 * error, 3), round(value + 1.96 * error, 3)
    elif how == "wrong":
        low, high = random.choice([(value + 0.1, value + 0.5), (value, value), (value - 0.5, None)])
    elif how == "p":
        p = random.choice([0.001, 0.01, 0.03, 0.05, 0.2])
        p = p if numbers.precise else random.choice([p, 0.8, 0.995, 0.0, 1.0])
    se = round(error, 3) if how == "se" else None
    return Effect(effect.measure, value, low, high, se, p, *sizes, effect.scale)
