"""What entered comparisons say of one study must agree: no repeats, one size for one arm."""

from collections.abc import Iterator, Sequence

from living_review.parsing.entered_effects import Entered

Fault = tuple[int, str]


def faults(entered: Sequence[Entered]) -> list[Fault]:
    """Every disagreement, at the line that comes second."""
    found = [*_repeats(entered), *_sizes(entered), *_totals(entered)]
    return list(dict.fromkeys(found))


def _repeats(entered: Sequence[Entered]) -> Iterator[Fault]:
    """The same comparison twice by one person, from whichever side."""
    seen: dict[tuple[object, ...], Entered] = {}
    for each in entered:
        names = [arm.name for arm in each.arms]
        key = (each.record_id, *sorted(names), each.outcome, each.weeks, each.by)
        if key in seen:
            how = "repeats" if seen[key].arms[0].name == names[0] else "tells the other way round"
            yield each.lines[0], f"{how} line {seen[key].lines[0]}; keep one of the two"
        seen.setdefault(key, each)


def _sizes(entered: Sequence[Entered]) -> Iterator[Fault]:
    """An arm of one study, outcome and time has one size, whoever entered it.

    Comparisons of doses are left out: there one name stands for a part of an arm.
    """
    seen: dict[tuple[object, ...], tuple[int, int]] = {}
    for each in entered:
        if each.arms[1].name == "dose":
            continue
        for line, arm in zip(each.lines, each.arms, strict=True):
            if arm.n is None:
                continue
            key = (each.record_id, arm.name, each.outcome, each.weeks)
            n, at = seen.setdefault(key, (arm.n, line))
            if n != arm.n:
                yield (
                    line,
                    (
                        f"'{arm.name}' has {arm.n} people, and {n} in line {at}; "
                        "an arm has one size at one outcome and time"
                    ),
                )


def _totals(entered: Sequence[Entered]) -> Iterator[Fault]:
    """No arm is larger than its study, and a study has one total."""
    totals: dict[str, tuple[int, int]] = {}
    for each in entered:
        if each.total is not None:
            total, at = totals.setdefault(each.record_id, each.total)
            if total != each.total[0]:
                yield each.total[1], f"'total' is {each.total[0]}, and {total} in line {at}"
    for each in entered:
        if each.record_id not in totals:
            continue
        total, at = totals[each.record_id]
        for line, arm in zip(each.lines, each.arms, strict=True):
            if arm.n is not None and arm.n > total:
                said = f"the whole study {total} by 'total' in line {at}"
                yield line, f"'{arm.name}' has {arm.n} people, and {said}"
