"""The canonical report of one review version: the one input of every format."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from living_review.changes.signals import Signals
from living_review.model import Change, Conclusion
from living_review.protocol import Protocol
from living_review.reporting import words
from living_review.reporting.asks import asks
from living_review.reporting.canonical import SCHEMA, Json, jsonable
from living_review.reporting.entries import change, conclusion

NO_SIGNALS = Signals((), (), ())
# What was done by a machine, said as RAISE asks; measured accuracy is handed in by the caller.
DISCLOSURE = (
    "Records were screened, read, matched to claims, weighed and worded by rules, from titles and "
    "abstracts and not from full texts.",
    "Decisions and judgements entered by people outrank the rules and are named with who and why.",
    "Risk of bias cannot be judged from an abstract: certainty goes down one step until a person "
    "enters a judgement.",
    "Where a rule could not tell, it said 'unclear'; those records await a person and are counted "
    "in the flow below, neither included nor excluded in silence.",
)


def build(
    *,
    protocol: Protocol,
    version: str,
    as_of: date,
    evidence_current_to: date,
    trigger: str,
    conclusions: Sequence[Conclusion],
    flow: Json,
    searches: Sequence[Json],
    records: Mapping[str, Json],
    changes: Sequence[Change] = (),
    from_baseline: Sequence[object] = (),
    contradictions: Sequence[object] = (),
    nearly_changed: Sequence[object] = (),
    signals: Signals = NO_SIGNALS,
    warnings: Sequence[Json] = (),
    queue: Sequence[Json] = (),
    revised: Sequence[Json] = (),
    awaiting: Sequence[Json] = (),
    previous_version: str | None = None,
    previous_flow: Json | None = None,
    notes: Sequence[str] = (),
    taggers: Mapping[str, str] | None = None,
    disclosure: Sequence[str] = (),
    second_reader: Json | None = None,
) -> dict[str, Any]:
    """Everything a reader may see of one version, as JSON-able data (INTERFACE `report.json`).

    Dates come in; nothing is read from a clock. `taggers` names each automated reader with its
    version; `disclosure` adds sentences, such as measured accuracy, to those always said.
    `revised` names for each record that was revised since the version before what changed in it.
    `previous_flow` is the flow of the version before, so that what is new can be told.
    `second_reader` says how one did beside the rules; None where the protocol has none.
    """
    review = protocol.review
    order = {claim.id: place for place, claim in enumerate(protocol.claims)}
    return {
        "schema": SCHEMA,
        "review": {
            "title": review.title,
            "question": review.question,
            "baseline": {"title": review.baseline.title, "date": str(review.baseline.date)},
            "authors": [author.model_dump() for author in review.authors],
        },
        "version": version,
        "previous_version": previous_version,
        "as_of": str(as_of),
        "evidence_current_to": str(evidence_current_to),
        "method_version": protocol.rules.method_version,
        "trigger": trigger,
        "living_mode": review.living_mode.model_dump(),
        "conclusions": [
            {
                **conclusion(weighed, claim, protocol.rules.mids.get(claim.mid or "")),
                "asks": asks(claim, protocol.vocabulary),
            }
            for weighed in sorted(conclusions, key=lambda c: order[c.claim])
            for claim in [protocol.claim(weighed.claim)]
        ],
        "changes": [
            change(moved, protocol.claim(moved.claim), protocol.vocabulary)
            for moved in sorted(
                changes, key=lambda c: (c.change_class, order[c.claim], c.anchor, c.rules)
            )
        ],
        "from_baseline": jsonable(from_baseline),
        "contradictions": jsonable(contradictions),
        "nearly_changed": jsonable(nearly_changed),
        "signals": jsonable(signals.open),
        "flags": jsonable(signals.flags),
        "signals_closed": [
            {**jsonable(closed.signal), "because": closed.because} for closed in signals.closed
        ],
        "flow": jsonable(flow),
        "flow_before": jsonable(previous_flow),
        "searches": jsonable(sorted(searches, key=lambda search: str(search["name"]))),
        "records": jsonable(records),
        "queue": jsonable(sorted(queue, key=lambda item: (str(item["record"]), str(item["what"])))),
        "revised": jsonable(sorted(revised, key=lambda item: str(item["record"]))),
        "awaiting": jsonable(sorted(awaiting, key=lambda item: str(item["record"]))),
        "warnings": jsonable(
            sorted(warnings, key=lambda item: (str(item["code"]), str(item["text"])))
        ),
        "methods": _methods(protocol, taggers or {}, disclosure, second_reader),
        "footer": list(notes),
    }


def _methods(
    protocol: Protocol,
    taggers: Mapping[str, str],
    disclosure: Sequence[str],
    second_reader: Json | None,
) -> dict[str, Any]:
    first = f"{DISCLOSURE[0]} {words.second_reader(second_reader)}"
    rules = [
        {"rule": code, "words": rule.words, "source": rule.source}
        for code, rule in words.RULES.items()
    ]
    return {
        "rules": rules,
        "criteria": [{"id": c.id, "wording": c.wording} for c in protocol.eligibility],
        "taggers": jsonable(taggers),
        "thresholds": jsonable(
            protocol.rules.model_dump(
                exclude={"method_version": True, "reading": {"second_reader": True}}
            )
        ),
        "second_reader": jsonable(second_reader),
        "disclosure": [first, *DISCLOSURE[1:], *disclosure],
    }
