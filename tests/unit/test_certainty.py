"""Certainty: where it starts, each step down, and the words for it."""

import pytest

from living_review.model import Arm, Conclusion, JudgedCertainty, Reading
from living_review.synthesis import weigh
from living_review.synthesis.certainty import egger_p
from tests.weighing_builders import AGAINST, SAME, finding, review, smd, study, the_protocol


def on(*readings: Reading, claim: str = "pain-vs-placebo") -> Conclusion:
    return weigh(readings, the_protocol(), (claim,))[0]


def steps(conclusion: Conclusion) -> dict[str, int]:
    return {step.domain: step.levels for step in conclusion.certainty_steps}


def test_randomised_evidence_starts_high_and_an_abstract_costs_one_step() -> None:
    conclusion = on(study(1, n=400), study(2, n=400))
    assert (conclusion.certainty, steps(conclusion)) == ("moderate", {"risk_of_bias": -1})


def test_a_persons_judgement_takes_the_place_of_the_abstracts_silence() -> None:
    low = {"risk_of_bias": "low"}
    assert on(study(1, n=400, reading=low), study(2, n=400, reading=low)).certainty == "high"
    high = on(study(1, n=400, reading=low), study(2, n=400, reading={"risk_of_bias": "high"}))
    assert high.certainty == "moderate"
    assert "by a person" in high.certainty_steps[0].reason


@pytest.mark.parametrize(("people", "step"), [(400, None), (399, -1), (100, -1), (99, -2)])
def test_few_participants_cost_a_step_and_very_few_two(people: int, step: int | None) -> None:
    assert steps(on(study(1, n=people))).get("imprecision") == step


def test_unstated_numbers_of_participants_cost_a_step() -> None:
    assert steps(on(study(1, n=None)))["imprecision"] == -1


def test_indirect_evidence_in_half_of_the_participants_costs_a_step() -> None:
    indirect = {"condition": "low_back_pain"}
    assert steps(on(study(1, n=200), study(2, n=200, reading=indirect)))["indirectness"] == -1
    assert "indirectness" not in steps(on(study(1, n=201), study(2, n=200, reading=indirect)))


def test_an_interval_across_the_mid_costs_a_step() -> None:
    wide = on(*(study(i, n=400, effect=smd(-0.6, 0.2)) for i in (1, 2, 3)))
    assert steps(wide)["imprecision"] == -1
    narrow = on(*(study(i, n=400, effect=smd(-0.9, 0.1)) for i in (1, 2, 3)))
    assert "imprecision" not in steps(narrow)


def test_heterogeneous_pools_are_inconsistent() -> None:
    effects = [-0.2, -1.0, -1.8, -1.0, -0.9, -1.1]
    conclusion = on(*(study(i, effect=smd(v, 0.1)) for i, v in enumerate(effects)))
    assert steps(conclusion)["inconsistency"] == -1


def test_an_uncertain_direction_is_always_very_low() -> None:
    conclusion = on(study(1, n=1000), study(2, SAME, n=1000))
    assert (conclusion.direction, conclusion.certainty) == ("uncertain", "very_low")
    assert sum(steps(conclusion).values()) == -3


def test_studies_that_are_not_randomised_start_at_low_and_case_reports_at_very_low() -> None:
    cohort = study(1, n=900, comparator="pregabalin", outcome="adverse_events",
                   reading={"design": "cohort"})  # fmt: skip
    assert on(cohort, claim="safety-vs-pregabalin").certainty == "very_low"
    assert steps(on(cohort, claim="safety-vs-pregabalin"))["design"] == -2
    case = study(2, n=2, comparator="baseline",
                 reading={"design": "case_report", "refractory": True})  # fmt: skip
    conclusion = on(case, claim="refractory-cases")
    assert (conclusion.direction, conclusion.certainty) == ("benefit", "very_low")
    assert "risk_of_bias" not in steps(conclusion)


def test_eggers_test_sees_small_studies_that_differ_and_needs_unequal_precision() -> None:
    errors = [0.05 * i for i in range(1, 11)]
    skewed = [3 * e + 0.01 * (-1) ** i for i, e in enumerate(errors)]
    assert (egger_p(skewed, errors) or 1) < 0.1
    assert egger_p([0.1] * 10, [0.2] * 10) is None


def test_small_studies_that_differ_cost_a_step() -> None:
    errors = [0.05 * i for i in range(1, 11)]
    trials = [
        study(i, effect=smd(-0.7 - 2 * e - 0.02 * (-1) ** i, e)) for i, e in enumerate(errors)
    ]
    assert steps(on(*trials))["publication_bias"] == -1
    assert "publication_bias" not in steps(on(*trials[:9]))


