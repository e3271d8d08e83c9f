"""A back-test in a terminal: the answer, the table, every change of our rules, the series."""

from collections.abc import Iterator

from rich.console import Console

from living_review.reporting import citations
from living_review.reporting.amounts import mid
from living_review.reporting.backtest import words
from living_review.reporting.canonical import Json
from living_review.reporting.terminal import print_lines, print_table
from living_review.reporting.words import count


def print_backtest(console: Console, told: Json) -> None:
    """Print what the page says first, and where the page has more of it."""
    first, *rest = words.answer(told)
    print_lines(console, [first], "bold")
    print_lines(console, rest)
    policies = words.POLICIES
    heads = ("", *(named.name for named in policies.values()))
    columns = [words.cells(policy, told) for policy in policies]
    rows = zip(words.COLUMNS.values(), *columns, strict=True)
    print_table(console, heads, [*rows, *_of_series(told["series"])])
    print_lines(console, _changes(told))
    print_lines(console, words.limits(told))


def _of_series(series: Json | None) -> Iterator[tuple[str, ...]]:
    """The most turns of any order, at the claim's own MID and over the sweep."""
    if series is None or not series["orders"]:
        return
    orders = count(len(series["orders"]), "order")
    size = mid(series["mid"], series["unit"])
    most = (str(max(o["turns"][p] for o in series["orders"])) for p in words.POLICIES)
    yield f"Most turns in {orders}, at {size}", *most
    low, high = series["sweep"][0]["from"], series["sweep"][-1]["to"]
    most = (str(max(r["most_turns"][p] for r in series["sweep"])) for p in words.POLICIES)
    yield f"The same, at {words.sizes(low, high, series['unit'])}", *most


def _changes(told: Json) -> Iterator[str]:
    for claim in told["claims"]:
        for change in claim["changes"]:
            names = ", ".join(words.POLICIES[policy].short for policy in change["policies"])
            records = "; ".join(
                f"{citations.short(one['record'], told['records'])}, {words.behind(one)}"
                for one in change["behind"]
            )
            kind = words.kind(change)
            before, after = (words.STATES[change[key]][1] for key in ("before", "after"))
            yield (
                f"{change['as_of']}  {claim['claim']}: {before} → {after} ({names}; {kind})"
                + (f": {records}" if records else "")
            )
