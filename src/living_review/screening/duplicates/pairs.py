"""Two records side by side: one paper, one study, doubtful, or nothing to do with each other."""

import re

from living_review.model import Record
from living_review.screening.duplicates import bylines, imprints
from living_review.screening.duplicates.entries import Entry, Found, differ, told_apart
from living_review.screening.duplicates.same_title import by_title
from living_review.screening.duplicates.titles import could_be_one, likeness

COCHRANE = re.compile(r"10\.1002/14651858\.(?:cd|mr)\d+")


def contradict(a: Entry, b: Entry) -> bool:
    """Whether two records cannot be one, by their identifiers or by where they were printed."""
    if a.record.pmid and b.record.pmid:
        return a.record.pmid != b.record.pmid
    return differ(a.doi, b.doi) or imprints.places(a.place, b.place) == "differ"


def judge(a: Entry, b: Entry) -> Found | None:
    """What two records are to each other; None where they are two papers, or nothing suggests one.

    A registration and a publication, a notice and its paper, and records of which one states a
    link to the other are related in their own way and never duplicates.
    """
    if a.record.pmid and a.record.pmid == b.record.pmid:
        return _by_pmid(a, b)
    if _are_linked(a.record, b.record) and not (a.is_preprint or b.is_preprint):
        return None
    if a.doi and a.doi == b.doi:
        return _by_doi(a, b)
    if a.record.kind != b.record.kind or _are_cochrane_versions(a, b):
        return None
    if a.record.kind == "registration":
        return _by_registration(a, b)
    return by_title(a, b)


def _by_pmid(a: Entry, b: Entry) -> Found:
    number = f"PMID {a.record.pmid} in both"
    borne_out = (
        could_be_one(a.title, b.title)
        or bylines.first_authors(a.record.authors, b.record.authors) == "agree"
        or imprints.places(a.place, b.place) == "agree"
    )
    if borne_out:
        return Found("same_record", number, "pmid")
    return Found("maybe_same_record", f"{number}, but titles and authors have nothing in common")


def _by_doi(a: Entry, b: Entry) -> Found | None:
    shared = f"DOI {a.doi} in both"
    titles_agree = could_be_one(a.title, b.title)
    authors = bylines.first_authors(a.record.authors, b.record.authors)
    if differ(a.record.pmid, b.record.pmid):
        # Letters of one section share its DOI; the same letter entered twice is for a human.
        if titles_agree and authors != "differ":
            return Found("maybe_same_record", f"{shared}, but two PMIDs")
        return None
    doubt = None
    if a.record.kind != b.record.kind:
        doubt = f"one is a {a.record.kind}, the other a {b.record.kind}"
    elif told_apart(a, b) - {"retraction"}:  # publishers print RETRACTED before the paper's title
        doubt = f"one only is marked {', '.join(sorted(told_apart(a, b)))}"
    elif authors == "differ":
        doubt = "first authors differ"
    elif (
        titles_agree and likeness(a.title, b.title) != "cut" and a.title.numbers != b.title.numbers
    ):
        doubt = "numbers in the titles differ"
    elif not titles_agree and (authors, imprints.places(a.place, b.place)) != ("agree", "agree"):
        doubt = "titles differ"
    elif differ(a.place.volume, b.place.volume) and differ(a.place.page, b.place.page):
        doubt = "volume and pages differ"
    if doubt:
        return Found("maybe_same_record", f"{shared}, but {doubt}")
    return Found("same_record", shared, "identifier")


def _by_registration(a: Entry, b: Entry) -> Found | None:
    numbers = {number.upper() for number in a.record.registrations}
    if not numbers or numbers != {number.upper() for number in b.record.registrations}:
        return None
    shared = f"registration {', '.join(sorted(numbers))} in both"
    if could_be_one(a.title, b.title):
        return Found("same_record", shared, "identifier")
    return Found("maybe_same_record", f"{shared}, but titles differ")


def _are_linked(a: Record, b: Record) -> bool:
    return any(link.record_id == b.record_id for link in a.links) or any(
        link.record_id == a.record_id for link in b.links
    )


def _are_cochrane_versions(a: Entry, b: Entry) -> bool:
    return all(entry.doi and COCHRANE.match(entry.doi) for entry in (a, b))
