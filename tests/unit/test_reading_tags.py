"""Facts read off a record, each from its words."""

import pytest

from tests.reading_builders import VOCABULARY, record, tags_of, value, values

DONE = " Pain was recorded. Pain fell (p = 0.01)."


@pytest.mark.parametrize(
    ("title", "abstract", "design"),
    [
        ("Alphacin: a systematic review and meta-analysis", "", "systematic_review"),
        ("Alphacin for toothache", "We searched MEDLINE and Embase. Twelve trials were "
                                   "included. This "
         "systematic review found no benefit.", "systematic_review"),
        ("Alphacin: study protocol for a randomised trial", "Patients will be randomised.",
         "protocol"),
        ("Alphacin in toothache", "Forty patients were randomly assigned to alphacin or "
                                  "placebo." + DONE, "rct"),
        ("Alphacin in toothache",
         "Forty patients received alphacin or placebo, double blind." + DONE, "rct"),
        ("Alphacin: a non-randomised trial", "Forty patients were treated with alphacin." + DONE,
         "nonrandomised_trial"),
        ("Alphacin in toothache", "In this open-label study 40 patients took alphacin." + DONE,
         "nonrandomised_trial"),
        ("Alphacin in toothache", "Further randomised trials are needed. We reviewed the charts "
                                  "of 40 "
         "patients." + DONE, "cohort"),
        ("A case of fainting on alphacin", "A 40-year-old man fainted.", "case_report"),
        ("Alphacin eases flinching in rats", "Rats were given alphacin. The rats flinched less.",
         "animal"),
        ("Alphacin acts on neurons in vitro", "Cultured neurons of rats were studied in vitro. "
         "Rat cells "
         "fired less.", "in_vitro"),
        ("Cost of alphacin in practice", "Costs of 300 patients were compared.", "economic"),
        ("Pharmacokinetics of alphacin", "Levels were measured in 10 patients.", "pharmacokinetic"),
        ("Alphacin: a review", "", "narrative_review"),
        ("Clinical practice guideline on toothache", "", "guideline"),
        ("Erratum: Alphacin in toothache", "", "notice"),
        ("Re: Alphacin in toothache", "", "editorial_letter"),
        ("Alphacin and fainting", "A case-control study of 300 patients. Fainting was more "
                                  "common (p = "
         "0.01).", "case_control"),
        ("Toothache in dentists", "A cross-sectional survey of 300 dentists was performed. The "
                                  "prevalence "
         "of toothache was 12%.", "cross_sectional"),
        ("Alphacin", "", "unclear"),
    ],
)  # fmt: skip
def test_a_design_is_read_without_publication_types(title, abstract, design):
    assert value(record(abstract, title), "design") == design


@pytest.mark.parametrize(
    ("types", "design"),
    [
        (("Letter",), "editorial_letter"), (("Systematic Review",), "systematic_review"),
        (("Clinical Trial Protocol",), "protocol"), (("Case Reports",), "case_report"),
        (("Retraction of Publication",), "notice"), (("Review",), "narrative_review"),
        (("Randomized Controlled Trial",), "rct"),
    ],
)  # fmt: skip
def test_publication_types_confirm_where_the_words_are_few(types, design):
    assert value(record("", "Alphacin in toothache", publication_types=types), "design") == design


def test_kinds_of_record_decide_before_words_do():
    assert value(record("", "A randomised trial", kind="registration"), "design") == "registration"
    assert value(record("", "A randomised trial", kind="notice"), "design") == "notice"


def test_a_second_look_at_a_trial_is_secondary():
    one = record("This post hoc analysis of a randomised trial included 90 patients.")
    assert value(one, "secondary") == "yes"


def test_results_posted_in_a_registration_are_told():
    one = record("No clear effect was found.", kind="registration")
    assert value(one, "results_posted") == "yes"
    assert value(record("Pain will be recorded.", kind="registration"), "results_posted") is None


@pytest.mark.parametrize(
    ("abstract", "species"),
    [
        ("Rats received alphacin. The rats were tested.", "rat"),
        ("Mice received alphacin. The mice were tested.", "mouse"),
        ("Patients took alphacin. Antibodies were raised in mice.", "human"),
        ("Forty women took part.", "human"),
        ("The Clinical Opiate Withdrawal Scale (COWS) was scored in 20 patients.", "human"),
    ],
)
def test_species_are_those_studied(abstract, species):
    assert value(record(abstract, "Alphacin"), "species") == species


