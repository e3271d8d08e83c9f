"""Correct what was read: the commands under judge."""

from typing import Annotated, Any

from cyclopts import App, Parameter

from living_review.commands import Review, app

judge = App(name="judge", help="Correct what was read off a record; it outranks every reader.")
app.command(judge)


@judge.command(name="finding")
def judge_finding(
    record: str,
    *,
    intervention: str,
    comparator: str,
    outcome: str,
    weeks: float | None = None,
    direction: str | None = None,
    significant: str | None = None,
    quote: str = "",
    withdraw: Annotated[bool, Parameter(negative=())] = False,
    reason: str,
    by: str,
    review: Review,
) -> None:
    """Say what a record found for one comparison and outcome, or that it does not say.

    Parameters
    ----------
    record
        The record's id, as pmid:123.
    intervention
        A drug or drug class of the vocabulary.
    comparator
        A drug, drug class or comparator of the vocabulary.
    outcome
        An outcome of the vocabulary.
    weeks
        The follow-up it speaks of; every time point when not given.
    direction
        favours_intervention, favours_comparator, no_difference or mixed_unclear, better for
        patients; none where the record does not say this.
    significant
        yes or no; as read when not given.
    quote
        The words of the record that show it; those that were read when not given.
    withdraw
        Take your judgement back, so that the readers count again.
    reason
        Why, in a sentence.
    by
        The initials of who judges.

    """
    from living_review.stages import begin
    from living_review.stages import judge as stage

    word = stage.Word(reason, by, begin.today(), quote, withdraw)
    read = stage.finding(
        review, record, intervention, comparator, outcome, weeks, direction, significant, word
    )
    what = f"{intervention} vs {comparator}, {outcome}"
    _print_judged(record, what, direction, word, read)


@judge.command(name="tag")
def judge_tag(
    record: str,
    name: str,
    value: str | None = None,
    *,
    quote: str = "",
    withdraw: Annotated[bool, Parameter(negative=())] = False,
    reason: str,
    by: str,
    review: Review,
) -> None:
    """Say what one tag of a record should be; its screening is decided again.

    Parameters
    ----------
    record
        The record's id, as pmid:123.
    name
        design, species, condition, participants, weeks, pain_setting, drug:<id> and others.
    value
        One of the tag's values; several with commas where a record has several; none where the
        record does not say.
    quote
        The words of the record that show it; those that were read when not given.
    withdraw
        Take your judgement back, so that the readers count again.
    reason
        Why, in a sentence.
    by
        The initials of who judges.

    """
    from living_review.stages import begin
    from living_review.stages import judge as stage

    word = stage.Word(reason, by, begin.today(), quote, withdraw)
    read = stage.tag(review, record, name, value, word)
    _print_judged(record, name, value, word, read)


def _print_judged(record: str, what: str, said: str | None, word: Any, read: str) -> None:
    told = "judgement withdrawn" if word.withdraw else said
    print(f"{record}: {what}: {told}, human:{word.by}; the rules read {read}")
    print("the next update weighs with it")
