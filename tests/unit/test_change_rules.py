"""Each rule of METHOD 5 at its boundary."""

from dataclasses import replace

import pytest

from living_review.changes import next_version
from living_review.changes.events import is_pivotal, opposes
from living_review.changes.fragile import multiplier, survives_repeated_looks
from living_review.changes.rules import (
    between,
    certainty_moves,
    crosses_mid,
    crosses_to_moderate,
    effect_moves,
    enough_participants,
    gains_or_loses_significance,
)
from living_review.model import Evidence, State
from tests.weighing_builders import the_protocol

PROTOCOL = the_protocol()
RULES = PROTOCOL.rules


def state(effect: float = 0.6, half: float = 0.1, p: float = 0.03, **more: object) -> State:
    fields: dict[str, object] = {
        "direction": "benefit", "certainty": "low", "effect": effect, "effect_low": effect - half,
        "effect_high": effect + half, "p": p, "unit": "SMD", "mid": 0.5, "participants": 100,
    }  # fmt: skip
    return State(**{**fields, **more})


@pytest.mark.parametrize(
    ("before", "after", "fires"),
    [(0.049, 0.05, True), (0.05, 0.049, True), (0.04, 0.001, False), (0.05, 0.9, False)],
)
def test_b1_significance_is_gained_or_lost(before: float, after: float, fires: bool) -> None:
    assert gains_or_loses_significance(state(p=before), state(p=after)) is fires
    assert not gains_or_loses_significance(replace(state(), p=None), state(p=after))


@pytest.mark.parametrize(
    ("before", "after", "fires"),
    [
        (0.6, 0.3, True),  # 50 %, and 0.30 is over half the MID of 0.50
        (0.6, 0.31, False),  # 48 %
        (0.5, 0.25, True),  # just half the MID
        (0.4, 0.16, False),  # 60 %, but 0.24 is under half the MID
        (0.0, 0.25, True),
        (0.0, 0.0, False),
        (-0.6, 0.6, True),
    ],
)
def test_b2_the_effect_moves_by_half_and_by_half_the_mid(
    before: float, after: float, fires: bool
) -> None:
    assert effect_moves(state(before), state(after), RULES) is fires


def test_b2_compares_in_mids_where_the_unit_has_changed() -> None:
    points = state(1.2, unit="0-10", mid=1.0)
    assert not effect_moves(points, state(0.6), RULES)
    assert effect_moves(points, state(0.3), RULES)


@pytest.mark.parametrize(
    ("before", "after", "fires"),
    [
        ((0.6, 0.05), (0.7, 0.05), False),
        ((0.6, 0.05), (0.6, 0.15), True),  # the interval now holds the MID
        ((0.6, 0.15), (0.6, 0.05), True),  # and no longer does
        ((0.51, 0.1), (0.49, 0.1), True),  # the estimate passes it
        ((0.5, 0.1), (0.51, 0.1), False),  # at the MID is a benefit already
        ((-0.2, 0.25), (-0.2, 0.35), True),  # the interval now holds a harm
    ],
)
def test_mid_is_crossed(
    before: tuple[float, float], after: tuple[float, float], fires: bool
) -> None:
    assert crosses_mid(state(*before), state(*after)) is fires


def test_npr_fires_when_as_many_have_joined_as_were_needed() -> None:
    before = state(p=2 * (1 - 0.8364569))  # z is 0.98: 300 more than the first 100
    assert enough_participants(before, replace(before, participants=401), RULES)
    assert not enough_participants(before, replace(before, participants=399), RULES)
    assert not enough_participants(state(p=0.04), state(participants=10_000), RULES)


def test_certainty_moves_only_where_it_applies() -> None:
    assert certainty_moves(state(certainty="low"), state(certainty="very_low"))
    assert not certainty_moves(state(certainty=None), state(certainty="low"))


@pytest.mark.parametrize(
    ("before", "after", "crosses"),
    [("low", "moderate", True), ("moderate", "very_low", True), ("high", "moderate", False),
     ("very_low", "low", False), (None, "high", False)],
)  # fmt: skip
def test_low_to_moderate_either_way(before: str, after: str, crosses: bool) -> None:
    assert crosses_to_moderate(before, after) is crosses


def test_b1_and_b2_are_for_primary_outcomes_only() -> None:
    before, after = state(0.6, p=0.01), state(0.1, p=0.5)
    primary = PROTOCOL.claim("pain-vs-placebo")
    other = primary.model_copy(update={"primary": False})
    assert between(before, after, primary, RULES) == {"B1", "B2", "MID"}
    assert between(before, after, other, RULES) == {"MID"}


def test_npr_is_for_claims_of_benefit_or_harm_only() -> None:
    before = state(0.1, 0.3, p=0.3271)
    after = replace(before, participants=500)
    assert between(before, after, PROTOCOL.claim("pain-vs-placebo"), RULES) == {"NPR"}
    assert between(before, after, PROTOCOL.claim("class-effect"), RULES) == set()


@pytest.mark.parametrize(
    ("looks", "factor"),
    [(1, 4), (5, 4), (6, 6), (10, 6), (11, 8), (15, 8), (16, 10), (22, 10), (23, 10)],
)
def test_the_multiplier_grows_with_the_looks(looks: int, factor: float) -> None:
    assert multiplier(looks, RULES.change) == (factor, looks > 22)


@pytest.mark.parametrize(
    ("before", "after", "looks", "survives"),
    [
        (0.2, 0.0124, 5, True),
        (0.2, 0.0125, 5, False),
        (0.2, 0.0124, 6, False),
        (0.001, 0.2, 5, True),  # a firm significance is lost
        (0.03, 0.06, 5, False),  # there was nothing firm to lose
    ],
)
def test_significance_that_survives_looking_often(
    before: float, after: float, looks: int, survives: bool
) -> None:
    assert survives_repeated_looks(before, after, looks, RULES.change) is survives


@pytest.mark.parametrize(
    ("design", "indirect", "people", "pivotal"),
    [("rct", False, 100, True), ("rct", False, 99, False), ("rct", True, 500, False),
     ("cohort", False, 500, False), ("rct", False, None, False)],
)  # fmt: skip
def test_a_pivotal_trial(design: str, indirect: bool, people: int | None, pivotal: bool) -> None:
    item = Evidence(
        "c", "s", ("r",), design, people, "no_difference", "opposes", indirect, "", True
    )
    assert is_pivotal(item, PROTOCOL) is pivotal


@pytest.mark.parametrize(
    ("told", "direction", "stance", "opposed"),
    [
        ("benefit", "no_difference", "opposes", True),
        ("benefit", "favours_intervention", "supports", False),
        ("little_or_none", "favours_intervention", "supports", True),
        ("little_or_none", "no_difference", "opposes", False),  # it says what was told
        ("uncertain", "no_difference", "opposes", True),  # against the claim as worded
        ("uncertain", "favours_intervention", "supports", False),
        ("harm", "mixed_unclear", "neutral", False),
    ],
)
def test_what_opposes(told: str, direction: str, stance: str, opposed: bool) -> None:
    item = Evidence("c", "s", ("r",), "rct", 100, direction, stance, False, "", True)
    assert opposes(item, told) is opposed


@pytest.mark.parametrize(
    ("previous", "part", "name"),
    [(None, "initial", "1.0.0"), ("1.4.2", "major", "2.0.0"), ("1.4.2", "minor", "1.5.0"),
     ("1.4.2", "patch", "1.4.3"), ("1.4.2", "none", "1.4.2")],
)  # fmt: skip
def test_version_numbers(previous: str | None, part: str, name: str) -> None:
    assert next_version(previous, part) == name
