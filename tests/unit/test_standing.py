"""Which findings stand: the rules', beside a second reader's, with people's word over both."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.model import Arm, JudgedFinding
from living_review.synthesis.effects import flipped
from living_review.synthesis.standing import combined, judged_over, outcome_change, standing
from tests.weighing_builders import (
    AGAINST,
    FAVOURS,
    SAME,
    UNCLEAR,
    finding,
    smd,
    study,
    the_protocol,
)

MODEL = "model:m:1"


def read(direction=FAVOURS, **more):
    return finding("pmid:1", direction, **more)


def second(direction=FAVOURS, **more):
    told = finding("pmid:1", direction, weeks=None, **more)
    return replace(told, tagger=MODEL, change="unclear", quote="words of the record")


def judged(direction=SAME, weeks=None, **more):
    fields = {
        "intervention": "gabapentin", "comparator": "placebo", "outcome": "leg_pain",
        "weeks": weeks, "direction": direction, "significant": None, "quote": "",
        "decider": "human:ab",
    }  # fmt: skip
    return JudgedFinding(**fields | more)


def over(findings, *said):
    for one in said:
        findings = judged_over(findings, one, "pmid:1")
    return findings


# People over readers.


def test_a_persons_direction_stands_in_place_of_the_one_read():
    (held,) = over([read(FAVOURS)], judged(SAME))
    assert (held.direction, held.tagger, held.weeks) == (SAME, "human:ab", 8)


def test_the_quote_that_was_read_stays_unless_the_person_gives_one():
    assert over([read()], judged())[0].quote == read().quote
    assert over([read()], judged(quote="other words"))[0].quote == "other words"


def test_numbers_go_with_the_direction_they_were_read_with():
    with_numbers = read(FAVOURS, effect=smd(-0.5), arms=(Arm("a", n=10),), primary=True)
    (turned,) = over([with_numbers], judged(SAME))
    assert (turned.effect, turned.arms, turned.primary) == (None, (), True)
    (confirmed,) = over([with_numbers], judged(FAVOURS))
    assert (confirmed.effect, confirmed.arms) == (with_numbers.effect, with_numbers.arms)


def test_significance_is_the_persons_else_what_was_read_with_that_direction():
    significant = replace(read(FAVOURS), significant=True)
    assert over([significant], judged(FAVOURS))[0].significant is True
    assert over([significant], judged(SAME))[0].significant is None
    assert over([significant], judged(FAVOURS, significant=False))[0].significant is False


def test_what_the_record_does_not_say_is_taken_away():
    assert over([read(weeks=8), read(weeks=12)], judged(None)) == ()
    assert over([], judged(None)) == ()


def test_what_no_reader_has_read_is_entered():
    (entered,) = over([], judged(AGAINST, weeks=4, quote="worse with it"))
    assert (entered.record_id, entered.direction, entered.weeks) == ("pmid:1", AGAINST, 4)
    assert (entered.quote, entered.tagger) == ("worse with it", "human:ab")


@pytest.mark.parametrize(
    "other",
    [{"outcome": "disability"}, {"comparator": "usual_care"}, {"intervention": "pregabalin"}],
)
def test_another_comparison_or_outcome_is_left_alone(other):
    assert read(**other) in over([read(**other)], judged())


def test_without_weeks_it_speaks_of_every_time_point():
    held = over([read(FAVOURS, weeks=4), read(FAVOURS, weeks=52)], judged(SAME))
    assert [(f.weeks, f.direction) for f in held] == [(4, SAME), (52, SAME)]


def test_with_weeks_it_speaks_of_that_time_point_and_of_none_stated():
    findings = [read(FAVOURS, weeks=w) for w in (7.9, 8, None, 8.1)]
    held = over(findings, judged(SAME, weeks=8))
    assert [(f.weeks, f.direction) for f in held] == [(7.9, FAVOURS), (8.1, FAVOURS), (8, SAME)]


def test_of_two_judgements_the_later_one_holds():
    assert [f.direction for f in over([read()], judged(SAME), judged(AGAINST))] == [AGAINST]
    assert over([read()], judged(SAME, weeks=8), judged(None)) == ()
    assert [f.weeks for f in over([read()], judged(None), judged(SAME, weeks=4))] == [4]


def test_a_comparison_told_from_the_other_side_is_the_same():
    turned = flipped(read(FAVOURS))
    (held,) = over([turned], judged(SAME))
    assert (held.intervention, held.comparator, held.direction) == ("gabapentin", "placebo", SAME)
    (confirmed,) = over([replace(turned, effect=smd(0.5))], judged(FAVOURS))
    assert confirmed.effect.value == -0.5


def test_a_person_may_leave_it_unclear_and_is_not_asked_again():
    unclear = replace(read(UNCLEAR), unclear_because="sign and words disagree")
    (held,) = over([unclear], judged(UNCLEAR))
    assert (held.direction, held.unclear_because) == (UNCLEAR, "")


# The second reader beside the rules.


def test_agreement_keeps_what_the_rules_read():
    told = combined([read(FAVOURS)], [second(FAVOURS)])
    assert (told.findings, told.agreed, told.disagreed) == ((read(FAVOURS),), 1, 0)


@pytest.mark.parametrize("other", [SAME, AGAINST])
def test_disagreement_makes_it_unclear_and_names_both(other):
    told = combined([read(FAVOURS, effect=smd(-0.5))], [second(other)])
    (held,) = told.findings
    assert held.direction == UNCLEAR
    assert held.tagger == f"findings:1; {MODEL}"
    assert held.unclear_because == (
        f"findings:1 reads favours intervention, {MODEL} reads {other.replace('_', ' ')} in "
        "“words of the record”"
    )
    assert (told.agreed, told.disagreed, told.proposals) == (0, 1, ())


def test_agreement_with_one_time_point_is_agreement():
    rules = [read(FAVOURS, weeks=4), read(SAME, weeks=52)]
    assert combined(rules, [second(SAME)]).findings == tuple(rules)
    unclear = combined(rules, [second(AGAINST)])
    assert [f.direction for f in unclear.findings] == [UNCLEAR, UNCLEAR]
    assert unclear.disagreed == 1


@pytest.mark.parametrize("rules", [[], [read(UNCLEAR)], [read(FAVOURS, outcome="disability")]])
def test_where_the_rules_have_no_direction_it_only_proposes(rules):
    told = combined(rules, [second(FAVOURS)])
    assert told.findings == tuple(rules)
    (proposal,) = told.proposals
    assert (proposal.direction, proposal.tagger) == (UNCLEAR, MODEL)
    assert f"{MODEL} proposes favours intervention" in proposal.unclear_because


def test_a_second_reader_without_a_direction_says_nothing():
    told = combined([read(FAVOURS)], [second(UNCLEAR)])
    assert (told.findings, told.proposals) == ((read(FAVOURS),), ())
    assert told.agreed + told.disagreed + told.proposed == 0


def test_a_second_reader_may_tell_it_from_the_other_side():
    assert combined([read(FAVOURS)], [flipped(second(FAVOURS))]).agreed == 1
    (held,) = combined([read(FAVOURS)], [flipped(second(AGAINST))]).findings
    assert f"{MODEL} reads favours comparator" in held.unclear_because


directions = st.sampled_from([FAVOURS, AGAINST, SAME, UNCLEAR])
some = st.lists(st.tuples(directions, st.sampled_from(["leg_pain", "disability"])), max_size=4)


@given(some, some)
def test_a_second_reader_never_gives_a_direction_that_the_rules_did_not(rules, others):
    told = combined(
        [read(d, outcome=o) for d, o in rules],
        list({o: second(d, outcome=o) for d, o in others}.values()),
    )
    assert {(f.outcome, f.direction) for f in told.findings if f.direction != UNCLEAR} <= {
        (o, d) for d, o in rules
    }
    assert all(p.direction == UNCLEAR and p.unclear_because for p in told.proposals)
    assert len(told.findings) == len(rules)


# All of it together.


def test_people_settle_what_the_readers_disagree_on():
    reading = study(1, FAVOURS, reading={"second": (second(SAME),), "judged": (judged(AGAINST),)})
    told = standing(reading)
    assert [f.direction for f in told.findings] == [AGAINST]
    assert told.disagreed == 1


@pytest.mark.parametrize("settled", [{"judged": (judged(None),)}, {"extracted": (read(SAME),)}])
def test_a_proposal_that_a_person_has_answered_is_asked_no_more(settled):
    reading = study(1, reading={"findings": (), "second": (second(FAVOURS),)} | settled)
    assert standing(reading).proposals == ()


@pytest.mark.parametrize(
    ("better", "direction", "change"),
    [
        ("lower", FAVOURS, "lower"),
        ("lower", AGAINST, "higher"),
        ("higher", FAVOURS, "higher"),
        ("higher", AGAINST, "lower"),
        ("lower", SAME, "no_difference"),
        ("higher", UNCLEAR, "unclear"),
    ],
)
def test_the_outcome_goes_the_way_that_is_better(better, direction, change):
    outcome = the_protocol().vocabulary.outcomes["leg_pain"].model_copy(update={"better": better})
    assert outcome_change(direction, outcome) == change
