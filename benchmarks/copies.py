"""Records as imports bring them a second time, made mechanically of real ones.

`KINDS` names each kind, what a copy and its original should be found to be ("" for two papers),
and what makes it: None where a record cannot have a copy of this kind.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from living_review.model import PartialDate, Record, Section

Make = Callable[[Record, random.Random], Record | None]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
FORENAMES = {
    name[0].lower(): name
    for name in (
        "Anna", "Bruno", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas",
        "Karin", "Lukas", "Maria", "Nils", "Olga", "Peter", "Quentin", "Rosa", "Simon", "Tanja",
        "Ulrich", "Vera", "Werner", "Xenia", "Yvonne", "Zacharias",
    )
}  # fmt: skip
BRITISH = (("tumor", "tumour"), ("edema", "oedema"), ("anemi", "anaemi"), ("ization", "isation"),
           ("behavior", "behaviour"), ("pediatr", "paediatr"), ("hemo", "haemo"),
           ("color", "colour"), ("analyze", "analyse"), ("center", "centre"),
           ("estrogen", "oestrogen"))  # fmt: skip
SMALL = ("the", "of", "and", "in", "for", "on", "a", "an", "de", "la")


def bare(one: Record) -> Record:
    """Without identifiers, types and links."""
    return replace(one, pmid=None, pmc=None, doi=None, registrations=(), links=(),
                   publication_types=(), kind="publication")  # fmt: skip


def _imported(one: Record) -> Record:
    return replace(bare(one), abstract=(), mesh=(), keywords=(), entered=None, revised=None,
                   published_online=None, vernacular_title=None)  # fmt: skip


def _doi(write: Callable[[str], str]) -> Make:
    def make(one: Record, chance: random.Random) -> Record | None:
        del chance
        return replace(_imported(one), doi=write(one.doi), citation=None) if one.doi else None

    return make


def _titled(write: Callable[[str, random.Random], str | None]) -> Make:
    def make(one: Record, chance: random.Random) -> Record | None:
        title = write(one.title, chance)
        return replace(_imported(one), title=title) if title and title != one.title else None

    return make


def _changed(**change: Callable[[Record], object]) -> Make:
    def make(one: Record, chance: random.Random) -> Record | None:
        del chance
        copy = replace(_imported(one), **{name: new(one) for name, new in change.items()})  # type: ignore[arg-type]
        same = all(getattr(copy, name) == getattr(one, name) for name in change)
        return None if same else copy

    return make


def _html(title: str, chance: random.Random) -> str:
    words = title.replace("&", "&amp;").replace(" - ", " &ndash; ").split()
    n = chance.randrange(len(words))
    return " ".join([*words[:n], f"<i>{words[n]}</i>", *words[n + 1 :]])


def _punctuation(title: str, chance: random.Random) -> str:
    del chance
    changed = title.rstrip(".").replace("-", "–").replace(": ", " - ").replace("'", "’")
    return re.sub(r'"([^"]*)"', r"“\1”", changed).replace(", ", " ") + " "


def _without_subtitle(title: str, chance: random.Random) -> str | None:
    del chance
    head, mark, _ = title.partition(": ")
    return head if mark else None


def _typing_errors(number: int) -> Callable[[str, random.Random], str | None]:
    def write(title: str, chance: random.Random) -> str | None:
        letters = list(title)
        places = [n for n, letter in enumerate(letters) if letter.isalpha() and n]
        if len(places) < 2:
            return None
        for n in chance.sample(places, number):
            letters[n] = chance.choice(("", chance.choice(LETTERS), letters[n] * 2))
        return "".join(letters)

    return write


def plain(text: str) -> str:
    """Without diacritics, as old exports print it."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _british(title: str, chance: random.Random) -> str:
    del chance
    for american, british in BRITISH:
        title = title.replace(american, british) if british not in title else title
    return title


