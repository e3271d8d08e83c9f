"""Findings → the studies that bear on one claim, one finding a study (METHOD 3).

A finding matches when population, intervention, comparator, outcome and window all do; a
broader population or drug class matches as indirect. A trial of one drug never matches a
claim on another of its class. A finding told from the comparator's side is turned around.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from living_review.model import Finding, Reading
from living_review.protocol import Claim, Protocol, Vocabulary
from living_review.synthesis.effects import flipped
from living_review.synthesis.standing import standing

Key = tuple[str, str, str]

PEOPLE = (None, "human", "humans")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One finding that matches a claim, and how well."""

    reading: Reading
    finding: Finding
    extracted: bool
    part: bool  # of a part of the claim's outcome, such as dizziness of adverse events
    class_level: bool  # of the drug's class where the claim names the drug
    place: tuple[int, ...]  # in the claim's own order: what it names first comes first
    indirect_because: tuple[str, ...]
    window_known: bool = True


class Index:
    """The findings of every counted reading by comparison and outcome, in a fixed order.

    Safety signals stay out: they settle no claim (METHOD 3). A record given twice counts once.
    """

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._found: dict[Key, list[tuple[Reading, Finding, bool]]] = defaultdict(list)
        self.studies: dict[str, list[Reading]] = defaultdict(list)
        by_id = {reading.record_id: reading for reading in readings}
        for _, reading in sorted(by_id.items()):
            if reading.counted and not reading.safety_signal:
                self.studies[reading.study_id].append(reading)
                for finding in reading.extracted:
                    self._add(reading, finding, extracted=True)
                for finding in standing(reading).findings:
                    self._add(reading, finding, extracted=False)

    def _add(self, reading: Reading, finding: Finding, *, extracted: bool) -> None:
        key = (finding.intervention, finding.comparator, finding.outcome)
        self._found[key].append((reading, finding, extracted))

    def of(
        self, intervention: str, comparator: str, outcome: str
    ) -> Iterator[tuple[Reading, Finding, bool]]:
        """Yield findings of this comparison and outcome, its mirror image turned around."""
        yield from self._found.get((intervention, comparator, outcome), ())
        for reading, finding, extracted in self._found.get((comparator, intervention, outcome), ()):
            yield reading, flipped(finding), extracted


def candidates(index: Index, claim: Claim, protocol: Protocol) -> dict[str, list[Candidate]]:
    """Every finding that matches the claim, by study; extracted ones have put read ones aside."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    fits: dict[str, tuple[str, ...] | None] = {}
    for where in _places(claim, protocol.vocabulary):
        for reading, finding, extracted in index.of(where.drug, where.comparator, where.outcome):
            inside = _inside(finding, claim)
            if inside is False:
                continue
            if reading.record_id not in fits:
                fits[reading.record_id] = _fit(reading, claim, protocol.vocabulary)
            because = fits[reading.record_id]
            if because is not None:
                if where.class_level:
                    because = (*because, f"on {where.drug.replace('_', ' ')}s as a class")
                known = inside is not None
                found[reading.study_id].append(
                    Candidate(
                        reading, finding, extracted, where.part, where.class_level, where.order,
                        because, known,
                    )
                )  # fmt: skip
    return {study: _outranked(found[study]) for study in sorted(found)}


def best(candidates_of_study: Sequence[Candidate], preferred_weeks: float) -> list[Candidate]:
    """Choose the finding that counts for the study; several where nothing tells them apart.

    The drug before its class, the claim's outcome before its parts, what people extracted before
    what was read, primary before secondary, the claim's own order of comparators, then nearest
    to `preferred_weeks` inside the window (METHOD 3). Of a review in several editions the newest
    comes first. Where nothing else tells two apart, a person's word comes before a reader's.
    """

    def rank(candidate: Candidate) -> tuple[object, ...]:
        reading, finding = candidate.reading, candidate.finding
        edition = 0
        if reading.design == "systematic_review" and reading.known_on is not None:
            edition = -reading.known_on.toordinal()
        weeks = finding.weeks
        distance = abs(weeks - preferred_weeks) if weeks is not None else float("inf")
        return (
            not candidate.window_known, edition, candidate.class_level, candidate.part,
            not candidate.extracted, not finding.primary, candidate.place, distance,
            reading.secondary, not finding.tagger.startswith("human:"),
        )  # fmt: skip

    if len(candidates_of_study) == 1:
        return list(candidates_of_study)
    first = min(rank(candidate) for candidate in candidates_of_study)
    return [candidate for candidate in candidates_of_study if rank(candidate) == first]


@dataclass(frozen=True, slots=True)
class _Place:
    drug: str
    comparator: str
    outcome: str
    class_level: bool
    part: bool
    order: tuple[int, ...]


def _places(claim: Claim, vocabulary: Vocabulary) -> Iterator[_Place]:
    """Every comparison and outcome a claim takes findings on."""
    parts = [
        outcome
        for outcome, entry in sorted(vocabulary.outcomes.items())
        if entry.part_of in claim.outcomes and outcome not in claim.outcomes
    ]
    for drug, class_level in _interventions(claim, vocabulary):
        for at, comparator in enumerate(claim.comparators):
            # Members of a class stand equal beside one another, behind the class itself.
            order = (int(drug != claim.intervention), at)
            for number, outcome in enumerate(claim.outcomes):
                yield _Place(drug, comparator, outcome, class_level, False, (*order, number))
            for outcome in parts:
                yield _Place(drug, comparator, outcome, class_level, True, (*order, 0))


def _interventions(claim: Claim, vocabulary: Vocabulary) -> Iterator[tuple[str, bool]]:
    """Yield the drug ids a claim takes findings on; True where it is only the drug's class."""
    for drug in vocabulary.drugs_of(claim.intervention):
        yield drug, False
    named = vocabulary.drugs.get(claim.intervention)
    if named is None:
        yield claim.intervention, False
    elif named.drug_class is not None:
        yield named.drug_class, True


def _inside(finding: Finding, claim: Claim) -> bool | None:
    """Whether the follow-up lies in the claim's window; None when it is not stated."""
    window = claim.window
    if window.over is None and window.up_to is None:
        return True
    if finding.weeks is None:
        return None
    after = window.over is None or finding.weeks > window.over
    return after and (window.up_to is None or finding.weeks <= window.up_to)


def _fit(reading: Reading, claim: Claim, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Why the record's people or animals are indirect, () when they are direct, None: no match."""
    if claim.clinical and reading.species not in PEOPLE:
        return None
    if not set(claim.needs_background) <= set(reading.background):
        return None
    if claim.refractory and not reading.refractory:
        return None
    condition = vocabulary.conditions.get(reading.condition or "")
    population = condition.population if condition else None
    said = (reading.condition or "population not stated").replace("_", " ")
    if population in claim.populations:
        return () if population in ("direct", "mechanism") else (f"broader population: {said}",)
    # Screening has let it in although its population is not one of the claim's (a person may
    # have): it counts, as indirect. An animal model has no such benefit of the doubt.
    if claim.clinical and population in (None, "unsure", "excluded"):
        return (f"other population: {said}" if condition else "population not stated",)
    return None


def _outranked(found: list[Candidate]) -> list[Candidate]:
    """Put aside what was read where people have extracted the same comparison and outcome."""

    def what(candidate: Candidate) -> Key:
        finding = candidate.finding
        return finding.intervention, finding.comparator, finding.outcome

    extracted = {what(candidate) for candidate in found if candidate.extracted}
    if not extracted:
        return found
    return [c for c in found if c.extracted or what(c) not in extracted]
