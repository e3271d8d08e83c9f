"""Judge claims: a step of a conclusion's certainty, and yes or no to a signal.

Each holds from the next version on, until the person judges again or withdraws.
"""

from pathlib import Path
from typing import Any

from living_review import config
from living_review.errors import DecisionError
from living_review.judging.claims import RAISED, basis_of, certainty_of, label, meant
from living_review.model import Conclusion, JudgedCertainty, SignalAnswer
from living_review.stages import begin, serial
from living_review.stages.claim_judgements import carried_by, load
from living_review.stages.decide import decider_of
from living_review.stages.draft import Published, latest_version
from living_review.stages.importing import refresh_readers
from living_review.stages.judge import Word
from living_review.warehouse import Warehouse

Row = dict[str, Any]


def certainty(review: Path, claim: str, domain: str, levels: int | None, word: Word) -> str:
    """Append what `word.by` says of one domain of a claim's certainty; what stood before.

    DecisionError for an unknown claim or domain, levels it does not reach, a claim without
    evidence, no reason, or initials that are none.
    """
    decider = decider_of(word.by, word.reason)
    if (levels is None) != word.withdraw:
        raise DecisionError("a judgement of certainty needs --levels, or --withdraw alone")
    said = certainty_of(claim, domain, levels or 0, word.reason, decider)
    with begin.writing(review) as (store, run_no):
        conclusion = _conclusion(store, review, claim)
        held = [row for row in _held(store, "certainty") if row["claim"] == claim]
        if word.withdraw and domain not in {row["target"] for row in held}:
            raise DecisionError(
                f"nobody has judged {domain} of {claim}; there is nothing to withdraw"
            )
        _append(store, run_no, said, domain, basis_of(conclusion), word)
        before = [f"{s.domain} {s.levels:+d}" for s in conclusion.certainty_steps]
    refresh_readers(review)
    return f"{conclusion.certainty or 'none'} ({', '.join(before) or 'no step'})"


def signal(
    review: Path, claim: str, answer: str | None, rule: str | None, record: str | None, word: Word
) -> tuple[str, ...]:
    """Append yes or no to the open signals that are meant, or raise one that no rule can see.

    What was answered, by name. `rule` and `record` choose among the signals on a claim; A3 to A6
    with a record are a person's own. DecisionError where no such signal is open.
    """
    decider = decider_of(word.by, word.reason)
    if answer is None and not word.withdraw:
        raise DecisionError("a signal is answered yes or no, or --withdraw takes an answer back")
    if answer not in ("yes", "no", None):
        raise DecisionError(f"'{answer}' answers no signal; say yes or no")
    with begin.writing(review) as (store, run_no):
        if word.withdraw:
            answers = _answered(store, run_no, claim, rule, record)
        elif rule in RAISED:
            answers = (_raised(store, review, claim, answer, str(rule), record, word, decider),)
        else:
            latest = _latest(store)
            answers = tuple(
                SignalAnswer(one.claim, one.rules, one.records, one.inputs,
                             "yes" if answer == "yes" else "no", word.reason, decider)
                for one in meant(carried_by(latest.report), claim, rule, record)
            )  # fmt: skip
        for one in answers:
            _append(store, run_no, one, label(one), "", word)
    refresh_readers(review)
    return tuple(label(one) for one in answers)


def _raised(
    store: Warehouse,
    review: Path,
    claim: str,
    answer: str | None,
    rule: str,
    record: str | None,
    word: Word,
    decider: str,
) -> SignalAnswer:
    if record is None or not store.rows("record_content", record_id=record):
        raise DecisionError(
            f"{rule} ({RAISED[rule]}) is raised on a record; name one with --record"
        )
    if answer == "no":
        raise DecisionError(f"{rule} is raised by a yes; to take one back use --withdraw")
    _conclusion(store, review, claim)
    return SignalAnswer(claim, (rule,), (record,), (), "yes", word.reason, decider, raised=True)


def _answered(
    store: Warehouse, run_no: int, claim: str, rule: str | None, record: str | None
) -> tuple[SignalAnswer, ...]:
    """The answers in force that a withdrawal means."""
    found = tuple(
        one
        for one in load(store, run_no).signals
        if one.claim == claim
        and (rule is None or rule in one.rules)
        and (record is None or record in one.records)
    )
    if not found:
        raise DecisionError(f"nobody has answered such a signal on {claim}; nothing to withdraw")
    return found


def _latest(store: Warehouse) -> Published:
    latest = latest_version(store)
    if latest is None:
        raise DecisionError("nothing is published yet; run `living-review update` first")
    return latest


def _conclusion(store: Warehouse, review: Path, claim: str) -> Conclusion:
    """The claim's conclusion in the latest version."""
    known = [one.id for one in config.load(review / "config.yaml").claims]
    if claim not in known:
        raise DecisionError(f"there is no claim '{claim}'; claims: {', '.join(known)}")
    for row in store.rows("draft_conclusions", draft=_latest(store).draft):
        conclusion = serial.load(Conclusion, row["body"])
        if conclusion.claim == claim:
            return conclusion
    raise DecisionError(f"{claim} is in no version yet; run `living-review update` first")


def _held(store: Warehouse, subject: str) -> list[Row]:
    newest = store.rows("last_run")[0]["run_no"]
    return [r for r in store.rows("claim_judgements", cut=newest) if r["subject"] == subject]


def _append(
    store: Warehouse,
    run_no: int,
    said: JudgedCertainty | SignalAnswer,
    target: str,
    basis: str,
    word: Word,
) -> None:
    subject = "certainty" if isinstance(said, JudgedCertainty) else "signal"
    store.write("claim_judgement", [
        {"run_no": run_no, "claim": said.claim, "subject": subject, "target": target,
         "withdrawn": word.withdraw, "body": serial.dump(said), "basis": basis,
         "reason": word.reason, "decider": decider_of(word.by, word.reason),
         "decided_on": word.on}
    ])  # fmt: skip
