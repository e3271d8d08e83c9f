"""Small PubMed XML, made by hand: only what a test is about is said, the rest is plain."""

from xml.sax.saxutils import escape


def day(name: str, text: str, **attributes: str) -> str:
    """A date element from `2016`, `2016-07` or `2016-07-01`."""
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    parts = zip(("Year", "Month", "Day"), text.split("-"), strict=False)
    return f"<{name}{said}>" + "".join(f"<{p}>{v}</{p}>" for p, v in parts) + f"</{name}>"


def article(
    pmid: int | str = 1,
    title: str = "A trial",
    *,
    version: int = 1,
    entered: str | None = "2020-01-15",
    revised: str | None = None,
    pub_date: str = "<PubDate><Year>2020</Year></PubDate>",
    inner: str = "",
    outer: str = "",
    data: str = "",
    types: tuple[str, ...] = ("Journal Article",),
) -> str:
    """A PubmedArticle. `title`, `inner` (in Article), `outer` (in MedlineCitation) and `data`
    (in PubmedData) are XML as it stands."""
    history = day("PubMedPubDate", entered, PubStatus="entrez") if entered else ""
    listed = "".join(f'<PublicationType UI="">{escape(each)}</PublicationType>' for each in types)
    return (
        '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">'
        f'<PMID Version="{version}">{pmid}</PMID>'
        + (day("DateRevised", revised) if revised else "")
        + '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print">'
        f"<Volume>7</Volume><Issue>2</Issue>{pub_date}</JournalIssue>"
        "<Title>Journal of Tests</Title>"
        f"</Journal><ArticleTitle>{title}</ArticleTitle>{inner}"
        f"<PublicationTypeList>{listed}</PublicationTypeList></Article>{outer}</MedlineCitation>"
        f"<PubmedData><History>{history}</History>{data}</PubmedData></PubmedArticle>"
    )


def article_set(*articles: str, root: str = "PubmedArticleSet") -> bytes:
    """A whole file."""
    body = "\n".join(articles)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>\n{body}\n</{root}>\n'.encode()


def deletion(*pmids: int | str) -> str:
    """A DeleteCitation, as NLM's daily files end with."""
    listed = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in pmids)
    return f"<DeleteCitation>{listed}</DeleteCitation>"
