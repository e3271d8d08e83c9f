"""Correct what was read, and judge what rules cannot: the commands under judge."""

from dataclasses import dataclass
from typing import Annotated, Any

from cyclopts import App, Parameter

from living_review.commands import Review, app

judge = App(name="judge", help="Judge what was read or weighed; it outranks every reader and rule.")
app.command(judge)


@Parameter(name="*")
@dataclass(kw_only=True)
class By:
    """Who judges, and why.

    Parameters
    ----------
    reason
        Why, in a sentence.
    by
        The initials of who judges.
    withdraw
        Take the judgement back.

    """

    reason: str
    by: str
    withdraw: Annotated[bool, Parameter(negative=())] = False


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
    said: By,
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

    """
    from living_review.stages import judge as stage

    word = _word(said, quote)
    read = stage.finding(
        review, record, intervention, comparator, outcome, weeks, direction, significant, word
    )
    what = f"{record}: {intervention} vs {comparator}, {outcome}"
    _print_judged(what, direction, said, f"the rules read {read}")


@judge.command(name="tag")
def judge_tag(
    record: str,
    name: str,
    value: str | None = None,
    *,
    quote: str = "",
    said: By,
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

    """
    from living_review.stages import judge as stage

    read = stage.tag(review, record, name, value, _word(said, quote))
    _print_judged(f"{record}: {name}", value, said, f"the rules read {read}")


@judge.command(name="bias")
def judge_bias(record: str, level: str | None = None, *, said: By, review: Review) -> None:
    """Say how high a study's risk of bias is, from its full text; the worst of a study counts.

    Parameters
    ----------
    record
        The record's id, as pmid:123.
    level
        low, some or high.

    """
    from living_review.stages import judge as stage

    stage.bias(review, record, level, _word(said))
    _print_judged(f"{record}: risk of bias", level, said, "no rule reads one from an abstract")


@judge.command(name="certainty")
def judge_certainty(
    claim: str, domain: str, *, levels: int | None = None, said: By, review: Review
) -> None:
    """Say how far one domain takes a conclusion's certainty; it replaces the rule's own step.

    Parameters
    ----------
    claim
        The claim's id.
    domain
        risk_of_bias, inconsistency, indirectness, imprecision or publication_bias, which take
        certainty down; large_effect, dose_response or plausible_confounding, which take it up.
    levels
        The step, as -1 or 1; 0 takes the rule's step away.

    """
    from living_review.stages import judge_claim as stage

    before = stage.certainty(review, claim, domain, levels, _word(said))
    step = None if levels is None else f"{levels:+d}"
    _print_judged(f"{claim}: {domain}", step, said, f"certainty was {before}")


@judge.command(name="signal")
def judge_signal(
    claim: str,
    answer: str | None = None,
    *,
    rule: str | None = None,
    record: str | None = None,
    said: By,
    review: Review,
) -> None:
    """Answer the signals on a claim, or raise one that no rule can see (A3, A4, A5, A6).

    A yes flags the claim in every report until it is withdrawn; it never sets a direction.

    Parameters
    ----------
    claim
        The claim's id.
    answer
        yes or no: does it bear on the conclusion?
    rule
        Only signals under this rule; A3, A4, A5 or A6 raises one on --record.
    record
        Only signals that name this record.

    """
    from living_review.stages import judge_claim as stage

    for about in stage.signal(review, claim, answer, rule, record, _word(said)):
        _print_judged(f"{claim}: {about}", answer, said, "")


def _word(said: By, quote: str = "") -> Any:
    from living_review.stages import begin
    from living_review.stages.judge import Word

    return Word(said.reason, said.by, begin.today(), quote, said.withdraw)


def _print_judged(what: str, judged: str | None, said: By, before: str) -> None:
    told = "judgement withdrawn" if said.withdraw else judged
    print(f"{what}: {told}, human:{said.by}{before and '; '}{before}")
    print("the next update weighs with it")
