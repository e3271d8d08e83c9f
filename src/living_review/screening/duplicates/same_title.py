"""Records with alike titles: what makes them one paper or one study, and what does not."""

import re
from typing import NamedTuple

from rapidfuzz import fuzz

from living_review.model import Record
from living_review.screening.duplicates import bylines, imprints
from living_review.screening.duplicates.entries import Entry, Found, differ, told_apart
from living_review.screening.duplicates.titles import SHORT, Likeness, fold, likeness

SAMPLE = re.compile(
    r"\b(\d[\d,]*)\s+(?:[\w-]+\s+){0,4}?(?:patients|participants|subjects|adults|people|women|men"
    r"|children|volunteers|individuals)\b|\bn\s*=\s*(\d+)"
)

NEAR_YEARS = 1  # online in one year, printed in the next
STUDY_YEARS = 3  # from preprint or meeting to paper
SAME_TEAM = 0.5  # share of the shorter list of authors
SAME_ABSTRACT = 90  # rapidfuzz ratio of the beginnings
ABSTRACT_LENGTH = (200, 600)  # letters: less tells nothing, more costs time
ANONYMOUS_TITLE = 30  # letters; papers without authors need a longer title
LONG_TITLE = 40  # letters; where there are no pages, the title has to tell more
ARTICLE_NUMBER = 5  # digits or letters


class Around(NamedTuple):
    """What two records say beside their titles; `years` between them, None where not told."""

    authors: bylines.Agreement
    journals: bylines.Agreement
    place: imprints.PlaceAgreement
    years: int | None


def by_title(a: Entry, b: Entry) -> Found | None:
    """Judge two publications, or two notices, by their titles and what bears them out."""
    alike = likeness(a.title, b.title)
    authors = bylines.first_authors(a.record.authors, b.record.authors)
    if alike == "different" or authors == "differ" or told_apart(a, b):
        return None
    if a.title.is_generic or b.title.is_generic:
        return None
    around = Around(
        authors,
        imprints.journals(a.record.journal, b.record.journal),
        imprints.places(a.place, b.place),
        min((abs(x - y) for x in a.years for y in b.years), default=None),
    )
    if a.is_preprint != b.is_preprint:
        return _preprint(a, b, alike, around)
    found = _one_paper(a, b, alike, around)
    if found is None or found.relation != "same_record":
        if a.is_preprint:
            return _preprint(a, b, alike, around)
        if a.is_meeting != b.is_meeting:
            return _abstract_and_paper(a, b, alike, around)
    return found


def _one_paper(a: Entry, b: Entry, alike: Likeness, around: Around) -> Found | None:
    """Two records with alike titles and no two first authors: one paper, doubtful or two."""
    # A Cochrane review's page is its number, and its title and authors outlive every update.
    apart = 0 if a.place.page.startswith("cd") else NEAR_YEARS
    if around.years is not None and around.years > apart:
        return None
    against = _against(a, b)
    if against or not _is_borne_out(a, b, alike, around):
        return _doubtful(a, b, alike, around, against)
    where = {"agree": "volume and first page", "page only": "journal and first page"}
    told = where.get(around.place, "abstract or all authors")
    return Found("same_record", f"{_TITLES[alike]}, first author, year, {told}")


def _doubtful(
    a: Entry, b: Entry, alike: Likeness, around: Around, against: str | None
) -> Found | None:
    said, shortest = f"{_TITLES[alike]} and first author", min(len(a.title.key), len(b.title.key))
    reason = None
    if shortest < SHORT:
        return None
    if around.authors == "unknown":
        told = around.place == "agree" or (shortest >= LONG_TITLE and around.place != "differ")
        reason = f"{_TITLES[alike]}; authors missing" if told and alike == "equal" else None
    elif alike != "equal":
        reason = said if around.place != "differ" and around.years is not None else None
        reason = None if against else reason
    elif around.place == "agree":
        reason = f"{_TITLES[alike]}, first author and page; {against}"
    elif around.place != "differ":
        reason = f"{said}; {against or 'page and abstract do not tell'}"
    elif around.journals != "agree":  # else a series, an erratum, the cover's picture of its paper
        reason = f"{said}; printed in two places"
    return Found("maybe_same_record", reason) if reason else None


