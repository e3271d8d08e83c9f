"""A back-test of a review's own history: what it says, where it is written, what it refuses."""

from datetime import date

import pytest

from living_review.errors import ImportError_, UserError
from living_review.stages import backtest, verify
from living_review.stages.settle import settle
from living_review.warehouse import store_path
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, trial

HEAD = "record_id,intervention,comparator,outcome,measure,value,se,by\n"


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    """A benefit, then as many trials without one, then a benefit again."""
    review = LivingReview(tmp_path_factory.mktemp("backtest") / "review")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    review.update("2006-01-01", trial(2, "2005-06-01", NO_DIFFERENCE))
    review.update("2007-01-01", trial(3, "2006-10-03", BETTER))
    return review


@pytest.fixture(scope="module")
def written(review):
    return backtest.run(review.folder)


def claim(written, name="pain-vs-placebo"):
    return next(c for c in written.told["claims"] if c["claim"] == name)


def table(review, *rows):
    path = review.folder / "series.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return path


def row(pmid, value="-0.5", comparator="placebo"):
    return f"pmid:{pmid},gabapentin,{comparator},leg_pain,SMD,{value},0.2,ab"


def test_a_reversal_of_our_own_is_counted_against_us(written):
    told = claim(written)
    assert [(c["before"], c["after"], c["reversal"]) for c in told["changes"]] == [
        ("benefit", "uncertain", False), ("uncertain", "benefit", True),
    ]  # fmt: skip
    assert written.told["policies"]["ours"]["reversals"] >= 1
    assert "went back to an earlier answer" in written.page.read_text()


def test_a_change_names_its_record_and_the_days_from_its_publication(written):
    first, second = claim(written)["changes"]
    assert first["behind"] == [{"record": "pmid:2", "known_on": "2005-06-01", "days": 214}]
    assert [b["record"] for b in second["behind"]] == ["pmid:3"]
    assert second["days"] == (date(2007, 1, 1) - date(2006, 10, 3)).days


def test_a_claim_counted_by_words_has_no_effects_to_test(written):
    assert set(claim(written)["states"]["significance"]) == {"no_effects"}
    assert written.told["policies"]["significance"]["claims"] == 0


def test_a_claim_without_a_direction_of_its_own_is_left_out_and_named(written):
    assert written.told["computed"] == ["Evidence quality"]


def test_the_same_history_gives_the_same_bytes(review, written):
    def files():
        return {path.name: path.read_bytes() for path in written.page.parent.iterdir()}

    first = files()
    assert sorted(first) == ["backtest.json", "index.html", "lanes.svg"]
    backtest.run(review.folder)
    assert files() == first


def test_the_first_page_links_to_it_and_a_remade_site_keeps_it(review, written):
    index = store_path(review.folder) / "reports" / "index.html"
    assert 'href="backtest/index.html"' in index.read_text()

    index.unlink()
    settle(review.folder)

    assert f"up to version {written.told['until']}" in index.read_text()
    assert written.page.is_file()
    assert [found.faults for found in verify.run(review.folder) if found.faults] == []


def test_a_series_takes_its_years_from_the_review(review):
    path = table(review, row(1), row(2, "0.0"), row(3, "-0.2", "other_active"))
    series = backtest.run(review.folder, path, "pain-vs-placebo").told["series"]

    assert list(zip(series["trials"], series["years"], strict=True)) == [
        ("pmid:1", 2004), ("pmid:2", 2005), ("pmid:3", 2006),
    ]  # fmt: skip
    assert (series["possible"], series["updates"]) == (1, 1)
    assert series["compared_otherwise"] == ["pmid:3"]
    assert series["table"] == "series.csv"


@pytest.mark.parametrize(
    ("rows", "claim", "said"),
    [
        ((row(1),), "no-such-claim", "the claim 'no-such-claim' does not exist; a series needs"),
        ((row(1),), "allodynia", "'allodynia' has no smallest difference that matters; a series"),
        ((row(1), row(99)), "pain-vs-placebo", "does not know pmid:99; .* Import them first"),
        ((row(1, "abc"),), "pain-vs-placebo", "series.csv: line 2: 'value' is 'abc'"),
    ],
)
def test_a_series_that_cannot_be_told_is_refused_in_one_sentence(review, rows, claim, said):
    with pytest.raises((UserError, ImportError_), match=said):
        backtest.run(review.folder, table(review, *rows), claim)


def test_table_and_claim_go_together(review, tmp_path):
    with pytest.raises(UserError, match="a series needs both"):
        backtest.run(review.folder, table(review, row(1)))
    with pytest.raises(ImportError_, match=r"none\.csv: there is no such file"):
        backtest.run(review.folder, tmp_path / "none.csv", "pain-vs-placebo")


def test_before_the_first_version_there_is_nothing_to_test(tmp_path):
    with pytest.raises(UserError, match="nothing is published yet"):
        backtest.run(LivingReview(tmp_path / "review").folder)
