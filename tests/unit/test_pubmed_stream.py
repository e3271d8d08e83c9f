"""Cutting PubMed XML into payloads: all of it accounted for, nothing hostile gets through."""

import io
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_review import parsing
from living_review.errors import SourceError, UnreadableRecord
from living_review.parsing.payload import Payload
from living_review.parsing.pubmed_xml import parse, split
from tests.pubmed_builders import article, article_set, deletion


def cut(data: bytes) -> list[Payload]:
    return list(split(io.BytesIO(data)))


def test_every_citation_becomes_a_payload_that_reads_as_itself() -> None:
    payloads = cut(article_set(article(1), article(2, version=3)))
    assert [(p.record_id, p.version, p.problem) for p in payloads] == [
        ("pmid:1", 1, ""),
        ("pmid:2", 3, ""),
    ]
    assert [parsing.parse(payload).version for payload in payloads] == [1, 3]


def test_a_payload_holds_its_citation_and_nothing_of_the_next() -> None:
    first, second = cut(article_set(article(1, "α &lt; β"), article(2)))
    assert first.body == article(1, "α &lt; β").encode()
    assert second.body == article(2).encode()


@pytest.mark.parametrize(
    "xml",
    [
        article(5).encode(),
        article_set(article(5)),
        article_set(article(5), root="PubmedBookArticleSet"),
        b'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet SYSTEM "http://127.0.0.1:9/no.dtd">'
        b"<!-- a note --><PubmedArticleSet><!-- and one -->" + article(5).encode()
        + b"</PubmedArticleSet>",
        article_set(article(5)).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        b"<MedlineCitationSet><MedlineCitation><PMID>5</PMID></MedlineCitation>"
        b"</MedlineCitationSet>",
        b"<MedlineCitation><PMID>5</PMID></MedlineCitation>",
        b"<PubmedBookArticle><BookDocument><PMID>5</PMID></BookDocument></PubmedBookArticle>",
    ],
)  # fmt: skip
def test_every_kind_of_pubmed_file_is_taken(xml: bytes) -> None:
    assert [payload.record_id for payload in cut(xml)] == ["pmid:5"]


def test_each_withdrawn_pmid_becomes_a_payload_of_its_own() -> None:
    payloads = cut(article_set(article(1), deletion(2, 3), deletion("x")))
    assert [(p.record_id, p.deleted) for p in payloads] == [
        ("pmid:1", False),
        ("pmid:2", True),
        ("pmid:3", True),
        (None, True),
    ]
    assert payloads[-1].problem
    assert [p.record_id for p in cut(deletion(8).encode())] == ["pmid:8"]


def test_what_is_between_the_citations_and_is_none_is_listed_not_skipped() -> None:
    payloads = cut(article_set("<Note>hello</Note>", article(1), "<Other/>", "<!-- no -->"))
    assert [p.problem for p in payloads] == [
        "<Note> is no kind of PubMed citation",
        "",
        "<Other> is no kind of PubMed citation",
    ]


@pytest.mark.parametrize("pmid", ["", "x", "-3", "0", "12345678901234567890"])
def test_a_citation_without_a_pmid_is_kept_with_its_problem(pmid: str) -> None:
    (payload,) = cut(article_set(article(pmid)))
    assert (payload.record_id, payload.problem) == (None, "the citation has no PMID")
    assert b"A trial" in payload.body
    with pytest.raises(UnreadableRecord, match="no PMID"):
        parsing.parse(payload)


def test_a_withdrawn_record_is_not_read_as_a_publication() -> None:
    (payload,) = cut(article_set(deletion(2)))
    with pytest.raises(UnreadableRecord, match="pmid:2: its source has withdrawn it"):
        parsing.parse(payload)


