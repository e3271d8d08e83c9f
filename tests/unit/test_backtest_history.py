"""What the policies of a back-test tell over a course of events, on courses of a few moments."""

from datetime import date

import pytest

from living_review.backtest import history
from living_review.backtest.significance import effects_on_one_unit, significance
from living_review.model import Evidence
from living_review.synthesis import pooling
from tests.backtest_builders import effect, followed, new

MAY = date(2002, 5, 1)


def kinds(course, policy="ours"):
    return [(m.before, m.after, m.first, m.reversal) for m in course.moves[policy]]


def test_a_flip_and_a_flip_back_are_two_turns_and_one_reversal():
    course = followed("benefit uncertain benefit")

    assert kinds(course) == [
        ("benefit", "uncertain", False, False),
        ("uncertain", "benefit", False, True),
    ]
    assert (course.turns("ours"), course.reversals("ours")) == (2, 1)


def test_going_on_to_a_third_answer_is_no_reversal():
    course = followed("benefit uncertain little_or_none")
    assert (course.turns("ours"), course.reversals("ours")) == (2, 0)


def test_the_first_answer_is_a_change_and_no_turn():
    course = followed("no_evidence no_evidence benefit uncertain")

    assert kinds(course)[0] == ("no_evidence", "benefit", True, False)
    assert (len(course.moves["ours"]), course.turns("ours")) == (2, 1)


def test_an_answer_that_is_taken_away_and_comes_back_has_turned_twice():
    course = followed("benefit no_evidence benefit")
    assert (course.turns("ours"), course.reversals("ours")) == (2, 1)


def test_one_version_has_nothing_to_compare():
    course = followed("benefit")
    found = history([("1.0.0", date(2001, 12, 31))], [course])

    assert course.moves == {"ours": (), "previous": (), "significance": ()}
    assert found.counted["ours"].changes == found.counted["ours"].dated == 0
    assert found.counted["ours"].mean_days is None


def test_a_wait_is_counted_from_the_day_the_record_could_be_known():
    course = followed("benefit uncertain", known_on={"pmid:2": MAY}, _1=new("pmid:2"))

    (move,) = course.moves["ours"]
    assert [(b.record, b.known_on, b.days) for b in move.behind] == [("pmid:2", MAY, 244)]
    assert move.days == (date(2002, 12, 31) - MAY).days


def test_of_several_new_records_the_longest_wait_counts():
    known = {"pmid:2": MAY, "pmid:3": date(2002, 12, 1)}
    course = followed("benefit uncertain", known_on=known, _1=new("pmid:2", "pmid:3"))
    assert course.moves["ours"][0].days == 244


@pytest.mark.parametrize(
    ("known_on", "unseen"),
    [({"pmid:2": None}, {"pmid:2"}), ({"pmid:2": MAY}, set()), ({}, {"pmid:2"})],
    ids=["undated", "known to the version before", "no longer in the store"],
)
def test_a_record_that_is_not_new_or_not_dated_has_no_wait(known_on, unseen):
    at = {"told_by": ("pmid:2",), "unseen": frozenset(unseen)}
    (move,) = followed("benefit uncertain", known_on=known_on, _1=at).moves["ours"]

    assert [b.record for b in move.behind] == ["pmid:2"]
    assert move.days is None


def test_what_the_margin_holds_back_is_a_change_to_the_previous_version_only():
    """Our rules tell it a version later, and the wait runs from what had turned the direction."""
    known = {"pmid:2": MAY, "pmid:3": date(2003, 6, 1)}
    course = followed(
        "uncertain uncertain little_or_none",
        "uncertain little_or_none little_or_none",
        known_on=known,
        _0={"evidence": (effect(1, 0.4),)},
        _1=new("pmid:2", told=False, evidence=(effect(1, 0.4), effect(2, 0.1))),
        _2=new("pmid:3", evidence=(effect(1, 0.4), effect(2, 0.1), effect(3, 0.1))),
    )

    (ours,), (previous,) = course.moves["ours"], course.moves["previous"]
    assert (previous.version, previous.days) == ("2.0.0", 244)
    assert (ours.version, ours.waited, ours.days) == ("3.0.0", 1, 244 + 365)
    assert [b.record for b in ours.behind] == ["pmid:2", "pmid:3"]
    assert course.held_back == 1


