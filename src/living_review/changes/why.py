"""The one sentence that says why: rule, numbers, records, in words a clinician uses."""

from collections.abc import Collection, Mapping, Sequence

from living_review.changes.baseline import DIRECTIONS
from living_review.changes.causes import Origin
from living_review.changes.events import Event
from living_review.changes.rules import ALPHA
from living_review.judging.claims import RAISED
from living_review.model import Cause, Conclusion, Evidence, Reading, State

FOUND = {
    "favours_intervention": "found it better",
    "favours_comparator": "found it worse",
    "no_difference": "found no difference",
    "mixed_unclear": "gave no clear result",
}
_NAMED_ALREADY = ("A1", "A7", "RETRACTION", "ERRATUM", "RESULTS")
_WORDS_OF_A_TITLE = 8
_LETTERS = 100  # of a name
_NAMED = 3

WITHDRAWN = "{records} was withdrawn by its source"
_OF_A_NOTICE = {
    "EOC": "an expression of concern was issued on {records}",
    "ERRATUM": "{records} was corrected",
    "RESULTS": "results are posted for a study that was awaited: {records}",
    "RETRACTION": "{records} was retracted and leaves every analysis",
}
_BECAUSE: Mapping[Cause, str] = {
    "retraction": "{records} was retracted",
    "correction": "{records} was corrected",
    "decision_revised": "a person revised what was decided on or read off {records}",
    "claim_reworded": "the claim was reworded ({inputs})",
    "criteria_changed": "the eligibility criteria were edited",
    "method_changed": "the method was edited ({inputs}), with no part of it from new evidence",
}


def sentence(
    rules: Sequence[str],
    origin: Origin,
    events: Sequence[Event],
    now: Conclusion,
    states: tuple[State, State],
    readings: Mapping[str, Reading],
    fragile: str,
) -> str:
    """Say why a claim changed or signals, in one plain sentence; `states` are before and after.

    `origin` is that of the rules on numbers; events name their records themselves, unless they
    are named already.
    """
    before, after = states
    # A pool whose direction moved has crossed the line; saying so twice helps nobody.
    telling = [rule for rule in rules if not (rule == "MID" and "DIRECTION" in rules)]
    effects = [said for rule in telling if (said := _effect_of(rule, before, now, after))]
    parts = ["; ".join(effects)] if effects else []
    if effects and origin.causes:
        because = " and ".join(_cause(cause, origin, now, readings) for cause in origin.causes)
        parts = [f"{because}, so {parts[0]}"]
    parts += [
        _event(event, now, before, readings)
        for event in events
        if not (
            effects and event.rule in _NAMED_ALREADY and set(event.records) <= set(origin.records)
        )
    ]
    text = "; ".join(parts)
    if fragile:
        text += f"; fragile: {fragile}"
    return f"{text[:1].upper()}{text[1:]}."


def named(record: str, readings: Mapping[str, Reading]) -> str:
    """Name a record by its first author and year, else by the first words of its title."""
    reading = readings.get(record)
    if reading is None:
        return record
    if reading.first_author and reading.published:
        return f"{_cut(reading.first_author)} {reading.published.year} ({record})"
    words = reading.title.rstrip(".").split()
    short = " ".join(words[:_WORDS_OF_A_TITLE]) + ("…" if len(words) > _WORDS_OF_A_TITLE else "")
    year = f", {reading.published.year}" if reading.published else ""
    return f"“{_cut(short)}” ({record}{year})"


def _cut(name: str) -> str:
    """Cut a name that would make of the sentence what nobody reads, such as a group's roll."""
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


