"""Claims computed from the other conclusions rather than from findings (CLAIMS)."""

from collections.abc import Iterable, Sequence

from living_review.model import Conclusion, Evidence
from living_review.protocol import Claim, Protocol
from living_review.synthesis.certainty import rank


def evidence_quality(
    claim: Claim, conclusions: Sequence[Conclusion], protocol: Protocol
) -> Conclusion:
    """Find the highest certainty among clinical conclusions, and count head-to-head studies.

    Its direction is None; its studies are those that compare two drugs of the vocabulary
    directly and settle a clinical claim, each counted once.
    """
    clinical = [c for c in conclusions if protocol.claim(c.claim).clinical]
    highest = max((c.certainty for c in clinical), key=rank, default=None)
    sizes: dict[str, int] = {}
    for item in _head_to_head(clinical, protocol):
        # Arms of one outcome may be larger than those of another; the study is as large as either.
        sizes[item.study] = max(sizes.get(item.study, 0), item.participants or 0)
    number, people = len(sizes), sum(sizes.values())
    studies = "study compares" if number == 1 else "studies compare"
    level = "No clinical conclusion has any evidence" if highest is None else (
        f"The highest certainty among the clinical conclusions is {highest.replace('_', ' ')}"
    )  # fmt: skip
    return Conclusion(
        claim=claim.id,
        statement=claim.statement,
        direction=None,
        certainty=highest,
        wording=f"{level}; {number or 'no'} {studies} the drugs head to head.",
        method="computed",
        studies=number,
        participants=people,
        would_change="It follows the other conclusions.",
    )


def _head_to_head(clinical: Iterable[Conclusion], protocol: Protocol) -> Iterable[Evidence]:
    for conclusion in clinical:
        for item in conclusion.evidence:
            versus_a_drug = item.comparator in protocol.vocabulary.drugs
            primary = item.settles and item.design != "systematic_review"
            if versus_a_drug and primary and not item.indirect:
                yield item
