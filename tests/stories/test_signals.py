"""A signal over time: raised once, carried until a person answers, closed with a reason."""

from dataclasses import replace
from datetime import date

from living_review.changes import Comparison, Signals, Snapshot, compare, signals_of
from living_review.model import JudgedCertainty, Judgements, OpenSignal, Reading, SignalAnswer
from living_review.synthesis import weigh
from tests.weighing_builders import AGAINST, FAVOURS, SAME, study, the_protocol

CLAIM = "pain-vs-placebo"
PROTOCOL = the_protocol(CLAIM)
FOUR = [study(number) for number in (1, 2, 3, 4)]
OPPOSED = [*FOUR, study(5, SAME, n=60)]


def snapshot(readings: list[Reading], judged: Judgements | None = None) -> Snapshot:
    said = judged or Judgements()
    weighed = weigh(readings, PROTOCOL, judged=said.certainty)
    return Snapshot(date(2020, 1, 1), PROTOCOL, tuple(readings), weighed, said)


def version(
    before: Snapshot, after: Snapshot, carried: tuple[OpenSignal, ...] = (), name: str = "1.1.0"
) -> tuple[Comparison, Signals]:
    announced = compare(None, before, {}, {}).announced
    comparison = compare(before, after, announced, {}, carried)
    return comparison, signals_of(carried, comparison.changes, after, name)


def answer(said: str = "no", **parts: object) -> SignalAnswer:
    given = {"rules": ("A7",), "records": ("pmid:5",), **parts}
    return SignalAnswer(CLAIM, **given, inputs=(), answer=said, reason="small", decider="human:ab")


def test_a_signal_is_opened_by_the_version_that_raises_it() -> None:
    _, signals = version(snapshot(FOUR), snapshot(OPPOSED))
    (signal,) = signals.open
    assert (signal.claim, signal.rules, signal.records) == (CLAIM, ("A7",), ("pmid:5",))
    assert (signal.since, signal.as_of) == ("1.1.0", "2020-01-01")


def test_an_unanswered_signal_is_carried_and_is_no_news() -> None:
    _, first = version(snapshot(FOUR), snapshot(OPPOSED))
    later = snapshot([*OPPOSED, study(6, FAVOURS)])
    comparison, second = version(snapshot(OPPOSED), later, first.open, "1.2.0")
    assert (comparison.changes, second.open, second.closed) == ((), first.open, ())


def test_what_is_carried_is_not_raised_again_when_its_record_comes_back() -> None:
    _, first = version(snapshot(FOUR), snapshot(OPPOSED))
    comparison, second = version(snapshot(FOUR), snapshot(OPPOSED), first.open, "1.3.0")
    assert (comparison.changes, second.open) == ((), first.open)


def test_a_no_closes_a_signal_and_flags_nothing() -> None:
    _, first = version(snapshot(FOUR), snapshot(OPPOSED))
    answered = snapshot(OPPOSED, Judgements(signals=(answer("no"),)))
    comparison, signals = version(snapshot(OPPOSED), answered, first.open)
    assert (signals.open, signals.flags) == ((), ())
    assert [closed.because for closed in signals.closed] == ["human:ab says no: small"]
    assert (comparison.changes, comparison.part) == ((), "patch")


def test_a_yes_flags_the_claim_and_sets_no_direction() -> None:
    _, first = version(snapshot(FOUR), snapshot(OPPOSED))
    answered = snapshot(OPPOSED, Judgements(signals=(answer("yes"),)))
    comparison, signals = version(snapshot(OPPOSED), answered, first.open)
    assert (signals.open, signals.flags) == ((), (answer("yes"),))
    assert comparison.announced[CLAIM].direction == "benefit"
    assert weigh(OPPOSED, PROTOCOL) == answered.conclusions


def test_an_answered_signal_is_not_raised_again() -> None:
    answered = snapshot(OPPOSED, Judgements(signals=(answer(),)))
    before = snapshot(FOUR, Judgements(signals=(answer(),)))
    assert version(before, answered)[0].changes == ()


def test_an_answer_about_one_record_leaves_another_open() -> None:
    both = snapshot([*OPPOSED, study(6, AGAINST, n=60)], Judgements(signals=(answer(),)))
    comparison, signals = version(snapshot(FOUR, Judgements(signals=(answer(),))), both)
    assert [c.records for c in comparison.changes] == [("pmid:5", "pmid:6")]
    assert len(signals.open) == 1


def test_a_changed_conclusion_overtakes_the_signals_on_it() -> None:
    _, first = version(snapshot(FOUR), snapshot(OPPOSED))
    turned = snapshot([*OPPOSED, study(7, AGAINST, n=900)])
    comparison, signals = version(snapshot(OPPOSED), turned, first.open, "2.0.0")
    assert [c.change_class for c in comparison.changes] == ["CHANGED"]
    assert [closed.because for closed in signals.closed] == ["the conclusion has changed since"]


def test_a_harm_outlives_a_changed_conclusion() -> None:
    harm = OpenSignal(CLAIM, ("A2",), ("pmid:8",), (), "A harm.", "1.0.0", "2019-01-01")
    turned = snapshot([*OPPOSED, study(7, AGAINST, n=900)])
    assert version(snapshot(OPPOSED), turned, (harm,), "2.0.0")[1].open == (harm,)


def test_a_signal_whose_record_is_taken_out_is_closed() -> None:
    _, first = version(snapshot(FOUR), snapshot(OPPOSED))
    out = [*FOUR, replace(OPPOSED[4], verdict="exclude", decider="human:ab")]
    _, signals = version(snapshot(OPPOSED), snapshot(out), first.open)
    assert [c.because for c in signals.closed] == ["none of its records counts any more"]


def test_a_person_raises_what_no_rule_can_see() -> None:
    said = answer("yes", rules=("A6",), records=("pmid:2",), raised=True)
    raised = snapshot(FOUR, Judgements(signals=(said,)))
    comparison, signals = version(snapshot(FOUR), raised)
    (change,) = comparison.changes
    assert (change.change_class, change.rules, change.causes, change.records) == (
        "SIGNAL", ("A6",), ("decision_revised",), ("pmid:2",)
    )  # fmt: skip
    assert "a clinically important caveat" in change.why
    assert (signals.open, signals.flags, comparison.part) == ((), (said,), "minor")
    again = version(raised, raised)[0]
    assert (again.changes, again.part) == ((), "none")


def test_a_persons_word_on_certainty_is_a_revised_decision_and_names_itself() -> None:
    said = JudgedCertainty(CLAIM, "publication_bias", -1, "two trials never reported", "human:ab")
    two = [study(1, n=300), study(2, n=300)]
    judged = snapshot(two, Judgements(certainty=(said,)))
    comparison, signals = version(snapshot(two), judged)
    assert signals.open == ()  # who has just said so need not be asked
    (change,) = comparison.changes
    assert (change.change_class, change.rules, change.causes, change.records, change.inputs) == (
        "SIGNAL", ("GRADE",), ("decision_revised",), (),
        (f"certainty of {CLAIM}: publication bias",),
    )  # fmt: skip
    assert change.why == (
        "A person judged the certainty of pain-vs-placebo: publication bias, so certainty goes "
        "from moderate to low."
    )


def test_a_judgement_of_another_claim_is_not_named() -> None:
    other = JudgedCertainty("class-effect", "imprecision", -1, "few events", "human:ab")
    judged = snapshot([*FOUR, study(9, AGAINST, n=2000)], Judgements(certainty=(other,)))
    (change,) = version(snapshot(FOUR), judged)[0].changes
    assert (change.causes, change.inputs) == (("new_evidence",), ())
