"""Which drugs and comparators a record studies, and in which role."""

import re

from living_review.model import Tag
from living_review.protocol import Vocabulary
from living_review.tagging.marked import MarkedSentence, MarkedText
from living_review.tagging.words import Mark

VERSION = "1"

_STUDYING = ("title", "objective", "methods", "results", "other", "conclusion")
_VERSUS = re.compile(
    (
        r"(?:\b(?:vs?\.?|versus|against|than|compar(?:ed?|ing|ison) (?:with|to)|"
        r"relative to|over|with that of|controls?)\s*(?:the |that of |those of |"
        r"a |an |oral |either |treatment with |\w+ )?)$"
    ),
    re.IGNORECASE,
)
_BEHIND = re.compile(
    (
        r"\b(?:add(?:ed|ing|ition)\b(?: \w+){0,3}? to|in addition to|adjunct(?:ive)? to|"
        r"on top of|contain(?:s|ing|ed)|combined with|concomitant|concurrent|already (?:takin"
        r"g|on)|superadded to|background|also (?:received|took)|all (?:\w+ )?(?:participants|"
        r"patients) (?:took|received)|everyone (?:also )?(?:received|took)|regimen (?:of|"
        r"that contains)|together with|plus)\b[\w\s,]*$"
    ),
    re.IGNORECASE,
)
_FAILED = re.compile(
    (
        r"\b(?:fail\w*|refractory|not respond\w*|intoleran\w+|inadequate|limited relief|"
        r"allerg\w+|contraindicated|unresponsive|unlike|previous(?:ly)?|prior|discontinu\w+|"
        r"could not take|did not tolerate)\b"
    ),
    re.IGNORECASE,
)
_HAD_FAILED = re.compile(
    r"^\W*(?:had|has|have)\s+(?:\w+ )?(?:failed|been ineffective|not helped)\b"
)
_COMPARED_WITH = re.compile(r"\bcompar(?:e|ed|es|ing) (?:[\w/]+[ ,]+){1,8}(?:with|to|against) $")
_ABSENT = re.compile(r"\b(?:no|none) (?:\w+ ){0,4}(?:of|on|for|with)\s+$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"positive control|reference (?:drug|compound|standard|treatment)|standard drug|served as",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bcompar|\bversus\b|\bvs\b|\beither\b|\barms\b|\bgroups\b|\brandom", re.IGNORECASE
)
_DENIED_REACH = 6  # words
_NO_CONTROL = frozenset(("no", "without", "lacking", "lacked", "positive", "historical", "own"))


def _before(sentence: MarkedSentence, mark: Mark) -> str:
    return sentence.text[: sentence.words[mark.first].start]


def is_background(sentence: MarkedSentence, mark: Mark) -> bool:
    """Whether a treatment is what others are added to: 'A on top of standard care'."""
    return _BEHIND.search(_before(sentence, mark)[-60:]) is not None


def is_not_taken(sentence: MarkedSentence, mark: Mark) -> bool:
    """'Not on A or B', 'refractory to A': who is spoken of does not get it. Not 'failed to'."""
    return any(
        0 < mark.first - cue.last <= _DENIED_REACH
        and sentence.words[cue.last + 1].word != "to"
        and all(t.raw != "," for t in sentence.words[cue.last + 1 : mark.first])
        for cue in sentence.cues
        if cue.kind in ("denied_use", "failed")
    )


def _role(sentence: MarkedSentence, mark: Mark) -> str:
    before = _before(sentence, mark)
    after = sentence.text[sentence.words[mark.last].end :]
    if _REFERENCE.search(sentence.text):
        return "comparator"
    failed = _FAILED.search(before[-60:]) or _HAD_FAILED.match(after)
    if failed or _ABSENT.search(before[-45:]) or is_not_taken(sentence, mark):
        return "mentioned"
    if _BEHIND.search(before[-60:]):
        return "background"
    versus = _VERSUS.search(before[-45:]) and before[:-8].strip()
    return "comparator" if versus or _COMPARED_WITH.search(before[-90:]) else "intervention"


