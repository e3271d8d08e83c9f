"""What a person or a scheduler at the command line sees: words, exit codes, and no traceback."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from living_review import cli
from tests.stories.living import BETTER, NO_DIFFERENCE, LivingReview, trial

PROJECT = Path(__file__).parents[2]


def living_review(*arguments, cwd=None):
    """Run the command line here, its output caught: a program of its own imports for a second."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patched,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(cwd or Path.cwd()),
    ):
        patched.setattr(sys, "argv", ["living-review", *map(str, arguments)])
        patched.setenv("COLUMNS", "100")
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def as_a_program(*arguments, cwd=None):
    """Run the command line as a program whose output goes into a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "living_review", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        env={**os.environ, "COLUMNS": "100"},
    )


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """A review with two versions: a benefit, then an uncertain effect."""
    review = LivingReview(tmp_path_factory.mktemp("cli") / "review")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    review.update("2006-01-01", trial(2, "2005-06-01", NO_DIFFERENCE))
    return review.folder


def test_an_update_says_what_changed_and_where_the_report_is(tmp_path):
    review = LivingReview(tmp_path / "review")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    review.give(trial(2, "2005-06-01", NO_DIFFERENCE))

    done = living_review(
        "--review", review.folder, "update", "--no-prefect", "--as-of", "2006-01-01", "--exit-code"
    )

    assert done.returncode == 10
    assert "CHANGED pain-vs-placebo" in done.stdout
    assert re.search(r"published 2\.0\.0 as of 2006-01-01: .*index\.html$", done.stdout.strip())


def test_a_second_update_says_that_nothing_changed(reviewed):
    done = as_a_program("--review", reviewed, "update", "--no-prefect", "--as-of", "2006-01-02")

    assert done.returncode == 0
    assert done.stdout.strip().endswith("nothing changed since 2.0.0")


def test_a_word_on_two_records_shows_what_it_replaced(tmp_path):
    review = LivingReview(tmp_path / "review")
    given = (trial(n, f"2004-0{n}-01", BETTER, registration="NCT00000001") for n in (1, 2))
    review.update("2005-01-01", *given)
    why = ("--reason", "two trials under one number", "--by", "ab")

    done = living_review("--review", review.folder, "link", "pmid:2", "pmid:1", "apart", *why)

    assert done.stdout.splitlines() == [
        "before: same study, rule:links-2: both name NCT00000001",
        "pmid:2, pmid:1: apart, human:ab; the next update weighs with it",
    ]
    refused = living_review("--review", review.folder, "link", "pmid:2", "pmid:2", "apart", *why)
    assert (refused.returncode, refused.stderr) == (
        2, "living-review: pmid:2 is named twice; name two records\n",
    )  # fmt: skip


def test_a_dry_run_tells_the_change_and_keeps_nothing(tmp_path):
    review = LivingReview(tmp_path / "review")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    review.give(trial(2, "2005-06-01", NO_DIFFERENCE))
    before = review.table_sizes()

    done = living_review(
        "--review", review.folder, "update", "--dry-run", "--as-of", "2006-01-01", "--json"
    )

    assert json.loads(done.stdout)["changed"]
    assert review.table_sizes() == before
    assert review.versions() == ["1.0.0"]


def test_a_dry_run_with_nothing_new_tells_no_old_news(reviewed):
    done = living_review("--review", reviewed, "update", "--dry-run", "--as-of", "2006-01-01")

    assert "nothing would change" in done.stdout
    assert "CHANGED" not in done.stdout


@pytest.mark.parametrize(
    "odd",
    [
        '{"pmid": "1", "title": "T", "abstract": 5}',
        '{"pmid": "1", "title": ["T"]}',
        '{"pmid": "1", "title": ',
        b"\xff\xfe\x00",
    ],
)
def test_reading_what_is_no_record_is_one_sentence(reviewed, tmp_path, odd):
    records = tmp_path / "odd.jsonl"
    records.write_bytes(odd if isinstance(odd, bytes) else odd.encode())

    done = living_review("--review", reviewed, "read", records)

    assert done.returncode == 2
    assert "odd.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_effect_beyond_reason_is_refused_and_one_without_its_record_is_said(reviewed):
    head = "record_id,intervention,comparator,outcome,measure,value,variance,by\n"
    table = reviewed / "effects.csv"
    table.write_text(head + "pmid:1,gabapentin,placebo,leg_pain,SMD,1e308,0.1,ab\n")
    refused = living_review("--review", reviewed, "import", table)
    table.write_text(head + "pmid:404,gabapentin,placebo,leg_pain,SMD,-0.5,0.1,ab\n")
    waiting = living_review("--review", reviewed, "import", table)

    assert refused.returncode == 2
    assert "line 2" in refused.stderr
    assert "1 effects wait for a record" in waiting.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff",), "uncertain"),
        (("diff", "1.0.0", "2.0.0"), "pain-vs-placebo"),
        (("diff", "--format", "markdown"), "# "),
        (("diff", "--format", "json"), '"from": "1.0.0"'),
        (("show",), "Gabapentin"),
        (("show", "1.0.0"), "1.0.0"),
        (("versions",), "2.0.0"),
        (("explain", "pain-vs-placebo"), "P=0.64"),
        (("queue",), ""),
        (("status",), "version 2.0.0"),
        (("verify",), "rebuilt byte for byte"),
    ],
)
def test_readers_get_plain_text_in_a_pipe(reviewed, words, said):
    done = living_review("--review", reviewed, *words)

    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert "\x1b" not in done.stdout
    assert not re.search("[╭│╰─]", done.stdout)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("updat",), 2, "update"),
        (("show", "9.9.9"), 2, "no version 9.9.9"),
        (("explain", "nothing"), 2, "claims: pain-vs-placebo"),
        (("decide", "pmid:404", "include", "--reason", "x", "--by", "ab"), 2, "no record"),
        (("decide", "pmid:1", "maybe", "--reason", "x", "--by", "ab"), 2, "include or exclude"),
        (("update", "--as-of", "soon"), 2, "write it as 2024-12-31"),
        (("update", "--no-prefect", "--as-of", "1999-01-01"), 2, "only moves forward"),
        (("import", "nowhere.jsonl"), 2, "no such file"),
        (("replay",), 2, "--at DATE"),
        (("verify", "9.9.9"), 2, "no version"),
        (("trigger",), 2, "living-review serve"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_an_exit_code(reviewed, words, code, sentence):
    done = living_review("--review", reviewed, *words)

    assert done.returncode == code, done.stderr
    assert sentence in re.sub(r"\s+", " ", done.stderr + done.stdout)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["status", "verify", "versions"])
def test_a_review_folder_that_is_none_is_said(tmp_path, command):
    done = living_review("--review", tmp_path / "nowhere", command)

    assert done.returncode == 3
    assert "nowhere/config.yaml" in done.stderr


def test_a_wrong_config_names_its_place(tmp_path):
    review = LivingReview(tmp_path / "review")
    review.edit("  question:", "  qestion:")

    done = living_review("--review", review.folder, "update", "--no-prefect")

    assert done.returncode == 3
    assert "review.qestion" in done.stderr
    assert "'question'" in done.stderr


def test_a_missing_source_ends_with_exit_4_shows_in_status_and_changes_nothing_else(tmp_path):
    review = LivingReview(tmp_path / "review")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    before = review.table_sizes()
    (review.folder / "records" / "records.xml").unlink()
    (review.folder / "records").rmdir()

    done = living_review("--review", review.folder, "update", "--no-prefect")
    status = living_review("--review", review.folder, "status")

    assert done.returncode == 4
    assert review.table_sizes() == before
    assert "failed" in status.stdout
    assert "version 1.0.0" in status.stdout


def test_a_review_is_found_from_a_folder_inside_it(reviewed):
    done = living_review("versions", cwd=reviewed / "records")

    assert "2.0.0" in done.stdout


def test_no_review_anywhere_says_how_to_make_one(tmp_path):
    done = living_review("status", cwd=tmp_path)

    assert done.returncode == 2
    assert "living-review init" in done.stderr


def test_reading_stores_nothing_and_gives_a_line_a_record(reviewed, tmp_path):
    records = tmp_path / "some.jsonl"
    records.write_text(
        json.dumps({"pmid": "1", "title": "A trial", "abstract": f"A randomised trial. {BETTER}"})
    )
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        json.dumps(
            {
                "id": "q1",
                "pmid": "1",
                "intervention": "gabapentin",
                "comparator": "placebo",
                "outcome": "leg pain",
            }
        )
    )

    read = living_review("--review", reviewed, "read", records)
    asked = living_review("--review", reviewed, "read", records, "--ask", questions)

    line = json.loads(read.stdout)
    assert {"id", "tags", "eligible", "findings"} <= line.keys()
    answer = json.loads(asked.stdout)
    assert (answer["id"], answer["answer"], answer["best"]) == ("q1", "lower", "lower")
    assert answer["quote"] in BETTER


def test_every_command_has_help_and_stands_in_the_readme():
    helped = living_review("--help").stdout
    commands = re.findall(r"^│ ([a-z]+) ", helped, re.M)
    readme = (PROJECT / "README.md").read_text()

    assert len(commands) >= 15
    assert [
        c for c in commands if f"living-review {c}" not in re.sub(r"--review \S+ ", "", readme)
    ] == []
    for command in commands:
        assert living_review(command, "--help").returncode == 0


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A review of one trial, on whose finding and size a person has a word."""
    review = LivingReview(tmp_path_factory.mktemp("cli") / "review")
    review.update("2005-01-01", trial(1, "2004-03-01", BETTER))
    return review.folder