@pytest.mark.parametrize(
    ("title", "abstract", "condition", "population"),
    [
        ("Alphacin in toothache", "", "toothache", "direct"),
        ("Alphacin in jaw pain", "", "jaw_pain", "indirect"),
        ("Alphacin in toothache and jaw pain", "", "toothache", "direct"),
        ("Alphacin in migraine", "Toothache was not studied.", "migraine", "excluded"),
        ("Alphacin in toothache after extraction", "", "after_pulling", "excluded"),
        ("Alphacin in toothache after failed root", "", "failed_root", "unsure"),
        ("Alphacin in jaw pain", "Patients with toothache were excluded.", "jaw_pain", "indirect"),
        ("Alphacin in jaw pain with or without toothache", "", "jaw_pain", "indirect"),
        ("Alphacin in nerve crush", "Rats had a nerve crush. The rats were tested.", "nerve_model",
         "mechanism"),
        ("Alphacin after nerve crush", "Patients were treated.", None, None),
    ],
)  # fmt: skip
def test_the_condition_is_the_directest_one_studied(title, abstract, condition, population):
    one = record(abstract, title)
    assert (value(one, "condition"), value(one, "population")) == (condition, population)


@pytest.mark.parametrize(
    ("abstract", "roles"),
    [
        ("We compared alphacin with betacin.", {"alphacin": "intervention", "betacin":
         "comparator"}),
        ("We compared betacin with alphacin.", {"alphacin": "intervention", "betacin":
         "intervention"}),
        ("Alphacin was added to a regimen containing gammol.",
         {"alphacin": "intervention", "gammol": "background"}),
        ("Alphacin was tried after gammol had failed to help; unlike gammol it eased pain.",
         {"alphacin": "intervention", "gammol": "mentioned"}),
        ("Patients received alphacin or gammol; the groups were compared.",
         {"alphacin": "intervention", "gammol": "comparator"}),
    ],
)  # fmt: skip
def test_each_drug_has_its_role(abstract, roles):
    one = record(sections={"METHODS": abstract})
    found = {t.name: t.value for t in tags_of(one) if t.name.startswith("drug:")}
    assert found == {f"drug:{name}": role for name, role in roles.items()}


def test_a_drug_of_the_introduction_is_only_mentioned():
    one = record(sections={"BACKGROUND": "Alphacin is known.", "METHODS": "We studied gammol."})
    assert value(one, "drug:alphacin") == "mentioned"


@pytest.mark.parametrize(
    ("abstract", "comparators"),
    [
        ("They took alphacin or placebo, and 20 controls took placebo.", ["placebo"]),
        ("There was no control group.", []),
        ("One arm took gammol plus placebo.", []),
        ("Alphacin was held against usual care.", ["usual_care"]),
    ],
)
def test_comparators_are_those_used(abstract, comparators):
    assert values(record(sections={"METHODS": abstract}), "comparator") == comparators


@pytest.mark.parametrize(
    ("abstract", "participants", "analysed"),
    [
        ("Of 20 participants randomized, 18 were analyzed.", "20", "18"),
        ("A total of 209 patients underwent randomization, of whom 207 were included in the "
         "analysis.",
         "209", "207"),
        ("At seven centres, 143 patients were randomised to alphacin (n = 98) or placebo (n = 45).",
         "143", None),
        ("Fifty-five patients received alphacin or placebo.", "55", None),
        ("Pain fell in 56% (43/77).", None, None),
        ("There were 227 adverse events with alphacin and 124 with placebo.", None, None),
        ("Thirty rats were randomised.", "30", None),
    ],
)  # fmt: skip
def test_participants_are_those_randomised_and_neither_shares_nor_events(
    abstract, participants, analysed
):
    one = record(abstract, "A randomised trial of alphacin")
    assert value(one, "participants") == participants
    assert value(one, "participants_analysed") == analysed


