"""Whose bodies were studied: people, rats, mice, other animals, or cells of theirs."""

import re

from living_review.model import Tag
from living_review.tagging.design_words import says, whole
from living_review.tagging.marked import MarkedSentence, MarkedText

VERSION = "2"

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
        r"exposure|hair|dander|CAT scan|knee|rat race|owners?|'s tail)"
    ),
    re.IGNORECASE,
)
# What is named after an animal without one being in the room: cells in culture, genes, tests.
_OF_AN_ANIMAL = re.compile(
    r"^(?:s')?(?:[ -][\w-]+){0,3}?[ -](?:cell lines?|preosteoblasts?|fibroblasts?|myoblasts?"
    r"|macrophage cells|stem cells|cells|homolog\w*|orthologs?|genomes?|hepatitis|heparins?"
    r"|insulin|collagen|gelatin|serum|influenza)\b",
    re.IGNORECASE,
)
# An animal to whom something was done is the subject, however often it is named.
_TREATED = re.compile(
    r"(?:\b(?:adult|male|female|young|aged|old|diabetic|obese|pregnant|nude|transgenic|knock-?out"
    r"|wild-?type|deficient|wistar|sprague[- ]dawley|zucker|swiss|albino|healthy|infected|treated"
    r"|bearing|induced|null|mutant|\d+|ko|wt|apoe\S*|db/db)|[-−]/[-−]\)?)\W+(?:[\w/-]+\W+){0,2}?"
    r"(?:rats?|mice|hamsters|guinea pigs|gerbils)\b"
    r"|\b(?:gave|given|administered|injected|infused|fed)\b[^.]{0,90}\b(?:rats|mice)\b"
    r"|\b(?:rats?|mice|hamsters|guinea pigs|gerbils)\W+(?:\([^)]*\)\W*)?(?:were|received|fed"
    r"|underwent|treated|aged|administered|subjected|injected|exposed|lacking|had|showed|with)\b"
)
_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|volunteers?|women|men|children|adults|persons?|people|infants?|"
    r"adolescents?|subjects|girls?|boys?|humans|veterans?|nurses?|students?|"
    r"outpatients?|inpatients?|"
    r"individuals?|clinical trials?|users|respondents?|mothers?|families|males? and femal"
    r"es?|man|woman)\b",
)
_WEIGHTS = {"title": 4, "methods": 2, "results": 2, "objective": 2, "other": 1, "conclusion": 1,
            "background": 0}  # fmt: skip
_SHARE = 4  # sentences that one point of weight must speak for, at most
_TREATED_WEIGHT = 2  # added to a sentence in which something is done to the animal


def tag(text: MarkedText) -> list[Tag]:
    """One `species` tag, or none where the text does not say."""
    by = f"species:{VERSION}"
    animals, quotes = _animals(text) if _ANY_ANIMAL.search(text.low) else ({}, {})
    people, person = _people(text, weighed=bool(animals))
    mesh = {m.lower().lstrip("*") for m in text.record.mesh}
    if animals and sum(animals.values()) > people * 0.8 and not _only_people(mesh):
        best = max(sorted(animals), key=lambda n: (animals[n], n in ("rat", "mouse")))
        return [Tag("species", best, quotes[best], by)]
    if people:
        return [Tag("species", "human", person, by)]
    if "humans" in mesh:
        return [Tag("species", "human", "from PubMed field MeSH", by)]
    return []


def _animals(text: MarkedText) -> tuple[dict[str, int], dict[str, str]]:
    """How much the text speaks of each animal as its subject, and where first."""
    animals: dict[str, int] = {}
    quotes: dict[str, str] = {}
    told, treated = 0, False  # sentences that name an animal; that something was done to one
    if says("notice", text.record.title.lower()) or whole("reviews_others", text.low):
        return {}, {}
    for sentence in text.sentences:
        weight = _WEIGHTS[sentence.part]
        if weight == 0:
            continue
        seen = _named(sentence)
        if not seen:
            continue
        told += 1
        if sentence.part != "title" and _TREATED.search(sentence.low):
            treated, weight = True, weight + _TREATED_WEIGHT
        for name in sorted(seen):
            animals[name] = animals.get(name, 0) + weight
            quotes.setdefault(name, sentence.text)
    # One mention is a comparison or an antibody's source; two make it the subject, unless they
    # are one test among many.
    passing = told < 2 and not treated and len(text.sentences) > 6
    if passing or (not treated and sum(animals.values()) * _SHARE < len(text.sentences)):
        return {}, {}
    return animals, quotes


def _named(sentence: MarkedSentence) -> set[str]:
    printed = sentence.text
    seen = set()
    for found in _ANIMAL.finditer(printed):
        around = printed[max(0, found.start() - 30) : found.end() + 18]
        shout = found.group().isupper() and len(found.group()) > 2 and not printed.isupper()
        if shout or _NOT_A_SUBJECT.search(around) or _OF_AN_ANIMAL.match(printed[found.end() :]):
            continue
        seen.add(_NAMES[int(str(found.lastgroup)[1:])])
    return seen


def _people(text: MarkedText, weighed: bool) -> tuple[int, str]:
    """How much the text speaks of people, where that must be `weighed`, and where first."""
    told = (s for s in text.sentences if _PEOPLE.search(s.low))
    if not weighed:
        first = next(told, None)
        return (1, first.text) if first else (0, "")
    studied = [s for s in told if _WEIGHTS[s.part]]
    return sum(_WEIGHTS[s.part] for s in studied), studied[0].text if studied else ""


def _only_people(mesh: set[str]) -> bool:
    return "humans" in mesh and "animals" not in mesh
