"""How often our rules and two naive ones change their mind, over the sample and its series.

python -m benchmarks.backtest
"""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.replay_sample import DATES
from living_review.dates import even_row
from living_review.reporting.backtest import words
from living_review.stages import backtest, initialise, update

FROM_TO = date(2001, 12, 31), date(2026, 11, 1)
TABLE, CLAIM = Path("sample/effects.csv"), "class-effect"


def rows() -> Iterator[tuple[str, str]]:
    """Yield what was counted and the figure."""
    for dates in ([date.fromisoformat(day) for day in DATES], even_row(*FROM_TO, "6m")):
        told = _replayed(dates)
        history = f"{len(told['updates']) - 1} updates of the sample's {len(told['claims'])} claims"
        for policy, named in words.POLICIES.items():
            counted = _counted(told["policies"][policy])
            yield f"back-test over {history}: {named.name.lower()}", counted
    yield from _series(told["series"])


def _replayed(dates: list[date]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        review = Path(folder) / "review"
        initialise.run(review, sample=True)
        for day in dates:
            update.run(review, day, "replay")
        return backtest.run(review, TABLE, CLAIM).told


def _counted(counted: Mapping[str, Any]) -> str:
    return (
        f"{counted['changes']} changes ({counted['first_answers']} first answers, "
        f"{counted['turns']} turns), {counted['reversals']} reversed, at most "
        f"{counted['most_turns']} turns of one claim, wait {words.wait(counted)} days"
    )


def _series(series: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    of = f"{len(series['trials'])} trials in {len(series['orders'])} within-year orders"
    low, high = series["sweep"][0]["from"], series["sweep"][-1]["to"]
    for policy, named in words.POLICIES.items():
        most = max(order["turns"][policy] for order in series["orders"])
        swept = max(one["most_turns"][policy] for one in series["sweep"])
        ends = {end for one in series["sweep"] for end in one["ends"][policy]}
        yield (
            f"most turns of {of}: {named.name.lower()}",
            f"{most} at the claim's own MID, {swept} over MIDs from "
            f"{words.sizes(low, high, series['unit'])}; {len(ends)} end state(s)",
        )


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what}: {figure}")