def test_a_swing_inside_the_margin_is_told_by_the_previous_version_only():
    course = followed("benefit benefit benefit", "benefit uncertain benefit")

    assert course.moves["ours"] == ()
    assert (course.turns("previous"), course.reversals("previous")) == (2, 1)
    assert course.held_back == 1


def test_where_no_version_named_a_record_all_settling_evidence_that_differs_is_behind_it():
    beside = effect(9, 0.3, settles=False)
    course = followed(
        "benefit benefit", "benefit uncertain",
        _0={"evidence": (effect(1, 0.4), effect(2, 0.4))},
        _1={"evidence": (effect(2, 0.1), effect(3, 0.4), beside)},
    )  # fmt: skip
    (move,) = course.moves["previous"]
    assert [b.record for b in move.behind] == ["pmid:1", "pmid:2", "pmid:3"]


def test_the_sums_are_over_all_claims():
    flip, still = followed("benefit uncertain benefit"), followed("no_evidence " * 3)
    found = history([(f"{n}.0.0", date(2000 + n, 12, 31)) for n in (1, 2, 3)], [flip, still])

    ours = found.counted["ours"]
    assert (ours.claims, ours.changes, ours.turns, ours.reversals) == (1, 2, 2, 1)
    assert (ours.claims_reversed, ours.most_turns) == (1, 2)
    assert found.counted["significance"].claims == 0


def test_updates_that_brought_no_version_are_counted_from_the_first_version_on():
    quiet = [date(2000, 1, 1), date(2001, 12, 31), date(2002, 6, 30), date(2003, 1, 1)]
    versions = [("1.0.0", date(2001, 12, 31)), ("2.0.0", date(2002, 12, 31))]

    assert history(versions, [], quiet).updates == (
        date(2001, 12, 31), date(2002, 6, 30), date(2002, 12, 31), date(2003, 1, 1),
    )  # fmt: skip


# Significance only.


def test_a_claim_without_effects_has_nothing_to_test():
    course = followed("benefit uncertain", _1=new("pmid:2", evidence=(effect(2, 0.5, None),)))
    assert course.states["significance"] == ("no_effects", "no_effects")


@pytest.mark.parametrize(
    ("benefit", "state"),
    [(0.4, "significant_benefit"), (0.39, "not_significant"), (-0.4, "significant_harm"),
     (0.0, "not_significant")],
)  # fmt: skip
def test_a_single_effect_is_judged_by_its_own_interval(benefit, state):
    assert significance([effect(1, benefit)]) == state


def test_reviews_and_studies_that_do_not_settle_stay_out():
    beside = [effect(2, 3.0, design="systematic_review"), effect(3, 3.0, settles=False)]
    assert effects_on_one_unit([effect(1, 0.1), *beside]) == (effect(1, 0.1),)


def test_effects_are_taken_on_the_unit_that_most_are_on_and_on_a_tie_the_claims_first():
    points: Evidence = effect(3, 1.0, unit="0-10")
    both = [effect(1, 0.1), points]

    assert effects_on_one_unit([*both, effect(2, 0.2)]) == (effect(1, 0.1), effect(2, 0.2))
    assert effects_on_one_unit(both, ("0-10", "SMD")) == (points,)
    assert effects_on_one_unit(both, ("SMD", "0-10")) == (effect(1, 0.1),)


def test_the_pool_is_that_of_dersimonian_and_laird():
    """Against the pooling module's own line, pinned to published numbers: zero is at its mean.

    How wide the interval is, the nine trials say: p-values of 0.048 and 0.053 are told apart.
    """
    effects = {1: (0.9, 0.2), 2: (0.1, 0.15), 3: (0.35, 0.3)}
    benefits, errors = zip(*effects.values(), strict=True)
    pool = pooling.pool(benefits, errors, measure="SMD", unit="SMD", mid=0.5, lower_is_better=False)
    centred = {n: (b - pool.dl_value, se) for n, (b, se) in effects.items()}

    def moved(by):
        return significance([effect(n, b + by, se) for n, (b, se) in centred.items()])

    assert (moved(1e-6), moved(-1e-6)) == ("not_significant", "not_significant")
    assert (moved(1), moved(-1)) == ("significant_benefit", "significant_harm")