def roles(text: MarkedText, vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """Each drug or class the record names: its role and the sentence that shows it.

    A topic drug that is studied is the intervention whichever way round the comparison is worded;
    a drug only in the introduction is `mentioned`.
    """
    votes: dict[str, dict[str, float]] = {}
    quotes: dict[tuple[str, str], str] = {}
    for sentence in text.sentences:
        for mark in sentence.named("drug") + sentence.named("drug_class"):
            studying = sentence.part in _STUDYING
            role = _role(sentence, mark) if studying else "mentioned"
            weight = {"title": 4.0, "objective": 2.0, "methods": 1.5}.get(sentence.part, 1.0)
            if not studying:
                weight = 0.1
            mine = votes.setdefault(mark.name, {})
            mine[role] = mine.get(role, 0.0) + weight
            quotes.setdefault((mark.name, role), sentence.text)
    found = {}
    for name, by_role in votes.items():
        role = _settle(name, by_role, vocabulary)
        quote = quotes.get((name, role)) or next(q for (n, _), q in quotes.items() if n == name)
        found[name] = (role, quote)
    return _head_to_head(_only_in_passing(found, vocabulary, text), vocabulary, text)


def _only_in_passing(
    found: dict[str, tuple[str, str]],
    vocabulary: Vocabulary,
    text: MarkedText,
) -> dict[str, tuple[str, str]]:
    """A class that only the results or conclusion name, of a record on another drug's trial."""
    titled = {m.name for m in text.sentences[0].terms} if text.sentences else set()
    about = [n for n in found if n in titled and n in vocabulary.drugs]
    for name, (role, quote) in found.items():
        members = set(vocabulary.drugs_of(name)) if name not in vocabulary.drugs else {name}
        early = any(
            m.name == name
            for s in text.sentences
            if s.part in ("title", "objective", "methods", "other")
            for m in s.terms
        )
        if role != "mentioned" and not early and about and not members & set(found):
            found[name] = ("mentioned", quote)
    return found


def _settle(name: str, by_role: dict[str, float], vocabulary: Vocabulary) -> str:
    drug = vocabulary.drugs.get(name)
    studied = by_role.get("intervention", 0) + by_role.get("comparator", 0)
    if drug is not None and drug.role == "topic" and studied >= 1:
        return "intervention"
    order = ("comparator", "intervention", "background", "mentioned")
    if drug is None or drug.role == "other":
        order = ("background", "comparator", "intervention", "mentioned")
    return max(order, key=lambda r: (by_role.get(r, 0.0), -order.index(r)))


def _head_to_head(
    found: dict[str, tuple[str, str]], vocabulary: Vocabulary, text: MarkedText
) -> dict[str, tuple[str, str]]:
    """Other drugs studied beside a drug of the review are its comparators."""
    reviewed = [n for n in found if is_reviewed(n, vocabulary) and found[n][0] == "intervention"]
    if reviewed:
        for name, (role, quote) in found.items():
            if not is_reviewed(name, vocabulary) and role == "intervention":
                compares = _COMPARES.search(text.flat) is not None
                found[name] = ("comparator" if compares else "mentioned", quote)
    return found


def is_reviewed(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a drug or class is one the review is about (topic, related, or their class)."""
    drug = vocabulary.drugs.get(name)
    if drug is not None:
        return drug.role in ("topic", "related")
    return any(vocabulary.drugs[d].role == "topic" for d in vocabulary.drugs_of(name))


def comparators(text: MarkedText) -> dict[str, str]:
    """Comparators that are no drug (placebo, no treatment …) the record uses, with a sentence."""
    found: dict[str, str] = {}
    for sentence in text.sentences:
        if sentence.part == "background":
            continue
        for mark in sentence.named("comparator"):
            before = [t.word for t in sentence.words[max(0, mark.first - 2) : mark.first]]
            if mark.name in ("baseline", "dose") or _NO_CONTROL & set(before):
                continue
            if not is_background(sentence, mark) and not is_not_taken(sentence, mark):
                found.setdefault(mark.name, sentence.text)
    if "placebo" in found:
        found.pop("no_treatment", None)  # 'controls' of a placebo trial took placebo
    return found


def tag(text: MarkedText, vocabulary: Vocabulary) -> list[Tag]:
    """`drug:<id>` with its role, and one `comparator` for each that is no drug."""
    by = f"drugs:{VERSION}"
    found = roles(text, vocabulary)
    tags = [Tag(f"drug:{n}", found[n][0], found[n][1], by) for n in sorted(found)]
    used = comparators(text)
    return tags + [Tag("comparator", n, used[n], by) for n in sorted(used)]
