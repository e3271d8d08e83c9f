"""A pool as it grew, told with the report."""

from living_review.reporting.entries import conclusion as entry
from living_review.synthesis import weigh
from living_review.synthesis.cumulative import cumulative
from tests.weighing_builders import SAME, nine_trials, smd, study, the_protocol

PROTOCOL = the_protocol("pain-vs-placebo")
CLAIM = PROTOCOL.claim("pain-vs-placebo")


def weighed(*readings):
    return weigh(readings, PROTOCOL)[0]


def test_one_study_stands_for_itself_and_then_others_join_it():
    steps = cumulative(
        weighed(*(study(n, year=2010 + n, effect=smd(-0.5, 0.2)) for n in (1, 2, 3)))
    )
    assert [step.k for step in steps] == [1, 2, 3]
    first = steps[0]
    assert first.benefit == 0.5
    assert round(first.benefit_high - first.benefit_low, 3) == round(2 * 1.96 * 0.2, 3)


def test_studies_of_one_day_join_together_since_none_of_them_came_first():
    steps = cumulative(weighed(*(study(n, year=2015, effect=smd(-0.5, 0.2)) for n in (1, 2, 3))))
    assert [(step.k, len(step.added)) for step in steps] == [(3, 3)]


def test_a_pool_of_two_is_shown_as_it_grew_too():
    shown = weighed(*(study(n, year=2010 + n, effect=smd(-0.5, 0.2)) for n in (1, 2)))
    assert shown.method == "direction_counts"
    assert [step.k for step in cumulative(shown)] == [1, 2]


def test_studies_without_numbers_join_no_pool():
    trials = [study(n, year=2010 + n, effect=smd(-0.5, 0.2)) for n in (1, 2, 3)]
    steps = cumulative(weighed(*trials, study(4, SAME, year=2012, n=20)))
    assert [item.study for step in steps for item in step.added] == ["pmid:1", "pmid:2", "pmid:3"]


def test_without_a_pool_there_is_nothing_to_tell():
    assert cumulative(weighed(study(1), study(2))) == ()


def test_the_report_rounds_the_last_step_as_it_rounds_the_pool():
    nine = weighed(*nine_trials())
    told = entry(nine, CLAIM, PROTOCOL.rules.mids[CLAIM.mid])
    last, pool = told["cumulative"][-1], told["pool"]
    assert nine.pool is not None
    for key in ("k", "benefit", "benefit_low", "benefit_high", "unit"):
        assert last[key] == pool[key]
    joined = [record for step in told["cumulative"] for record in step["added"]]
    assert len(joined) == len(set(joined)) == pool["k"]


def test_the_first_step_has_the_interval_that_is_shown_beside_its_study():
    told = entry(weighed(*nine_trials()), CLAIM, PROTOCOL.rules.mids[CLAIM.mid])
    first = told["cumulative"][0]
    shown = next(item for item in told["evidence"] if item["records"] == first["added"])
    assert (first["benefit_low"], first["benefit_high"]) == (
        shown["benefit_low"], shown["benefit_high"],
    )  # fmt: skip
