"""What people judge of bias, of certainty and of signals: kept, carried, shown, undone."""

import pytest

from living_review.errors import DecisionError
from living_review.stages import judge as judging
from living_review.stages import judge_claim, published, verify, waiting
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, stands, trial

CLAIM = "pain-vs-placebo"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Four trials in favour: a benefit."""
    made = LivingReview(tmp_path_factory.mktemp("made") / "review")
    made.update("2005-01-01", *(trial(n, "2004-03-01", BETTER, n=300) for n in (1, 2, 3, 4)))
    return made


@pytest.fixture(scope="module")
def made_with_signal(made, tmp_path_factory):
    """A fifth that found no difference: a signal on several claims."""
    review = made.copy(tmp_path_factory.mktemp("signalled") / "review")
    review.update("2005-02-01", trial(5, "2005-01-10", NO_DIFFERENCE, n=110))
    return review


@pytest.fixture
def review(made, tmp_path):
    return made.copy(tmp_path / "review")


@pytest.fixture
def signalled(made_with_signal, tmp_path):
    return made_with_signal.copy(tmp_path / "review")


def open_on(report, claim=CLAIM):
    signals = [signal for signal in report["signals"] if signal["claim"] == claim]
    return [(signal["rules"], signal["records"], signal["since"]) for signal in signals]


def latest(review):
    return published.report(review.folder, None)


def certainty(review, levels, domain="publication_bias", **word):
    word = review.word(withdraw=levels is None, **word)
    return judge_claim.certainty(review.folder, CLAIM, domain, levels, word)


def signal(review, answer="no", rule=None, record=None, claim=CLAIM, **word):
    return judge_claim.signal(review.folder, claim, answer, rule, record, review.word(**word))


def all_rebuilt(review):
    found = verify.run(review.folder)
    return [fault for one in found for fault in one.faults] == [] and all(v.rebuilt for v in found)


# Risk of bias.


def test_a_low_risk_of_bias_in_every_study_takes_the_step_away_and_says_who_said_so(review):
    assert stands(latest(review), CLAIM) == ("benefit", "moderate")
    for number in (1, 2, 3, 4):
        judging.bias(review.folder, f"pmid:{number}", "low", review.word())
    report = review.update("2005-02-01")
    assert stands(report, CLAIM) == ("benefit", "high")
    (change,) = [c for c in report["changes"] if c["claim"] == CLAIM]
    assert (change["class"], change["rules"], change["causes"], change["records"]) == (
        "SIGNAL", ["GRADE"], ["decision_revised"], ["pmid:1", "pmid:2", "pmid:3", "pmid:4"]
    )  # fmt: skip
    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == CLAIM]
    assert conclusion["evidence"][0]["judged"] == ["risk of bias low, human:ab"]
    assert all_rebuilt(review)


def test_a_risk_of_bias_is_taken_back(review):
    judging.bias(review.folder, "pmid:1", "high", review.word())
    judging.bias(review.folder, "pmid:1", None, review.word(withdraw=True))
    assert review.update("2005-02-01") is None


def test_an_unknown_level_names_the_levels(review):
    with pytest.raises(DecisionError, match="known: low, some, high"):
        judging.bias(review.folder, "pmid:1", "severe", review.word())


# Certainty.


def test_a_judged_step_is_listed_with_its_reason_and_who_said_it(review):
    assert certainty(review, -1, reason="two trials never reported").startswith("moderate")
    report = review.update("2005-02-01")
    assert stands(report, CLAIM) == ("benefit", "low")
    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == CLAIM]
    assert conclusion["certainty_steps"][-1] == {
        "domain": "publication_bias",
        "levels": -1,
        "reason": "two trials never reported (human:ab)",
    }
    assert all_rebuilt(review)


def test_a_judged_step_goes_back_to_the_person_when_the_evidence_has_changed_and_holds(review):
    certainty(review, -1, reason="two trials never reported")
    review.update("2005-02-01")
    report = review.update("2005-03-01", trial(6, "2005-02-10", BETTER, n=300))
    assert stands(report, CLAIM)[1] == "low"
    assert [(i["what"], i["reason"]) for i in report["queue"] if i["record"] == CLAIM] == [
        (
            "judged certainty",
            "the evidence has changed since human:ab judged its publication bias: two trials "
            "never reported; it holds until it is judged again",
        )
    ]
    certainty(review, None)
    report = review.update("2005-03-02")
    assert stands(report, CLAIM)[1] == "moderate"
    assert [i for i in report["queue"] if i["record"] == CLAIM] == []


@pytest.mark.parametrize(
    ("domain", "levels", "said"),
    [
        ("publication_bias", 1, r"\+1 levels for publication_bias; it goes from -2 to 0"),
        ("large_effect", 3, r"it goes from 0 to 2"),
        ("precision", -1, "no domain of certainty; known: risk_of_bias"),
    ],
)
def test_a_step_that_a_domain_does_not_reach_is_refused(review, domain, levels, said):
    with pytest.raises(DecisionError, match=said):
        certainty(review, levels, domain)


def test_what_nobody_judged_cannot_be_withdrawn_and_a_claim_must_exist(review):
    with pytest.raises(DecisionError, match="nobody has judged publication_bias"):
        certainty(review, None)
    with pytest.raises(DecisionError, match="there is no claim 'pain'; claims: pain-vs-placebo"):
        judge_claim.certainty(review.folder, "pain", "imprecision", -1, review.word())


# Signals.


def test_an_unanswered_signal_is_carried_counted_and_no_news(signalled):
    assert open_on(latest(signalled)) == [(["A1"], ["pmid:5"], "1.1.0")]
    report = signalled.update("2005-03-01", trial(6, "2005-02-10", BETTER, n=300))
    assert [c for c in report["changes"] if c["claim"] == CLAIM] == []
    assert open_on(report) == [(["A1"], ["pmid:5"], "1.1.0")]
    asked = [one for one in waiting.run(signalled.folder) if one["record"] == CLAIM]
    assert [one["what"] for one in asked] == ["signal"]
    assert f"judge signal {CLAIM} yes|no --rule A1" in asked[0]["reason"]
    page = signalled.published_bytes()["1.2.0/index.html"].decode()
    assert "each told as news once and carried until a person says yes or no" in page


def test_a_no_is_a_patch_that_closes_it_and_says_who(signalled):
    assert signal(signalled, "no", reason="the dose was too low") == ("A1 pmid:5",)
    # Who has answered is not asked again, though no update has run since.
    assert [one for one in waiting.run(signalled.folder) if one["record"] == CLAIM] == []
    report = signalled.update("2005-03-01")
    assert (report["version"], open_on(report), report["flags"]) == ("1.1.1", [], [])
    closed = [c["because"] for c in report["signals_closed"] if c["claim"] == CLAIM]
    assert closed == ["human:ab says no: the dose was too low"]
    assert all_rebuilt(signalled)


def test_a_yes_flags_the_claim_until_it_is_withdrawn_and_sets_no_direction(signalled):
    signal(signalled, "yes", reason="it may turn")
    report = signalled.update("2005-03-01")
    assert stands(report, CLAIM)[0] == "benefit"
    assert [(f["claim"], f["answer"], f["reason"]) for f in report["flags"]] == [
        (CLAIM, "yes", "it may turn")
    ]
    for name in ("index.html", "report.md"):
        assert "Flagged" in signalled.published_bytes()[f"{report['version']}/{name}"].decode()
    report = signalled.update("2005-03-02", trial(6, "2005-02-10", BETTER, n=300))
    assert len(report["flags"]) == 1
    signal(signalled, None, withdraw=True)
    assert signalled.update("2005-03-03")["flags"] == []
    assert all_rebuilt(signalled)


def test_a_person_raises_a_caveat_on_a_record(review):
    signal(review, "yes", rule="A6", record="pmid:2", reason="only in people over 60")
    report = review.update("2005-02-01")
    (change,) = report["changes"]
    assert (change["class"], change["rules"], change["records"], report["version"]) == (
        "SIGNAL", ["A6"], ["pmid:2"], "1.1.0"
    )  # fmt: skip
    assert change["why"] == (
        "A person raises a clinically important caveat, on “Gabapentin for sciatica: a randomised "
        "placebo-controlled trial, number…” (pmid:2, 2004) (human:ab: only in people over 60)."
    )
    assert (report["signals"], len(report["flags"])) == ([], 1)
    assert review.update("2005-02-02") is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"claim": "class-effect", "rule": "B1"}, "on it await: A1 pmid:5 since 1.1.0"),
        ({"answer": "maybe"}, "'maybe' answers no signal; say yes or no"),
        ({"answer": None}, "answered yes or no, or --withdraw takes an answer back"),
        ({"rule": "A4", "answer": "yes"}, "is raised on a record; name one with --record"),
        ({"rule": "A4", "record": "pmid:5"}, "is raised by a yes"),
        ({"claim": "disability"}, "`living-review queue` lists those that do"),
        ({"withdraw": True}, "nobody has answered such a signal"),
    ],
)
def test_an_answer_to_nothing_says_what_there_is(signalled, asked, said):
    with pytest.raises(DecisionError, match=said):
        signal(signalled, **asked)
