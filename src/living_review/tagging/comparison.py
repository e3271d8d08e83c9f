"""Which drugs a clause holds against what."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from living_review.protocol import Vocabulary
from living_review.tagging.clauses import Clause, Span
from living_review.tagging.doses import dose_pair
from living_review.tagging.drugs import is_background, is_not_taken, is_reviewed
from living_review.tagging.marked import MarkedSentence
from living_review.tagging.record_arms import Arms
from living_review.tagging.words import Mark

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison a clause may speak of, with where its two sides stand."""

    intervention: str
    comparator: str
    mine: tuple[Span, ...]
    other: tuple[Span, ...]
    named: bool  # both sides are in the sentence


def _spans(marks: Sequence[Mark], name: str) -> tuple[Span, ...]:
    return tuple((m.first, m.last) for m in marks if m.name == name)


def _comparator(name: str, vocabulary: Vocabulary) -> str:
    """Findings name a drug by its id where claims may, else as another active treatment."""
    return name if name in vocabulary.drugs else "other_active"


def compared(
    clause: Clause,
    sentence: MarkedSentence,
    record: Arms,
    vocabulary: Vocabulary,
    about: bool = True,
) -> list[Compared]:
    """The comparisons a clause speaks of; its own words first, the sentence's else.

    `about` says that the record is about its drugs alone: a clause that names none speaks of them.
    """
    whole = named(sentence, vocabulary, (0, len(sentence.words)))
    drugs, plain = named(sentence, vocabulary, (clause.first, clause.last))
    if not drugs and not plain:
        drugs, plain = whole
    studied = record.studied + record.against
    if not any(m.name in studied for m in drugs) and _only_untaken(sentence, studied):
        return []
    mine = sorted({m.name for m in drugs if is_reviewed(m.name, vocabulary) and m.name in studied})
    other = sorted(
        {m.name for m in drugs if not is_reviewed(m.name, vocabulary) and m.name in record.others}
    )
    against = sorted({_plain(m.name, record) for m in plain})
    found = []
    pair = record.head_to_head
    silent = not any(clause.first <= m.first <= clause.last for m in (*whole[0], *whole[1]))
    if silent and clause.between() and pair and set(pair) <= {m.name for m in whole[0]}:
        return [Compared(*pair, (), (), named=True)]  # '…, with no difference between them'
    doses = dose_pair(clause)
    if doses and len(mine) == 1 and not other and not against:
        high, low = doses
        return [Compared(mine[0], "dose", (high,), (low,), named=True)]
    if _pair(mine, clause, drugs, record, bool(against)):
        first, second = _topic_first(mine, record)
        found.append(
            Compared(first, second, _spans(drugs, first), _spans(drugs, second), named=True)
        )
        found += [
            Compared(drug, held, _spans(drugs, drug), _where(plain), named=True)
            for drug in mine
            for held in against
        ]
        return found
    if about and pair and not mine and not other and not against and _alike(clause):
        return [Compared(pair[0], pair[1], (), (), named=False)]
    for drug in mine or (record.unnamed if about else ()):
        at = _spans(drugs, drug)
        found += [Compared(drug, held, at, _where(plain), bool(at)) for held in against]
        found += [
            Compared(drug, _comparator(held, vocabulary), at, _spans(drugs, held), bool(at))
            for held in other
        ]
        if not against and not other and _held_against_it(clause, at):
            known = len(record.others) == 1 and not record.plain
            held = _comparator(record.others[0], vocabulary) if known else "other_active"
            found.append(Compared(drug, held, at, (), named=True))
        elif not against and not other:
            default = record.default(drug)
            if default is not None:
                held = default if default in record.plain else _comparator(default, vocabulary)
                found.append(Compared(drug, held, at, (), named=False))
    return _unique(found, record)


