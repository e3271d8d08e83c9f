"""What people correct: it holds above the rules, through reruns, and in no older version."""

import json
from datetime import date

import pytest

from living_review import config
from living_review.errors import DecisionError, UserError
from living_review.reporting import terminal
from living_review.stages import exporting, reading, say_same, verify
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, Paper, stands, told, trial

UNCLEAR = "Leg pain was lower with gabapentin (mean difference -0.2, 95% CI 1.1 to 2.0)."


@pytest.fixture
def review(tmp_path):
    return LivingReview(tmp_path / "review")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One trial in favour and one without a difference: uncertain. Made once, copied for each."""
    made = LivingReview(tmp_path_factory.mktemp("made") / "review")
    made.update("2005-01-01", trial(1, "2004-03-01", BETTER), trial(2, "2004-06-01", NO_DIFFERENCE))
    return made


@pytest.fixture
def two_trials(made, tmp_path):
    return made.copy(tmp_path / "copied")


def rebuilt(review):
    """The versions that are rebuilt byte for byte; a fault fails the test."""
    found = verify.run(review.folder)
    assert [fault for one in found for fault in one.faults] == []
    return [one.version for one in found if one.rebuilt]


def evidence(report, claim, record):
    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == claim]
    (item,) = [e for e in conclusion["evidence"] if record in e["records"]]
    return item


def waiting(report, record="pmid:2"):
    return [(i["what"], i["reason"]) for i in report["queue"] if i["record"] == record]


# A finding.


def test_a_corrected_direction_turns_a_conclusion_and_is_never_new_evidence(two_trials):
    two_trials.judge(2, "favours_intervention")
    report = two_trials.update("2005-02-01")

    turned = ("CHANGED", "uncertain", "benefit", "decision_revised", "pmid:2")
    assert [(c["claim"], *told(report, c["claim"])[0]) for c in report["changes"]] == [
        ("pain-vs-placebo", *turned),
        ("short-term-pain", *turned),
        ("class-effect", *turned),
        ("evidence-quality", "SIGNAL", None, None, "decision_revised", "pmid:2"),
    ]


def test_the_report_and_explain_name_who_corrected_the_reading(two_trials, capsys):
    two_trials.judge(2, "favours_intervention")
    report = two_trials.update("2005-02-01")

    item = evidence(report, "pain-vs-placebo", "pmid:2")
    assert (item["read_by"], item["judged"]) == ("human:ab", ["finding, human:ab"])
    assert report["records"]["pmid:2"]["judged"] == [
        "gabapentin vs placebo, leg_pain: favours_intervention, human:ab"
    ]
    assert "corrected by people: finding, human:ab" in "\n".join(
        terminal._study_lines(item, report["records"])
    )
    for name, body in two_trials.published_bytes().items():
        if name in ("2.0.0/index.html", "2.0.0/report.md"):
            assert b"corrected by people: finding, human:ab" in body


def test_a_correction_survives_a_rerun_and_another_wording_of_the_rules(two_trials):
    two_trials.judge(2, "favours_intervention")
    two_trials.update("2005-02-01")

    assert two_trials.update("2005-02-02") is None
    two_trials.edit("preferred_weeks: 8", "preferred_weeks: 9")
    assert stands(two_trials.update("2005-02-03"), "pain-vs-placebo") == ("benefit", "low")


def test_a_correction_adds_one_row_and_its_record_is_screened_once_more(two_trials):
    before = two_trials.table_sizes()
    two_trials.judge(2, "no_difference")
    two_trials.update("2005-02-01")
    after_one = two_trials.table_sizes()
    two_trials.update("2005-02-02")
    after_two = two_trials.table_sizes()

    grown = {t: after_one[t] - before[t] for t in before if after_one[t] != before[t]}
    assert (grown["judgement"], grown["screening_decision"]) == (1, 1)
    assert {t for t in before if after_two[t] != after_one[t]} == {"search_run"}


def test_a_revised_record_goes_back_to_the_person_and_the_correction_holds_meanwhile(two_trials):
    two_trials.judge(2, "favours_intervention")
    two_trials.update("2005-02-01")
    report = two_trials.update("2005-03-01", trial(2, "2004-06-01", NO_DIFFERENCE, n=140))

    assert stands(report, "pain-vs-placebo")[0] == "benefit"
    assert waiting(report) == [
        (
            "judged finding",
            "the record has changed since human:ab judged: gabapentin vs placebo, leg_pain: "
            "favours_intervention, seen in full; it holds until it is judged again",
        )
    ]

    two_trials.judge(2, "favours_intervention", by="cd")
    assert waiting(two_trials.update("2005-04-01")) == []


def test_a_correction_entered_later_is_in_no_older_version(two_trials):
    kept = two_trials.published_bytes()
    two_trials.judge(2, "favours_intervention")
    assert rebuilt(two_trials) == ["1.0.0"]  # while nothing has been weighed with it

    two_trials.update("2005-02-01")
    two_trials.judge(1, "none")
    two_trials.update("2005-03-01")
    two_trials.judge(1, None)

    assert rebuilt(two_trials) == two_trials.versions()
    assert len(two_trials.versions()) == 3
    assert {n: b for n, b in two_trials.published_bytes().items() if n in kept} == kept


def test_what_the_record_does_not_say_is_taken_out(two_trials):
    two_trials.judge(2, "none")
    report = two_trials.update("2005-02-01")
    assert told(report, "pain-vs-placebo")[0] == (
        "CHANGED", "uncertain", "benefit", "decision_revised", "pmid:2",
    )  # fmt: skip


def test_a_finding_that_the_rules_did_not_read_may_be_entered(review):
    silent = "The results will be of use to clinicians."
    review.update("2005-01-01", trial(1, "2004-03-01", silent))
    assert review.judge(1, "favours_intervention", 8, quote=silent) == "nothing"
    report = review.update("2005-02-01")

    assert stands(report, "pain-vs-placebo")[0] == "benefit"
    assert evidence(report, "pain-vs-placebo", "pmid:1")["quote"] == silent


def test_a_withdrawn_correction_lets_the_rules_speak_again(two_trials):
    two_trials.judge(2, "favours_intervention")
    two_trials.update("2005-02-01")
    two_trials.judge(2, None)
    report = two_trials.update("2005-03-01")

    assert told(report, "pain-vs-placebo")[0] == (
        "CHANGED", "benefit", "uncertain", "decision_revised", "pmid:2",
    )  # fmt: skip
    with pytest.raises(DecisionError, match="nobody has judged gabapentin vs placebo, leg_pain"):
        two_trials.judge(2, None)


def test_a_judged_finding_settles_the_question_of_an_unclear_one(review):
    report = review.update("2005-01-01", trial(2, "2004-06-01", UNCLEAR))
    assert [what for what, _ in waiting(report)] == ["finding: gabapentin vs placebo, leg_pain"]

    review.judge(2, "favours_intervention")
    report = review.update("2005-02-01")
    assert waiting(report) == []
    assert stands(report, "pain-vs-placebo")[0] == "benefit"


def test_news_and_a_correction_in_one_update_are_each_named_for_what_they_did(two_trials):
    two_trials.judge(2, "favours_intervention")
    report = two_trials.update("2005-02-01", trial(3, "2005-01-15", BETTER))

    causes = {cause for c in report["changes"] for cause in c["causes"]}
    assert "decision_revised" in told(report, "pain-vs-placebo")[0][3]
    assert causes <= {"decision_revised", "new_evidence"}


def test_an_edited_rule_and_a_correction_in_one_update_do_not_pass_for_each_other(two_trials):
    two_trials.judge(2, "favours_intervention")
    two_trials.edit("preferred_weeks: 8", "preferred_weeks: 9")
    report = two_trials.update("2005-02-01")
    assert told(report, "pain-vs-placebo")[0][3] == "decision_revised"


def test_a_correction_holds_for_a_record_in_every_form(two_trials):
    again = {
        "record_id": "doi:10.5555/again",
        "title": two_trials.papers[2].title,
        "abstract": [{"label": None, "text": two_trials.papers[2].abstract}],
        "published": "2004-06",
        "publication_types": ["Randomized Controlled Trial"],
    }
    two_trials.bring("again.jsonl", json.dumps(again))
    two_trials.update("2005-01-15")
    day = date(2020, 1, 1)
    say_same.run(two_trials.folder, "pmid:2", again["record_id"], "same", "it is", "ab", day)
    two_trials.judge(2, "favours_intervention")
    report = two_trials.update("2005-02-01")
    assert stands(report, "pain-vs-placebo")[0] == "benefit"

    two_trials.judge(2, "none")
    report = two_trials.update("2005-03-01")
    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == "pain-vs-placebo"]
    assert [e["records"] for e in conclusion["evidence"]] == [["pmid:1"]]


# A tag.


def test_a_judged_design_screens_its_record_again(two_trials):
    two_trials.judge_tag(2, "design", "economic")
    two_trials.judge(2, "none")
    two_trials.judge(2, "none", outcome="adverse_events")
    report = two_trials.update("2005-02-01")

    record = report["records"]["pmid:2"]
    assert (record["verdict"], record["design"]) == ("exclude", "economic")
    assert record["judged"][0] == "design is economic, human:ab"
    assert told(report, "pain-vs-placebo")[0] == (
        "CHANGED", "uncertain", "benefit", "decision_revised", "pmid:2",
    )  # fmt: skip

    two_trials.judge_tag(2, "design", None)
    report = two_trials.update("2005-03-01")
    assert report["records"]["pmid:2"]["verdict"] == "include"


def test_a_judged_condition_takes_a_record_out_and_names_the_cause(two_trials):
    two_trials.judge_tag(2, "condition", "diabetic_neuropathy")
    report = two_trials.update("2005-02-01")

    assert report["records"]["pmid:2"]["verdict"] == "exclude"
    assert report["records"]["pmid:2"]["criterion"] == "population"
    assert told(report, "pain-vs-placebo")[0][3:] == ("decision_revised", "pmid:2")


def test_a_judged_design_lets_an_excluded_record_in(review):
    cough = Paper(7, "Antitussives for chronic cough in adults", "We treated cough.", "2004-02-01")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER), cough)
    for name, value in (
        ("design", "rct"), ("condition", "sciatica"), ("species", "human"),
        ("drug:gabapentin", "intervention"), ("outcome", "leg_pain"), ("participants", "120"),
    ):  # fmt: skip
        review.judge_tag(7, name, value)
    review.judge(7, "no_difference", 8)
    report = review.update("2005-02-01")

    assert report["records"]["pmid:7"]["verdict"] == "include"
    assert stands(report, "pain-vs-placebo")[0] == "uncertain"
    item = evidence(report, "pain-vs-placebo", "pmid:7")
    assert (item["participants"], item["judged"][0]) == (120, "finding, human:ab")
    assert "design, human:ab" in item["judged"]
    (change,) = [c for c in told(report, "pain-vs-placebo") if c[0] == "CHANGED"]
    assert change[3:] == ("decision_revised", "pmid:7")


def test_judged_participants_reach_weighing(two_trials):
    two_trials.judge_tag(1, "participants", "1200")
    report = two_trials.update("2005-02-01")
    (change,) = [c for c in told(report, "pain-vs-placebo") if c[0] == "SIGNAL"] or [None]
    assert evidence(report, "pain-vs-placebo", "pmid:1")["participants"] == 1200
    assert change is None or change[3] == "decision_revised"


def test_a_word_that_the_vocabulary_has_lost_counts_no_more_and_is_asked(two_trials):
    two_trials.judge_tag(2, "harm", "dementia")
    two_trials.update("2005-02-01")
    text = two_trials.config.read_text()
    start = text.index("    dementia:")
    two_trials.config.write_text(text[:start] + text[text.index("\n", start) + 1 :])
    report = two_trials.update("2005-03-01")

    assert [what for what, reason in waiting(report) if "no longer has" in reason] == ["judged tag"]


# What is refused.


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ({"pmid": 9}, "there is no record pmid:9"),
        ({"direction": "better"}, "known: favours_comparator"),
        ({"outcome": "agony"}, "known: .*leg_pain"),
        ({"quote": "Leg pain rose."}, "--quote is not in pmid:2 word for word"),
        ({"reason": " "}, "a decision needs its reason"),
        ({"by": "1"}, "should be the initials"),
    ],
)
def test_what_cannot_be_judged_is_answered_with_what_can(two_trials, words, answer):
    before = two_trials.table_sizes()
    with pytest.raises(DecisionError, match=answer):
        two_trials.judge(**{"pmid": 2, "direction": "no_difference"} | words)
    assert two_trials.table_sizes() == before


def test_a_word_and_its_withdrawal_at_once_are_refused(two_trials):
    with pytest.raises(DecisionError, match="takes the judgement back; leave out a value"):
        two_trials.judge_tag(2, "design", "rct", withdraw=True)
    with pytest.raises(DecisionError, match="needs a value, or --withdraw"):
        two_trials.judge_tag(2, "design", None, withdraw=False)


def test_an_effect_that_a_person_has_entered_is_not_talked_over(two_trials):
    two_trials.bring(
        "effects.csv",
        "record_id,intervention,comparator,outcome,weeks,measure,value,se,by\n"
        "pmid:2,gabapentin,placebo,leg_pain,8,SMD,-0.6,0.2,cd\n",
    )
    with pytest.raises(DecisionError, match="human:cd has entered an effect for this"):
        two_trials.judge(2, "no_difference")


# What is exported.


def rows(review):
    return [
        json.loads(line)
        for line in exporting.run(review.folder, "judgements", "json").text.splitlines()
    ]


def test_judgements_are_exported_with_the_text_and_what_the_rules_read_then(two_trials):
    two_trials.judge(2, "favours_intervention", quote="did not   differ", reason="table 2")
    two_trials.judge_tag(1, "design", "cohort")
    two_trials.update("2005-02-01", trial(2, "2004-06-01", BETTER))

    tag, finding = rows(two_trials)
    assert (tag["record"], tag["tag"], tag["values"]) == ("pmid:1", "design", ["cohort"])
    assert [one["value"] for one in tag["read"]] == ["rct"]
    assert finding["abstract"][0]["text"].endswith(NO_DIFFERENCE)  # as it was when it was judged
    assert [one["direction"] for one in finding["read"]] == ["no_difference"]
    kept = {k: finding[k] for k in ("direction", "answer", "quote", "reason", "by", "on")}
    assert kept == {
        "direction": "favours_intervention", "answer": "lower", "quote": "did not   differ",
        "reason": "table 2", "by": "human:ab", "on": "2020-01-01",
    }  # fmt: skip


def test_an_export_is_a_test_set_that_read_ask_answers(two_trials):
    two_trials.judge(1, "favours_intervention")
    two_trials.judge(2, "favours_comparator")
    path = two_trials.folder / "judgements.jsonl"
    path.write_text(exporting.run(two_trials.folder, "judgements", "json").text)

    protocol = config.load(two_trials.config)
    answers = [line["answer"] for line in reading.answers(path, path, protocol)]
    assert list(zip(answers, [row["answer"] for row in rows(two_trials)], strict=True)) == [
        ("lower", "lower"), ("no_difference", "higher"),
    ]  # fmt: skip


def test_an_export_as_csv_is_safe_in_a_spreadsheet(two_trials):
    two_trials.judge(2, "none", reason="=1+1")
    exported = exporting.run(two_trials.folder, "judgements", "csv")
    header, row = exported.text.splitlines()
    assert header.startswith("record,title,abstract,what,tag,values,intervention,comparator")
    assert ",none," in row
    assert "'=1+1" in row
    assert exported.number == 1


def test_a_withdrawn_judgement_is_not_exported_and_none_is_nothing(two_trials):
    assert rows(two_trials) == []
    two_trials.judge(2, "none")
    two_trials.judge(2, None)
    assert rows(two_trials) == []


@pytest.mark.parametrize(
    ("what", "format", "answer"),
    [
        ("trials", "json", "known: included, excluded, queue, all, judgements, conclusions"),
        ("judgements", "ris", "json or csv"),
        ("conclusions", "bibtex", "json or csv"),
        ("included", "xlsx", "ris, nbib, bibtex, csv, json or parquet"),
    ],
)
def test_what_cannot_be_exported_is_answered_with_what_can(two_trials, what, format, answer):
    with pytest.raises(UserError, match=answer):
        exporting.run(two_trials.folder, what, format)


def test_a_judgement_in_words_that_the_vocabulary_lost_can_be_taken_back(two_trials):
    two_trials.judge_tag(1, "drug:lorazepam", "mentioned")
    two_trials.edit("    lorazepam: {names: [lorazepam]}\n", "")
    two_trials.judge_tag(1, "drug:lorazepam", None)
    report = two_trials.update("2005-02-01")
    assert waiting(report, "pmid:1") == []