def test_the_whole_records_before_a_break_are_given_and_then_the_break_is_said() -> None:
    whole = article_set(*(article(n) for n in range(1, 400)))
    taken: list[Payload] = []
    with pytest.raises(SourceError, match=r"breaks off after \d+ citation"):
        taken.extend(split(io.BytesIO(whole[: len(whole) * 3 // 4])))
    assert [p.record_id for p in taken] == [f"pmid:{n}" for n in range(1, len(taken) + 1)]
    assert 290 <= len(taken) <= 300


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is empty"),
        (b" \n ", "this is empty"),
        (b"<!DOCTYPE html><html><body>x<br></body></html>", "a web page"),
        (b"<html><head></head></html>", "a web page"),
        (b'{"error": "rate limit"}', "JSON"),
        (b"[1, 2]", "JSON"),
        (b"plain text", "not PubMed XML"),
        (b"\x1f\x8b\x08\x00", "not PubMed XML"),
        (b"\x00" * 100, "not PubMed XML"),
        (b"<eSearchResult><Count>1</Count></eSearchResult>", "its first element is <eSearchRes"),
        (b"<PubmedArticleSet>", "breaks off after 0"),
        (b"<PubmedArticleSet><PubmedArticle>wrong format</PubmedArticleSet>", "breaks off"),
        (b"<PubmedArticleSet/>trailing", "breaks off"),
        (b"<PubmedArticleSet/><PubmedArticleSet/>", "breaks off"),
    ],
)
def test_what_is_no_pubmed_xml_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        cut(data)


def bomb(use: str) -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<!DOCTYPE PubmedArticleSet [<!ENTITY a0 "{"x" * 100}">{levels}]>'
        f"<PubmedArticleSet>{use}</PubmedArticleSet>"
    ).encode()


@pytest.mark.parametrize(
    "use",
    [
        article(1, "&a11;"),
        article(1).replace('Status="MEDLINE"', 'Status="&a11;"'),
        article(1, "&a3;"),
        "&a11;",
    ],
)
def test_an_entity_bomb_does_not_go_off(use: str) -> None:
    started = time.monotonic()
    with suppress(SourceError):
        assert all("entity" in payload.problem for payload in cut(bomb(use)))
    assert time.monotonic() - started < 5


def test_an_external_entity_is_not_fetched(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not for records")
    head = f'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    (payload,) = cut(head.encode() + article_set(article(1, "&x;")).partition(b"?>\n")[2])
    assert "&x;" in payload.problem
    assert b"not for records" not in payload.body
    with pytest.raises(UnreadableRecord):
        parse(head.encode() + article(1, "&x;").encode())


# A child of its own, since what earlier tests used would hide what this one uses. VmHWM is the
# most memory a process has had since it began.
READ_FOR_LONG = """
import sys
from living_review.errors import SourceError
from living_review.parsing.pubmed_xml import split

class Long:
    def __init__(self, head, repeated, size):
        chunk = repeated * (65536 // len(repeated) + 1)
        self.chunks = iter([head + chunk, *[chunk] * (size // len(chunk))])

    def read(self, size):
        return next(self.chunks, b"")

taken, said = 0, ""
try:
    for payload in split(Long(sys.argv[1].encode(), sys.argv[2].encode(), int(sys.argv[3]) << 20)):
        taken += 1
except SourceError as error:
    said = str(error)
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(taken, int(peak) // 1024, said, sep="|")
"""


def read_for_long(head: str, repeated: str, megabytes: int) -> tuple[int, int, str]:
    """Citations taken, peak memory in MB, and the error, of reading so much of the same."""
    command = [sys.executable, "-c", READ_FOR_LONG, head, repeated, str(megabytes)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    taken, peak, said = done.stdout.strip().split("|", 2)
    return int(taken), int(peak), said


@pytest.mark.parametrize(
    ("head", "repeated", "most_megabytes"),
    [
        ("<PubmedArticleSet>", "<a>", 100),
        ("<PubmedArticleSet><PubmedArticle>", "<PubmedArticle>", 100),
        ("<PubmedArticleSet><PubmedArticle>", "<a/>", 700),
        ("<PubmedArticleSet>", "<a/>", 700),
        ("<PubmedArticleSet><PubmedArticle><a>", "text without end ", 100),
        ("<PubmedArticleSet><!-- ", "a comment without end ", 100),
        ("<PubmedArticleSet><a b='", "an attribute without end ", 100),
        ("", " ", 100),
        ("<!-- ", "a comment without end ", 100),
        ("<html>", "<p>", 100),
    ],
)
def test_200_mb_of_nothing_good_end_soon_and_in_bounded_memory(
    head: str, repeated: str, most_megabytes: int
) -> None:
    started = time.monotonic()
    taken, peak, said = read_for_long(head, repeated, 200)
    assert (taken, bool(said)) == (0, True)
    assert peak < most_megabytes
    assert time.monotonic() - started < 20


def test_memory_stays_flat_over_a_long_file() -> None:
    one = article(1, "word " * 2_000)
    _, short, _ = read_for_long("<PubmedArticleSet>", one, 2)
    taken, long, said = read_for_long("<PubmedArticleSet>", one, 100)
    assert taken > 9_000
    assert "breaks off" in said  # the root is never closed
    assert long - short < 10


@given(st.binary(max_size=200))
def test_whatever_bytes_come_only_our_own_errors_go(data: bytes) -> None:
    for wrapped in (data, b"<PubmedArticleSet>" + data + b"</PubmedArticleSet>"):
        with suppress(SourceError):
            cut(wrapped)
        with suppress(UnreadableRecord):
            parse(wrapped)


@given(st.data())
def test_a_citation_damaged_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(article_set(article(1, "An <i>old</i> trial", revised="2020-02-02")))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        payloads = cut(bytes(whole))
    except SourceError:
        return
    for payload in payloads:
        with suppress(UnreadableRecord):
            parsing.parse(payload)
