"""The fields that PubMed's articles and books have in common, read off their elements."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from lxml import etree

from living_review.model import Kind, Link, PartialDate, Section
from living_review.parsing.pubmed_dates import read_date
from living_review.parsing.registrations import find_registrations
from living_review.parsing.safe_xml import flat, parts

Parts: TypeAlias = Mapping[str, etree._Element]
People: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

# NLM renamed "Retraction of Publication" to "Retraction Notice" for 2025; both are met.
NOTICES = frozenset({
    "Retraction of Publication", "Retraction Notice",
    "Published Erratum", "Expression of Concern",
})  # fmt: skip
# Databanks that register studies; those of molecules do not.
REGISTERS = frozenset({
    "ANZCTR", "CRiS", "CTRI", "ChiCTR", "ClinicalTrials.gov", "DRKS", "EudraCT", "IRCT", "ISRCTN",
    "JMACCT", "JPRN", "JapicCTI", "LBCTR", "NTR", "PACTR", "REPEC", "RPCEC", "ReBec", "SLCTR",
    "TCTR", "UMIN CTR", "UMIN-CTR",
})  # fmt: skip


def texts(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    """The flattened texts in order, each once, empty ones left out."""
    return tuple(dict.fromkeys(text for element in elements if (text := flat(element))))


def children(parent: etree._Element | None, name: str) -> tuple[str, ...]:
    """The texts of all children of that name."""
    return () if parent is None else texts(parent.iterchildren(name))


def kind_of(publication_types: tuple[str, ...]) -> Kind:
    """Whether a record is a notice on another one."""
    return "publication" if NOTICES.isdisjoint(publication_types) else "notice"


def abstract_of(abstract: etree._Element | None) -> tuple[Section, ...]:
    """The sections of an abstract; NLM's UNLABELLED is no label."""
    if abstract is None:
        return ()
    labels = ((part.get("Label"), flat(part)) for part in abstract.iterchildren("AbstractText"))
    return tuple(
        Section(None if not label or label == "UNLABELLED" else label, text)
        for label, text in labels
        if text
    )


def authors_of(listed: etree._Element | None) -> People:
    """People as `Last FM`, then collectives; names a publisher has since put right are out."""
    people, collectives = [], []
    for author in () if listed is None else listed.iterchildren("Author"):
        if author.get("ValidYN") == "N":
            continue
        named = parts(author)
        if "CollectiveName" in named:
            collectives.append(flat(named["CollectiveName"]))
        else:
            people.append(_name(named))
    return tuple(filter(None, people)), tuple(filter(None, collectives))


def _name(named: Parts) -> str:
    first = flat(named.get("ForeName")) or flat(named.get("FirstName"))
    initials = flat(named.get("Initials")) or "".join(word[0] for word in first.split())
    words = (flat(named.get("LastName")), initials, flat(named.get("Suffix")))
    return " ".join(filter(None, words))


def citation_of(issue: Parts, pagination: etree._Element | None) -> str | None:
    """`volume(issue):pages`, as printed; parts that are missing leave no trace."""
    number, paged = flat(issue.get("Issue")), parts(pagination)
    pages = flat(paged.get("MedlinePgn")) or "-".join(
        filter(None, (flat(paged.get("StartPage")), flat(paged.get("EndPage"))))
    )
    volume = flat(issue.get("Volume")) + (f"({number})" if number else "")
    return ":".join(filter(None, (volume, pages))) or None


def article_ids(*listed: etree._Element | None) -> dict[str, str]:
    """An article's own identifiers by kind, the first of each; its references' lie deeper."""
    found: dict[str, str] = {}
    for each in listed:
        for identifier in () if each is None else each.iterchildren("ArticleId"):
            text = flat(identifier)
            if text:
                found.setdefault(identifier.get("IdType", ""), text)
    return found


def doi_of(article: etree._Element, identifiers: Mapping[str, str]) -> str | None:
    """The DOI as printed, from the article itself before its list of identifiers."""
    for found in article.iterchildren("ELocationID"):
        if found.get("EIdType") == "doi" and found.get("ValidYN") != "N" and flat(found):
            return flat(found)
    return identifiers.get("doi")


def registrations_of(
    banks: etree._Element | None, title: str, abstract: tuple[Section, ...]
) -> tuple[str, ...]:
    """Registration numbers that the databank list, the title or the abstract names; sorted."""
    found = set(find_registrations([title, *(section.text for section in abstract)]))
    for bank in () if banks is None else banks.iterchildren("DataBank"):
        listed = parts(bank)
        name = flat(listed.get("DataBankName"))
        if name in REGISTERS:
            for number in children(listed.get("AccessionNumberList"), "AccessionNumber"):
                found.update(find_registrations([f"{name} {number}"]) or (number.upper(),))
    return tuple(sorted(found))


def entered_of(history: etree._Element | None) -> PartialDate | None:
    """The day a record was created in PubMed."""
    for found in () if history is None else history.iterchildren("PubMedPubDate"):
        if found.get("PubStatus") == "entrez":
            return read_date(found)
    return None


def links_of(corrections: etree._Element | None) -> tuple[Link, ...]:
    """Comments and corrections. Old reference lists (`Cites`) are neither and are left out."""
    found = []
    for entry in () if corrections is None else corrections.iterchildren("CommentsCorrections"):
        relation = entry.get("RefType", "")
        if relation != "Cites":
            other = parts(entry)
            pmid = flat(other.get("PMID"))
            source = flat(other.get("RefSource"))
            found.append(Link(relation, f"pmid:{pmid}" if pmid else None, source))
    return tuple(found)