def _is_borne_out(a: Entry, b: Entry, alike: Likeness, around: Around) -> bool:
    """Whether what stands beside the titles says the same as they do."""
    if alike == "near" or around.place == "differ":
        return False
    shortest = min(len(a.title.key), len(b.title.key))
    exact = around[1:] == ("agree", "agree", 0)
    if around.authors != "agree":
        unsigned = not a.record.authors and not b.record.authors
        return unsigned and exact and alike == "equal" and shortest >= ANONYMOUS_TITLE
    if shortest < SHORT:
        return exact
    if around.place == "agree":
        return alike == "equal" or (around.journals != "differ" and around.years is not None)
    return around.years is not None and _is_borne_out_without_volume(a, b, alike, around)


def _is_borne_out_without_volume(a: Entry, b: Entry, alike: Likeness, around: Around) -> bool:
    if around.place == "page only":
        # The number of an article is not used again; a page is, in each volume.
        is_number = len(a.place.page) >= ARTICLE_NUMBER
        return around.journals == "agree" and (around.years == 0 or is_number)
    return (alike == "equal" and _share_abstract(a.record, b.record)) or (
        alike != "cut"
        and min(len(a.title.key), len(b.title.key)) >= LONG_TITLE
        and around.journals == "agree"
        and not (a.place.page or b.place.page)  # ahead of print nothing else can tell
        and bylines.overlap(a.record.authors, b.record.authors) == 1
    )


_TITLES: dict[Likeness, str] = {
    "equal": "same title",
    "cut": "same title, cut short in one",
    "typed": "same title but for a typing error",
    "near": "nearly the same title",
}


def _preprint(a: Entry, b: Entry, alike: Likeness, around: Around) -> Found | None:
    if around.years is None or around.years > STUDY_YEARS:
        return None
    what = "versions of a preprint" if a.is_preprint and b.is_preprint else "preprint and article"
    said = f"{what}: {_TITLES[alike]}, same first author"
    if _is_same_team(a, b) and alike in ("equal", "typed") and not _registered_apart(a, b):
        return Found("same_study", said)
    return Found("maybe_same_record", said)


def _abstract_and_paper(a: Entry, b: Entry, alike: Likeness, around: Around) -> Found | None:
    if around.years is None or around.years > STUDY_YEARS or not _is_same_team(a, b):
        return None
    said = f"meeting abstract and paper: {_TITLES[alike]}, same first author"
    sizes = {_sample(a.record), _sample(b.record)}
    if alike == "equal" and len(sizes) == 1 and None not in sizes and not _registered_apart(a, b):
        return Found("same_study", f"{said}, {sizes.pop()} participants")
    return Found("maybe_same_record", said)


def _against(a: Entry, b: Entry) -> str | None:
    """What says that two records with one title are two papers."""
    for name, one, other in (("PMIDs", a.record.pmid, b.record.pmid), ("DOIs", a.doi, b.doi)):
        if differ(one, other):
            return f"two {name}"
    return "two registrations" if _registered_apart(a, b) else None


def _registered_apart(a: Entry, b: Entry) -> bool:
    one, other = a.record.registrations, b.record.registrations
    return bool(one and other and set(one).isdisjoint(other))


def _is_same_team(a: Entry, b: Entry) -> bool:
    by = bylines.first_authors(a.record.authors, b.record.authors) == "agree"
    return by and bylines.overlap(a.record.authors, b.record.authors) >= SAME_TEAM


def _share_abstract(a: Record, b: Record) -> bool:
    least, most = ABSTRACT_LENGTH
    one, other = (
        "".join(c for section in record.abstract for c in fold(section.text) if c.isalnum())[:most]
        for record in (a, b)
    )
    return min(len(one), len(other)) >= least and fuzz.ratio(one, other) >= SAME_ABSTRACT


def _sample(record: Record) -> int | None:
    """The first number of participants that an abstract tells."""
    found = SAMPLE.search(fold(record.text))
    return None if found is None else int((found[1] or found[2]).replace(",", ""))
