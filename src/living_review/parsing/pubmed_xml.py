"""PubMed's XML → Records. Bytes in, nouns out; what a record lacks stays empty."""

from lxml import etree

from living_review.errors import UnreadableRecord
from living_review.model import Record, Section
from living_review.parsing.pubmed_dates import read_date
from living_review.parsing.pubmed_fields import (
    Parts,
    People,
    abstract_of,
    article_ids,
    authors_of,
    children,
    citation_of,
    doi_of,
    entered_of,
    kind_of,
    links_of,
    registrations_of,
    texts,
)
from living_review.parsing.pubmed_stream import pmid_of, split
from living_review.parsing.safe_xml import first_entity, flat, parse_element, parts

__all__ = ["parse", "split"]

NO_TITLE = ("", "[Not Available].", "[Not Available]")


def parse(payload: bytes) -> Record:
    """Read one citation (PubmedArticle, MedlineCitation or PubmedBookArticle).

    Title and abstract are whole, with markup flattened; dates stay as partial as printed.
    Raises UnreadableRecord, and nothing else, for whatever is not such a citation.
    """
    try:
        root = parse_element(payload)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableRecord(f"it is not well-formed XML: {error}") from error
    if root.tag not in ("PubmedArticle", "MedlineCitation", "PubmedBookArticle"):
        raise UnreadableRecord(f"<{root.tag}> is no kind of PubMed citation")
    found = pmid_of(root)
    if found is None:
        raise UnreadableRecord("the citation has no PMID")
    entity = first_entity(root)
    if entity is not None:
        raise UnreadableRecord(
            f"the citation uses the entity {entity}, which is not resolved for safety",
            f"pmid:{found[0]}",
        )
    return _book(root, *found) if root.tag == "PubmedBookArticle" else _article(root, *found)


def _article(root: etree._Element, pmid: str, version: int) -> Record:
    citation = root if root.tag == "MedlineCitation" else root.find("MedlineCitation")
    outer = parts(citation)
    article = outer.get("Article")
    if article is None:
        raise UnreadableRecord("the citation has no article", f"pmid:{pmid}")
    inner, data = parts(article), parts(root.find("PubmedData"))
    journal = parts(inner.get("Journal"))
    issue = parts(journal.get("JournalIssue"))
    types = children(inner.get("PublicationTypeList"), "PublicationType")
    title, vernacular = flat(inner.get("ArticleTitle")), flat(inner.get("VernacularTitle"))
    abstract = abstract_of(inner.get("Abstract")) or _other_abstract(citation)
    authors, collective_authors = authors_of(inner.get("AuthorList"))
    identifiers = article_ids(data.get("ArticleIdList"))
    return Record(
        record_id=f"pmid:{pmid}",
        title=(vernacular or title) if title in NO_TITLE else title,
        kind=kind_of(types),
        pmid=pmid,
        version=version,
        doi=doi_of(article, identifiers),
        pmc=identifiers.get("pmc") or _old_pmc(outer.get("OtherID")),
        registrations=registrations_of(inner.get("DataBankList"), title, abstract),
        vernacular_title=vernacular or None,
        abstract=abstract,
        authors=authors,
        collective_authors=collective_authors,
        journal=_journal(outer, journal),
        citation=citation_of(issue, inner.get("Pagination")),
        published=read_date(issue.get("PubDate")),
        published_online=read_date(inner.get("ArticleDate")),
        entered=entered_of(data.get("History")) or read_date(outer.get("DateCreated")),
        revised=read_date(outer.get("DateRevised")),
        publication_types=types,
        mesh=texts(_of(outer, "MeshHeadingList", "MeshHeading/DescriptorName")),
        keywords=texts(_of(outer, "KeywordList", "../KeywordList/Keyword")),
        languages=children(article, "Language"),
        links=links_of(outer.get("CommentsCorrectionsList")),
    )


def _book(root: etree._Element, pmid: str, version: int) -> Record:
    document = root.find("BookDocument")
    if document is None:
        raise UnreadableRecord("the citation has no book", f"pmid:{pmid}")
    inner, data = parts(document), parts(root.find("PubmedBookData"))
    book = parts(inner.get("Book"))
    types = children(document, "PublicationType")
    chapter, whole = flat(inner.get("ArticleTitle")), flat(book.get("BookTitle"))
    vernacular = flat(inner.get("VernacularTitle"))
    title = (vernacular or whole) if chapter in NO_TITLE else chapter
    abstract = abstract_of(inner.get("Abstract"))
    authors, collective_authors = _book_authors(document, inner.get("Book"))
    identifiers = article_ids(inner.get("ArticleIdList"), data.get("ArticleIdList"))
    return Record(
        record_id=f"pmid:{pmid}",
        title=title,
        kind=kind_of(types),
        pmid=pmid,
        version=version,
        doi=doi_of(document, identifiers),
        registrations=registrations_of(None, title, abstract),
        vernacular_title=vernacular or None,
        abstract=abstract,
        authors=authors,
        collective_authors=collective_authors,
        journal=(flat(book.get("CollectionTitle")) if title == whole else whole) or None,
        citation=citation_of({}, inner.get("Pagination")),
        published=read_date(book.get("PubDate")),
        published_online=read_date(inner.get("ContributionDate")),
        entered=entered_of(data.get("History")),
        revised=read_date(inner.get("DateRevised")),
        publication_types=types,
        keywords=texts(_of(inner, "KeywordList", "../KeywordList/Keyword")),
        languages=children(document, "Language"),
    )


def _of(within: Parts, name: str, path: str) -> list[etree._Element]:
    """What lies below a part that may be missing."""
    return within[name].findall(path) if name in within else []


def _other_abstract(citation: etree._Element | None) -> tuple[Section, ...]:
    """An abstract from elsewhere, for records without one of their own; English before others."""
    others = [] if citation is None else list(citation.iterchildren("OtherAbstract"))
    others.sort(key=lambda other: other.get("Language", "eng") != "eng")
    return abstract_of(others[0]) if others else ()


def _journal(outer: Parts, journal: Parts) -> str | None:
    named = (journal.get("Title"), journal.get("ISOAbbreviation"))
    info = parts(outer.get("MedlineJournalInfo"))
    return next((text for each in (*named, info.get("MedlineTA")) if (text := flat(each))), None)


def _old_pmc(other: etree._Element | None) -> str | None:
    """The PMC id as files before 2010 carry it; embargo notes may follow it."""
    words = flat(other).split()
    return words[0] if words and words[0].startswith("PMC") else None


def _book_authors(document: etree._Element, book: etree._Element | None) -> People:
    """The chapter's authors, else the book's; editors are no authors."""
    for owner in (document, book):
        for listed in () if owner is None else owner.iterchildren("AuthorList"):
            people = authors_of(listed)
            if listed.get("Type") != "editors" and any(people):
                return people
    return (), ()