@pytest.mark.parametrize(
    ("abstract", "weeks"),
    [
        ("They were treated for 8 weeks.", "8"), ("They were followed for 3 months.", "13"),
        ("Aged 18 years or older, treated for 14 days.", "2"),
        ("Symptoms had been present for a mean of 67 months.", None),
        ("Pain was scored at weeks 8 and 52.", "52"), ("They took 300 mg every 8 hours.", None),
        ("A 1-week washout followed the 6-week treatment.", "6"),
        ("Forty children of a mean age of 10 ± 4.2 months were treated for 5 weeks.", "5"),
        ("They had used it during the last two years and were followed for 3 weeks.", "3"),
    ],
)  # fmt: skip
def test_follow_up_is_time_treated_and_not_age_illness_or_washout(abstract, weeks):
    assert value(record(abstract), "weeks") == weeks


@pytest.mark.parametrize(
    ("abstract", "setting"),
    [
        ("Chronic toothache was studied.", "chronic"), ("Acute toothache was studied.", "acute"),
        ("Acute and chronic toothache was studied.", "acute_and_chronic"), ("Toothache.", None),
        ("Toothache of at least 3 months was studied.", "chronic"),
        ("Chronic bronchitis was studied.", None), ("Acute pain was treated.", "acute"),
    ],
)  # fmt: skip
def test_pain_is_acute_or_chronic_as_said(abstract, setting):
    assert value(record(abstract), "pain_setting") == setting


def test_refractory_is_after_other_drugs_failed():
    assert value(record("Their pain had not responded to other drugs."), "refractory") == "yes"
    assert value(record("Their pain responded to other drugs."), "refractory") is None
    assert value(record("Drug-resistant toothache was studied."), "refractory") == "yes"
    assert value(record("The germs were resistant to alphacin."), "refractory") is None


def test_registration_numbers_come_from_field_and_text():
    one = record("Registered as NCT01495923 and CRD42022361572.", registrations=("ISRCTN12345678",))
    assert values(one, "registration") == ["CRD42022361572", "ISRCTN12345678", "NCT01495923"]


def test_registration_numbers_are_written_as_their_registers_write_them():
    one = record("Registered (NCT 01495923, EudraCT number 2010-023456-12, SLCTR/2012/005).")
    numbers = ["EUCTR2010-023456-12", "NCT01495923", "SLCTR/2012/005"]
    assert values(one, "registration") == numbers


def test_funding_and_language_are_kept():
    one = record("Funded by the Tooth Fund.", languages=("eng", "rus"))
    assert value(one, "funding") == "Funded by the Tooth Fund."
    assert values(one, "language") == ["eng", "rus"]


def review(abstract, title="Alphacin and betacin for toothache: a systematic review"):
    return record(abstract, title)


@pytest.mark.parametrize(
    ("abstract", "until"),
    [
        ("Databases were searched up to 20 December 2016.", "2016-12-20"),
        ("We searched for studies published between January 1, 1960 and May 31, 2023.",
         "2023-05-31"),
        ("Searches ran to 2024-06-07.", "2024-06-07"), ("Searches ran to March 2021.", "2021-03"),
        ("Nine trials of 2019 were included.", None),
    ],
)  # fmt: skip
def test_how_far_a_review_searched(abstract, until):
    assert value(review(abstract), "search_until") == until


@pytest.mark.parametrize(
    ("abstract", "trials"),
    [
        ("Six trials were included.", "6"), ("None of them compared the two head to head.", "0"),
        ("No head-to-head trial was found; 11 articles were retained.", "0"),
        ("Trials are few.", None),
    ],
)  # fmt: skip
def test_trials_of_the_comparison_itself_are_counted_and_none_is_nought(abstract, trials):
    assert value(review(abstract), "direct_trials") == trials


def test_a_harm_is_the_subject_where_title_or_objective_names_it():
    assert values(record("", "Alphacin and fainting: a cohort study"), "harm") == ["fainting"]
    assert values(record("One patient had fainting.", "Alphacin in toothache"), "harm") == []


def test_every_tag_has_a_quote_and_its_tagger():
    one = record("Forty patients with chronic toothache were randomised to alphacin or placebo.")
    for tag in tags_of(one):
        assert tag.quote
        assert ":" in tag.tagger


def test_a_record_without_an_abstract_is_read_from_its_title():
    one = record("", "Alphacin in toothache")
    assert value(one, "condition") == "toothache"
    assert value(one, "drug:alphacin") == "intervention"
    assert value(one, "design") == "unclear"


def test_an_empty_record_is_no_error():
    assert value(record("", ""), "design") == "unclear"
    assert VOCABULARY.outcomes
