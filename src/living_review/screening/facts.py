"""What the criteria ask of: a record's tags and findings, by name."""

from dataclasses import dataclass

from living_review.model import Answer as YesNo
from living_review.model import CriterionAnswer, Finding, Record, Tag
from living_review.protocol import Claim, Criterion, Protocol, Vocabulary
from living_review.tagging.drugs import is_reviewed

_STUDIED = ("intervention", "comparator")


@dataclass(frozen=True, slots=True)
class Facts:
    """One record as the criteria see it."""

    record: Record
    tags: tuple[Tag, ...]
    findings: tuple[Finding, ...]
    protocol: Protocol

    @property
    def vocabulary(self) -> Vocabulary:
        """The protocol's vocabulary."""
        return self.protocol.vocabulary

    def first(self, name: str) -> Tag | None:
        """The first tag of a name; None where there is none."""
        return next((t for t in self.tags if t.name == name), None)

    def values(self, name: str) -> list[str]:
        """The values of every tag of a name, in order."""
        return [t.value for t in self.tags if t.name == name]

    def value(self, name: str) -> str | None:
        """The value of the first tag of a name."""
        tag = self.first(name)
        return None if tag is None else tag.value

    def drugs(self) -> list[Tag]:
        """Tags of the drugs and classes the review is about, whatever their role."""
        return [
            t
            for t in self.tags
            if t.name.startswith("drug:")
            and is_reviewed(t.name.removeprefix("drug:"), self.vocabulary)
        ]

    def studied(self) -> list[Tag]:
        """Those of them that are an intervention or a comparator."""
        return [t for t in self.drugs() if t.value in _STUDIED]

    @property
    def has_abstract(self) -> bool:
        """Whether there is more to read than the title."""
        return any(section.text.strip() for section in self.record.abstract)

    @property
    def awaited(self) -> bool:
        """Whether it tells of a study to come: a protocol, a registration, a planned trial."""
        planned = self.value("planned") is not None
        return planned or self.value("design") in ("protocol", "registration")

    @property
    def population(self) -> str | None:
        """direct, indirect, mechanism …; None where no condition was read."""
        return self.value("population")

    def claims_here(self) -> list[Claim]:
        """The claims that speak of this record's population."""
        here = self.population
        return [c for c in self.protocol.claims if c.outcomes and here in c.populations]

    def outcomes(self) -> set[str]:
        """Outcomes measured, with the ones they are part of."""
        named = set(self.values("outcome"))
        parts = {self.vocabulary.outcomes[o].part_of for o in named}
        return named | {p for p in parts if p}


def reply(criterion: Criterion, answer: YesNo, quote: str) -> CriterionAnswer:
    """A criterion's answer with the words that show it."""
    return CriterionAnswer(criterion.id, answer, quote)
