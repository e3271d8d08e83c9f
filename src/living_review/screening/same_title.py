"""Records with alike titles: what makes them one paper or one study, and what does not."""

import re

from rapidfuzz import fuzz

from living_review.model import Record
from living_review.screening import bylines, imprints
from living_review.screening.entries import Entry, Found, differ, told_apart
from living_review.screening.titles import Likeness, fold, likeness

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


def by_title(a: Entry, b: Entry) -> Found | None:
    """Judge two publications, or two notices, by their titles and what bears them out."""
    alike = likeness(a.title, b.title)
    authors = bylines.first_authors(a.record.authors, b.record.authors)
    if alike == "different" or authors == "differ" or told_apart(a, b):
        return None
    if a.title.is_generic or b.title.is_generic:
        return None
    if a.is_preprint != b.is_preprint:
        return _preprint(a, b, alike)
    found = _one_paper(a, b, alike)
    if found is not None and found.relation == "same_record":
        return found
    if a.is_preprint:
        return _preprint(a, b, alike)
    return _abstract_and_paper(a, b, alike) if a.is_meeting != b.is_meeting else found


def _one_paper(a: Entry, b: Entry, alike: Likeness) -> Found | None:
    """Two records with alike titles and no two first authors: one paper, doubtful or two."""
    years = _years_between(a, b)
    # A Cochrane review's page is its number, and its title and authors outlive every update.
    apart = 0 if a.place.page.startswith("cd") else NEAR_YEARS
    if years is not None and years > apart:
        return None
    against = _against(a, b)
    if against or not _is_borne_out(a, b, alike):
        return _doubtful(a, b, alike, against)
    return Found("same_record", _said(alike, imprints.places(a.place, b.place)))


def _doubtful(a: Entry, b: Entry, alike: Likeness, against: str | None) -> Found | None:
    place = imprints.places(a.place, b.place)
    said = f"{_TITLES[alike]} and first author"
    if a.title.is_short or not (a.record.authors and b.record.authors):
        told = place == "agree" and alike == "equal" and not a.title.is_short
        return Found("maybe_same_record", "same title and page; authors missing") if told else None
    if alike != "equal":
        nothing = against or place == "differ" or _years_between(a, b) is None
        return None if nothing else Found("maybe_same_record", said)
    if place == "agree":
        return Found("maybe_same_record", f"{_TITLES[alike]}, first author and page; {against}")
    if place != "differ":
        return Found("maybe_same_record", f"{said}; {against or 'page and abstract do not tell'}")
    if imprints.journals(a.record.journal, b.record.journal) == "agree":
        return None  # a series, an erratum, the cover's picture of its paper
    return Found("maybe_same_record", f"{said}; printed in two places")


def _is_borne_out(a: Entry, b: Entry, alike: Likeness) -> bool:
    """Whether author, year and page, or the abstract, say the same as the title does."""
    place = imprints.places(a.place, b.place)
    journals = imprints.journals(a.record.journal, b.record.journal)
    years = _years_between(a, b)
    authors = bylines.first_authors(a.record.authors, b.record.authors)
    if alike in ("near", "different") or place == "differ":
        return False
    if authors != "agree":
        unsigned = not a.record.authors and not b.record.authors
        unmistakable = len(a.title.key) >= ANONYMOUS_TITLE and alike == "equal"
        return unsigned and unmistakable and (place, journals, years) == ("agree", "agree", 0)
    if a.title.is_short:
        return (alike, place, journals, years) == ("equal", "agree", "agree", 0)
    if alike != "equal":
        return place == "agree" and journals != "differ" and years is not None
    if place == "agree" or (place == "page only" and journals == "agree" and years == 0):
        return True
    return years is not None and _share_abstract(a.record, b.record)


_TITLES: dict[Likeness, str] = {
    "equal": "same title",
    "cut": "same title, cut short in one",
    "typed": "same title but for a typing error",
    "near": "nearly the same title",
}


def _said(alike: Likeness, place: imprints.PlaceAgreement) -> str:
    where = {"agree": "volume and first page", "page only": "journal and first page"}
    return f"{_TITLES[alike]}, first author, year, {where.get(place, 'abstract')}"


def _preprint(a: Entry, b: Entry, alike: Likeness) -> Found | None:
    years = _years_between(a, b)
    if years is None or years > STUDY_YEARS:
        return None
    what = "versions of a preprint" if a.is_preprint and b.is_preprint else "preprint and article"
    said = f"{what}: {_TITLES[alike]}, same first author"
    if _is_same_team(a, b) and alike in ("equal", "typed") and not _registered_apart(a, b):
        return Found("same_study", said)
    return Found("maybe_same_record", said)


def _abstract_and_paper(a: Entry, b: Entry, alike: Likeness) -> Found | None:
    years = _years_between(a, b)
    if years is None or years > STUDY_YEARS or not _is_same_team(a, b):
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


def _years_between(a: Entry, b: Entry) -> int | None:
    return min((abs(x - y) for x in a.years for y in b.years), default=None)


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
