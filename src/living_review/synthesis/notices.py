"""What notices and newer forms say of a record, and what that makes of the record's readings."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from living_review.model import Reading
from living_review.synthesis.grouping import Said, representatives

# What a notice or a newer form says of the record it is about. A record that was retracted and
# republished is retracted: the new one stands in its place.
NOTICES = {
    "retracts": "retracted",
    "republishes_retracted": "retracted",
    "questions": "concern",
    "corrects": "corrected",
    "republishes_corrected": "corrected",
}
KNOWN_FIRST = ("pmid:", "doi:")  # how a notice is named where several ids or a citation could


def notices(links: Sequence[Said], later: Collection[str]) -> dict[str, dict[str, str]]:
    """Retraction, concern and correction of each record, once their notice can be known.

    A notice that the store holds counts from its own date; one it does not hold counts from
    the link, since then the record itself told us. Named is a notice held by PubMed, if any.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in sorted(links, key=lambda s: (_rank(s.from_id), s)):
        if one.relation in NOTICES and not one.revoked and one.from_id not in later:
            found[one.to_id].setdefault(NOTICES[one.relation], one.from_id)
    return found


def replaced_records(links: Sequence[Said], same: Mapping[str, str]) -> set[str]:
    """Records, in every form, whose corrected and republished form is here: that one's count."""
    replaced = {
        same[one.to_id]
        for one in links
        if one.relation == "republishes_corrected" and not one.revoked
        if one.from_id in same and one.to_id in same
    }
    return {record for record, first in same.items() if first in replaced}


def alike(
    readings: Sequence[Reading], same: Mapping[str, str], notices: Mapping[str, Mapping[str, str]]
) -> tuple[Reading, ...]:
    """The readings, those of one record alike in what a notice or a person says of any of them."""
    standing = {r.record_id: (r.verdict, r.decider) for r in readings}
    stands_for = representatives(same, standing)
    of_record: dict[str, dict[str, str]] = defaultdict(dict)
    for reading in readings:
        known = of_record[same[reading.record_id]]
        marked = {"retracted": reading.retracted} if reading.retracted else {}
        for name, notice in (*notices.get(reading.record_id, {}).items(), *marked.items()):
            known[name] = min(known.get(name, notice), notice, key=_rank)
    found = []
    for reading in readings:
        told = of_record[same[reading.record_id]]
        verdict, decider = standing[stands_for[reading.record_id]]
        # A person who took a record out has taken it out in every form.
        taken_out = decider.startswith("human:") and verdict != "include"
        found.append(
            replace(
                reading,
                retracted=told.get("retracted"),
                concern=told.get("concern"),
                corrected=told.get("corrected"),
                verdict=verdict if taken_out else reading.verdict,
                decider=decider if taken_out else reading.decider,
            )
        )
    return tuple(found)


def _rank(notice: str) -> tuple[int, str]:
    kinds = [place for place, kind in enumerate(KNOWN_FIRST) if notice.startswith(kind)]
    return (kinds[0] if kinds else len(KNOWN_FIRST)), notice
