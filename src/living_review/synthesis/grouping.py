"""Which records are one study: records linked by registration, update or republication."""

from collections.abc import Iterable

SAME_STUDY = ("same_study", "same_record", "updates", "republishes")


def study_ids(record_ids: Iterable[str], links: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The study of each record, named by its first record in sorted order.

    `links` are (from, to, relation); relations outside SAME_STUDY and links to records that
    are not among `record_ids` group nothing. A study counts once (DESIGN 4.10).
    """
    parent = {record_id: record_id for record_id in record_ids}

    def root(record_id: str) -> str:
        while parent[record_id] != record_id:
            record_id = parent[record_id]
        return record_id

    for first, second, relation in sorted(links):
        if relation in SAME_STUDY and first in parent and second in parent:
            low, high = sorted((root(first), root(second)))
            parent[high] = low
    return {record_id: root(record_id) for record_id in sorted(parent)}
