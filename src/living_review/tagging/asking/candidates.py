"""Every reading of a record that bears on one question, with what tells how far to trust it."""

import math
from dataclasses import dataclass
from typing import Literal

from living_review.tagging import direction
from living_review.tagging.asking.asked import Arms, Asked, arms
from living_review.tagging.asking.matching import match
from living_review.tagging.by_numbers import by_values
from living_review.tagging.clauses import Clause, Span, clauses, is_of_start, names_another
from living_review.tagging.comparison import Compared
from living_review.tagging.direction import Said
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.numbers import p_values
from living_review.tagging.values import effect_sign, larger_arm

Change = Literal["higher", "lower", "no_difference"]
_TOUCHES = 0.2  # share of the outcome's words for a sentence to speak of it
_BEST = 0.999
_MOST_WORDINGS = 4
_FADES_BACK, _FADES = 0.7, 0.5
_FARTHEST = 20  # words; farther off tells no more
_COMPARATIVES = frozenset(("higher", "lower", "greater"))


@dataclass(slots=True)
class Candidate:
    """One reading of one clause. `change` None says that the arms differ, not which way.

    `traits` are what `votes.yaml` weighs, by name; a trait that is not there is nought.
    """

    change: Change | None
    traits: dict[str, float]
    significant: bool | None
    quote: str
    cue: str


def candidates(text: MarkedText, ask: Asked) -> list[Candidate]:
    """Every reading of every sentence that touches the outcome, in order of the text."""
    found: list[Candidate] = []
    shares = [match(ask.outcome, s.words, ask.short) for s in text.sentences]
    best = max((share for share, _ in shares), default=0.0) * _BEST
    carried = 0.0
    for sentence, (share, spans) in zip(text.sentences, shares, strict=True):
        if share >= _TOUCHES:
            carried = share
            traits = {"share": math.log(share), "best": float(share >= best)}
            found += _read_sentence(sentence, ask, spans, traits)
        elif carried and (pointing := _points_back(sentence)):
            traits = {"share": math.log(carried), "best": float(carried >= best)}
            found += _read_sentence(sentence, ask, [], traits | {pointing: 1.0})
            carried *= _FADES_BACK
        else:
            carried *= _FADES
    return found


def _points_back(sentence: MarkedSentence) -> str | None:
    """How a sentence without the outcome goes on about it: 'the difference was …'."""
    words = sentence.words
    for m in sentence.cues:
        if m.kind == "change" and m.name in ("same", "differ"):
            if names_another(words, m.last):
                return None
            between = any(c.kind == "between_arms" for c in sentence.cues)
            return "points_back" if between or m.name == "differ" else "may_point_back"
    return None


def _read_sentence(
    sentence: MarkedSentence, ask: Asked, spans: list[Span], traits: dict[str, float]
) -> list[Candidate]:
    here = arms(ask, sentence, spans)
    traits = traits | {sentence.part: 1.0, "intervention": min(1.0, here.mine_share * 2)}
    own = [
        (i, i)
        for i, t in enumerate(sentence.words)
        if t.word in ask.outcome.weights and t.word not in _COMPARATIVES
    ]
    found: list[Candidate] = []
    spoken = False  # the outcome has been named in a clause before
    for clause in clauses(sentence.text, sentence.words, sentence.cues):
        inside = [s for s in spans if clause.first <= s[0] <= clause.last]
        of_clause = dict(traits)
        if spans and not inside:
            of_clause["goes_on" if spoken and _generic(clause) else "elsewhere"] = 1.0
            if spoken and _takes_back(clause):
                for one in found:
                    one.traits["taken_back"] = 1.0
        spoken = spoken or bool(inside)
        if is_of_start(clause) and _generic(clause) and not ask.within:
            of_clause["at_baseline"] = 1.0
        found += _read_clause(clause, ask, inside[0] if inside else None, here, own, of_clause)
    return found


def _takes_back(clause: Clause) -> bool:
    """'… but the difference was not significant': what came before it was no difference."""
    words = {t.word for t in clause.words[clause.first : clause.last + 1]}
    said = any(c.name == "same" for c in clause.of("change"))
    return said and "difference" in words and bool(words & {"significant", "significance"})


