"""What the boxes of a flow hold: totals up to a version, and the steps since the one before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from living_review.reporting import words
from living_review.reporting.canonical import Json


class Counted(NamedTuple):
    """One number of the flow: its name, its total, the step since the version before."""

    name: str
    total: int
    more: int | None
    main: bool = True


class Stage(NamedTuple):
    """What is kept at one stage, and beside it what is not."""

    kept: Sequence[Counted]
    left_out: Sequence[Counted]


def flow_before(report: Json) -> Json | None:
    """The flow of the version before; None for the first, and where it was not kept yet."""
    found: Json | None = report.get("flow_before")
    return found


def included(flow: Json) -> str:
    """Say how many studies and records a version includes."""
    records = words.count(flow["included_records"], "record")
    return f"{words.count(flow['included_studies'], 'study', 'studies')}, {records}"


def stages_of(report: Json) -> Iterator[Stage]:
    """The stages of a version's flow, from what was found to what is included."""
    flow, before = report["flow"], flow_before(report)

    def counted(name: str, key: str) -> Counted:
        now = flow.get(key, 0)
        return Counted(name, now, None if before is None else now - before.get(key, 0))

    def given(name: str, key: str, main: bool = True) -> list[Counted]:
        one = counted(name, key)._replace(main=main)
        return [one] if one.total or one.more else []

    yield Stage(
        [counted("Identified", "identified"), *given("of these imported", "imported", main=False)],
        [counted("Duplicates", "duplicates")],
    )
    yield Stage([counted("Screened", "screened")], _excluded(flow, before))
    yield Stage(
        [
            counted("Records included", "included_records"),
            counted("Studies included", "included_studies"),
        ],
        [
            counted("Unclear, awaiting a person", "unclear"),
            counted("Awaiting results", "awaiting_results"),
            *given("Results now published", "results_published"),
            counted("Retracted", "retracted"),
        ],
    )


def _excluded(flow: Json, before: Json | None) -> list[Counted]:
    """The excluded records, then each reason, also one that no record has any more."""
    now: Mapping[str, int] = flow["excluded"]
    then: Mapping[str, int] = before["excluded"] if before else {}

    def step(more: int) -> int | None:
        return None if before is None else more

    whole = sum(now.values())
    return [
        Counted("Excluded", whole, step(whole - sum(then.values()))),
        *(
            Counted(words.spaced(reason), now.get(reason, 0),
                    step(now.get(reason, 0) - then.get(reason, 0)), main=False)
            for reason in sorted(now.keys() | then.keys())
        ),
    ]  # fmt: skip


def step_said(more: int) -> str:
    """Print a step with its sign."""
    return f"+{more:,}" if more >= 0 else f"−{-more:,}"
