"""One page a record, and the list of them: what was read, who decided what, what came of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from living_review.model import Finding, Record
from living_review.reporting import citations
from living_review.reporting.addresses import record_file
from living_review.reporting.canonical import Json
from living_review.reporting.pages import page
from living_review.reporting.site.reading import by_sentence, things_read

LIST_NAME = "records/index.html"


@dataclass(frozen=True)
class Kept:
    """All that the store keeps of one record that a reader may want to see.

    `decision` is the one that holds (verdict, reason, decider), `answers` those of its criteria;
    `decisions` are all that were ever made. `judged`: said, decider, reason, changed_since.
    `links`: other, relation, decider, reason. `revisions`: when, parts. `found_by`: search and
    date. All are in the order they are shown in. A record that is not decided on now is as the
    newest version tells of it: `as_told_by`.
    """

    record: Record
    decision: Json | None = None
    answers: Sequence[Json] = ()
    decisions: Sequence[Json] = ()
    tags: Sequence[Json] = ()
    findings: Sequence[Finding] = ()
    judged: Sequence[Json] = ()
    links: Sequence[Json] = ()
    revisions: Sequence[Json] = ()
    found_by: Sequence[tuple[str, str]] = ()
    as_told_by: str | None = None  # the version that tells of it, where the store of now does not


def record_name(record_id: str) -> str:
    """Name the page of a record in the site."""
    return f"records/{record_file(record_id)}"


def record_html(
    kept: Kept,
    report: Json,
    bears: Sequence[Json] = (),
    moved: Sequence[Json] = (),
    paged: Collection[str] = (),
) -> bytes:
    """Render one record; `report` is the newest one, which names the review.

    `bears` and `moved` say what it bore on and changed; `paged` are the ids that have pages.
    """
    record = kept.record
    sections, elsewhere = by_sentence(record, things_read(kept.tags, kept.findings))
    return page(
        "record.html",
        id=record.record_id,
        record=record,
        by=_by(record),
        links=list(_links(record)),
        report=report,
        decision=kept.decision,
        as_told_by=kept.as_told_by,
        answers=kept.answers,
        decisions=kept.decisions,
        sections=sections,
        elsewhere=elsewhere,
        judged=kept.judged,
        bears=bears,
        moved=moved,
        facts=list(_facts(kept)),
        linked=kept.links,
        paged=paged,
        revisions=kept.revisions,
    )


def records_html(kept: Sequence[Kept], report: Json, as_of: str, unlisted: int) -> bytes:
    """Render the list of records; `unlisted` is how many excluded ones have no page."""
    rows = [_row(one) for one in kept]
    return page("records.html", rows=rows, report=report, as_of=as_of, unlisted=unlisted)


def _row(kept: Kept) -> dict[str, Any]:
    record = kept.record
    told = told_of(record)
    return {
        "record": record.record_id,
        "short": citations.short(record.record_id, {record.record_id: told}),
        "title": record.title,
        "year": citations.year(told),
        "verdict": kept.decision["verdict"] if kept.decision else None,
        "why": kept.decision["reason"] if kept.decision else "",
    }


def told_of(record: Record) -> dict[str, Any]:
    """A record as citations are made of."""
    published = record.published or record.published_online
    return {
        "title": record.title,
        "journal": record.journal,
        "authors": [*record.authors, *record.collective_authors],
        "published": str(published) if published else None,
    }


def _by(record: Record) -> str:
    told = told_of(record)
    authors = ", ".join(told["authors"])
    where = " ".join(
        part
        for part in (record.journal or "", told["published"] or "", record.citation or "")
        if part
    )
    return ". ".join(part for part in (authors, where) if part)


def _links(record: Record) -> Iterator[tuple[str, str]]:
    pubmed = citations.pubmed_link(record.pmid)
    if pubmed:
        yield "PubMed", pubmed
    doi = citations.doi_link(record.doi)
    if doi:
        yield "The publication itself (DOI)", doi
    for number in record.registrations:
        registry = citations.registry_link(number)
        if registry:
            yield f"Registration {number}", registry


def _facts(kept: Kept) -> Iterator[tuple[str, str]]:
    record = kept.record
    named = (
        ("PMID", record.pmid), ("DOI", record.doi), ("PMC", record.pmc),
        ("Entered PubMed", record.entered), ("Revised", record.revised),
        ("Known from", record.available_from),
        ("Registrations", ", ".join(record.registrations)),
        ("Publication types", ", ".join(record.publication_types)),
        ("Languages", ", ".join(record.languages)),
    )  # fmt: skip
    yield "Record", record.record_id
    yield from ((name, str(said)) for name, said in named if said)
    for search, since in kept.found_by:
        yield f"Found by search {search}", f"since {since}"
    if not kept.found_by and not kept.as_told_by:
        yield "Found by", "no search of the protocol"
