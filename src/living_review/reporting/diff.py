"""What differs between two review versions: INTERFACE `diff.json`, whole in itself.

A diff of neighbours takes the changes that the later version announced. Across several
versions the reports in between are handed in too, so that rules and causes are kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from living_review.parsing.revisions import PARTS
from living_review.reporting import words
from living_review.reporting.canonical import SCHEMA, Json

BASELINE = "baseline"
_CITED = (
    "authors", "design", "doi", "journal", "participants", "pmid", "published", "quote", "title",
)  # fmt: skip


def diff(before: Json | None, after: Json, steps: Sequence[Json] = ()) -> dict[str, Any]:
    """From `before` (None: nothing, the first version) to `after`.

    `steps` are the reports after `before` up to and including `after`, oldest first; without
    them the two are taken for neighbours.
    """
    same = before is not None and before["version"] == after["version"]
    path = [] if same else list(steps) or [after]
    then = {} if before is None else _by_claim(before)
    now = _by_claim(after)
    changes = list(path[0]["changes"]) if len(path) == 1 else _summed(path, then, now)
    entries = [_worded(entry, then, now) for entry in changes]
    told = {entry["claim"] for entry in entries}
    moved = _moved_records(before, after)
    cited = {r for entry in entries for r in entry["records"]}.union(*moved.values())
    parts = _revised_parts(moved["revised"], path)
    return {
        "schema": SCHEMA,
        "review": {"title": after["review"]["title"]},
        "from": None if before is None else before["version"],
        "to": after["version"],
        "from_as_of": None if before is None else before["as_of"],
        "to_as_of": after["as_of"],
        "headline": _headline(before, after, entries),
        "changes": entries,
        "nearly_changed": after["nearly_changed"],
        "fragile": _fragile(after),
        "unchanged": [claim for claim in now if claim not in told],
        "records": {**moved, "revised_parts": parts},
        "sources": _sources(cited, before, after),
    }


def diff_from_baseline(after: Json) -> dict[str, Any]:
    """From the baseline review to `after`: every claim that stands otherwise than it did there."""
    now = _by_claim(after)
    entries = [
        {
            **_words_of(now[entry["claim"]]),
            "class": "CHANGED",
            "anchor": BASELINE,
            "fragile": now[entry["claim"]]["fragile"],
            "rules": [],
            "causes": [],
            "inputs": [],
            "before": told(entry["baseline"]),
            "after": told(entry["now"]),
            "why": entry["why"],
            "records": [],
            "evidence": [],
        }
        for entry in after["from_baseline"]
        if told(entry["baseline"])["direction"] != told(entry["now"])["direction"]
    ]
    changed = {entry["claim"] for entry in entries}
    return {
        "schema": SCHEMA,
        "review": {"title": after["review"]["title"]},
        "from": BASELINE,
        "to": after["version"],
        "from_as_of": after["review"]["baseline"]["date"],
        "to_as_of": after["as_of"],
        "headline": f"{words.count(len(entries), 'conclusion')} differ from the baseline review"
        if len(entries) != 1
        else "1 conclusion differs from the baseline review",
        "changes": entries,
        "nearly_changed": [],
        "fragile": _fragile(after),
        "unchanged": [claim for claim in now if claim not in changed],
        "records": {"new": [], "revised": [], "retracted": [], "left": [], "revised_parts": {}},
        "sources": {},
    }


def _fragile(report: Json) -> list[dict[str, str]]:
    return [
        {"claim": c["claim"], "why": c["fragile_because"] or "little would overturn it"}
        for c in report["conclusions"]
        if c["fragile"]
    ]


def told(state: Any) -> dict[str, Any]:
    """Read a state as direction, certainty and effect, whatever part of it was given."""
    given = state if isinstance(state, Mapping) else {"direction": state}
    return {key: given.get(key) for key in ("direction", "certainty", "participants", "effect")}


def _summed(
    path: Sequence[Json], then: Mapping[str, Json], now: Mapping[str, Json]
) -> list[dict[str, Any]]:
    """One entry a claim over the whole path, with every rule, cause and record on the way."""
    by_claim: dict[str, list[Json]] = {}
    for report in path:
        for entry in report["changes"]:
            by_claim.setdefault(entry["claim"], []).append(entry)
    summed = []
    for claim in [claim for claim in now if claim in by_claim]:
        entries = by_claim[claim]
        first = then.get(claim, entries[0]["before"])
        summed.append(
            {
                **entries[-1],
                "class": _class(first, now[claim]),
                "anchor": "previous",
                "before": _state_of(first),
                "after": _state_of(now[claim]),
                "rules": _union(entry["rules"] for entry in entries),
                "causes": _union(entry["causes"] for entry in entries),
                "records": _union(entry["records"] for entry in entries),
                "inputs": _union(entry["inputs"] for entry in entries),
                "why": " ".join(_union([entry["why"]] for entry in entries)),
            }
        )
    return sorted(summed, key=lambda entry: entry["class"] == "SIGNAL")


def _class(first: Json, last: Json) -> str:
    """Call it CHANGED when the path ends elsewhere than it began; else only signals remain."""
    return "CHANGED" if first["direction"] != last["direction"] else "SIGNAL"


def _state_of(conclusion: Json) -> dict[str, Any]:
    effect = conclusion.get("effect")
    kept = ("benefit", "benefit_low", "benefit_high", "p", "unit", "mid")
    return {
        "direction": conclusion["direction"],
        "certainty": conclusion["certainty"],
        "participants": conclusion.get("participants"),
        "effect": {key: effect.get(key) for key in kept} if effect else None,
    }


def _worded(entry: Json, then: Mapping[str, Json], now: Mapping[str, Json]) -> dict[str, Any]:
    """Put beside a change what a reader needs: sentences, scale, and the records' words."""
    claim = entry["claim"]
    conclusion = now.get(claim) or then[claim]
    causes = set(entry["records"])
    evidence = [item for item in conclusion["evidence"] if causes & set(item["records"])]
    return {
        **_words_of(conclusion),
        **entry,
        "wording_before": _wording_of(entry["before"], then.get(claim))
        or entry.get("wording_before", ""),
        "previous": _untold(entry, then.get(claim)),
        "rules_in_words": [words.rule(code) for code in entry["rules"]],
        "evidence": evidence,
        "reviews": [view for view in conclusion["reviews"] if view["record"] in causes],
        "fragile_because": conclusion["fragile_because"] if entry["fragile"] else "",
        "would_change": conclusion["would_change"],
    }