def named(
    sentence: MarkedSentence, vocabulary: Vocabulary, within: Span
) -> tuple[list[Mark], list[Mark]]:
    """Drugs (and classes), and comparators that are no drug, that a stretch of words sets apart.

    Not those everyone gets, or nobody; a class beside its member names only the member.
    """
    here = [
        m
        for m in sentence.terms
        if within[0] <= m.first <= within[1]
        and not is_background(sentence, m)
        and not is_not_taken(sentence, m)
    ]
    drugs = [m for m in here if m.kind in ("drug", "drug_class")]
    members = {vocabulary.drugs[m.name].drug_class for m in drugs if m.name in vocabulary.drugs}
    plain = [m for m in here if m.kind == "comparator" and m.name not in ("baseline", "dose")]
    return [m for m in drugs if m.name not in members], plain


def _only_untaken(sentence: MarkedSentence, studied: Sequence[str]) -> bool:
    """Whether all that a sentence says of the studied drugs is that people did not take them."""
    marks = [m for m in sentence.terms if m.name in studied]
    return bool(marks) and all(is_not_taken(sentence, m) for m in marks)


def _held_against_it(clause: Clause, at: tuple[Span, ...]) -> bool:
    """'Compared with <the drug>' of something the vocabulary has no word for."""
    return any(
        0 < first - mark.last <= 2
        for mark in clause.of("reference")
        for first, _ in at
        if mark.first > clause.first
    )


def _plain(name: str, record: Arms) -> str:
    if name == "no_treatment" and "placebo" in record.plain:
        return "placebo"
    return name


def _where(marks: Sequence[Mark]) -> tuple[Span, ...]:
    return tuple((m.first, m.last) for m in marks)


def _topic_first(mine: Sequence[str], record: Arms) -> tuple[str, str]:
    first = next(d for d in mine if d in record.topic)
    return first, next(d for d in mine if d not in record.topic)


def _pair(mine: list[str], clause: Clause, drugs: list[Mark], record: Arms, held: bool) -> bool:
    """Whether two reviewed drugs are held against each other, not both against something else."""
    single = [d for d in mine if d in record.topic]
    related = [
        d
        for d in mine
        if d not in record.topic and any(m.name == d and m.kind == "drug" for m in drugs)
    ]
    if not single or not related:
        return False
    if len(mine) > 2:
        mine[:] = [single[0], related[0]]
    joined = _joined(drugs, mine, clause)
    if not joined:
        return True
    if held:
        return False
    low = {t.word for t in clause.words[clause.first : clause.last + 1]}
    if low & {"neither", "nor"}:
        return False
    return _alike(clause) or bool(low & {"difference", "differ", "between", "same", "other", "two"})


_ALIKE = frozenset(("equal", "equally", "similar", "similarly", "comparable", "equivalent"))


def _alike(clause: Clause) -> bool:
    """Whether a clause likens two things without saying what to what."""
    return any(t.word in _ALIKE for t in clause.words[clause.first : clause.last + 1])


def _joined(drugs: list[Mark], pair: list[str], clause: Clause) -> bool:
    """Whether the two stand side by side: 'A and B', 'A or B', 'neither A nor B'."""
    places = [(m.first, m.last, m.name) for m in drugs if m.name in pair]
    for (_, last, one), (first, _, two) in pairwise(places):
        if one != two:
            between = [t.word for t in clause.words[last + 1 : first]]
            return all(w in ("and", "or", "nor", "/", ",", "either", "both") for w in between)
    return False


def _unique(found: list[Compared], record: Arms) -> list[Compared]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in (_topic_is_first(c, record) for c in found):
        pair = (one.intervention, one.comparator)
        if one.intervention != one.comparator and pair not in seen:
            seen.add(pair)
            kept.append(one)
    return kept


def _topic_is_first(one: Compared, record: Arms) -> Compared:
    """The related drug against the topic one is the topic one against it."""
    if one.comparator in record.topic and one.intervention not in record.topic:
        return Compared(one.comparator, one.intervention, one.other, one.mine, one.named)
    return one
