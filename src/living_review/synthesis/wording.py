"""GRADE informative statements, built from the parts of a claim (Santesso 2020)."""

from collections.abc import Sequence

from living_review.model import Certainty, Direction
from living_review.protocol import Claim, Outcome, Vocabulary

# Singular and plural of each verb: "the drug reduces", "the drugs reduce".
_VERBS = {
    "reduces": "reduce", "increases": "increase", "improves": "improve", "makes": "make",
}  # fmt: skip


def statement(
    claim: Claim, direction: Direction | None, certainty: Certainty | None, vocabulary: Vocabulary
) -> str:
    """Say what the evidence shows on the claim, as sure as it is, in one sentence."""
    subject, plural = _subject(claim, vocabulary)
    outcome = _listed([vocabulary.outcomes[name].label for name in claim.outcomes], "and")
    tail = _tail(claim)
    if direction in (None, "no_evidence", "not_addressed"):
        return f"No included study tells of the effect of {subject} on {outcome}{tail}."
    if certainty == "very_low" or direction == "uncertain":
        return f"The evidence is very uncertain about the effect of {subject} on {outcome}{tail}."
    first = vocabulary.outcomes[claim.outcomes[0]]
    verb = "makes" if direction == "little_or_none" else _verb(direction == "benefit", first)
    said = _hedged(verb, certainty, plural=plural)
    if direction == "little_or_none":
        return f"{_capital(subject)} {said} little or no difference to {outcome}{tail}."
    return f"{_capital(subject)} {said} {outcome}{tail}."


def _verb(better: bool, outcome: Outcome) -> str:
    return "reduces" if better == (outcome.better == "lower") else "increases"


def _hedged(verb: str, certainty: Certainty | None, *, plural: bool) -> str:
    match certainty:
        case "high":
            return _VERBS[verb] if plural else verb
        case "moderate":
            return f"probably {_VERBS[verb] if plural else verb}"
        case _:
            return f"may {_VERBS[verb]}"


def _subject(claim: Claim, vocabulary: Vocabulary) -> tuple[str, bool]:
    name = claim.intervention.replace("_", " ")
    plural = claim.intervention not in vocabulary.drugs
    subject = f"{name}s" if plural else name
    if claim.needs_background:
        subject += " added to " + _listed([_plain(n) for n in claim.needs_background], "and")
    return subject, plural


def _tail(claim: Claim) -> str:
    comparators = [_plain(name) for name in claim.comparators]
    before_after = claim.comparators == ("baseline",)
    words = [" compared with " + _listed(comparators, "or")]
    if before_after:
        words = [" compared with before treatment"]
    if claim.refractory:
        words.append(" after other drugs have failed")
    if claim.window.over is not None:
        words.append(f" beyond {claim.window.over:g} weeks")
    if claim.window.up_to is not None:
        words.append(f" up to {claim.window.up_to:g} weeks")
    return "".join(words)


def _plain(name: str) -> str:
    return {"baseline": "before treatment", "other_active": "other active treatment"}.get(
        name, name.replace("_", " ")
    )


def _listed(names: Sequence[str], last: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
