"""Eligibility: each criterion, and what their answers decide."""

import pytest

from living_review.protocol import Protocol
from living_review.screening import screen
from living_review.tagging import find
from tests.reading_builders import VOCABULARY, record, tags_of

PROTOCOL = Protocol.model_validate(
    {
        "review": {
            "title": "Alphacin for toothache",
            "question": "Does alphacin ease toothache?",
            "baseline": {"date": "2020-12-31", "title": "An older review"},
            "living_mode": {
                "search_cadence": "nightly",
                "publication_rule": "when news",
                "retirement_rule": "when sure",
            },
        },
        "searches": {"files": {"source": "files", "path": "records"}},
        "eligibility": [
            {"id": name, "wording": f"the {name} fits", "asks": name}
            for name in ("drug", "population", "design", "comparison", "outcome")
        ],
        "vocabulary": VOCABULARY.model_dump(),
        "claims": [
            {
                "id": "pain", "statement": "Alphacin reduces toothache.", "asserts": "benefit",
                "intervention": "alphacin", "comparators": ["placebo"], "outcomes": ["pain"],
                "settled_by": ["rct"], "baseline": {"direction": "benefit"},
            },
            {
                "id": "class", "statement": "Cins ease toothache.", "asserts": "benefit",
                "intervention": "cins", "comparators": ["placebo"], "outcomes": ["pain"],
                "settled_by": ["rct"], "baseline": {"direction": "benefit"},
            },
            {
                "id": "flinching", "statement": "Alphacin reduces flinching.", "asserts": "benefit",
                "intervention": "alphacin", "comparators": ["placebo"], "outcomes": ["flinching"],
                "populations": ["mechanism"], "settled_by": ["animal"], "clinical": False,
                "baseline": {"direction": "benefit"},
            },
        ],
        "rules": {"method_version": "1", "mids": {}},
        "run": {"schedules": {"update": "0 3 * * *", "recheck_included": "0 15 * * *"}},
    }
)  # fmt: skip

TRIAL = "Forty patients with toothache were randomised to alphacin or placebo. Pain was recorded."


def decided(abstract, title="Alphacin in toothache", **given):
    one = record(abstract, title, **given)
    tags = tags_of(one)
    return screen(one, tags, find(one, tags, VOCABULARY, 0.5), PROTOCOL)


def answers(abstract, title="Alphacin in toothache", **given):
    return {a.criterion: a.answer for a in decided(abstract, title, **given).answers}


def test_a_record_that_meets_every_criterion_is_in():
    decision = decided(TRIAL)
    assert decision.verdict == "include"
    assert {a.answer for a in decision.answers} == {"yes"}
    assert decision.criterion is None
    assert decision.decider.startswith("rule:")
    assert all(a.quote for a in decision.answers)


def test_every_criterion_is_answered_in_the_order_of_the_protocol():
    assert [a.criterion for a in decided(TRIAL).answers] == [c.id for c in PROTOCOL.eligibility]


def test_the_first_failed_criterion_is_the_reason():
    decision = decided("Forty patients with migraine took gammol.", "Gammol in migraine")
    assert (decision.verdict, decision.criterion) == ("exclude", "drug")
    assert "the drug fits" in decision.reason


def test_one_clear_no_excludes_whatever_is_unclear():
    decision = decided("", "Alphacin in migraine")
    assert decision.verdict == "exclude"


def test_doubt_without_a_no_is_for_a_human():
    decision = decided(TRIAL, "Alphacin in toothache after failed root")
    assert (decision.verdict, decision.criterion) == ("unclear", "population")
    assert "cannot be told" in decision.reason


@pytest.mark.parametrize(
    ("abstract", "title", "answer"),
    [
        (TRIAL, "Alphacin in toothache", "yes"),
        ("Gammol was given.", "Gammol in toothache", "no"),
        ("Patients had failed on alphacin and took gammol.", "Gammol in toothache", "no"),
        ("", "Treating toothache", "unclear"),
        ("Twelve trials of treatments were included in this systematic review; databases were "
         "searched.", "Treatments for toothache: a systematic review", "unclear"),
        ("Twelve trials of surgery were included.", "Surgery versus drugs for toothache: a "
         "systematic "
         "review", "no"),
    ],
)  # fmt: skip
def test_drug_a_drug_of_the_review_is_studied_not_only_named(abstract, title, answer):
    assert answers(abstract, title)["drug"] == answer


RATS = "Rats received alphacin or vehicle. The rats flinched less."


@pytest.mark.parametrize(
    ("abstract", "title", "answer"),
    [
        (TRIAL, "Alphacin in toothache", "yes"), (TRIAL.replace("toothache", "jaw pain"),
         "Alphacin", "yes"),
        (TRIAL, "Alphacin in toothache after failed root", "unclear"),
        (TRIAL.replace("toothache", "migraine"), "Alphacin", "no"),
        (TRIAL.replace("toothache", "hiccups"), "Alphacin", "no"), ("", "Alphacin", "unclear"),
        (RATS + " Flinching was scored.", "Alphacin in rats with nerve crush", "yes"),
        (RATS + " Sleep was scored.", "Alphacin in rats with nerve crush", "no"),
        (RATS + " Flinching was scored.", "Alphacin in sugar rats", "no"),
    ],
)  # fmt: skip
def test_population_people_of_the_question_or_a_model_a_claim_can_use(abstract, title, answer):
    assert answers(abstract, title)["population"] == answer


