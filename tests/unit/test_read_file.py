"""What `read` answers on records of a file, for programs."""

import json

import pytest

from living_review import config
from living_review.errors import ImportError_
from living_review.stages import reading
from tests.stories.living import PROJECT

PROTOCOL = config.load(PROJECT / "config.yaml")
BOTH = (
    "Patients with sciatica were randomised to gabapentin or placebo. Adverse events were noted. "
    "Leg pain was lower with gabapentin than with placebo (p = 0.01)."
)


def read(tmp_path, **given):
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps({"id": "a", "title": "A randomised trial", **given}))
    (line,) = reading.read(path, PROTOCOL)
    return line


def test_of_several_tags_of_a_name_the_first_is_the_value_and_none_is_lost(tmp_path):
    outcome = read(tmp_path, abstract=BOTH)["tags"]["outcome"]
    assert {outcome["value"], *outcome["also"]} == {"leg_pain", "adverse_events"}


def test_a_finding_says_which_words_decided_it_and_how_surely(tmp_path):
    (finding,) = [
        f for f in read(tmp_path, abstract=BOTH)["findings"] if f["outcome"] == "leg_pain"
    ]
    assert (finding["cue"], finding["direction"]) == ("lower", "favours_intervention")
    assert 0.5 < finding["confidence"] <= 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]\n", "line 1 is no JSON object"),
        ('{"id": "a", "title": "x"}\n{"id": ', "line 2 is not JSON"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_the_line(tmp_path, text, said):
    path = tmp_path / "records.jsonl"
    path.write_text(text)
    with pytest.raises(ImportError_, match=said):
        list(reading.read(path, PROTOCOL))


def test_questions_that_are_not_there_are_one_sentence(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text('\ufeff{"id": "a", "title": "A trial"}\n')
    with pytest.raises(ImportError_, match="no such file"):
        list(reading.answers(path, tmp_path / "nope.jsonl", PROTOCOL))
