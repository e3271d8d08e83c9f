"""Nine real trials added in every within-year order: what readers are told turns at most once.

The rules and the naive ones beside them are those of the back-test, as the command runs it.
"""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from living_review.backtest import run_series
from living_review.backtest.series import FACTORS
from living_review.model import Reading
from tests.weighing_builders import nine_trials, the_protocol

CLAIM, MID = "class-effect", 0.5
MIDS = [0.375 + 0.0125 * step for step in range(41)]
# The p-values of finding 2 in ANCHORS, in the order of the source's own list.
PUBLISHED = (0.073, 0.049, 0.053, 0.048, 0.029, 0.053, 0.115)


def run(mids: list[float], trials: list[Reading] | None = None):
    factors = [mid / MID for mid in mids]
    return run_series(trials or nine_trials(), the_protocol(), CLAIM, factors=factors)


@pytest.fixture(scope="module")
def series():
    return run(MIDS)


def test_there_are_twelve_orders_of_nine_trials_and_seven_updates(series):
    assert (series.possible, len({order.trials for order in series.orders})) == (12, 12)
    assert (len(series.trials), series.updates, series.left_out) == (9, 7, ())
    assert all(len(states) == 7 for order in series.orders for states in order.states.values())


def test_the_sweep_of_the_command_is_this_one(series):
    assert [mid / MID for mid in MIDS] == pytest.approx(FACTORS)
    assert [swept.mid for swept in series.sweep] == pytest.approx(MIDS)
    assert (series.unit, series.mid) == ("SMD", MID)


def test_at_most_one_turn_is_announced_at_every_mid(series):
    assert {swept.mid: swept.most_turns["ours"] for swept in series.sweep} == {
        swept.mid: 1 for swept in series.sweep
    }
    assert max(order.turns["ours"] for order in series.orders) == 1


def test_every_order_ends_the_same_at_every_mid(series):
    assert {swept.ends["ours"] for swept in series.sweep} == {("little_or_none",)}
    assert {order.states["ours"][-1] for order in series.orders} == {"little_or_none"}


@settings(max_examples=12)
@given(st.floats(0.375, 0.875))
def test_so_it_is_between_the_steps_of_the_sweep(mid):
    (swept,) = run([mid]).sweep
    assert swept.most_turns["ours"] <= 1
    assert len(swept.ends["ours"]) == 1


def test_without_margin_and_memory_a_mid_makes_it_turn_twice(series):
    assert max(swept.most_turns["previous"] for swept in series.sweep) == 2
    assert series.sweep[0].most_turns["previous"] == 2


def test_a_significance_only_rule_turns_up_to_four_times_in_seven_updates(series):
    turns = Counter(order.turns["significance"] for order in series.orders)
    assert turns == {4: 4, 2: 6, 0: 2}


def test_in_the_order_of_the_source_it_is_significant_where_its_p_values_say(series):
    told = {o.states["significance"] for o in series.orders if o.turns["significance"] == 4}
    published = ("significant_benefit" if p < 0.05 else "not_significant" for p in PUBLISHED)
    assert tuple(published) in told


def test_other_comparators_and_people_are_taken_as_direct_and_said():
    trials = nine_trials()
    (found,) = trials[3].extracted
    otherwise = replace(trials[3], extracted=(replace(found, comparator="other_active"),))
    series = run([MID], [*trials[:3], otherwise, *trials[4:]])

    assert series.compared_otherwise == (otherwise.record_id,)
    assert series.sweep == run([MID]).sweep


def test_an_effect_without_precision_is_left_out_and_named():
    trials = nine_trials()
    (found,) = trials[8].extracted
    bare = replace(found, effect=replace(found.effect, se=None))
    series = run([MID], [*trials[:8], replace(trials[8], extracted=(bare,))])

    assert (series.left_out, series.updates) == ((trials[8].record_id,), 6)


def test_two_trials_are_no_series():
    series = run([MID], nine_trials()[:2])
    assert (series.orders, series.sweep, series.updates) == ((), (), 0)
