"""Free phrases found in a sentence by their words: how much of them, and where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum

from living_review.tagging import cues
from living_review.tagging.clauses import Span
from living_review.tagging.words import PhraseTable, Token, tokens

# Words that say nothing of which arm or outcome is meant, and words that say little.
_STOP = frozenset(cues.words("say_nothing"))
_WEAK = frozenset(cues.words("say_little"))
ARM_WEAK = _WEAK - {"placebo", "usual", "control", "standard"}
_WEAK_WEIGHT, _NUMBER_WEIGHT = 0.35, 0.2
_STRONG = 1.0
_GAP = 3  # words between two hits of one place
_PLACE_SHARE = 0.6  # of the best place's weight, for another place to count
_PARTS = re.compile(r"[,;]|\band\b|\bor\b|\d\)")
_PART_LEAST = 1.0  # weight of a part of a list that can stand for the whole
_INITIALS_FROM = 3  # letters; two make a short form of anything
_POLARITY = PhraseTable(
    [("polarity", "lower", p) for p in cues.words("lower_is_better")]
    + [("polarity", "higher", p) for p in cues.words("higher_is_better")]
)

ShortForms = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase of the question as weighted words; `initials` are short forms it would have.

    `parts` are the items of a list ('pain, sleep and function'), each weighted for itself.
    """

    weights: dict[str, float]
    initials: frozenset[str] = frozenset()
    parts: tuple[dict[str, float], ...] = field(default=())

    @property
    def total(self) -> float:
        """The weight of the whole phrase."""
        return fsum(self.weights.values())


def wanted(
    phrase: str,
    drop: frozenset[str] = frozenset(),
    short: ShortForms | None = None,
    weak: frozenset[str] = _WEAK,
) -> Wanted:
    """A phrase as weighted words; numbers and words common to all arms weigh little.

    A short form that the phrase itself spells out adds nothing to it.
    """
    weights = _weights(phrase, drop, weak)
    for form, long in (short or {}).items():
        if form in weights and long and len(long & set(weights)) * 2 >= len(long):
            del weights[form]
    parts = tuple(
        part
        for printed in _PARTS.split(phrase)
        if sum((part := _weights(printed, drop, weak)).values()) >= _PART_LEAST
    )
    return Wanted(weights, _initials(phrase), parts if len(parts) > 1 else ())


def _weights(phrase: str, drop: frozenset[str], weak: frozenset[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for token in tokens(phrase):
        word = token.word
        if not word[0].isalnum() or word in _STOP or word in drop:
            continue
        if word[0].isdigit():
            weights[word] = _NUMBER_WEIGHT
        else:
            weights[word] = _WEAK_WEIGHT if word in weak else _STRONG
    return weights


def _initials(phrase: str) -> frozenset[str]:
    words = [t.raw for t in tokens(phrase) if t.raw[0].isalpha()]
    first = "".join(w[0].lower() for w in words)
    return frozenset(
        first[start:end]
        for start in range(len(first))
        for end in range(start + _INITIALS_FROM, min(len(first), start + 5) + 1)
    )


def spelled(defined: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each short form, the words of its long form."""
    return {
        short.lower(): frozenset(t.word for t in tokens(long) if t.word not in _STOP)
        for short, long in defined.items()
    }


def match(wanted: Wanted, words: Sequence[Token], spelled: ShortForms) -> tuple[float, list[Span]]:
    """Share of the phrase's weight found in a sentence, and the best places, longest first.

    Of a list, the item best found counts.
    """
    if not wanted.weights:
        return 0.0, []
    hits, seen = _hits(wanted, words, spelled)
    if not hits:
        return 0.0, []
    share = fsum(wanted.weights[w] for w in seen) / wanted.total
    for part in wanted.parts:
        share = max(share, fsum(v for w, v in part.items() if w in seen) / fsum(part.values()))
    return share, _places(sorted(hits), words)


_Hits = list[tuple[int, float]]


def _hits(wanted: Wanted, words: Sequence[Token], spelled: ShortForms) -> tuple[_Hits, set[str]]:
    hits: _Hits = []
    seen: set[str] = set()
    for place, token in enumerate(words):
        covered = _covered(wanted, token, spelled)
        if covered:
            hits.append((place, fsum(wanted.weights[w] for w in covered)))
            seen.update(covered)
    for short, long in spelled.items():
        if short in wanted.weights and short not in seen:
            places = [i for i, t in enumerate(words) if t.word in long]
            if len({words[i].word for i in places}) >= max(1, len(long) - 1):
                hits += [(i, wanted.weights[short] / len(places)) for i in places]
                seen.add(short)
    return hits, seen


def _covered(wanted: Wanted, token: Token, spelled: ShortForms) -> set[str]:
    """The words of the phrase that one word of a sentence stands for."""
    found = {token.word} & wanted.weights.keys()
    if token.raw[0].isupper():
        low = token.raw.lower()
        long = spelled.get(low) or spelled.get(low.removesuffix("s"), frozenset())
        here = {w for w in long if w in wanted.weights}
        if here and len(here) * 2 >= len(long):
            found |= here
        elif token.raw.isupper() and low in wanted.initials and not found:
            found |= {w for w, v in wanted.weights.items() if v == _STRONG and w[0] in low}
    return found


def _places(hits: _Hits, words: Sequence[Token]) -> list[Span]:
    runs: list[tuple[float, Span]] = []
    start = end = hits[0][0]
    weight = 0.0
    for place, value in hits:
        if place - end > _GAP:
            runs.append((weight, (start, end)))
            start, weight = place, 0.0
        end = place
        weight += value
    runs.append((weight, (start, end)))
    best = max(w for w, _ in runs)
    dosed = [
        r
        for r in runs
        if any(words[p].word[0].isdigit() for p, _ in hits if r[1][0] <= p <= r[1][1])
    ]
    if any(w == best for w, _ in dosed):
        runs = dosed  # 'A 60 mg' is not the place of 'A 30 mg'
    return [s for w, s in sorted(runs, key=lambda r: (-r[0], r[1])) if w >= best * _PLACE_SHARE]


def polarity(phrase: str) -> int:
    """+1 where more of the outcome is better for patients, -1 where less is; 0 unknown."""
    marks = _POLARITY.find(tokens(phrase))
    if not marks:
        return 0
    # 'Relief of symptoms', 'survival after stroke': what is better when more outweighs what ails.
    return 1 if any(m.name == "higher" for m in marks) else -1
