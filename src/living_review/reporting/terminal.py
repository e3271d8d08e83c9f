"""Reports in a terminal: tables and colour on a screen, plain lines in a pipe.

`console` is rich's. Foreign text is stripped of control characters and never read as markup.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from living_review.reporting import amounts, citations, words
from living_review.reporting.canonical import Json
from living_review.reporting.diff import told as state_told
from living_review.reporting.plain import plain, shorten
from living_review.reporting.wording import word_diff

_COLOURS: Mapping[str | None, str] = {"benefit": "blue", "harm": "red", "uncertain": "dim"}
_CLASSES = {"CHANGED": "bold red", "SIGNAL": "bold yellow"}
# Words that are gone and words that are new, marked as wdiff marks them.
_MARKS = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}
_EDITS = {r"\[-.*?-\]": "strike dim", r"\{\+.*?\+\}": "bold"}


def print_report(console: Console, report: Json) -> None:
    """Print what the review concludes, and what it leaves open; claims by their ids."""
    _line(console, f"{plain(report['review']['title'])}, version {report['version']}", "bold")
    _line(console, f"Evidence current to {words.day(report['evidence_current_to'])}.")
    rows = [_conclusion_cells(conclusion) for conclusion in report["conclusions"]]
    if console.is_terminal:
        # Two cells in one column, under one another: six columns do not fit 80 characters.
        stacked = [[_stack(row[0], row[5]), _stack(*row[1:3]), _stack(*row[3:5])] for row in rows]
        _table(console, ("Claim", "Direction and certainty", "Evidence"), stacked, lines=True)
    else:
        heads = ("Claim", "Direction", "Certainty", "Evidence", "Estimate", "Conclusion")
        _table(console, heads, rows)
    for line in _open_ends(report):
        _line(console, line)


def print_diff(console: Console, diff: Json) -> None:
    """Print what changed between two versions."""
    for line in _diff_lines(diff):
        style = next((look for code, look in _CLASSES.items() if line.startswith(code)), "")
        _line(console, line, style, _EDITS)


def print_explain(console: Console, conclusion: Json, report: Json) -> None:
    """Print why one conclusion stands: steps of certainty, studies, numbers, quotes."""
    first, *rest = [*_explain_lines(conclusion, report["records"])]
    rest[2:2] = _flag_lines(conclusion["claim"], report)
    _line(console, first, "bold")
    for line in rest:
        _line(console, line)


def print_versions(console: Console, versions: Sequence[Json]) -> None:
    """Print the versions, oldest first: version, as_of, headline, changed, signals."""
    keys = ("version", "as_of", "changed", "signals", "headline")
    rows = [[Text(plain(str(version[key]))) for key in keys] for version in versions]
    _table(console, ("Version", "As of", "Changed", "Signals", "What it brought"), rows)


def print_lines(console: Console, lines: Iterable[str], style: str = "") -> None:
    """Print lines that are ready to be read."""
    for line in lines:
        _line(console, plain(line), style)


def print_table(console: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table of plain cells; in a pipe each row is one line."""
    _table(console, heads, [[Text(plain(cell)) for cell in row] for row in rows])


def _stack(above: Text, below: Text) -> Text:
    return Text("\n").join(part for part in (above, below) if part)