def _generic(clause: Clause) -> bool:
    """A clause that says 'no difference' and names nothing new goes on about the last outcome."""
    return any(c.name in ("same", "differ") for c in clause.of("change"))


def _read_clause(
    clause: Clause,
    ask: Asked,
    outcome: Span | None,
    here: Arms,
    own: list[Span],
    traits: dict[str, float],
) -> list[Candidate]:
    said = direction.read(clause, outcome, here.mine, here.other, own)
    found = [
        Candidate(
            _change(one, ask.good),
            traits | _of_wording(one, rank, clause, ask) | _of_arms(one, clause, here),
            one.significant,
            clause.printed,
            one.worded,
        )
        for rank, one in enumerate(said[:_MOST_WORDINGS])
    ]
    pair = Compared("", "", tuple(here.mine), tuple(here.other), named=True)
    sizes = (by_values(clause, pair, s) for s in said if not s.graded)
    size = next((s for s in sizes if s is not None), None)
    if size is not None:  # 'fell by 3 with A and by 5 with B' is told by the numbers alone
        found = [c for c in found if c.change == "no_difference"]
        number = traits | {"size": 1.0}
        change = _change(size, ask.good)
        found.append(Candidate(change, number, size.significant, clause.printed, "numbers"))
    for trait, told in (
        ("pair", larger_arm(clause, here.mine, here.other, outcome)),
        ("effect", effect_sign(clause, ask.good, outcome)),
    ):
        if told is not None and (size is None or trait != "pair"):
            sign, significant = told
            number = traits | {trait: 1.0} | _of_p("number", significant)
            change = _signed(0 if significant is False else sign)
            found.append(Candidate(change, number, significant, clause.printed, "numbers"))
    if not found:
        ps = p_values(clause.printed)
        if ps and not any(p.significant for p in ps):
            found.append(Candidate("no_difference", traits, False, clause.printed, "p value"))
    return found


def _of_arms(one: Said, clause: Clause, here: Arms) -> dict[str, float]:
    """'A and B lowered X' says of each what it does not say of one against the other."""
    if one.oriented != "named" or one.graded or one.sense == "same" or clause.of("reference"):
        return {}
    both = all(
        any(clause.first <= s[0] <= clause.last for s in arm) for arm in (here.mine, here.other)
    )
    return {"side_by_side": 1.0} if both else {}


def _of_p(what: str, significant: bool | None) -> dict[str, float]:
    if significant is None:
        return {}
    return {f"{what}_significant" if significant else f"{what}_not_significant": 1.0}


def _of_wording(one: Said, rank: int, clause: Clause, ask: Asked) -> dict[str, float]:
    """What tells how far a wording is to be trusted."""
    same = one.sense == "same"
    traits = {"distance": min(one.distance, _FARTHEST) / 10}
    if rank:
        traits["second_wording" if rank == 1 else "third_wording"] = 1.0
    if one.within != ask.within:
        traits["same_within_arm" if same else "within_arm"] = 1.0
    if same:
        traits["same"] = 1.0
        traits["same_of_no_arm"] = float(one.oriented == "assumed")
    elif one.oriented != "named":
        traits[{"reference": "held_against", "favors": "favoured"}.get(one.oriented, "no_arm")] = 1
    if one.sense == "goodness" and not ask.good:
        traits["good_or_bad_unknown"] = 1.0
    if one.sense == "differs":
        traits["differs"] = 1.0
    told = {
        "comparative": one.graded,
        "tendency": one.trend,
        "significant": one.significant is True,
        "in_brackets": _in_brackets(one, clause),
    }
    return traits | {trait: 1.0 for trait, is_so in told.items() if is_so}


def _in_brackets(one: Said, clause: Clause) -> bool:
    """'Response (a reduction of a quarter)': words in brackets define, they do not tell."""
    before = clause.printed.partition(one.cue)[0]
    return sum(before.count(c) for c in "([") > sum(before.count(c) for c in ")]")


def _change(said: Said, good: int) -> Change | None:
    if said.sense == "differs":
        return None
    if said.sense == "same" or said.significant is False:
        return "no_difference"
    return _signed(said.sign if said.sense == "amount" else said.sign * (good or 1))


def _signed(sign: int) -> Change:
    if sign == 0:
        return "no_difference"
    return "higher" if sign > 0 else "lower"
