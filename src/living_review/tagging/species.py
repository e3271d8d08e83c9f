"""Whose bodies were studied: people, rats, mice, other animals, or cells of theirs."""

import re

from living_review.model import Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

_ANIMALS = {
    "rat": r"rats?|sprague[- ]dawley|wistar|long[- ]evans",
    "mouse": r"mice|mouse|murine|c57bl\w*|balb/c|knock[- ]?out animals",
    "hamster": r"hamsters?",
    "guinea pig": r"guinea[- ]pigs?",
    "gerbil": r"gerbils?",
    "rodent": r"rodents?",
    "rabbit": r"rabbits?",
    "dog": r"dogs?|canine|beagles?",
    "cat": r"cats?|feline",
    "horse": r"horses?|equine",
    "pig": r"pigs?|piglets?|swine|porcine|minipigs?",
    "sheep": r"sheep|lambs?|ewes?|ovine",
    "monkey": r"monkeys?|macaques?|marmosets?",
    "zebrafish": r"zebra ?fish",
    "chicken": r"chickens?|hens?|broilers?",
    "cattle": r"cows?|cattle|calves|bovine|heifers?",
}
_ANIMAL = re.compile(
    "|".join(rf"\b(?P<a{i}>{words})\b" for i, words in enumerate(_ANIMALS.values())), re.IGNORECASE
)
_ANY_ANIMAL = re.compile(rf"\b(?:{'|'.join(_ANIMALS.values())})\b")
_NAMES = tuple(_ANIMALS)
_NOT_A_SUBJECT = re.compile(
    (
        r"(?:anti|monoclonal|polyclonal|antibod\w*|serum albumin|bite|scratch|allergen|"
        r"exposure|hair|dander|CAT scan|knee|rat race|owners?)"
    ),
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|volunteers?|women|men|children|adults?|persons?|people|infants?|"
    r"adolescents?|subjects|girls?|boys?|humans?|veterans?|nurses?|students?|"
    r"outpatients?|inpatients?|"
    r"individuals?|clinical trials?|users|respondents?|mothers?|families|males? and femal"
    r"es?|man|woman)\b",
)
_WEIGHTS = {"title": 4, "methods": 2, "results": 2, "objective": 2, "other": 1, "conclusion": 1,
            "background": 0}  # fmt: skip


def tag(text: MarkedText) -> list[Tag]:
    """One `species` tag, or none where the text does not say."""
    animals: dict[str, int] = {}
    told = 0  # sentences that name an animal
    quotes: dict[str, str] = {}
    people, person = 0, ""
    beasts = _ANY_ANIMAL.search(text.low) is not None
    for sentence in text.sentences:
        weight = _WEIGHTS[sentence.part]
        if weight == 0:
            continue
        seen = set()
        for found in _ANIMAL.finditer(sentence.text) if beasts else ():
            around = sentence.text[max(0, found.start() - 30) : found.end() + 18]
            if _NOT_A_SUBJECT.search(around) or (
                found.group().isupper() and len(found.group()) > 2
            ):
                continue
            seen.add(_NAMES[int(str(found.lastgroup)[1:])])
        told += bool(seen)
        for name in sorted(seen):
            animals[name] = animals.get(name, 0) + weight
            quotes.setdefault(name, sentence.text)
        if _PEOPLE.search(sentence.low):
            people += weight
            person = person or sentence.text
    mesh = {m.lower().lstrip("*") for m in text.record.mesh}
    # One mention is a comparison or an antibody's source; two make it the subject.
    if told < 2 and len(text.sentences) > 6:
        animals.clear()
    if animals and sum(animals.values()) > people * 0.8 and not _only_people(mesh):
        best = max(sorted(animals), key=lambda n: (animals[n], n in ("rat", "mouse")))
        return [Tag("species", best, quotes[best], f"species:{VERSION}")]
    if people:
        return [Tag("species", "human", person, f"species:{VERSION}")]
    if "humans" in mesh:
        return [Tag("species", "human", "from PubMed field MeSH", f"species:{VERSION}")]
    return []


def _only_people(mesh: set[str]) -> bool:
    return "humans" in mesh and "animals" not in mesh
