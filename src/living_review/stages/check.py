"""Check: every data rule of warehouse/checks over the draft. `fail_` stops publication."""

import json
import re
from pathlib import Path

from living_review.errors import CheckFailed
from living_review.protocol import Protocol
from living_review.stages import begin
from living_review.stages.screen import basis
from living_review.stages.tag import reader
from living_review.warehouse import names, sql


def run(review: Path, run_no: int) -> dict[str, int]:
    """Raise CheckFailed, naming check and rows, when a rule that must hold does not."""
    context = begin.load(review, run_no)
    if context.draft is None:
        return {"checks": 0}  # nothing is about to be published
    failing = [name for name in names("checks") if name.startswith("fail_")]
    asked = {
        "as_of": context.as_of,
        "cut": run_no,
        "basis": basis(context.protocol),
        "reader": reader(context.protocol),
        "draft": context.draft,
        **told_by(context.protocol),
    }
    with context.open() as store:
        for name in failing:
            bad = store.check(name, **asked)
            if bad:
                raise CheckFailed(name, bad, way_out(name))
    return {"checks": len(failing)}


def way_out(check: str) -> str:
    """What a person can do about the rows a check finds, as its file says; "" where nothing."""
    told = re.search(r"^-- Way out: (.+)$", sql("checks", check), re.MULTILINE)
    return "" if told is None else told[1][:1].upper() + told[1][1:]


def told_by(protocol: Protocol) -> dict[str, str]:
    """What checks need of the protocol, as JSON: the names of drugs, and what settles a claim.

    A class has the names of its members too, and a member those of its class.
    """
    vocabulary = protocol.vocabulary
    own = {
        **{name: drug.names for name, drug in vocabulary.drugs.items()},
        **{name: term.names for name, term in vocabulary.drug_classes.items()},
    }
    kin = [(drug, entry.drug_class) for drug, entry in vocabulary.drugs.items()]
    also = [(a, b) for drug, of in kin if of is not None for a, b in ((drug, of), (of, drug))]
    studied = {drug for drug, entry in vocabulary.drugs.items() if entry.role != "other"}
    studied |= {of for drug, of in kin if of is not None and drug in studied}
    names = [
        {"drug": drug, "name": name.lower(), "studied": drug in studied}
        for drug, source in [*((drug, drug) for drug in own), *also]
        for name in (source.replace("_", " "), *own.get(source, ()))
    ]
    settled_by = [
        {"claim": claim.id, "design": design}
        for claim in protocol.claims
        for design in claim.settled_by
    ]
    return {"names": json.dumps(names), "settled_by": json.dumps(settled_by)}
