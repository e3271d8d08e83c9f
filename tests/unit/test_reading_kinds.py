"""Reviews, protocols, animals and numbers of people, where the words are not the usual ones."""

import pytest

from tests.reading_builders import record, value

DONE = " Pain was recorded in 40 patients. Pain fell (p = 0.01)."
PLAN = " Patients will be recruited. They will receive alphacin. Pain will be assessed."


@pytest.mark.parametrize(
    ("title", "abstract", "design"),
    [
        ("Alphacin for toothache: an integrative review",
         "Studies were located in the MEDLINE database. Twelve studies met the inclusion criteria.",
         "systematic_review"),
        ("Alphacin and toothache",
         "We studied 40 patients. A meta-analysis was also performed (p = 0.01).",
         "systematic_review"),
        ("Alphacin today", "To review the pharmacology of alphacin. It is well absorbed.",
         "narrative_review"),
        ("Alphacin: an overview", "No meta-analysis was done. Alphacin is discussed.",
         "narrative_review"),
        ("Alphacin in toothache", "The protocol of a cohort of patients." + PLAN, "protocol"),
        ("A randomised trial of alphacin in toothache", "The study is under way." + PLAN, "rct"),
        ("Teeth pulled using an alphacin protocol", "Patients were treated with it." + DONE,
         "nonrandomised_trial"),
        ("Retraction of the lip with alphacin: a randomised trial",
         "Patients were randomised." + DONE, "rct"),
        ("Retraction: alphacin in toothache", "", "notice"),
        ("What patients say of alphacin: a qualitative study",
         "Patients randomised to alphacin were interviewed.", "other"),
        ("Alphacin in dialysis",
         "The pharmacokinetics of alphacin were investigated in patients on dialysis.",
         "pharmacokinetic"),
    ],
)  # fmt: skip
def test_a_design_shows_in_what_was_done(title, abstract, design):
    assert value(record(abstract, title), "design") == design


def test_a_trial_without_results_is_planned():
    one = record("The study is under way." + PLAN, "A randomised trial of alphacin in toothache")
    assert value(one, "planned") == "yes"
    done = record("Patients were randomised." + DONE, "A randomised trial of alphacin")
    assert value(done, "planned") is None


MANY = " Alphacin is a drug. It is old. It is cheap. It is safe. It is known. It is used."


@pytest.mark.parametrize(
    ("abstract", "species"),
    [
        ("Adult male rats were given alphacin." + MANY, "rat"),  # once, but something was done
        ("We gave alphacin by mouth to naive mice." + MANY, "mouse"),
        ("A mouse antibody stained the tissue of 20 patients." + MANY, "human"),
        ("Mouse embryonic stem cells were grown. Mouse fibroblasts died." + MANY, None),
        ("Rats are like people. Mice are too. This review is about what is known.", "human"),
    ],
)
def test_an_animal_is_the_subject_where_something_was_done_to_it(abstract, species):
    assert value(record(abstract, "Alphacin"), "species") == species


def test_a_notice_is_of_no_species():
    assert value(record("", "Corrigendum: alphacin eases pain in rats"), "species") is None


@pytest.mark.parametrize(
    ("abstract", "participants"),
    [
        ("At nine centres, 140 patients were randomised to alphacin or placebo.", "140"),
        ("In all 60 patients took part. Of the 31 patients assigned to alphacin, 3 left. Of the "
         "29 patients assigned to betacin, 2 left.", "60"),
        ("A randomised study in 90 patients. A total of 80 patients completed the study.", "90"),
        ("Patients were randomised to alphacin (n = 21) or betacin (n = 20).", "41"),
        ("Patients (12 men, 10 women) were randomised to alphacin or betacin.", "22"),
        ("Thirty workers (20 men) were randomised to alphacin or rest.", "30"),
        ("One thousand two hundred patients were randomised to alphacin or betacin.", "1200"),
        ("Patients were randomised to alphacin (16 patients) or betacin (15 patients).", "31"),
        ("Eight schools were randomised to alphacin (n = 4, 80 children) or betacin (n = 4, "
         "70 children).", "150"),
        ("Patients were randomised. Falls were seen in 4, 5 and 7 patients.", None),
        ("Infants who cried for 30 s were randomised to alphacin (n = 36) or rest (n = 32).", "68"),
        ("Of 900 patients, 200 were enrolled and randomised.", "200"),
        ("Six clinics with 48 physicians were randomised.", "48"),
    ],
)  # fmt: skip
def test_participants_are_all_who_entered_not_one_arm_or_those_who_finished(abstract, participants):
    assert value(record(abstract, "Alphacin in toothache"), "participants") == participants
