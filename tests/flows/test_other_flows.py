"""Rechecking what is included, replaying the past, and both faces of the command line."""

import os
from datetime import date

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from living_review.errors import SourceRefused, UserError
from living_review.flows.here import replay_here, update_here
from living_review.flows.recheck_included import recheck_included
from living_review.stages import begin, published, pull, status
from living_review.stages import recheck as stage
from living_review.stages.update import STAGES
from tests.flows.small_review import AS_OF, FIRST, LATER, contradict, retract
from tests.stories.living import NO_DIFFERENCE, trial

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture(autouse=True)
def _environment_as_it_was():
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def recheck(review, as_of=LATER):
    recheck_included(str(review.folder), as_of)


def heard():
    told = []
    return told, lambda stage, counts: told.append((stage, counts))


def test_a_recheck_finds_that_an_included_trial_was_retracted(review):
    review.update(str(AS_OF))
    before = review.table_sizes()
    retract(review, FIRST)

    recheck(review)

    first, report = published.reports(review.folder)
    assert first["flow"]["retracted"] == 0
    assert report["flow"]["retracted"] == 1
    assert {cause for c in report["changes"] for cause in c["causes"]} == {"retraction"}
    assert {r for c in report["changes"] for r in c["records"]} == {f"pmid:{FIRST}"}
    assert review.table_sizes()["search_run"] == before["search_run"]


def test_a_recheck_asks_for_no_new_records(review):
    review.update(str(AS_OF))
    contradict(review)

    recheck(review)

    assert review.versions() == ["1.0.0"]


def test_a_recheck_that_finds_nothing_writes_nothing(review):
    review.update(str(AS_OF))
    before = review.table_sizes()

    recheck(review)

    assert review.table_sizes() == before


def test_a_recheck_counts_imported_records_as_without_a_source(review, tmp_path):
    imported = trial(FIRST + 7, "2015-01-01", NO_DIFFERENCE)
    review.bring("more.xml", f"<PubmedArticleSet>{imported.xml()}</PubmedArticleSet>")
    review.update(str(AS_OF))

    with begin.hold(review.folder, LATER, "manual") as run_no:
        counts = stage.run(review.folder, run_no)

    assert counts == {"rechecked": 2, "revised": 0, "without_source": 1, "notices": 0}


def test_a_replay_publishes_at_each_date_in_one_run(review):
    told, tell = heard()
    contradict(review)
    replay_here(review.folder, [date(2015, 12, 31), date(2016, 12, 31)], tell)

    reports = published.reports(review.folder)
    assert [(r["version"], r["as_of"], r["trigger"]) for r in reports] == [
        ("1.0.0", "2015-12-31", "replay"),
        ("2.0.0", "2016-12-31", "replay"),
    ]
    assert [stage for stage, _ in told] == [name for name, _ in STAGES] * 2


def test_an_update_from_the_command_line_tells_each_stage_and_prints_nothing(review, capfd):
    told, tell = heard()
    update_here(review.folder, AS_OF, "manual", tell)

    assert [stage for stage, _ in told] == [name for name, _ in STAGES]
    assert told[0][0] == "pull"
    assert {key: n for key, n in told[0][1].items() if n} == {"found": 2, "new": 2}
    assert capfd.readouterr() == ("", "")


def test_an_error_from_the_command_line_keeps_its_type_but_not_its_frames(
    review, monkeypatch, capfd
):
    def refuses(*_):
        raise SourceRefused("no")

    monkeypatch.setattr(pull, "open_source", refuses)
    with pytest.raises(SourceRefused) as raised:
        update_here(review.folder, AS_OF, "manual", heard()[1])

    assert not any("stages" in str(entry.path) for entry in raised.traceback)
    assert capfd.readouterr() == ("", "")


def test_without_prefect_the_way_out_is_named(review):
    nobody = {PREFECT_API_URL: "http://127.0.0.1:9/api"}
    with temporary_settings(nobody), pytest.raises(UserError, match="--no-prefect"):
        update_here(review.folder, AS_OF, "manual", heard()[1])


def test_a_recheck_makes_the_evidence_no_fresher(review):
    review.update(str(AS_OF))
    retract(review, FIRST)

    recheck(review)

    report = published.report(review.folder, None)
    assert (report["as_of"], report["evidence_current_to"]) == (str(LATER), str(AS_OF))
    assert status.run(review.folder)["evidence_current_to"] == str(AS_OF)