def _wording_of(before: Json, previous: Json | None) -> str:
    """The sentence of the previous version, where it stood in that very direction."""
    if previous is None or previous["direction"] != before["direction"]:
        return ""
    return str(previous["wording"])


def _untold(entry: Json, previous: Json | None) -> dict[str, Any] | None:
    """Where the previous version stood, if that is not what readers were last told."""
    if previous is None or entry["anchor"] != "announced":
        return None
    stood = {key: previous[key] for key in ("direction", "certainty")}
    return None if all(entry["before"][key] == stood[key] for key in stood) else stood


def _words_of(conclusion: Json) -> dict[str, Any]:
    return {
        "claim": conclusion["claim"],
        "label": conclusion["label"],
        "statement": conclusion["statement"],
        "wording_before": "",
        "wording_after": conclusion["wording"],
        "rules_in_words": [],
        "reviews": [],
        "fragile_because": conclusion["fragile_because"],
        "would_change": conclusion["would_change"],
        "certainty_steps": conclusion["certainty_steps"],
        "mid": conclusion["mid"],
    }


def _moved_records(before: Json | None, after: Json) -> dict[str, list[str]]:
    """Included records that are new, each once; those whose text or standing differs, or left."""
    old: Mapping[str, Json] = {} if before is None else before["records"]
    new: Mapping[str, Json] = after["records"]
    included = [
        r for r in sorted(new) if new[r].get("verdict") == "include" and not new[r].get("same_as")
    ]
    return {
        "new": [r for r in included if old.get(r, {}).get("verdict") != "include"],
        "revised": [
            r
            for r in included
            if r in old and old[r].get("content_hash") != new[r].get("content_hash")
        ],
        "retracted": [
            r
            for r in sorted(new)
            if new[r].get("retracted")
            and not old.get(r, {}).get("retracted")
            and "include" in (old.get(r, {}).get("verdict"), new[r].get("verdict"))
        ],
        "left": [
            r
            for r in sorted(old)
            if old[r].get("verdict") == "include"
            and not old[r].get("same_as")
            and not new.get(r, {}).get("same_as")
            and new.get(r, {}).get("verdict") != "include"
        ],
    }


def _revised_parts(revised: Iterable[str], path: Sequence[Json]) -> dict[str, list[str]]:
    """What changed in each revised record anywhere on the path; a report may be older than this."""
    told = {
        record: {
            part
            for report in path
            for entry in report.get("revised", ())
            if entry["record"] == record
            for part in entry["parts"]
        }
        for record in revised
    }
    return {record: sorted(parts, key=list(PARTS).index) for record, parts in told.items() if parts}


def _sources(
    record_ids: Iterable[str], before: Json | None, after: Json
) -> dict[str, dict[str, Any]]:
    """The records cited; one that is gone as it was before."""
    records = {**(before["records"] if before else {}), **after["records"]}
    return {
        r: {key: records[r].get(key) for key in _CITED} for r in sorted(record_ids) if r in records
    }


def _headline(before: Json | None, after: Json, entries: Sequence[Json]) -> str:
    previous = None if before is None else before["version"]
    return words.headline({**after, "previous_version": previous, "changes": entries})


def _by_claim(report: Json) -> dict[str, Json]:
    return {conclusion["claim"]: conclusion for conclusion in report["conclusions"]}


def _union(parts: Iterable[Iterable[str]]) -> list[str]:
    """Every item once, in the order it first came."""
    return list(dict.fromkeys(item for part in parts for item in part))
