"""Real citations as public test suites carry them (shared data): every one is accounted for."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from living_review import parsing
from living_review.errors import SourceError, UnreadableRecord
from living_review.parsing.payload import Payload
from living_review.parsing.pubmed_xml import split

# Program sources that quote PubMed XML: no file of records, and refused as such.
QUOTED = {"PubMed XML.js", "pubmed_sample_xml.py"}


@pytest.fixture(scope="module")
def files(shared_data: Path) -> dict[str, bytes]:
    folder = shared_data / "data" / "pubmed_xml"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): (
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        )
        for path in paths
        if path.name not in QUOTED
    }


def payloads_of(data: bytes) -> Iterator[Payload]:
    try:
        yield from split(BytesIO(data))
    except SourceError:
        return


def test_every_real_citation_is_parsed_withdrawn_or_listed_with_its_reason(files) -> None:
    present, outcome, reasons = Counter(), Counter(), Counter()
    for name, data in files.items():
        # Counted by another way than the parser's own: the text of the file.
        present["citations"] += len(re.findall(rb"<MedlineCitation[\s>]", data))
        present["books"] += len(re.findall(rb"<PubmedBookArticle[\s>]", data))
        withdrawn = re.findall(rb"<DeleteCitation>.*?</DeleteCitation>", data, re.DOTALL)
        present["withdrawn"] += sum(each.count(b"<PMID") for each in withdrawn)
        for payload in payloads_of(data):
            if payload.deleted:
                outcome["withdrawn"] += 1
                continue
            try:
                parsing.parse(payload)
                outcome["parsed"] += 1
            except UnreadableRecord as error:
                reasons[f"{name}: {error.reason}"] += 1
    assert present == {"citations": 366, "books": 4, "withdrawn": 7}
    assert outcome == {"parsed": 366 + 4, "withdrawn": 7}
    # An entry that is empty, and so not among the 366 either.
    assert reasons == {"jabref/MedlineImporterTestMinimalEntry.xml: the citation has no PMID": 1}


def test_titles_and_abstracts_are_whole_whatever_markup_is_in_them(files) -> None:
    compared = with_markup = 0
    for data in files.values():
        for payload in payloads_of(data):
            if payload.deleted or payload.problem:
                continue
            record = parsing.parse(payload)
            # The same text by another parser and without our marks for powers and fractions.
            root = ElementTree.fromstring(payload.body)
            title = root.find(".//ArticleTitle")
            if title is None or not words(title) or "[Not Available]" in words(title):
                continue
            compared += 1
            with_markup += len(title) > 0
            assert unmarked(record.title) == unmarked(words(title))
            sections = root.findall(".//Article/Abstract/AbstractText")
            if sections:
                read = [unmarked(section.text) for section in record.abstract]
                assert read == [unmarked(text) for text in map(words, sections) if text]
    assert compared > 360
    assert with_markup >= 11


@pytest.mark.parametrize(
    ("name", "kind", "relation"),
    [
        ("misc/example.xml", "publication", "RetractionIn"),
        ("metapub/38833988.xml", "notice", "ErratumFor"),
    ],
)
def test_retracted_records_and_notices_are_told_apart(files, name, kind, relation) -> None:
    records = [parsing.parse(p) for p in payloads_of(files[name]) if not p.problem]
    (record,) = [r for r in records if relation in {link.relation for link in r.links}]
    assert record.kind == kind


def test_a_file_that_is_no_pubmed_xml_is_refused_and_nothing_else(files) -> None:
    for name, data in files.items():
        if name.endswith((".txt", ".html", ".json")) or "/esearch" in name or "/epost" in name:
            with pytest.raises(SourceError):
                list(split(BytesIO(data)))


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def unmarked(text: str) -> str:
    return text.translate({ord("^"): None, ord("/"): None})
