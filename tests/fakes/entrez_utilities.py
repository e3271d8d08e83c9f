"""What each of the E-utilities answers for PubMed, with its limits and its odd ways."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from tests.fakes.entrez_entries import Entry, Holdings, Source
from tests.fakes.entrez_terms import (
    BadLimit,
    limits_of,
    phrases_not_found,
    translation_of,
    without_ranges,
)

DTD = "https://eutils.ncbi.nlm.nih.gov/eutils/dtd"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE {0} PUBLIC '
    f'"-//NLM//DTD {{1}} {{2}}//EN" "{DTD}/{{2}}/{{1}}.dtd">\n'
)
SEARCH_HEAD = HEAD.format("eSearchResult", "esearch", "20060628")
POST_HEAD = HEAD.format("ePostResult", "epost", "20090526")
INFO_HEAD = HEAD.format("eInfoResult", "einfo", "20190110")
FETCH_ERROR_HEAD = HEAD.format("eEfetchResult", "efetch", "20131226")
SET_HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC '
    '"-//NLM//DTD PubMedArticle, 1st January 2026//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_260101.dtd">\n'
)
MOST_LISTED = 9_999  # of one search, since April 2022, by whatever route
MOST_AT_ONCE = 10_000
TOO_FAR = "'retstart' cannot be larger than 9998. For PubMed, only the first 9,999 can be had."

Asked = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes


def every_record(term: str, entry: Entry) -> bool:
    """Match whatever is asked."""
    return True


class Utilities:
    """PubMed as it stands at `today`, which a test may set; None: with all that was ever given.

    `matches` says which records a query finds; date limits are always kept. `lost` PMIDs are found
    and never sent. `unknown_phrases` are remarked on where a query has them. `translation` may
    stand in for what the query is understood as.
    """

    def __init__(self, matches: Callable[[str, Entry], bool], lost: Iterable[int]) -> None:
        self.holdings = Holdings()
        self.matches = matches
        self.lost = set(lost)
        self.today: date | None = None
        self.unknown_phrases: set[str] = set()
        self.translation: Callable[[str], str] | None = None
        self._history: dict[str, list[list[int]]] = {}
        self._histories = 0

    def add(self, source: Source, enters: date | None = None) -> None:
        """Put records in from a day on; a PMID that is there already is replaced from then on."""
        self.holdings.add(source, enters)

    def remove(self, *pmids: int, on: date | None = None) -> None:
        """Let PMIDs be deleted, or merged into others: never found nor sent again."""
        self.holdings.remove(pmids, on)

    def forget_history(self) -> None:
        """Let every WebEnv expire."""
        self._history.clear()

    def answer(self, utility: str, asked: Asked) -> Answer:
        """The answer of one utility to one request."""
        serve = {
            "esearch": self._search,
            "epost": self._post,
            "efetch": self._fetch,
            "einfo": self._info,
        }.get(utility)
        if serve is None:
            return Answer(404, b"Not Found")
        if utility != "einfo" and asked.get("db") != "pubmed":
            return _search_error(f"Invalid db name specified: {asked.get('db')}")
        return serve(asked)

    def _search(self, asked: Asked) -> Answer:
        if not asked.get("term", "").strip():
            return _search_error("Empty term and query_key - nothing todo")
        start, size = int(asked.get("retstart", 0)), min(int(asked.get("retmax", 20)), MOST_AT_ONCE)
        if start > MOST_LISTED - 1:
            return _search_error(f"Search Backend failed: Exception:\n{TOO_FAR}")
        try:
            limits = limits_of(asked, self.today)
        except BadLimit as error:
            return _search_error(str(error))
        term = without_ranges(asked["term"])
        pmids = sorted(
            (
                pmid
                for pmid, versions in self.holdings.at(self.today).items()
                if all(limit.allows(versions[-1]) for limit in limits)
                and self.matches(term, versions[-1])
            ),
            reverse=True,
        )
        if asked.get("rettype") == "count":
            return _well(f"{SEARCH_HEAD}<eSearchResult><Count>{len(pmids)}</Count></eSearchResult>")
        listed = pmids[:MOST_LISTED][start : start + size]
        history = ""
        if asked.get("usehistory") == "y":
            if asked.get("WebEnv", "") not in {"", *self._history}:
                return _search_error("Unable to obtain query #1")
            history = self._remember(pmids, asked.get("WebEnv"))
        understood = self.translation(term) if self.translation else translation_of(asked, limits)
        ids = "\n".join(f"<Id>{pmid}</Id>" for pmid in listed)
        return _well(
            f"{SEARCH_HEAD}<eSearchResult><Count>{len(pmids)}</Count><RetMax>{len(listed)}</RetMax>"
            f"<RetStart>{start}</RetStart>{history}<IdList>\n{ids}\n</IdList><TranslationSet/>"
            f"<QueryTranslation>{escape(understood)}</QueryTranslation>"
            + self._remarks(asked["term"], len(pmids), start + size)
            + "</eSearchResult>"
        )

    def _remarks(self, term: str, count: int, end: int) -> str:
        errors, warnings = phrases_not_found(term, sorted(self.unknown_phrases))
        if end > MOST_LISTED < count:
            warnings += "<OutputMessage>Restrictions achieved</OutputMessage>"
        if not count:
            warnings += "<OutputMessage>No items found.</OutputMessage>"
        return (f"<ErrorList>{errors}</ErrorList>" if errors else "") + (
            f"<WarningList>{warnings}</WarningList>" if warnings else ""
        )

    def _post(self, asked: Asked) -> Answer:
        pmids = [pmid for pmid, _ in _ids(asked.get("id", ""))]
        if not pmids or len(pmids) > MOST_AT_ONCE:
            said = "Too many UIDs in request" if pmids else "Empty ID list; Nothing to store"
            return _well(f"{POST_HEAD}<ePostResult><ERROR>{said}</ERROR></ePostResult>")
        return _well(f"{POST_HEAD}<ePostResult>{self._remember(pmids, None)}</ePostResult>")

    def _fetch(self, asked: Asked) -> Answer:
        start, size = (
            int(asked.get("retstart", 0)),
            min(int(asked.get("retmax", 10_000)), MOST_AT_ONCE),
        )
        if start > MOST_LISTED - 1:
            return _fetch_error(400, TOO_FAR)
        if "WebEnv" in asked:
            stored = self._stored(asked)
            if stored is None:
                return _fetch_error(200, f"Unable to obtain query #{asked.get('query_key', 1)}")
            if start >= len(stored):
                return _fetch_error(400, "Cannot retrieve history data: OUT OF RANGE")
            wanted = [(pmid, None) for pmid in stored[:MOST_LISTED][start : start + size]]
        else:
            wanted = _ids(asked.get("id", ""))
        if not wanted:
            return _fetch_error(400, "ID list is empty! Possibly it has no correct IDs.")
        if asked.get("retmode") != "xml":
            return Answer(200, b"Pubmed-entry ::= { }\n")  # ASN.1, which is what it gives unasked
        return Answer(200, self._article_set(wanted))

    def _article_set(self, wanted: Iterable[tuple[int, int | None]]) -> bytes:
        """The records that are there; of one that is not, PubMed says nothing."""
        held = self.holdings.at(self.today)
        bodies = []
        for pmid, version in wanted:
            versions = [] if pmid in self.lost else held.get(pmid, [])
            bodies += [
                each.body for each in versions[-1:] if version is None
            ] + [each.body for each in versions if each.version == version]  # fmt: skip
        return (
            SET_HEAD.encode() + b"<PubmedArticleSet>" + b"\n".join(bodies) + b"</PubmedArticleSet>"
        )

    def _info(self, asked: Asked) -> Answer:
        del asked
        return _well(
            f"{INFO_HEAD}<eInfoResult><DbInfo><DbName>pubmed</DbName><MenuName>PubMed</MenuName>"
            f"<Count>{len(self.holdings.at(self.today))}</Count></DbInfo></eInfoResult>"
        )

    def _remember(self, pmids: list[int], web_env: str | None) -> str:
        if not web_env:
            self._histories += 1
            web_env = f"MCID_{self._histories:024x}"
        queries = self._history.setdefault(web_env, [])
        queries.append(pmids)
        return f"<QueryKey>{len(queries)}</QueryKey><WebEnv>{web_env}</WebEnv>"

    def _stored(self, asked: Asked) -> list[int] | None:
        queries, key = self._history.get(asked["WebEnv"], []), int(asked.get("query_key", 1))
        return queries[key - 1] if 1 <= key <= len(queries) else None


def _well(text: str) -> Answer:
    return Answer(200, text.encode())


def _search_error(said: str) -> Answer:
    return _well(f"{SEARCH_HEAD}<eSearchResult><ERROR>{escape(said)}</ERROR></eSearchResult>")


def _fetch_error(status: int, said: str) -> Answer:
    text = f"{FETCH_ERROR_HEAD}<eFetchResult>\n\t<ERROR>{escape(said)}</ERROR>\n</eFetchResult>\n"
    return Answer(status, text.encode())


def _ids(text: str) -> list[tuple[int, int | None]]:
    """The PMIDs of a list, each with the version asked for (`123.2`), without what is none."""
    found = []
    for each in text.split(","):
        pmid, _, version = each.strip().partition(".")
        if pmid.isdecimal() and int(pmid):
            found.append((int(pmid), int(version) if version.isdecimal() else None))
    return found