def test_the_computed_claim_takes_the_highest_clinical_certainty_and_counts_head_to_head() -> None:
    head_to_head = study(1, SAME, n=400, comparator="pregabalin")
    indirect = study(2, SAME, comparator="pregabalin", reading={"condition": "low_back_pain"})
    conclusion = on(head_to_head, indirect, study(3, n=50), claim="evidence-quality")
    assert (conclusion.direction, conclusion.certainty) == (None, "moderate")
    assert (conclusion.studies, conclusion.participants) == (1, 400)
    assert "1 study compares" in conclusion.wording
    assert on(claim="evidence-quality").certainty is None


def test_a_head_to_head_study_is_as_large_as_its_largest_outcome() -> None:
    pain = finding(comparator="pregabalin", arms=(Arm("a", 60), Arm("b", 60)))
    harms = finding(comparator="pregabalin", outcome="adverse_events")
    trial = study(1, n=100, reading={"findings": (pain, harms)})
    assert on(trial, claim="evidence-quality").participants == 120


@pytest.mark.parametrize(
    ("readings", "claim", "words"),
    [
        ([study(1, n=50)], "pain-vs-placebo",
         "The evidence is very uncertain about the effect of gabapentin on leg pain compared with "
         "placebo, no treatment or usual care."),
        ([study(1, n=399)], "pain-vs-placebo",
         "Gabapentin may reduce leg pain compared with placebo, no treatment or usual care."),
        ([study(1, n=400)], "short-term-pain",
         "Gabapentin probably reduces leg pain compared with placebo up to 12 weeks."),
        ([study(1, "favours_comparator", n=400, outcome="adverse_events")], "harms-vs-placebo",
         "Gabapentin probably increases adverse events compared with placebo."),
        ([study(1, SAME, n=400)], "class-effect",
         "Gabapentinoids probably make little or no difference to leg pain compared with placebo."),
        ([study(1, SAME, n=400, reading={"risk_of_bias": "low"})], "short-term-pain",
         "Gabapentin makes little or no difference to leg pain compared with placebo up to 12 "
         "weeks."),
        ([], "long-term-pain",
         "No included study tells of the effect of gabapentin on leg pain compared with placebo "
         "beyond 12 weeks."),
        ([review(1)], "pain-vs-pregabalin",
         "No included study tells of the effect of gabapentin on leg pain compared with "
         "pregabalin."),
    ],
)  # fmt: skip
def test_wording_is_as_sure_as_the_evidence(
    readings: list[Reading], claim: str, words: str
) -> None:
    assert on(*readings, claim=claim).wording == words


def judged(domain: str, levels: int) -> JudgedCertainty:
    return JudgedCertainty("pain-vs-placebo", domain, levels, "as the full texts show", "human:ab")


def test_a_persons_step_replaces_the_rules_in_its_domain() -> None:
    trial = [study(1, n=400)]
    (conclusion,) = weigh(
        trial, the_protocol("pain-vs-placebo"), judged=[judged("risk_of_bias", -2)]
    )
    assert (conclusion.certainty, steps(conclusion)) == ("low", {"risk_of_bias": -2})
    assert conclusion.certainty_steps[0].reason == "as the full texts show (human:ab)"
    (conclusion,) = weigh(
        trial, the_protocol("pain-vs-placebo"), judged=[judged("risk_of_bias", 0)]
    )
    assert (conclusion.certainty, steps(conclusion)) == ("high", {})


def test_only_a_person_takes_certainty_up_and_never_above_high_nor_an_uncertain_direction() -> None:
    protocol = the_protocol("pain-vs-placebo")
    (high,) = weigh([study(1, n=400)], protocol, judged=[judged("large_effect", 2)])
    assert high.certainty == "high"
    split = [study(1, n=400), study(2, AGAINST, n=400)]
    (uncertain,) = weigh(split, protocol, judged=[judged("large_effect", 2)])
    assert (uncertain.direction, uncertain.certainty) == ("uncertain", "very_low")


def test_of_a_study_in_two_records_the_worst_judged_risk_of_bias_counts() -> None:
    low, high = {"risk_of_bias": "low"}, {"risk_of_bias": "high", "study_id": "pmid:1"}
    conclusion = on(study(1, n=400, reading=low), study(2, n=400, reading=high))
    assert steps(conclusion) == {"risk_of_bias": -1}
