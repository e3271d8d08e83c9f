"""Decided records with links at random from a seed."""

from random import Random

from living_review.synthesis.grouping import Said
from tests.slow.flow import OF_ONE_STUDY, SYMMETRIC, VERDICTS, Decided

RECORDS = ("doi:10.5555/a", "doi:10.5555/b", "nct:NCT00000001", "own:1", "pmid:1", "pmid:2",
           "pmid:3", "pmid:4")  # fmt: skip
ELSEWHERE = ("pmid:99", "doi:10.5555/notice")  # notices that are not among the records
DIRECTED = (*OF_ONE_STUDY[2:], "retracts", "retracts", "questions", "corrects", "comments_on")
CRITERIA = ("drug", "population", "design", "comparison", "outcome")


def screening_of(seed: int) -> tuple[dict[str, Decided], list[Said]]:
    """Up to eight records and ten links: one word on each pair and relation."""
    random = Random(seed)
    records = sorted(random.sample(RECORDS, random.randint(0, len(RECORDS))))
    decided = {record: a_decision(random) for record in records}
    words: dict[tuple[str, str, str], Said] = {}
    for _ in range(random.choice([0, 3, 6, 10]) if len(records) > 1 else 0):
        one, other = random.sample(records, 2)
        relation = random.choice(("same_record",) * 5 + ("same_study",) * 2 + DIRECTED)
        if relation in SYMMETRIC:
            one, other = sorted((one, other))
        elif random.random() < 0.2:
            one = random.choice(ELSEWHERE)
        decider = random.choice(["rule:1", "rule:1", "human:ab"])
        revoked = random.random() < 0.25
        words[one, other, relation] = Said(one, other, relation, decider, "", revoked)
    return decided, list(words.values())


def a_decision(random: Random) -> Decided:
    verdict, by_person = random.choice((*VERDICTS, "include")), random.random() < 0.25
    failed = random.choice(CRITERIA) if verdict != "include" and not by_person else None
    return Decided(verdict, "human:ab" if by_person else "rule:1", failed)
