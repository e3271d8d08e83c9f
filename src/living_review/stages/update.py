"""The stages of an update in their order, for who runs them bare; flows say the same order."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from living_review.stages import (
    begin,
    check,
    compare,
    link,
    parse,
    publish,
    pull,
    screen,
    second,
    tag,
    weigh,
)
from living_review.stages.settle import settle

Told = Callable[[str, dict[str, int]], None]

STAGES: tuple[tuple[str, Callable[[Path, int], dict[str, int]]], ...] = (
    ("pull", pull.run),
    ("parse", parse.run),
    ("link", link.run),
    ("tag", tag.run),
    ("screen", screen.run),
    ("second reader", second.run),
    ("weigh", weigh.run),
    ("compare", compare.run),
    ("check", check.run),
    ("publish", publish.run),
)


def run(
    review: Path,
    as_of: date | None,
    trigger: str,
    told: Told = lambda stage, counts: None,
    until: str = "publish",
) -> dict[str, dict[str, int]]:
    """One update without Prefect: counts by stage. `told` hears each stage as it ends."""
    done = {}
    with begin.hold(review, as_of, trigger) as run_no:
        for name, stage in STAGES:
            done[name] = stage(review, run_no)
            told(name, done[name])
            if name == until:
                break
    return done


def replay(review: Path, dates: Sequence[date], told: Told = lambda stage, counts: None) -> None:
    """The same update at each of these dates, then the pages that span versions, once."""
    for day in dates:
        run(review, day, "replay", told)
    settle(review)
