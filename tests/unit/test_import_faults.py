"""Files that are not what they seem: each refused whole, with every fault named."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from living_review import parsing
from living_review.errors import ImportError_, UnreadableRecord
from living_review.parsing import csv_records, nbib, ris
from living_review.parsing.stated import keys, under
from living_review.parsing.text_files import decode
from living_review.stages import importing, initialise
from living_review.stages.importing import SPLITTERS

# Any text that stands in one line: no line ends, no half characters, no markup to be read as such.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"), min_size=1)
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0<&"), min_size=1)


def said_of(folder: Path, name: str, content: str | bytes) -> str:
    """What a person reads when this file is refused."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ImportError_) as refused:
        importing.run(folder, [path])
    return str(refused.value)


@pytest.fixture(scope="module")
def review(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    initialise.run(folder, sample=False)
    return folder


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ris", "", "a.ris: holds no record"),
        ("a.ris", "no record at all\n", "a.ris: holds no record"),
        ("a.ris", "TY  - JOUR\nAU  - Roe, A\nER  - \n", "record 1 (line 1): it states no title"),
        ("a.ris", "AU  - Roe, A\nTI  - A\nER  - \n", "line 1: 'AU' stands outside a record"),
        ("a.ris", "TY  - JOUR\nTI  - A\nPM  - 12x\nER  - \n", "1 (line 1): '12x' is no PMID"),
        ("a.nbib", "", "a.nbib: holds no record"),
        ("a.nbib", "PMID- 123456789\nTI  - A\n", "record 1 (line 1): '123456789' is no PMID"),
        ("a.nbib", "PMID- 1\nTI  - A\n\nloose words\n", "line 4: 'loose words' begins with no tag"),
        ("a.nbib", "PMID- 1\nDP  - 2003\n", "record 1 (line 1): it states no title"),
        ("a.csv", "", "a.csv: holds neither records"),
        ("a.csv", "Title,Year\n", "a.csv: holds no record"),
        ("a.csv", "Title,Year\nA\n", "row 1 (line 2): has 1 cells where the header has 2"),
        ("a.csv", "Title,Year\nA,2003,x\n", "row 1 (line 2): has 3 cells where the header has 2"),
        ("a.csv", "Title,Year\n,2003\n", "row 1 (line 2): it states no title"),
        ("a.csv", "Title,PMID\nA,2E+07\n", "row 1 (line 2): '2E+07' is no PMID"),
        ("a.csv", 'Title,Year\n"A\nB",1\n"C,1\n', "line 4: what begins here is not CSV"),
        ("a.csv", 'Title,Year\n"A\nB",1\n,1\n', "row 2 (line 4): it states no title"),
        ("a.csv", "Titel;Jahr\nA;1\n", "did you mean 'Title'"),
        ("a.txt", b"\x00\x00\x01\x02", "holds zero bytes and is no text"),
        ("a.ris", b"\xff\xfeT", "is not whole as utf-16 text"),
        ("a.xml", "<a/>", "a.xml: "),
        ("a.docx", "", "a.docx: cannot tell what it is"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_with_place_and_reason(review, name, content, said) -> None:
    assert said in said_of(review, name, content)


def test_all_faults_of_a_file_are_counted_and_the_first_ten_named(review) -> None:
    said = said_of(
        review, "many.ris", "TY  - JOUR\nTI  - A\nER  - \n" + "TY  - JOUR\nER  - \n" * 12
    )
    assert "12 of 13 records cannot be read, so none is taken" in said
    assert said.count("it states no title") == 10
    assert said.endswith("and 2 more")


def test_a_good_file_beside_a_bad_one_is_not_taken_either(review) -> None:
    (review / "good.ris").write_text("TY  - JOUR\nTI  - A good one\nER  - \n")
    (review / "bad.ris").write_text("TY  - JOUR\nER  - \n")
    with pytest.raises(ImportError_, match=r"bad\.ris"):
        importing.run(review, [review / "good.ris", review / "bad.ris"])
    assert importing.run(review, [review / "good.ris"])["new"] == 1


def one(module, raw: bytes):
    (payload,) = module.split(BytesIO(raw))
    assert payload.problem == ""
    return payload, parsing.parse(payload)


@given(WORDS, WORDS, WORDS)
@example("ER  - ", "TY  - JOUR", "10.1136/bmj.e497")
def test_any_text_in_a_ris_field_comes_back(title: str, author: str, other: str) -> None:
    raw = f"TY  - JOUR\nTI  - x{title}\nAU  - {author}\nDO  - {other}\nPY  - {other}\nER  - \n"
    payload, record = one(ris, raw.encode())
    assert payload.body == raw.encode()
    assert record.title == " ".join(f"x{title}".split())


@given(WORDS, WORDS, WORDS)
def test_any_text_in_an_nbib_field_comes_back(title: str, author: str, other: str) -> None:
    raw = f"PMID- 1\nTI  - x{title}\nAU  - {author}\nDP  - {other}\nMH  - {other}\nCON - {other}\n"
    payload, record = one(nbib, raw.encode())
    assert payload.body == raw.encode()
    assert record.title == " ".join(f"x{title}".split())


@given(CELLS, CELLS, CELLS)
def test_any_text_in_a_cell_comes_back(title: str, author: str, other: str) -> None:
    cells = (cell.replace('"', '""') for cell in (f"x{title}", author, other, other))
    raw = "Title,Authors,DOI,Citation\n" + ",".join(f'"{cell}"' for cell in cells)
    payload, record = one(csv_records, raw.encode())
    controls = dict.fromkeys([*range(32), 127], " ")
    assert record.title == " ".join(f"x{title}".translate(controls).split())
    assert payload.record_id == next(keys(record))


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_one_kind_of_error(raw: bytes) -> None:
    for kind in ("ris", "nbib", "csv_row"):
        try:
            text = decode(raw)[0]
            for payload in SPLITTERS[kind](BytesIO(raw)):
                assert payload.problem or parsing.parse(payload).title
            for module in (ris, nbib, csv_records):
                module.parse(text.encode())
        except (ImportError_, UnreadableRecord):
            continue


@given(WORDS)
def test_a_record_keeps_what_is_its_own_under_every_key(title: str) -> None:
    raw = f"TY  - JOUR\nTI  - x{title}\nPM  - 7\nDO  - 10.1136/bmj.e497\nER  - \n"
    _, record = one(ris, raw.encode())
    stated = list(keys(record))
    assert stated[:2] == ["pmid:7", "doi:10.1136/bmj.e497"]
    moved = [under(record, key) for key in stated[1:]]
    assert [(each.record_id, each.pmid, each.doi) for each in moved] == [
        (stated[1], None, "10.1136/bmj.e497"), (stated[2], None, None),
    ]  # fmt: skip
