"""A record that breaks the reader waits for a human, and keeps no other record back."""

from living_review import tagging
from tests.stories.living import BETTER, LivingReview, trial


def test_one_record_that_breaks_the_reader_does_not_stop_the_review(tmp_path, monkeypatch):
    review = LivingReview(tmp_path / "review")
    broken = trial(2, "2004-06-01", BETTER)
    real = tagging.tag

    def tag(record, vocabulary):
        if record.pmid == "2":
            raise IndexError("tuple index out of range")
        return real(record, vocabulary)

    monkeypatch.setattr(tagging, "tag", tag)
    report = review.update("2005-01-01", trial(1, "2004-03-01", BETTER), broken)

    (item,) = [i for i in report["queue"] if i["record"] == "pmid:2"]
    assert "the reader broke on it (IndexError" in item["reason"]
    (conclusion,) = [c for c in report["conclusions"] if c["claim"] == "pain-vs-placebo"]
    assert [e["records"] for e in conclusion["evidence"]] == [["pmid:1"]]
