"""Records are brought in, decided on, and taken out again with what was decided."""

import csv
import io
import json
from io import BytesIO

import bibtexparser
import duckdb
import pytest
import rispy

from living_review import parsing
from living_review.errors import UserError
from living_review.model import Record
from living_review.stages import exporting, serial
from living_review.stages.importing import SPLITTERS
from living_review.warehouse import Warehouse, database_path
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, trial
from tests.stories.test_command_line import living_review
from tests.stories.test_waiting import UNSURE

FROM_ELSEWHERE = """TY  - JOUR
TI  - Gabapentin for chronic sciatica, told in a journal that PubMed lacks
AU  - Maker, Ann B.
JO  - Journal of Made-up Trials
PY  - 2003/05
VL  - 1
IS  - 2
SP  - 3
EP  - 9
DO  - 10.5555/elsewhere
AB  - We randomised 40 adults with chronic sciatica to gabapentin or placebo.
      Leg pain did not differ.
KW  - sciatica
ER  -
"""  # fmt: skip
ELSEWHERE = "doi:10.5555/elsewhere"


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    made = LivingReview(tmp_path_factory.mktemp("exporting") / "review")
    made.update("2005-01-01", trial(1, "2004-03-01", BETTER), trial(2, "2004-06-01", NO_DIFFERENCE))
    made.bring("elsewhere.ris", FROM_ELSEWHERE)
    made.update("2005-02-01", UNSURE)
    made.decide(1, "exclude")
    return made


def out(review, what, format):
    return exporting.run(review.folder, what, format).text


def ids(review, what):
    return [json.loads(line)["record_id"] for line in out(review, what, "json").splitlines()]


def stored(review) -> list[Record]:
    with Warehouse(database_path(review.folder)) as store:
        asked = {"as_of": "2005-02-01", "cut": 99, "record_ids": None}
        return [serial.load(Record, row["body"]) for row in store.rows("current_records", **asked)]


def test_each_export_has_the_records_it_names(review):
    assert ids(review, "included") == [ELSEWHERE, "pmid:2"]
    assert ids(review, "excluded") == ["pmid:1"]
    assert ids(review, "queue") == ["pmid:9"]
    assert ids(review, "all") == [record.record_id for record in stored(review)]


def test_a_persons_reason_goes_out_with_the_record_in_every_format(review):
    texts = [out(review, "excluded", f) for f in ("ris", "nbib", "bibtex", "csv", "json")]
    assert [("human:ab" in text, "seen in full" in text) for text in texts] == [(True, True)] * 5


def test_what_is_asked_of_a_record_in_the_queue_goes_out_with_it(review):
    (entry,) = rispy.loads(out(review, "queue", "ris"))
    assert any(note.startswith("living-review asks: screening: ") for note in entry["notes"])
    (row,) = csv.DictReader(io.StringIO(out(review, "queue", "csv")))
    assert row["asked"].startswith("screening: ")


@pytest.mark.parametrize("format", ["ris", "nbib"])
def test_what_the_store_keeps_comes_back_equal_and_is_known_there(review, format):
    text = out(review, "all", format)
    back = [parsing.parse(p) for p in SPLITTERS[format](BytesIO(text.encode()))]
    assert back == stored(review)

    counts = review.copy(review.folder.parent / format).bring(f"again.{format}", text)
    assert (counts["new"], counts["already_known"] + counts["revised"]) == (0, len(back))


@pytest.mark.parametrize("format", ["ris", "nbib"])
def test_another_review_takes_the_records_as_they_were(review, tmp_path, format):
    other = LivingReview(tmp_path / "other")
    other.bring(f"all.{format}", out(review, "all", format))
    other.update("2005-02-01", until="parse")
    assert stored(other) == stored(review)


def test_bibtex_and_parquet_have_the_same_records(review, tmp_path):
    library = bibtexparser.parse_string(out(review, "all", "bibtex"))
    done = exporting.to_parquet(review.folder, "all", tmp_path / "all.parquet")
    with duckdb.connect() as connection:
        table = connection.read_parquet(str(tmp_path / "all.parquet"))
        found = [row[0] for row in table.project("record_id").fetchall()]
    assert found == ids(review, "all")
    assert len(library.entries) == done.number == len(found)


def test_conclusions_go_out_as_a_bundle_and_as_a_table(review):
    bundle = json.loads(out(review, "conclusions", "json"))
    rows = list(csv.DictReader(io.StringIO(out(review, "conclusions", "csv"))))
    assert bundle["entry"][0]["resource"]["version"] == review.versions()[-1]
    assert rows[0]["claim"] == "pain-vs-placebo"
    assert len(rows) == exporting.run(review.folder, "conclusions", "csv").number
    done = exporting.run(review.folder, "conclusions", "json")
    assert done.number == len(bundle["entry"]) - 1 == len(rows) - 1
    assert done.said == ("evidence-quality: no place for it in FHIR; --format csv has it",)


def test_a_record_in_two_forms_goes_out_once_and_all_has_both(review, tmp_path):
    twice = review.copy(tmp_path / "twice")
    first, second = "pmid:2", ELSEWHERE
    done = living_review(
        "--review", twice.folder, "link", first, second, "same", "--reason", "one trial", "--by",
        "ab",
    )  # fmt: skip
    assert done.returncode == 0
    exported = exporting.run(twice.folder, "included", "json")
    assert second not in ids(twice, "included")
    assert exported.said == ("1 duplicate left out; --what all has them",)
    copy = next(
        json.loads(line)
        for line in out(twice, "all", "json").splitlines()
        if json.loads(line)["record_id"] == second
    )
    assert copy["decision"]["same_as"] == first


def test_the_command_line_says_how_many_it_wrote(review, tmp_path):
    at = ("--review", review.folder, "export")
    to_ris = living_review(*at, "--format", "ris", "--out-file", tmp_path / "in.ris")
    to_parquet = living_review(*at, "--format", "parquet", "--out", tmp_path / "in.parquet")
    number = len(ids(review, "included"))
    assert to_ris.stdout == f"{tmp_path / 'in.ris'}: {number} records\n"
    assert to_parquet.stdout == f"{tmp_path / 'in.parquet'}: {number} records\n"
    printed = living_review(*at, "--what", "excluded", "--format", "bibtex")
    assert printed.stdout == out(review, "excluded", "bibtex")


def test_before_the_first_update_there_is_nothing_to_export(tmp_path):
    empty = LivingReview(tmp_path / "review")
    done = living_review("--review", empty.folder, "export", "--format", "ris")
    assert (done.returncode, done.stdout) == (5, "")
    assert "nothing is stored yet" in done.stderr
    empty.bring("elsewhere.ris", FROM_ELSEWHERE)
    with pytest.raises(UserError, match="no search has succeeded yet; run `living-review update`"):
        exporting.run(empty.folder, "all", "csv")


def test_questions_on_claims_are_no_records_and_are_said_to_be_elsewhere(review, tmp_path):
    signalled = review.copy(tmp_path / "signalled")
    signalled.update("2006-01-01", trial(3, "2005-06-01", BETTER), trial(4, "2005-07-01", BETTER))
    signalled.update("2007-01-01", trial(5, "2006-06-01", NO_DIFFERENCE, n=900))
    asked = living_review("--review", signalled.folder, "queue").stdout
    done = exporting.run(signalled.folder, "queue", "json")
    assert "signal" in asked
    (said,) = done.said
    assert said.endswith("on claims, not records: see `living-review queue`")