def _line(
    console: Console, said: str, style: str = "", looks: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Print a line; on a screen it wraps under its indent, in a pipe it stays one line.

    `looks` are patterns and the style that what fits them has on a screen.
    """
    if not console.is_terminal:
        print(said, file=console.file)  # as it is: rich would turn tabs into spaces
        return
    text = said.lstrip(" ")
    shown = Text(text, style=style)
    for pattern, look in looks.items():
        shown.highlight_regex(pattern, look)
    console.print(Padding(shown, (0, 0, 0, len(said) - len(text)), expand=False))


def _table(
    console: Console, heads: Sequence[str], rows: Sequence[Sequence[Text]], *, lines: bool = False
) -> None:
    """Draw a table on a screen; in a pipe each row is one line of tab-separated cells."""
    if not console.is_terminal:
        for row in (heads, *rows):
            _line(console, "\t".join(str(cell) for cell in row))
        return
    table = Table(*heads, show_edge=False, pad_edge=False, header_style="dim", show_lines=lines)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _conclusion_cells(conclusion: Json) -> list[Text]:
    symbol, said = words.DIRECTIONS[conclusion["direction"]]
    estimate = amounts.benefit(conclusion["effect"] or {}) or words.tally(conclusion)
    return [
        Text(plain(conclusion["claim"]), style="bold"),
        Text(f"{symbol} {said}", style=_COLOURS.get(conclusion["direction"], "")),
        Text(words.CERTAINTIES[conclusion["certainty"]][1]),
        Text("" if conclusion["method"] == "computed" else words.size(conclusion)),
        Text(estimate),
        Text(shorten(conclusion["wording"], 400)),
    ]


def _open_ends(report: Json) -> Iterator[str]:
    yield words.headline(report) + (
        f" since version {report['previous_version']}." if report["previous_version"] else "."
    )
    for entry in report["nearly_changed"]:
        yield f"Nearly changed: {plain(entry['claim'])}: {plain(entry['why'])}"
    differ = [entry for entry in report["from_baseline"] if _turned(entry)]
    if report["from_baseline"]:
        yield (
            f"Against the baseline review: {words.count(len(differ), 'conclusion')} of "
            f"{len(report['from_baseline'])} with another direction; see the diff from baseline"
        )
    for entry in report["contradictions"]:
        yield plain(entry["text"])
    for conclusion in report["conclusions"]:
        if conclusion["fragile"]:
            yield f"Fragile: {plain(conclusion['claim'])}: {plain(conclusion['fragile_because'])}"
    for signal in report.get("signals", ()):
        said = f"{plain(signal['claim'])}, since {plain(signal['since'])}: {plain(signal['why'])}"
        yield f"Signal that awaits an answer: {said}"
    if report["queue"]:
        yield f"Awaiting a person: {words.count(len(report['queue']), 'question')}"
    if report["awaiting"]:
        yield f"Awaiting results: {words.count(len(report['awaiting']), 'record')}"
    for warning in report["warnings"]:
        yield f"Warning: {shorten(warning['text'])}"
    for note in report["footer"]:
        yield shorten(note, 600)


def _turned(entry: Json) -> bool:
    return bool(state_told(entry["baseline"])["direction"] != state_told(entry["now"])["direction"])


def _diff_lines(diff: Json) -> Iterator[str]:
    since = f"{diff['from'] or 'nothing'} → {diff['to']}"
    yield f"{plain(diff['review']['title'])}, {since}: {diff['headline']}"
    for entry in diff["changes"]:
        yield ""
        yield from _change_lines(entry, diff["sources"])
    yield ""
    if diff["nearly_changed"]:
        for entry in diff["nearly_changed"]:
            yield f"Nearly changed: {plain(entry['claim'])}: {plain(entry['why'])}"
    for entry in diff["fragile"]:
        yield f"Fragile: {plain(entry['claim'])}: {plain(entry['why'])}"
    standing = words.count(len(diff["unchanged"]), "conclusion stands", "conclusions stand")
    first = "This is the first version: there is none to compare it with."
    yield f"{standing} as before." if diff["from"] else first
    moved = diff["records"]
    yield (
        f"Included records: {len(moved['new'])} new, {len(moved['revised'])} revised, "
        f"{len(moved['retracted'])} retracted."
    )
    for what, told in (("retracted", "Retracted"), ("left", "No longer included")):
        for record in moved[what]:
            yield f"{told}: {citations.short(record, diff['sources'])} ({record})"
    for record, parts in moved["revised_parts"].items():
        yield f"Revised: {citations.short(record, diff['sources'])} ({record}): {', '.join(parts)}"


def _change_lines(entry: Json, sources: Json) -> Iterator[str]:
    fragile = " (fragile)" if entry["fragile"] else ""
    yield f"{entry['class']} {plain(entry['claim'])}{fragile}"
    yield f"  {words.moved(entry)}"
    if entry["anchor"] == "announced":
        yield "  told:   before is what readers were last told, not the version just before"
    yield f"  now:    {plain(entry['wording_after'])}"
    if entry["wording_before"] and not words.stays(entry):
        stretches = word_diff(entry["wording_before"], entry["wording_after"])
        yield "  words:  " + " ".join(said.join(_MARKS[kind]) for kind, said in stretches)
    if words.sureness(entry["after"]) and not words.stays(entry):
        yield f"  sure:   {words.sureness(entry['after'])}"
    yield f"  why:    {plain(entry['why'])}"
    for code in entry["rules"]:
        yield f"  rule:   {words.rule(code)} ({plain(code)})"
    if entry["causes"]:
        named = words.listed([words.cause(code) for code in entry["causes"]])
        inputs = f": {', '.join(plain(i) for i in entry['inputs'])}" if entry["inputs"] else ""
        yield f"  cause:  {named}{inputs}"
    for name, told in (("before", entry["before"]), ("after", entry["after"])):
        if told["effect"]:
            yield f"  {name + ':':<7} {amounts.benefit(told['effect'])}"
    shown = [record for item in entry["evidence"] for record in item["records"]]
    for item in entry["evidence"]:
        yield from _study_lines(item, sources)
    for record in entry["records"]:
        if record not in shown:
            yield from _record_lines(record, sources)


def _record_lines(record: str, sources: Json) -> Iterator[str]:
    """A record that is no evidence on the claim, such as a safety signal, with its words."""
    source = sources.get(record, {})
    known = citations.participants(source.get("participants"))
    kind = f"; {words.design(source.get('design'))}; {known}" if source.get("design") else ""
    yield f"  - {citations.full(record, sources)} ({plain(record)}){kind}"
    if source.get("quote"):
        yield f"    “{shorten(source['quote'])}”"


def _explain_lines(conclusion: Json, records: Json) -> Iterator[str]:
    yield f"{plain(conclusion['claim'])}: {words.state(conclusion)}"
    yield plain(conclusion["wording"])
    verdict = words.stands(conclusion)
    yield f"Claim: {plain(conclusion['statement'])}" + (f" ({verdict})" if verdict else "")
    yield f"Weighed: {words.METHODS[conclusion['method']]}; {words.tally(conclusion)}".rstrip("; ")
    if conclusion["pool"]:
        yield _pool_line(conclusion["pool"])
    for one in conclusion.get("leave_one_out", ()):
        name = words.listed([citations.short(record, records) for record in one["without"]])
        direction = words.DIRECTIONS[one["direction"]][1]
        yield f"Pool without {name}: {amounts.benefit(one)}, {direction}"
    for step in conclusion["certainty_steps"]:
        domain = words.spaced(step["domain"])
        yield f"Certainty {step['levels']:+d}, {domain}: {plain(step['reason'])}"
    if conclusion["fragile"]:
        yield f"Fragile: {plain(conclusion['fragile_because'])}"
    for view in conclusion["reviews"]:
        name = citations.short(view["record"], records)
        sets = ", sets the direction" if view["sets_direction"] else ""
        yield f"Review {name}: {words.AGREEMENT[view['agrees']]}{sets}; {plain(view['reason'])}"
    if conclusion["would_change"]:
        yield f"Would change it: {plain(conclusion['would_change'])}"
    for item in conclusion["evidence"]:
        yield from _study_lines(item, records)
        how = words.how_read(item)
        if how:
            yield f"    {plain(how)}"
        if item["effect"] and item["effect"]["source"] != "abstract":
            yield f"    numbers from {plain(item['effect']['source'])}"


def _flag_lines(claim: str, report: Json) -> Iterator[str]:
    """What people say bears on the conclusion, and what still awaits their answer."""
    for flag in report.get("flags", ()):
        if flag["claim"] == claim:
            named = "; ".join(words.rule(code) for code in flag["rules"])
            yield f"Flagged: {named}: {plain(flag['reason'])} ({plain(flag['decider'])})"
    for signal in report.get("signals", ()):
        if signal["claim"] == claim:
            yield f"Signal since {plain(signal['since'])}, unanswered: {plain(signal['why'])}"


def _pool_line(pool: Mapping[str, Any]) -> str:
    name = "Pool" if pool["used"] else "Pool (shown, not used)"
    said = f"{name}: {amounts.benefit(pool)}; k = {pool['k']}, I² {pool['i2']} %, p = {pool['p']}"
    matters = amounts.mid(pool["mid"], pool["unit"])
    return f"{said}; smallest difference that matters: {matters}" if matters else said


def _study_lines(item: Json, records: Json) -> Iterator[str]:
    names = words.listed([f"{citations.short(r, records)} ({plain(r)})" for r in item["records"]])
    parts = [
        words.found(item),
        words.design(item["design"]),
        citations.participants(item["participants"]),
        "indirect" if item["indirect"] else "",
        "" if item["settles"] else "stands beside",
        amounts.benefit(item),
        plain(words.judged(item)),
    ]
    yield f"  - {names}: {'; '.join(part for part in parts if part)}"
    if item["quote"]:
        yield f"    “{shorten(item['quote'], 420)}”"