@pytest.mark.parametrize(
    ("types", "answer"),
    [
        (("Randomized Controlled Trial",), "yes"), (("Systematic Review",), "yes"),
        (("Case Reports",), "yes"), (("Practice Guideline",), "yes"), (("Letter",), "no"),
        (("Editorial",), "no"), (("Review",), "no"), (("Retraction of Publication",), "no"),
        ((), "unclear"),
    ],
)  # fmt: skip
def test_design_a_record_that_can_have_results_of_its_own(types, answer):
    assert answers("", "Alphacin in toothache", publication_types=types)["design"] == answer


@pytest.mark.parametrize(
    ("abstract", "types", "answer"),
    [
        ("Patients with toothache were treated with either alphacin or gammol.", (), "unclear"),
        ("Patients with toothache were treated with either alphacin or gammol.",
         ("Randomized Controlled Trial",), "yes"),
        ("Patients with toothache were randomised to alphacin or gammol.", (), "yes"),
    ],
)  # fmt: skip
def test_design_of_a_trial_that_never_names_chance_is_asked_of_a_human(abstract, types, answer):
    abstract += " Pain was recorded in 40 patients. Pain fell (p = 0.01)."
    found = answers(abstract, "Alphacin in toothache", publication_types=types)
    assert found["design"] == answer


def test_a_trial_that_tells_what_it_will_do_awaits_its_results():
    plan = (
        "Patients with toothache will be randomised to alphacin or placebo. They will receive "
        "either for a week. Pain will be recorded."
    )
    title = "Alphacin against placebo in toothache: a randomised trial"
    assert decided(plan, title).verdict == "awaiting_results"


@pytest.mark.parametrize(
    ("abstract", "answer"),
    [
        ("Patients with toothache were randomised to gammol or alphacin.", "yes"),
        ("Patients with toothache took alphacin.", "yes"),
        ("Patients with toothache were randomised to betacin or placebo.", "yes"),
        (
            "Patients with toothache were randomised to betacin or gammol; groups were compared.",
            "no",
        ),
        ("Patients with toothache took betacin.", "no"),
    ],
)
def test_comparison_the_topic_drug_against_anything_the_related_one_only_as_listed(
    abstract, answer
):
    one = answers("", "x", sections={"METHODS": abstract, "RESULTS": "Pain was recorded."})
    assert one["comparison"] == answer


def test_comparison_a_related_drug_no_claim_of_the_population_speaks_of_is_out():
    abstract = "Rats received betacin or vehicle. The rats were tested. Flinching was scored."
    assert answers(abstract, "Betacin in rats with nerve crush")["comparison"] == "no"


@pytest.mark.parametrize(
    ("abstract", "title", "answer"),
    [
        (TRIAL, "Alphacin in toothache", "yes"),
        ("Costs of alphacin in toothache were compared.", "Cost of alphacin in toothache", "no"),
        ("Patients with toothache were randomised to alphacin or placebo.", "Alphacin", "unclear"),
        ("Prescriptions of alphacin for toothache in the database rose. Records of 900 patients "
         "were "
         "analysed.", "Trends in alphacin for toothache", "no"),
        ("", "Alphacin in toothache", "unclear"),
    ],
)  # fmt: skip
def test_outcome_one_that_a_claim_is_about(abstract, title, answer):
    assert answers(abstract, title)["outcome"] == answer


@pytest.mark.parametrize(
    ("abstract", "title", "kind"),
    [
        ("Patients with toothache will be randomised to alphacin or placebo. Pain will be "
         "recorded.",
         "Alphacin in toothache: study protocol for a randomised trial", "publication"),
        ("Alphacin against placebo in toothache.", "Alphacin in toothache", "registration"),
    ],
)  # fmt: skip
def test_protocols_and_registrations_of_the_question_are_awaited(abstract, title, kind):
    assert decided(abstract, title, kind=kind).verdict == "awaiting_results"


def test_a_registration_of_another_question_is_not_awaited():
    assert (
        decided("Alphacin in migraine.", "Alphacin in migraine", kind="registration").verdict
        == "exclude"
    )


def test_a_registration_with_results_is_no_longer_awaited():
    posted = "Alphacin against placebo in toothache. No clear effect on pain was found."
    assert decided(posted, kind="registration").verdict == "include"


COHORT = "Cohort study of 900 patients. Fainting was more common with alphacin (p = 0.01)."


def test_a_record_on_a_harm_of_the_drug_is_in_whatever_its_population():
    decision = decided(COHORT, "Alphacin and fainting: a cohort study")
    assert (decision.verdict, decision.safety_signal) == ("include", True)
    assert decision.reason.startswith("safety signal")


@pytest.mark.parametrize(
    ("abstract", "title", "given"),
    [
        (COHORT.replace("alphacin", "gammol"), "Gammol and fainting: a cohort study", {}),
        (COHORT, "Alphacin and sleep: a cohort study", {}),
        ("", "Alphacin and fainting", {"publication_types": ("Editorial",)}),
        ("Rats received alphacin. The rats showed fainting.", "Alphacin and fainting in rats", {}),
    ],
)
def test_no_safety_signal_of_other_drugs_passing_words_editorials_or_animals(
    abstract, title, given
):
    assert decided(abstract, title, **given).safety_signal is False


def test_the_same_record_gets_the_same_decision_again():
    assert decided(TRIAL) == decided(TRIAL)
