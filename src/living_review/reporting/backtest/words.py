"""What the policies of a back-test and their states are called in front of a reader."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from living_review.reporting import amounts, words
from living_review.reporting.canonical import Json


class Named(NamedTuple):
    """A policy by its name, the same in short, and its definition."""

    name: str
    short: str
    means: str


POLICIES: Mapping[str, Named] = {
    "ours": Named(
        "Our rules",
        "ours",
        "What readers were told. It moves only when a change is announced: the direction is "
        "another than the one last announced, and, where a pool decides, still is with the "
        "smallest difference that matters made smaller and larger by the margin.",
    ),
    "previous": Named(
        "Previous version only",
        "previous",
        "The same weighing without memory: whatever the rules find is told, and is a change "
        "whenever it differs from the version just before. No margin, no announced state.",
    ),
    "significance": Named(
        "Significance only",
        "significance",
        "Whether the pooled effect is statistically significant: DerSimonian and Laird's random "
        "effects with the normal 95% interval, on the effects that the settling primary studies "
        "have on one unit; a single effect is judged by its own interval. It knows no smallest "
        "difference that matters. A claim whose studies give no effects has nothing to test.",
    ),
}

STATES: Mapping[str, tuple[str, str]] = {
    **{code: said for code, said in words.DIRECTIONS.items() if code is not None},
    "significant_benefit": ("▲", "significant benefit"),
    "significant_harm": ("▼", "significant harm"),
    "not_significant": ("×", "not significant"),
    "no_effects": ("○", "no effects to test"),
}

COLUMNS: Mapping[str, str] = {
    "claims": "Claims answered",
    "changes": "Changes",
    "first_answers": "First answers",
    "turns": "Turns",
    "reversals": "Reversals",
    "claims_reversed": "Claims reversed",
    "most_turns": "Most turns, one claim",
    "wait": "Wait in days, mean and median",
}


def answer(told: Json) -> list[str]:
    """Say in two or three sentences what the back-test found."""
    return [*_of_history(told), *_of_series(told["series"])]


def at_most(turns: int) -> str:
    """Say the most turns of any order: `turned at most once`; `never turned`."""
    if not turns:
        return "never turned"
    often = {1: "once", 2: "twice"}.get(turns, f"{turns} times")
    return f"turned at most {often}"


def wait(counted: Json) -> str:
    """Say mean and median of the waits; that none is known where none is."""
    if not counted["dated"]:
        return "none known"
    mean, median = (f"{counted[key]:.0f}" for key in ("mean_days", "median_days"))
    return f"{mean} and {median}"


def cells(policy: str, told: Json) -> list[str]:
    """One policy as a row of the table that compares them, in the order of `COLUMNS`."""
    counted = told["policies"][policy]
    return [wait(counted) if key == "wait" else str(counted[key]) for key in COLUMNS]


def sizes(low: float, high: float, unit: str) -> str:
    """Say a range of smallest differences that matter: `0.375 to 0.4125 standard deviations`."""
    said = amounts.mid(high, unit)
    return said if low == high else f"{amounts.mid(low, unit).split(' ')[0]} to {said}"


def steps(told: Json) -> str:
    """Say how far apart the updates are: no wait can be known more exactly."""
    dates = [date.fromisoformat(day) for day in told["updates"]]
    days = sorted((after - before).days for before, after in pairwise(dates))
    if not days:
        return ""
    middle = days[len(days) // 2]
    apart = f"{days[0]} to {days[-1]} days apart (half of them {middle} or less)"
    if days[0] == days[-1]:
        apart = f"{words.count(days[0], 'day')} apart"
    return (
        f"The updates are {apart}. A change can be told only at one of their dates, so most of a "
        "wait is the wait for the next date, and no wait is known more exactly than that step."
    )


def behind(record: Json) -> str:
    """Say how long a record waited: `153 days`; why it is not known where it is not."""
    if record["days"] is not None:
        return words.count(record["days"], "day")
    return "undated" if record["known_on"] is None else "known before"


def kind(change: Json) -> str:
    """Say what a change is: a first answer, a turn, or a reversal."""
    return "reversal" if change["reversal"] else "first answer" if change["first"] else "turn"


def limits(told: Json) -> list[str]:
    """What the back-test does not say, in plain words."""
    return [said for said in (*_limits_of_history(told), *_limits_of_series(told)) if said]


def _of_history(told: Json) -> list[str]:
    if len(told["versions"]) < 2:
        return ["There is one version: nothing to compare yet."]
    ours, previous, naive = (told["policies"][policy] for policy in POLICIES)
    dates = told["updates"]
    updates = words.count(len(dates) - 1, "update")
    first = (
        f"Over these {updates}, from {words.day(dates[0])} to "
        f"{words.day(dates[-1])}, our rules announced "
        f"{words.count(ours['changes'], 'change')} of direction on "
        f"{words.count(len(told['claims']), 'claim')}: "
        f"{words.count(ours['first_answers'], 'first answer')} and "
        f"{words.count(ours['turns'], 'turn')} of an answer already given; {_went_back(ours)}."
    )
    second = (
        f"From the previous version alone it would have been "
        f"{words.count(previous['changes'], 'change')}; {_went_back(previous)}. From significance "
        f"alone, on the {words.count(naive['claims'], 'claim')} with effects to test, "
        f"{words.count(naive['changes'], 'change')}; {_went_back(naive)}."
    )
    return [first, second]


def _went_back(counted: Json) -> str:
    if not counted["reversals"]:
        return "none went back to an earlier answer"
    return f"{counted['reversals']} of them went back to an earlier answer"


def _of_series(series: Json | None) -> list[str]:
    if series is None or not series["orders"]:
        return []
    most = {p: max(order["turns"][p] for order in series["orders"]) for p in POLICIES}
    swept = {p: max(one["most_turns"][p] for one in series["sweep"]) for p in POLICIES}
    ends = {order["states"]["ours"][-1] for order in series["orders"]}
    end = "ended the same in all" if len(ends) == 1 else f"ended in {len(ends)} ways"
    low, high = series["sweep"][0]["from"], series["sweep"][-1]["to"]
    return [
        f"{words.count(len(series['trials']), 'trial')} added one by one in "
        f"{words.count(len(series['orders']), 'order')}: our rules "
        f"{at_most(most['ours'])} and {end}; the previous version alone would have "
        f"{at_most(most['previous'])}, significance alone would have "
        f"{at_most(most['significance'])}. With any smallest difference that matters from "
        f"{sizes(low, high, series['unit'])} our rules {at_most(swept['ours'])}, and the previous "
        f"version alone would have {at_most(swept['previous'])}."
    ]


def _limits_of_history(told: Json) -> Sequence[str]:
    sample = (
        "The abstracts of the sample are our own: this shows how the rules behave on a course of "
        "events, and says nothing of how accurately papers are read."
    )
    certainty = words.count(
        told["certainty_only"], "announced change of certainty alone stands",
        "announced changes of certainty alone stand",
    )  # fmt: skip
    computed = words.listed(told["computed"])
    return (
        sample if told["sample"] else "",
        "A history of this length can show that a rule changes its mind too readily. It cannot "
        "show that a rule never will.",
        steps(told),
        "A wait runs from the day a record could be known (its entry in the database, else its "
        "publication; a month or a year counts from its end) to the version that told the change. "
        "Of several new records the one that waited longest counts, and for our rules also those "
        "that had turned the direction while it was held back by the margin.",
        f"Directions are compared, since the naive rules have no certainty: {certainty} "
        "outside this comparison." if told["certainty_only"] else "",
        f"Left out, since it has no direction of its own: {computed}." if computed else "",
    )  # fmt: skip


def _limits_of_series(told: Json) -> Sequence[str]:
    series = told["series"]
    if series is None:
        return ()
    cut = len(series["orders"])
    return (
        "The margin of our rules was set by people who had seen the sample's series: on it they "
        "are shown to do what they were made for, which is no independent test."
        if told["sample"] else "",
        f"Of {series['possible']:,} orders {cut:,} were tried, evenly taken from all of them."
        if cut < series["possible"] else "",
        f"At each difference of the sweep {series['swept']:,} of these orders were tried."
        if series["swept"] < cut else "",
    )  # fmt: skip
