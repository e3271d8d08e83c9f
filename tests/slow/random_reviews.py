"""Reviews made at random from a seed: all that a record may say that bears on a weighing."""

from datetime import date
from random import Random
from typing import NamedTuple

from living_review.model import Finding, FindingDirection, PartialDate, Reading
from tests.slow.random_effects import Numbers, an_effect
from tests.weighing_builders import AGAINST, FAVOURS, SAME, UNCLEAR, finding, study


class Topic(NamedTuple):
    """What a record may be about; what stands twice is drawn twice as often."""

    drugs: tuple[str, ...]
    comparators: tuple[str, ...]
    outcomes: tuple[str, ...]
    usual: tuple[str, ...] = ("rct",)  # designs; now and then one is another
    designs: tuple[str, ...] = ("rct", "cohort", "nonrandomised_trial", "systematic_review")


DRUGS = ("gabapentin", "gabapentin", "gabapentin", "pregabalin", "gabapentinoid")
TOPICS = {
    "pain": Topic(
        DRUGS, ("placebo", "placebo", "placebo", "no_treatment", "usual_care"),
        ("leg_pain", "leg_pain", "leg_pain", "back_pain"),
    ),
    "disability": Topic(DRUGS, ("placebo", "no_treatment"), ("disability",)),
    "head to head": Topic(
        ("gabapentin",), ("pregabalin",), ("adverse_events", "leg_pain", "dizziness"),
        ("rct", "rct", "cohort"),
    ),
    "harms": Topic(
        DRUGS, ("placebo", "placebo", "pregabalin"),
        ("adverse_events", "adverse_events", "dizziness", "somnolence"),
    ),
    "add-on": Topic(
        ("gabapentin",), ("baseline", "no_treatment"), ("leg_pain", "disability"),
        ("case_report", "cohort"),
    ),
    "mechanism": Topic(
        DRUGS, ("placebo", "no_treatment", "baseline"),
        ("allodynia", "withdrawal_threshold", "ectopic_discharge", "glial_markers", "astrocytes"),
        ("animal",), ("animal", "in_vitro"),
    ),
}  # fmt: skip
CONDITIONS = ("disc_herniation", "low_back_pain", "spinal_stenosis", "failed_back_surgery",
              "postoperative_pain", None)  # fmt: skip
MODELS = ("sciatic_nerve_model", "sciatic_nerve_model", "neuropathic_model", None)
WORDS: tuple[FindingDirection, ...] = (FAVOURS, FAVOURS, AGAINST, SAME, SAME, UNCLEAR)


class Habits(NamedTuple):
    """How the records of one review tend to be; the odd ones are kept out of pools and counts."""

    topics: tuple[str, ...]
    odd: float  # how often a record is out of the ordinary in any one way
    straight: float  # how often it is on the topic's first drug, comparator and outcome
    several: float  # how often a record has one more finding, or belongs to another's study
    reviews: float  # how often it is a systematic review
    numbers: Numbers


def review_of(seed: int) -> list[Reading]:
    """Up to twelve records; those of one seed are always the same."""
    random = Random(seed)
    topics = random.choice(
        [tuple(TOPICS), *((topic,) for topic in TOPICS), ("pain",), ("head to head",)]
    )
    habits = Habits(
        topics, random.choice([0.0, 0.05, 0.2]), random.choice([0.0, 0.8, 1.0]),
        random.choice([0.0, 0.0, 0.4]), random.choice([0.0, 0.0, 0.4]),
        Numbers(
            often=random.choice([0.3, 0.9, 1.0]), usual=random.choice([0.0, 0.9, 1.0]),
            centre=random.choice([-0.9, -0.5, -0.1, 0.4]),
            spread=random.choice([0.05, 0.2, 0.5]), error=random.choice([0.05, 0.15, 0.4]),
            precise=random.random() < 0.6, skew=random.choice([0.0, 0.0, 2.0]),
        ),
    )  # fmt: skip
    most = random.choice([0, 1, 2, 2, 3, 4, 6, 8, 10, 12, 12, 12, 12])
    return [record(random, number, habits) for number in range(1, most + 1)]


def record(random: Random, number: int, habits: Habits) -> Reading:
    """One record with one finding, or with several."""

    def odd(times: float = 1) -> bool:
        return random.random() < habits.odd * times

    def more() -> bool:
        return random.random() < habits.several

    name, of = f"pmid:{number}", random.choice(habits.topics)
    topic, model = TOPICS[of], of == "mechanism"
    n = random.choice([None, 18, 43, 100, 150, 209, 500] if odd(2) else [50, 100, 150, 200])
    found = [a_finding(random, name, topic, habits, n) for _ in range(1 + odd(2) + more() + more())]
    entered = [odd() for _ in found]
    shared = random.randint(max(1, number - 2), number)
    year = random.randint(2012, 2019)
    design = random.choice(topic.designs if odd(3) else topic.usual)
    if not model and random.random() < habits.reviews:
        design = "systematic_review"
    published = [PartialDate(year), PartialDate(year, 6), PartialDate(year, 6, 15)]
    return study(
        number, n=n, year=year,
        reading={
            "study_id": f"pmid:{shared if odd() or more() else number}",
            "design": design,
            "species": random.choice(["rat", "mouse"]) if model != odd(0.2) else "human",
            "condition": random.choice(MODELS) if model
            else random.choice(CONDITIONS) if odd(2) else "sciatica",
            "findings": tuple(f for f, by_hand in zip(found, entered, strict=True) if not by_hand),
            "extracted": tuple(f for f, by_hand in zip(found, entered, strict=True) if by_hand),
            "verdict": random.choice(["exclude", "unclear", "awaiting_results"]) if odd(0.5)
            else "include",
            "retracted": "pmid:999" if odd(0.3) else None,
            "safety_signal": odd(0.3),
            "secondary": odd() or more(),
            "published": None if odd() else random.choice(published),
            "known_on": None if odd() else date(year, 7, 1),
            "search_until": random.choice([None, PartialDate(year - random.randint(0, 2))]),
            "direct_trials": random.choice([None, None, 0, 1, 4]),
            "background": random.choice([(), ("amitriptyline",)]),
            "refractory": random.random() < 0.5,
            "risk_of_bias": random.choice([None, "some", "high"]) if odd(2) else "low",
        },
    )  # fmt: skip


def a_finding(random: Random, name: str, topic: Topic, habits: Habits, n: int | None) -> Finding:
    drug, comparator, outcome = (
        names[0] if random.random() < habits.straight else random.choice(names)
        for names in (topic.drugs, topic.comparators, topic.outcomes)
    )
    comparator = "placebo" if drug == comparator else comparator
    effect, arms = an_effect(random, outcome, habits.numbers, n)
    if random.random() < 0.15:
        drug, comparator = comparator, drug
    unsure = random.random() < habits.odd
    return finding(
        name, random.choice(WORDS if unsure else WORDS[:-1]),
        intervention=drug, comparator=comparator, outcome=outcome, effect=effect, arms=arms,
        weeks=random.choice([4, 12, 12.5, 26, 52, None]) if random.random() < 0.4 else 8,
        primary=random.random() < 0.2, confidence=random.choice([0.49, 0.5]) if unsure else 1.0,
    )  # fmt: skip
