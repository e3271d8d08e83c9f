"""Numbers joined to a finding: its effect, its arms, and what makes them impossible."""

import re
from collections.abc import Callable
from dataclasses import replace

from living_review.model import Arm, Effect, Finding
from living_review.protocol import Outcome
from living_review.tagging import checks
from living_review.tagging.clauses import Clause, Span
from living_review.tagging.comparison import Compared
from living_review.tagging.direction import Said
from living_review.tagging.marked import MarkedText
from living_review.tagging.numbers import effects, means, p_values, percentages
from living_review.tagging.shares import of_arms
from living_review.tagging.values import RATIOS, is_significant
from living_review.tagging.words import tokens

VERSION = "1"

_SCALE = re.compile(
    r"\b0\s*(?:-|–|to)\s*(\d+)\b|\b(\d+)[- ]point\b|\b(100)[- ]?mm\b", re.IGNORECASE
)
_SCALE_NEAR = 90  # characters between an outcome and the scale printed for it


def scale_length(
    finding: Finding, outcome: Outcome, text: MarkedText, clause: Clause
) -> float | None:
    """The length of the outcome's scale: as printed beside it, else by the scale's name."""
    words = {t.word for t in clause.words[clause.first : clause.last + 1]}
    named = _named(outcome, lambda name: name in words)
    if named is not None and len(outcome.scales) > 1 and named not in (10.0, 100.0):
        return named
    for sentence in text.sentences:
        places = [
            sentence.words[m.first].start
            for m in sentence.named("outcome")
            if m.name == finding.outcome
        ]
        for printed in _SCALE.finditer(sentence.text):
            if any(abs(printed.start() - p) < _SCALE_NEAR for p in places):
                length = printed.group(1) or printed.group(3)
                return float(length) if length else float(printed.group(2)) - 1
    return named if named is not None else _named(outcome, lambda name: name in text.words)


def _named(outcome: Outcome, present: Callable[[str], bool]) -> float | None:
    for scale in outcome.scales:
        for name in scale.names:
            word = [t.word for t in tokens(name)]
            if len(word) == 1 and present(word[0]):
                return scale.length
    return None


def read_numbers(
    finding: Finding,
    clause: Clause,
    span: Span | None,
    pair: Compared,
    said: Said,
    change: int,
    outcome: Outcome,
    text: MarkedText,
) -> Finding:
    """The finding with its effect and arms, or without them and with the reason."""
    effect = None if _is_of_responders(clause, outcome) else _effect(clause, span)
    length = scale_length(finding, outcome, text, clause)
    shares = [value for value, _ in percentages(clause.printed)]
    if len(shares) == 2 and checks.shares_of_events(shares[0], shares[1], outcome.harm):
        return replace(
            finding,
            unclear_because=f"{shares[0]:g} % and {shares[1]:g} % are shares of the events, not of "
            "patients: numbers dropped",
        )
    arms = _counted(clause, pair) if outcome.harm else _arms(clause, pair)
    if _counts_the_change(said):
        # '1.7 with A against 0.9 with B' of a reduction are changes downwards.
        arms = tuple(replace(a, mean=-a.mean if a.mean is not None else None) for a in arms)
    impossible = None if _counts_the_change(said) else checks.means_off_scale(arms, length)
    if impossible:
        return replace(finding, unclear_because=f"{impossible}: numbers dropped")
    if effect is None:
        return replace(finding, arms=arms, significant=_by_p(finding, clause))
    return _with_effect(finding, replace(effect, scale=length), arms, said, change)


def _is_of_responders(clause: Clause, outcome: Outcome) -> bool:
    """A ratio of people who got better is no ratio of the outcome: more of them is better."""
    return (
        bool(clause.of("responders"))
        and not outcome.harm
        and any(e.measure in RATIOS for e, _ in effects(clause.printed))
    )


def _by_p(finding: Finding, clause: Clause) -> bool | None:
    ps = p_values(clause.printed)
    if finding.significant is None and len(ps) == 1:
        return ps[0].significant
    return finding.significant


def _effect(clause: Clause, span: Span | None) -> Effect | None:
    found = [(e, at) for e, at in effects(clause.printed) if e.measure != "NNT"]
    if not found:
        return None
    if span is None or len(found) == 1:
        return found[0][0]
    place = clause.words[span[1]].end - clause.words[clause.first].start
    after = [e for e, at in found if at >= place - 3]
    return after[0] if after else found[-1][0]


def _with_effect(
    finding: Finding, effect: Effect, arms: tuple[Arm, ...], said: Said, change: int
) -> Finding:
    wrong = checks.outside_interval(effect)
    if wrong:
        return replace(
            finding, direction="mixed_unclear", change="unclear", arms=arms, unclear_because=wrong
        )
    impossible = checks.larger_than_scale(effect, effect.scale)
    if impossible:
        return replace(finding, unclear_because=f"{impossible}: numbers dropped")
    significant = is_significant(effect)
    if said.sense == "same" and significant and "signific" in said.cue.lower():
        return replace(
            finding,
            direction="mixed_unclear",
            change="unclear",
            unclear_because="said not to differ significantly, but the interval says otherwise",
        )
    if said.sense != "same" and finding.comparator != "baseline":
        conflict = checks.sign_against_words(effect, change)
        if (conflict and said.turned) or (conflict and _counts_the_change(said)):
            effect = turned(effect)
        elif conflict and significant:
            return replace(
                finding, direction="mixed_unclear", change="unclear", unclear_because=conflict
            )
    doubt = checks.p_against_interval(effect)
    return replace(
        finding,
        effect=effect,
        arms=arms,
        significant=finding.significant if significant is None else significant,
        confidence=round(finding.confidence * (0.8 if doubt else 1.0), 3),
        unclear_because=doubt or finding.unclear_because,
    )


def _counts_the_change(said: Said) -> bool:
    """'The reduction was larger by 1.2': the number counts the reduction, not the score."""
    return said.graded and bool(
        re.search(r"reduc|decreas|declin|relief|fall|drop", said.cue, re.IGNORECASE)
    )


def turned(effect: Effect) -> Effect:
    """The same effect with the arms the other way round: intervention minus comparator."""

    def other(value: float | None) -> float | None:
        if value is None:
            return None
        if effect.measure in RATIOS:
            return round(1 / value, 4) if value else None
        return -value

    return replace(
        effect,
        value=other(effect.value) or 0.0,
        ci_low=other(effect.ci_high),
        ci_high=other(effect.ci_low),
        source=f"{effect.source}, arms turned round",
    )


def _counted(clause: Clause, pair: Compared) -> tuple[Arm, ...]:
    """How many of each arm had the event."""
    found = of_arms(clause, pair.mine, pair.other)
    if found is None or any(share.n is None for share in found):
        return ()
    names = (pair.intervention, pair.comparator)
    return tuple(
        Arm(name, n=share.n, events=share.events) for name, share in zip(names, found, strict=True)
    )


def _arms(clause: Clause, pair: Compared) -> tuple[Arm, ...]:
    """Means with SD of the two arms, printed one for each in the order the clause names them."""
    printed = means(clause.printed)
    if len(printed) != 2:
        return ()
    order = sorted(
        [(s[0], pair.intervention) for s in pair.mine if clause.first <= s[0] <= clause.last][:1]
        + [(s[0], pair.comparator) for s in pair.other if clause.first <= s[0] <= clause.last][:1]
    )
    if len(order) != 2:
        return ()
    read = [
        Arm(name, mean=mean, sd=sd) for (_, name), (mean, sd, _) in zip(order, printed, strict=True)
    ]
    return tuple(sorted(read, key=lambda a: a.name != pair.intervention))
