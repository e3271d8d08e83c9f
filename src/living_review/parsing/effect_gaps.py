"""What is missing from one entered comparison before it has an effect."""

from collections.abc import Iterator

from living_review.parsing.effect_sizes import has_events, has_means
from living_review.parsing.entered_effects import Entered
from living_review.protocol import Vocabulary


def gaps(entered: Entered, vocabulary: Vocabulary) -> Iterator[str]:
    """What is missing before there is an effect."""
    if entered.value is not None:
        if entered.measure is None:
            yield "'measure' is empty; a 'value' needs one"
        return
    if entered.se is not None or entered.ci_low is not None or entered.ci_high is not None:
        yield "'value' is empty beside its interval or standard error"
        return
    measure, means, events = entered.measure, has_means(entered.arms), has_events(entered.arms)
    if means and events:
        yield "'value' is empty, and the arms have both means and events; leave out one of them"
    elif means:
        yield from _gaps_of_means(entered)
    elif events:
        yield from _gaps_of_events(entered, vocabulary)
    elif entered.p is not None and entered.favours is not None:
        if measure not in (None, "SMD"):
            yield f"'value' is empty; a p-value gives an SMD, and no {measure}"
        elif not entered.p:
            yield "'p' is 0, which gives no effect; fill it as printed"
        elif any(arm.n is None or arm.n < 2 for arm in entered.arms):
            yield "'value' is empty; a p-value gives one only with the size of both arms, 2 or more"
    else:
        yield (
            "'value' is empty; fill it with its 'measure', or mean, sd and n of both arms, or "
            "events and n of both, or 'p', 'favours' and n of both"
        )


def _gaps_of_means(entered: Entered) -> Iterator[str]:
    if entered.measure not in (None, "MD", "SMD"):
        yield f"'value' is empty; means and SDs give an MD or SMD, and no {entered.measure}"


def _gaps_of_events(entered: Entered, vocabulary: Vocabulary) -> Iterator[str]:
    measure = entered.measure
    if measure not in (None, "RD", "RR", "OR"):
        yield f"'value' is empty; events give a RD, RR or OR, and no {measure}"
        return
    if vocabulary.outcomes[entered.outcome].scales:
        yield (
            f"'{entered.outcome}' is measured on a scale, so that nothing says whether its events "
            "are better or worse; enter its means, or an outcome that is counted"
        )
    cells = [arm.events for arm in entered.arms]
    if measure == "OR":
        cells += [(arm.n or 0) - (arm.events or 0) for arm in entered.arms]
    if measure in ("RR", "OR") and 0 in cells:
        yield f"an arm with no events, or all, gives no {measure}; leave 'measure' empty"