FINDING = (
    "judge", "finding", "pmid:1", "--intervention", "gabapentin", "--comparator", "placebo",
    "--outcome", "leg_pain",
)  # fmt: skip
WHY = ("--reason", "seen in full", "--by", "ab")


def test_judgements_say_what_the_rules_read_and_are_exported(judged, tmp_path):
    finding = living_review("--review", judged, *FINDING, "--direction", "no_difference", *WHY)
    tag = living_review("--review", judged, "judge", "tag", "pmid:1", "participants", "130", *WHY)
    out = tmp_path / "judged.jsonl"
    exported = living_review("--review", judged, "export", "--out", out)
    csv = living_review("--review", judged, "export", "--what", "judgements", "--format", "csv")

    assert finding.stdout.splitlines() == [
        "pmid:1: gabapentin vs placebo, leg_pain: no_difference, human:ab; the rules read "
        "gabapentin vs placebo at 8 weeks: favours_intervention",
        "the next update weighs with it",
    ]
    assert "pmid:1: participants: 130, human:ab; the rules read 120" in tag.stdout
    assert exported.stdout == f"{out}: 2 judgements\n"
    assert [json.loads(line)["what"] for line in out.read_text().splitlines()] == ["finding", "tag"]
    assert len(csv.stdout.splitlines()) == 3

    answered = living_review("--review", judged, "read", out, "--ask", out)
    assert json.loads(answered.stdout.splitlines()[0])["answer"] == "lower"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*FINDING, "--direction", "better", *WHY), "--direction is 'better', which is not known"),
        ((*FINDING, *WHY), "a judgement needs --direction, or --withdraw to take one back"),
        (("judge", "tag", "pmid:1", "colour", "red", *WHY), "a tag's name is 'colour'"),
        (("judge", "tag", "pmid:1", "design", "--withdraw", *WHY), "nobody has judged design of"),
        (("export", "--what", "tags"), "--what tags cannot be exported; known: included, excluded"),
        (
            ("export", "--what", "judgements", "--format", "ris"),
            "--format ris is not known for judgements; json or csv",
        ),
        (("export", "--format", "parquet"), "parquet is no text; name the file to write with"),
        (("export", "--out", "/no/such/folder/x"), "/no/such/folder/x cannot be written: No such"),
    ],
)
def test_a_judgement_or_export_that_cannot_be_is_answered_in_a_sentence(judged, arguments, said):
    done = living_review("--review", judged, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"living-review: {said}")