def _all_named(records: Sequence[str], readings: Mapping[str, Reading]) -> str:
    shown = [named(record, readings) for record in records[:_NAMED]]
    if len(records) > _NAMED:
        shown.append(f"{len(records) - _NAMED} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _cause(cause: Cause, origin: Origin, now: Conclusion, readings: Mapping[str, Reading]) -> str:
    if cause == "new_evidence":
        return _new_evidence(origin.by_cause.get(cause, ()), now, readings)
    records = [r for r in origin.by_cause.get(cause, ()) if r not in origin.gone]
    gone = [r for r in origin.by_cause.get(cause, ()) if r in origin.gone]
    said = [_of_records(WITHDRAWN, gone, origin, readings)] if gone else []
    if records or not gone:
        said.insert(0, _of_records(_BECAUSE[cause], records, origin, readings))
    return " and ".join(said)


def _of_records(
    template: str, records: Sequence[str], origin: Origin, readings: Mapping[str, Reading]
) -> str:
    judged = template == _BECAUSE["decision_revised"] and bool(origin.inputs)
    if judged and not records:
        return f"a person judged the {', the '.join(origin.inputs)}"
    if "{records}" in template and not records:
        template = template.replace("{records}", "a record")
    text = template.format(
        records=_all_named(records, readings) if records else "",
        inputs=", ".join(origin.inputs) or "how records are read",
    )
    if len(records) < 2 or not template.startswith("{records}"):
        return text
    return text.replace(" was ", " were ", 1).replace(" by its source", " by their source")


def _new_evidence(records: Sequence[str], now: Conclusion, readings: Mapping[str, Reading]) -> str:
    """Name new records by what they found: "A found no difference and B found it better"."""
    found = {record: item for item in now.evidence for record in item.records}
    groups: dict[str, list[str]] = {}
    for record in records:
        # A computed claim has no evidence of its own to look the record up in.
        finding = _found(found[record]) if record in found else "is new"
        groups.setdefault(finding, []).append(record)
    said = [f"{_all_named(group, readings)} {finding}" for finding, group in groups.items()]
    return " and ".join(said) or "new evidence was found"


def _found(item: Evidence) -> str:
    """What a study found; an effect inside the MID is a difference, only not one that matters."""
    small = item.direction == "no_difference" and item.effect is not None
    return f"{FOUND[item.direction]} that matters" if small else FOUND[item.direction]


def _effect_of(rule: str, before: State, now: Conclusion, after: State) -> str:
    """What one rule on numbers found, in words; empty for a rule on records."""
    match rule:
        case "DIRECTION":
            said = f"the pooled effect is now {_pooled(now)}: {turned(before, after)}"
        case "COUNTS":
            said = f"{_counted(now)}: {turned(before, after)}"
        case "REVIEW":
            said = f"this systematic review now sets the direction: {turned(before, after)}"
        case "GRADE":
            said = f"certainty goes from {_level(before)} to {_level(after)}"
        case "MID":
            said = (
                f"the pooled effect or its interval crosses a line that matters: now {_pooled(now)}"
            )
        case "B1":
            verb = "gains" if after.p is not None and after.p < ALPHA else "loses"
            was, now_p = before.p or 0, after.p or 0
            said = f"the pooled estimate {verb} significance (p {was:.3f} → {now_p:.3f})"
        case "B2":
            was, benefit = before.effect or 0, after.effect or 0
            said = f"the pooled benefit moves from {was:.2f} to {benefit:.2f}"
        case "NPR":
            said = (
                f"participants go from {before.participants:,} to {after.participants:,}, as many "
                "more as significance needed"
            )
        case _:
            said = ""
    return said


def _event(event: Event, now: Conclusion, before: State, readings: Mapping[str, Reading]) -> str:
    records = _all_named(event.records, readings)
    match event.rule:
        case "A1" | "A7":
            rank = (
                f"from {_pivotal(event.records, readings)}"
                if event.rule == "A1"
                else "though not from a pivotal trial or a systematic review"
            )
            finding = _new_evidence(event.records, now, readings)
            return f"{finding}, which opposes {_told(before)}, {rank}"
        case "A2":
            tell = "tells" if len(event.records) == 1 else "tell"
            harm = event.what.replace("_", " ")
            return f"{records} {tell} of a harm not in the last version: {harm}"
        case "A3" | "A4" | "A5" | "A6":
            return f"a person raises {RAISED[event.rule]}, on {records} ({event.what})"
        case _:
            return _OF_A_NOTICE[event.rule].format(records=records)


def _pivotal(records: Collection[str], readings: Mapping[str, Reading]) -> str:
    designs = {readings[record].design for record in records if record in readings}
    return "a systematic review" if "systematic_review" in designs else "a pivotal trial"


def _told(before: State) -> str:
    """What a finding opposes: the direction readers were told, else the claim as worded."""
    definite = before.direction in ("benefit", "harm", "little_or_none")
    return f"what was said so far, {DIRECTIONS[before.direction]}" if definite else "the claim"


def turned(before: State, after: State) -> str:
    """Say a direction beside the one before it: "harm instead of a benefit"."""
    then, now = DIRECTIONS[before.direction], DIRECTIONS[after.direction]
    return f"{now} instead of {then}"


def _level(state: State) -> str:
    return "none" if state.certainty is None else state.certainty.replace("_", " ")


def _pooled(now: Conclusion) -> str:
    pool = now.pool
    if pool is None:
        return "no longer there"
    return (
        f"{pool.benefit:.2f} ({pool.benefit_low:.2f} to {pool.benefit_high:.2f}; {pool.k} studies, "
        f"{pool.unit}, above zero is better) against a smallest difference that matters of "
        f"{pool.mid or 0:g}"
    )


def _counted(now: Conclusion) -> str:
    if now.method == "none":
        return "no study that can settle it is left"
    counts = now.counts
    tail = ", and no direction has two thirds of studies and participants"
    return (
        f"{counts.favours} in favour, {counts.against} against and {counts.no_difference} without "
        f"a difference{tail if now.direction == 'uncertain' else ''}"
    )
