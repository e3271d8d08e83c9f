"""The PRISMA flow over any links between any records; its second answer is test_second_answer's."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review.stages.flow import awaiting, flow, queue
from living_review.synthesis.grouping import (
    BEST_FIRST,
    Said,
    doubts,
    representatives,
    same_records,
    study_ids,
)
from living_review.synthesis.notices import replaced_records
from tests.flow_builders import RECORDS, SYMMETRIC, apart, says, screened

DIRECTED = ["retracts", "corrects", "updates", "republishes_corrected", "comments_on"]


def pairs(relations: list[str]):
    return st.tuples(
        st.sampled_from(list(combinations(RECORDS, 2))), st.sampled_from(relations)
    ).map(lambda drawn: (*drawn[0], drawn[1]))


@st.composite
def words(draw):
    """What was said last on some pairs: one word on each pair and relation."""
    drawn = draw(st.lists(pairs(SYMMETRIC + DIRECTED), max_size=10, unique=True))
    return [
        says(*key, draw(st.sampled_from(["rule:1", "human:ab"])), draw(st.booleans()))
        for key in drawn
    ]


@st.composite
def screenings(draw):
    said = draw(words())
    verdicts = [draw(st.sampled_from(BEST_FIRST)) for _ in RECORDS]
    deciders = [draw(st.sampled_from(["rule:1", "human:ab"])) for _ in RECORDS]
    return screened(dict(zip(RECORDS, zip(verdicts, deciders, strict=True), strict=True)), said)


@given(screenings())
def test_every_identified_record_is_a_duplicate_or_in_exactly_one_box(found):
    told = flow(found)
    assert told["duplicates"] + told["screened"] == len(found.decided)
    boxes = ("unclear", "awaiting_results", "results_published", "retracted", "included_records")
    assert told["screened"] == sum(told["excluded"].values()) + sum(told[box] for box in boxes)
    assert told["awaiting_results"] == len(awaiting(found))


@given(screenings())
def test_the_queue_asks_once_of_each_record_and_of_each_doubt(found):
    asked = [(item["record"], item["what"]) for item in queue(found) if item["what"] == "screening"]
    assert len(asked) == len(set(asked)) == flow(found)["unclear"]
    between = [
        frozenset((found.same[d.from_id], found.same[d.to_id]))
        for d in doubts(found.same, found.links)
    ]
    assert len(between) == len(set(between))
    assert all(len(pair) == 2 for pair in between)


@given(words(), st.sampled_from([same_records, study_ids]))
def test_what_a_person_parted_is_in_no_group_and_all_else_that_is_joined_is_in_one(said, group):
    relation = "same_record" if group is same_records else "same_study"
    first = group(RECORDS, said)
    joined = ("same_record",) if group is same_records else ("same_record", "same_study", "updates",
                                                              "republishes_corrected")  # fmt: skip
    parted = {one.pair for one in said if one.by_human and one.revoked and one.relation == relation}
    if group is same_records:
        by_hand = {s.pair for s in said if s.by_human and not s.revoked and s.relation == relation}
        related = {s.pair for s in said if not s.revoked and s.relation in DIRECTED}
        parted |= related - by_hand
    assert not [pair for pair in parted if first[pair[0]] == first[pair[1]]]
    for one in said:
        if one.relation in joined and not one.revoked and first[one.from_id] != first[one.to_id]:
            here, there = ([r for r in RECORDS if first[r] == first[e]] for e in one[:2])
            assert any(tuple(sorted(pair)) in parted for pair in product(here, there))
    for record in RECORDS:
        assert first[record] == min(r for r in RECORDS if first[r] == first[record])


@given(st.permutations(range(8)), words())
def test_the_order_of_links_changes_nothing(order, said):
    shuffled = [said[place] for place in order if place < len(said)] + said[8:]
    assert same_records(RECORDS, shuffled) == same_records(RECORDS, said)
    assert study_ids(RECORDS, shuffled) == study_ids(RECORDS, said)


def test_a_study_counts_once_however_its_records_are_linked():
    said = [says("pmid:2", "pmid:1", "updates"), says("pmid:2", "pmid:3", "same_study")]
    assert set(study_ids(RECORDS, said).values()) == {
        "pmid:1", "pmid:4", "own:1", "doi:10.5555/a",
    }  # fmt: skip


def test_two_records_that_a_person_parted_stay_apart_although_a_third_would_join_them():
    said = [says("pmid:1", "pmid:2", "same_study"), says("pmid:1", "pmid:3", "same_study")]
    groups = study_ids(RECORDS, [*said, *apart("pmid:2", "pmid:3")])
    assert groups["pmid:2"] == "pmid:1"
    assert groups["pmid:3"] == "pmid:3"


def test_a_persons_link_is_made_before_a_rules():
    said = [
        says("pmid:1", "pmid:3", "same_record"),
        says("pmid:1", "pmid:2", "same_record", "human:ab"),
        *apart("pmid:2", "pmid:3"),
    ]
    assert same_records(RECORDS, said)["pmid:2"] == "pmid:1"
    assert same_records(RECORDS, said)["pmid:3"] == "pmid:3"


def test_a_copy_of_the_original_does_not_make_it_one_with_its_corrected_republication():
    said = [
        says("pmid:2", "pmid:1", "republishes_corrected"),
        says("own:1", "pmid:1", "same_record"),
        says("own:1", "pmid:2", "same_record"),
    ]
    same = same_records(RECORDS, said)
    assert same["pmid:1"] != same["pmid:2"]
    assert replaced_records(said, same) == {"own:1", "pmid:1"}


@pytest.mark.parametrize(
    ("standing", "shown"),
    [
        ({"own:1": ("include", "rule:1"), "pmid:1": ("exclude", "human:ab")}, "pmid:1"),
        ({"own:1": ("include", "rule:1"), "pmid:1": ("exclude", "rule:1")}, "own:1"),
        ({"own:1": ("unclear", "rule:1"), "pmid:1": ("exclude", "rule:1")}, "own:1"),
        ({"own:1": ("awaiting_results", "rule:1"), "pmid:1": ("unclear", "rule:1")}, "own:1"),
        ({"own:1": ("include", "rule:1"), "pmid:1": ("include", "rule:1")}, "pmid:1"),
        ({"own:1": ("include", "rule:1"), "doi:10.5555/a": ("include", "rule:1")}, "doi:10.5555/a"),
        ({"own:1": ("exclude", "human:ab"), "pmid:1": ("include", "human:cd")}, "pmid:1"),
    ],
)
def test_the_form_that_stands_for_a_record(standing, shown):
    first = min(standing)
    assert set(representatives(dict.fromkeys(standing, first), standing).values()) == {shown}


def test_a_notice_on_one_form_of_a_record_counts_for_every_form():
    found = screened(
        {"own:1": ("include", "rule:1"), "pmid:1": ("include", "rule:1")},
        [says("own:1", "pmid:1", "same_record"), says("pmid:9", "pmid:1", "retracts")],
    )
    assert {r.retracted for r in found.readings.values()} == {"pmid:9"}
    assert flow(found)["included_records"] == 0
    assert flow(found)["retracted"] == 1


def test_a_record_that_a_person_took_out_is_out_in_every_form():
    found = screened(
        {"own:1": ("include", "rule:1"), "pmid:1": ("exclude", "human:ab")},
        [says("own:1", "pmid:1", "same_record")],
    )
    assert not any(reading.counted for reading in found.readings.values())


def test_nobody_waits_for_results_that_are_published():
    told = flow(screened(
        {"nct:NCT00000001": ("awaiting_results", "rule:1"), "pmid:1": ("include", "rule:1")},
        [says("nct:NCT00000001", "pmid:1", "same_study")],
    ))  # fmt: skip
    assert (told["awaiting_results"], told["results_published"]) == (0, 1)


def test_a_doubt_is_asked_with_the_way_to_answer_it():
    found = screened(
        {"own:1": ("include", "rule:1"), "pmid:1": ("include", "rule:1")},
        [Said("own:1", "pmid:1", "maybe_same_record", "rule:1", "the same title", False)],
    )
    assert queue(found) == [
        {
            "record": "own:1",
            "what": "the same record?",
            "reason": "pmid:1 may be the same: the same title; answer with "
            "`living-review link own:1 pmid:1 same|study|apart`",
        }
    ]


@pytest.mark.parametrize("word", ["human:ab", "rule:1"])
def test_a_doubt_that_a_person_settled_is_not_asked_again(word):
    said = [says("own:1", "pmid:1", "maybe_same_record")]
    settled = [says("pmid:1", "pmid:2", "same_record", word)]
    copies = [*said, says("own:1", "pmid:2", "maybe_same_record")]
    assert len(doubts(same_records(RECORDS, settled), [*copies, *settled])) == 1
    answered = [*copies, *settled, *apart("own:1", "pmid:2")]
    assert doubts(same_records(RECORDS, answered), answered) == ()