def _full_name(author: str) -> str:
    family, _, initials = author.rpartition(" ")
    if not family or not initials.isupper() or initials[0].lower() not in FORENAMES:
        return author
    rest = "".join(f" {letter}." for letter in initials[1:] if letter.isalpha())
    return f"{family}, {FORENAMES[initials[0].lower()]}{rest}"


def _given_first(author: str) -> str:
    family, _, given = _full_name(author).partition(", ")
    return f"{given} {family}" if given else author


def _abbreviated(journal: str | None) -> str | None:
    words = re.sub(r"\s*[(:=\[].*", "", journal or "").split()
    kept = [word for word in words if word.lower() not in SMALL]
    if len(kept) < 2:
        return journal
    return " ".join(word[:4] + "." if len(word) > 5 else word for word in kept)


def _start_page(citation: str | None) -> str | None:
    return re.sub(r"(:[^-–,]+).*", r"\1", citation) if citation else citation


def _later(one: Record, years: int) -> PartialDate | None:
    return PartialDate(one.published.year + years) if one.published else None


def _as_exported(one: Record, chance: random.Random) -> Record | None:
    """What a RIS export of another database looks like: many small differences at once."""
    return replace(
        _imported(one),
        title=plain(_html(one.title, chance)).rstrip(".").title() if one.title else one.title,
        authors=tuple(plain(_full_name(author)) for author in one.authors),
        journal=_abbreviated(one.journal),
        citation=_start_page(one.citation),
    )


def _preprint(one: Record, chance: random.Random) -> Record | None:
    if not one.authors or not one.published:
        return None
    return replace(_imported(one), journal=chance.choice(("medRxiv", "Research Square")),
                   citation=None, published=_later(one, -chance.randrange(3)))  # fmt: skip


def _meeting_abstract(size: bool) -> Make:
    def make(one: Record, chance: random.Random) -> Record | None:
        if not one.authors or not one.published or not one.abstract:
            return None
        known = re.search(r"\b\d+ patients\b", one.text)
        if size != bool(known):
            return None
        text = f"We studied {known[0]}." if known else "We studied this."
        return replace(
            _imported(one), title=one.title.rstrip(".") + " [abstract]", journal="Abstracts",
            citation=f"{chance.randrange(100, 999)}(Suppl 1):S{chance.randrange(100, 999)}",
            published=_later(one, -1), abstract=(Section(None, text),),
        )  # fmt: skip

    return make


def _other_authors(one: Record, chance: random.Random) -> Record | None:
    if not one.authors:
        return None
    return replace(_imported(one), authors=tuple(
        f"{''.join(chance.sample(LETTERS, 7)).title()} {chance.choice(LETTERS).upper()}"
        for _ in one.authors
    ))  # fmt: skip


def _next_page(one: Record, pages: int) -> str | None:
    found = re.fullmatch(r"([^:]+):[A-Za-z]*(\d+).*", one.citation or "")
    return f"{found[1]}:{int(found[2]) + pages}" if found else None


def _nearby(pages: int, write: Callable[[str], str]) -> Make:
    """Another item of the same volume by the same authors, so many pages on."""

    def make(one: Record, chance: random.Random) -> Record | None:
        del chance
        page = _next_page(one, pages)
        if page is None or not one.authors:
            return None
        return replace(_imported(one), title=write(one.title), citation=page)

    return make


def _erratum_with_doi(one: Record, chance: random.Random) -> Record | None:
    del chance
    page = _next_page(one, 30)
    if not one.doi or page is None:
        return None
    return replace(_imported(one), title=f"Erratum to: {one.title}", citation=page, doi=one.doi)


def _wrong_doi(one: Record, chance: random.Random) -> Record | None:
    if not one.doi or not one.authors:
        return None
    other = _other_authors(one, chance) or one
    words = one.title.split()
    chance.shuffle(words)
    title = " ".join("".join(chance.sample(LETTERS, min(9, len(word) + 2))) for word in words)
    return replace(other, title=title, doi=one.doi, citation=None)


