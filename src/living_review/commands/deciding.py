"""Take part in screening: decide, link."""

from living_review.commands import Review, app


@app.command
def decide(record: str, verdict: str, *, reason: str, by: str, review: Review) -> None:
    """Take a screening decision; it outranks the rules from the next version on.

    Parameters
    ----------
    record
        The record's id, as pmid:123.
    verdict
        include or exclude.
    reason
        Why, in a sentence.
    by
        The initials of who decides.

    """
    from living_review.stages import begin
    from living_review.stages import decide as stage

    stage.run(review, record, verdict, reason, by, begin.today())
    print(f"{record}: {verdict}, human:{by}; the next update weighs with it")


@app.command
def link(record: str, other: str, word: str, *, reason: str, by: str, review: Review) -> None:
    """Say what two records are to each other; it outranks the rules, and the opposite undoes it.

    Parameters
    ----------
    record
        A record's id, as pmid:123.
    other
        The other record's id.
    word
        same (one record in two forms), study (two records of one study) or apart.
    reason
        Why, in a sentence.
    by
        The initials of who decides.

    """
    from living_review.stages import begin, say_same

    for before in say_same.run(review, record, other, word, reason, by, begin.today()):
        relation = before.relation.replace("_", " ")
        print(f"before: {relation}, {before.decider}{before.reason and ': '}{before.reason}")
    print(f"{record}, {other}: {word}, human:{by}; the next update weighs with it")
