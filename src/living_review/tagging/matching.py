"""Free phrases found in a sentence by their words: how much of them, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from living_review.tagging import cues
from living_review.tagging.clauses import Span
from living_review.tagging.words import PhraseTable, Token, tokens

VERSION = "1"
# Words that say nothing of which arm or outcome is meant.
# Words that say nothing of which arm or outcome is meant, and words that say little.
_STOP = frozenset(cues.words("say_nothing"))
_WEAK = frozenset(cues.words("say_little"))
_POLARITY = PhraseTable(
    [("polarity", "lower", p) for p in cues.words("lower_is_better")]
    + [("polarity", "higher", p) for p in cues.words("higher_is_better")]
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase of the question as weighted words."""

    weights: dict[str, float]

    @property
    def total(self) -> float:
        """The weight of the whole phrase."""
        return sum(self.weights.values())


def wanted(phrase: str, drop: frozenset[str] = frozenset()) -> Wanted:
    """A phrase as weighted words; numbers and words common to all arms weigh little."""
    weights: dict[str, float] = {}
    for token in tokens(phrase):
        word = token.word
        if not word[0].isalnum() or word in _STOP or word in drop:
            continue
        if word[0].isdigit():
            weights[word] = 0.2
        else:
            weights[word] = 0.35 if word in _WEAK else 1.0
    return Wanted(weights)


def spelled(defined: dict[str, str]) -> dict[str, frozenset[str]]:
    """For each short form, the words of its long form."""
    return {
        short.lower(): frozenset(t.word for t in tokens(long) if t.word not in _STOP)
        for short, long in defined.items()
    }


def match(
    wanted: Wanted, words: Sequence[Token], spelled: dict[str, frozenset[str]]
) -> tuple[float, list[Span]]:
    """Share of the phrase's weight found in a sentence, and the best places, longest first."""
    if not wanted.weights:
        return 0.0, []
    hits: list[tuple[int, float]] = []
    seen: set[str] = set()
    for place, token in enumerate(words):
        weight = wanted.weights.get(token.word)
        if weight is not None:
            hits.append((place, weight))
            seen.add(token.word)
            continue
        long = spelled.get(token.raw.lower())
        if long and token.raw[0].isupper():
            covered = [w for w in long if w in wanted.weights]
            if covered and len(covered) >= len(long) / 2:
                hits.append((place, sum(wanted.weights[w] for w in covered)))
                seen.update(covered)
    for short, long in spelled.items():
        if short in wanted.weights and short not in seen:
            places = [i for i, t in enumerate(words) if t.word in long]
            if len({words[i].word for i in places}) >= max(1, len(long) - 1):
                hits += [(i, wanted.weights[short] / len(places)) for i in places]
                seen.add(short)
    if not hits:
        return 0.0, []
    hits.sort()
    runs: list[tuple[float, Span]] = []
    start = end = hits[0][0]
    weight = 0.0
    for place, value in hits:
        if place - end > 3:
            runs.append((weight, (start, end)))
            start, weight = place, 0.0
        end = place
        weight += value
    runs.append((weight, (start, end)))
    best = max(w for w, _ in runs)
    spans = [s for w, s in sorted(runs, key=lambda r: (-r[0], r[1])) if w >= best * 0.6]
    return sum(wanted.weights[w] for w in seen) / wanted.total, spans


def polarity(phrase: str) -> int:
    """+1 where more of the outcome is better for patients, -1 where less is; 0 unknown."""
    marks = _POLARITY.find(tokens(phrase))
    if not marks:
        return 0
    # 'Relief of symptoms', 'survival after stroke': what is better when more outweighs what ails.
    return 1 if any(m.name == "higher" for m in marks) else -1