def _updated_review(one: Record, chance: random.Random) -> Record | None:
    if not one.authors or not one.published:
        return None
    return replace(_imported(one), journal="The Cochrane database of systematic reviews",
                   citation=f"({chance.randrange(1, 13)}):CD001234",
                   published=_later(one, chance.choice((2, 3, 5))))  # fmt: skip


def _same_title_every_year(one: Record, chance: random.Random) -> Record | None:
    volume = re.match(r"(\d+)(.*)", one.citation or "")
    if not volume or not one.authors or not one.published:
        return None
    del chance
    return replace(_imported(one), citation=f"{int(volume[1]) + 1}{volume[2]}",
                   published=_later(one, 1))  # fmt: skip


KINDS: dict[str, tuple[str, Make]] = {
    "PMID only": ("same record", lambda one, _: replace(
        _imported(one), pmid=one.pmid, citation=None) if one.pmid else None),
    "DOI in capitals": ("same record", _doi(str.upper)),
    "DOI as an address": ("same record", _doi("https://doi.org/{}".format)),
    "DOI with prefix and full stop": ("same record", _doi("doi: {}.".format)),
    "no identifier": ("same record", lambda one, _: _imported(one)),
    "title in capitals": ("same record", _titled(lambda title, _: title.upper())),
    "title in title case": ("same record", _titled(lambda title, _: title.title())),
    "other punctuation": ("same record", _titled(_punctuation)),
    "HTML in the title": ("same record", _titled(_html)),
    "British spelling": ("same record", _titled(_british)),
    "subtitle dropped": ("same record", _titled(_without_subtitle)),
    "title cut at 60 letters": ("same record", _titled(lambda title, _: title[:60])),
    "one typing error": ("same record", _titled(_typing_errors(1))),
    "two typing errors": ("same record", _titled(_typing_errors(2))),
    "diacritics dropped": ("same record", _changed(
        title=lambda one: plain(one.title),
        authors=lambda one: tuple(map(plain, one.authors)))),
    "authors as Family, Given": ("same record", _changed(
        authors=lambda one: tuple(map(_full_name, one.authors)))),
    "authors as Given Family": ("same record", _changed(
        authors=lambda one: tuple(map(_given_first, one.authors)))),
    "first author only": ("same record", _changed(authors=lambda one: one.authors[:1])),
    "a year later": ("same record", _changed(published=lambda one: _later(one, 1))),
    "a year earlier": ("same record", _changed(published=lambda one: _later(one, -1))),
    "journal abbreviated": ("same record", _changed(journal=lambda one: _abbreviated(one.journal))),
    "first page only": ("same record", _changed(citation=lambda one: _start_page(one.citation))),
    "no pages, abstract kept": ("same record", lambda one, _: replace(
        _imported(one), abstract=one.abstract, citation=None) if one.abstract else None),
    "many differences at once": ("same record", _as_exported),
    "preprint": ("same study", _preprint),
    "meeting abstract, sample told": ("same study", _meeting_abstract(size=True)),
    "meeting abstract, sample not told": (
        "same study, if a human says so", _meeting_abstract(size=False)),
    "title of other authors": ("", _other_authors),
    "letter's reply": ("", _nearby(1, lambda title: title.rstrip(".") + "-Reply")),
    "letter's reply by others": ("", lambda one, chance: _other_authors(
        replace(one, title=f"{one.title.rstrip('.')} - Authors' reply"), chance)),
    "erratum of the same title": ("", _nearby(40, lambda title: title)),
    "erratum with its article's DOI": ("", _erratum_with_doi),
    "protocol": ("", _nearby(60, lambda title: title.rstrip(".") + ": study protocol")),
    "next part": ("", _nearby(9, lambda title: title.rstrip(".") + ". Part II")),
    "DOI of another paper": ("", _wrong_doi),
    "Cochrane update": ("", _updated_review),
    "same title every year": ("", _same_title_every_year),
    "Editorial": ("", _nearby(70, lambda title: "Editorial")),
}  # fmt: skip
