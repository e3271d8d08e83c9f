"""Signals over time: raised once, carried until a person answers, and closed with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from living_review.changes.snapshot import Snapshot
from living_review.judging.claims import RAISED
from living_review.model import Change, OpenSignal, SignalAnswer

# What a change of the conclusion does not settle: a harm, a notice, a person's own signal.
_OUTLIVES_A_CHANGE = frozenset({"A2", "EOC", "ERRATUM", "RETRACTION", "RESULTS", *RAISED})


@dataclass(frozen=True, slots=True)
class Closed:
    """A signal that awaits no answer any more, and why."""

    signal: OpenSignal
    because: str


@dataclass(frozen=True, slots=True)
class Signals:
    """Every signal of a version: open ones, those a person said yes to, and those just closed."""

    open: tuple[OpenSignal, ...]
    flags: tuple[SignalAnswer, ...]
    closed: tuple[Closed, ...]


def signals_of(
    carried: Sequence[OpenSignal],
    changes: Sequence[Change],
    current: Snapshot,
    version: str,
) -> Signals:
    """The signals of a version: carried ones and its own, less what was answered or overtaken.

    A signal is closed by an answer, by a CHANGED of its claim (which says what the signal could
    only suggest), where its claim is watched no more, or where none of its records counts.
    """
    changed = {change.claim for change in changes if change.change_class == "CHANGED"}
    counted = {reading.record_id for reading in current.readings if reading.counted}
    still: list[OpenSignal] = []
    closed: list[Closed] = []
    for signal in carried:
        because = _why_closed(signal, current, changed, counted)
        if because:
            closed.append(Closed(signal, because))
        else:
            still.append(signal)
    raised = [_opened(change, current, version) for change in changes]
    new = [one for one in raised if one is not None and not _answer(one, current.judged.signals)]
    return Signals((*still, *new), _flags(current), tuple(closed))


def is_carried(change: Change, carried: Iterable[OpenSignal]) -> bool:
    """Whether a signal only says again what is still open: it is carried, and no news."""
    return change.change_class == "SIGNAL" and any(
        signal.claim == change.claim
        and set(change.rules) <= set(signal.rules)
        and set(change.records) <= set(signal.records)
        and set(change.inputs) <= set(signal.inputs)
        for signal in carried
    )


def is_answered(change: Change, answers: Iterable[SignalAnswer]) -> bool:
    """Whether people have answered this very signal, rule by rule and record by record."""
    asked = {(rule, record) for rule in change.rules for record in change.records}
    said = {
        (rule, record)
        for answer in answers
        if answer.claim == change.claim and not answer.raised
        for rule in answer.rules
        for record in answer.records
    }
    return change.change_class == "SIGNAL" and bool(asked) and asked <= said


def raised_by_people(previous: Snapshot, current: Snapshot) -> tuple[SignalAnswer, ...]:
    """The signals that people have raised since the previous version."""
    before = set(previous.judged.signals)
    return tuple(
        answer for answer in current.judged.signals if answer.raised and answer not in before
    )


def _why_closed(signal: OpenSignal, current: Snapshot, changed: set[str], counted: set[str]) -> str:
    answer = _answer(signal, current.judged.signals)
    if answer is not None:
        return f"{answer.decider} says {answer.answer}: {answer.reason}"
    if current.conclusion(signal.claim) is None:
        return "its claim is watched no more"
    if _OUTLIVES_A_CHANGE & set(signal.rules):
        return ""
    if signal.claim in changed:
        return "the conclusion has changed since"
    if signal.records and not counted & set(signal.records):
        return "none of its records counts any more"
    return ""


def _answer(signal: OpenSignal, answers: Iterable[SignalAnswer]) -> SignalAnswer | None:
    about = (signal.claim, signal.rules, signal.records, signal.inputs)
    for answer in answers:
        if (answer.claim, answer.rules, answer.records, answer.inputs) == about:
            return answer
    return None


def _opened(change: Change, current: Snapshot, version: str) -> OpenSignal | None:
    """The signal that a change leaves for people to answer, if it leaves one."""
    by_people = change.rules == ("GRADE",) and change.causes == ("decision_revised",)
    # Nobody needs to be asked whether their own word on certainty bears on the conclusion.
    if change.change_class != "SIGNAL" or by_people:
        return None
    return OpenSignal(
        claim=change.claim,
        rules=change.rules,
        records=tuple(sorted(change.records)),
        inputs=tuple(sorted(change.inputs)),
        why=change.why,
        since=version,
        as_of=str(current.as_of),
    )


def _flags(current: Snapshot) -> tuple[SignalAnswer, ...]:
    """What people said yes to, on claims that are watched; it stands until they take it back."""
    return tuple(
        answer
        for answer in current.judged.signals
        if answer.answer == "yes" and current.conclusion(answer.claim) is not None
    )
