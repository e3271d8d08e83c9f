"""What a record compares, from its tags: the drugs it studies and what it holds them against."""

from collections.abc import Sequence
from dataclasses import dataclass

from living_review.model import Tag
from living_review.protocol import Vocabulary
from living_review.tagging.drugs import is_reviewed

VERSION = "1"
_OF_CLASSES = ("systematic_review", "narrative_review", "guideline", "unclear", "other")


@dataclass(frozen=True, slots=True)
class Arms:
    """What a record compares, from its tags: reviewed drugs, other drugs, plain comparators."""

    studied: tuple[str, ...]  # drugs and classes of the review that are interventions
    against: tuple[str, ...]  # reviewed drugs that are only comparators
    others: tuple[str, ...]  # other drugs that are comparators
    plain: tuple[str, ...]  # placebo, no_treatment, usual_care, other_active
    topic: frozenset[str]
    classes: frozenset[str]

    @property
    def single(self) -> bool:
        """Whether nothing is there to be compared with but the people themselves before."""
        return not (self.others or self.plain or self.against) and not self.head_to_head

    @property
    def head_to_head(self) -> tuple[str, str] | None:
        """The topic drug and the related drug it is studied beside, if any."""
        drugs = self.studied + self.against
        mine = [d for d in drugs if d in self.topic]
        other = [d for d in drugs if d not in self.topic and d not in self.classes]
        return (mine[0], other[0]) if mine and other else None

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The drugs a sentence that names none speaks of; the class where no drug is named."""
        drugs = tuple(d for d in self.studied + self.against if d not in self.classes)
        return drugs or self.studied

    def default(self, drug: str) -> str | None:
        """What 'no difference between groups' compares this drug with; None where it is unclear."""
        for one in ("placebo", "no_treatment", "usual_care"):
            if one in self.plain:
                return one
        pair = self.head_to_head
        if pair and drug in pair:
            return pair[1]
        if len(self.others) >= 1:
            return self.others[0] if len(self.others) == 1 else "other_active"
        return self.plain[0] if self.plain else None


def arms(tags: Sequence[Tag], vocabulary: Vocabulary, titled: frozenset[str] = frozenset()) -> Arms:
    """The arms of a record from its `drug:` and `comparator` tags.

    A study of a drug that also speaks of its class has not studied the class, unless its title
    names it (`titled`: the names in the title).
    """
    drug_roles = {t.name.removeprefix("drug:"): t.value for t in tags if t.name.startswith("drug:")}
    singles = [n for n in drug_roles if n in vocabulary.drugs]
    names = sorted(drug_roles, key=lambda n: (n not in singles, n))
    reviewed = [n for n in names if is_reviewed(n, vocabulary)]
    studied = tuple(n for n in reviewed if drug_roles[n] == "intervention")
    design = next((t.value for t in tags if t.name == "design"), "unclear")
    if design not in _OF_CLASSES:
        members = {vocabulary.drugs[n].drug_class for n in studied if n in vocabulary.drugs}
        studied = tuple(n for n in studied if n not in members or n in titled)
    return Arms(
        studied=studied,
        against=tuple(n for n in reviewed if drug_roles[n] == "comparator" and n in singles),
        others=tuple(n for n in names if n not in reviewed and drug_roles[n] == "comparator"),
        plain=tuple(t.value for t in tags if t.name == "comparator"),
        topic=frozenset(n for n, d in vocabulary.drugs.items() if d.role == "topic"),
        classes=frozenset(vocabulary.drug_classes),
    )
