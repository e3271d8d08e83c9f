"""`backtest/index.html`: how often the rules changed their mind, on one self-contained page."""

from typing import Any

from living_review.reporting.backtest import figure, words
from living_review.reporting.backtest.report import SHOWN_ORDERS
from living_review.reporting.canonical import Json
from living_review.reporting.pages import page

NAME = "index.html"


def render(told: Json) -> bytes:
    """Render the page; the picture lies beside it under `figure.NAME`."""
    return page(
        "backtest.html",
        "backtest.css",
        told=told,
        said=words,
        picture=figure.NAME,
        moved=[claim for claim in told["claims"] if claim["changes"]],
        unmoved=[claim["label"] for claim in told["claims"] if not claim["changes"]],
        series=_series(told["series"]),
    )


def _series(series: Json | None) -> dict[str, Any] | None:
    """The series with its trials by year, and its orders as rows where they are few."""
    if series is None:
        return None
    few = len(series["orders"]) <= SHOWN_ORDERS
    return {
        **series,
        "by_year": _by_year(series),
        "seen": _seen(series),
        "rows": [_row(order, series) for order in series["orders"]] if few else [],
    }


def _seen(series: Json) -> list[str]:
    """The states that any policy told in any order, in the order of their words."""
    told = {
        code for order in series["orders"] for states in order["states"].values() for code in states
    }
    return [code for code in words.STATES if code in told]


def _by_year(series: Json) -> list[dict[str, Any]]:
    years: dict[int, list[str]] = {}
    for trial, year in zip(series["trials"], series["years"], strict=True):
        years.setdefault(year, []).append(trial)
    return [{"year": year, "trials": trials} for year, trials in years.items()]


def _row(order: Json, series: Json) -> dict[str, Any]:
    """One order: only years in which more than one order is possible are spelt out."""
    year_of = dict(zip(series["trials"], series["years"], strict=True))
    years: dict[int, list[str]] = {}
    for trial in order["trials"]:
        years.setdefault(year_of[trial], []).append(trial)
    spelt = [{"year": y, "trials": names} for y, names in years.items() if len(names) > 1]
    return {"years": spelt, "turns": order["turns"], "states": order["states"]}
