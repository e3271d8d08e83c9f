"""A wrong `config.yaml` gets one sentence: the path in the file, and the way out."""

import re
from pathlib import Path

import pytest

from living_review import config
from living_review.errors import ConfigError

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "config.yaml").read_text(encoding="utf-8")


def edited(*edits: tuple[str, str]) -> str:
    """The shipped text with each first `old` made `new`; an edit that finds nothing is a slip."""
    text = TEXT
    for old, new in edits:
        assert old in text, f"config.yaml no longer holds {old!r}"
        text = text.replace(old, new, 1)
    return text


# (what is wrong, the edits that make it so, words its sentence must hold)
WRONG = [
    (
        "an unknown key",
        [("  batch_size: 400", "  batchsize: 200")],
        ["run.batchsize is not a known key; did you mean 'batch_size'?"],
    ),
    (
        "an unknown key of the second reader",
        [
            (
                "{min_confidence: 0.5, min_answer: 0.8}",
                "{second_reader: {url: 'http://x/v1', modell: m}}",
            )
        ],
        ["rules.reading.second_reader.modell", "did you mean 'model'?"],
    ),
    (
        "a key in the second reader's address",
        [
            (
                "{min_confidence: 0.5, min_answer: 0.8}",
                "{second_reader: {url: 'https://a:b@x/v1', model: m}}",
            )
        ],
        ["rules.reading.second_reader.url", "LIVING_REVIEW_MODEL_KEY"],
    ),
    (
        "a second reader at a port that is none",
        [
            (
                "{min_confidence: 0.5, min_answer: 0.8}",
                "{second_reader: {url: 'http://x:99999/v1', model: m}}",
            )
        ],
        ["rules.reading.second_reader.url", "is no address"],
    ),
    (
        "a second reader at no address",
        [("{min_confidence: 0.5, min_answer: 0.8}", "{second_reader: {url: 'x/v1', model: m}}")],
        ["rules.reading.second_reader.url", "write it as https://host/v1"],
    ),
    (
        "an unknown key like none",
        [("  batch_size: 400", "  batch_size: 400\n  zzz: 1")],
        ["run.zzz is not a known key; known here: schedules, batch_size"],
    ),
    (
        "an unknown key of a claim",
        [("    comparators: [placebo, no_treatment, usual_care]\n", "    comparater: [placebo]\n")],
        ["claims[0] ('pain-vs-placebo').comparater", "did you mean 'comparators'?"],
    ),
    (
        "an unknown key deep in the vocabulary",
        [("      better: higher\n", "      beter: higher\n")],
        ["vocabulary.outcomes.quality_of_life.beter", "did you mean 'better'?"],
    ),
    (
        "an unknown key at the top",
        [("\nrun:\n", "\nruns:\n")],
        ["runs is not a known key; did you mean 'run'?"],
    ),
    (
        "a missing key",
        [('  method_version: "1"\n', "")],
        ["rules.method_version is missing; add it"],
    ),
    (
        "a missing key of a claim",
        [("    statement: Gabapentin reduces leg pain in people with chronic sciatica.\n", "")],
        ["claims[0] ('pain-vs-placebo').statement is missing; add it"],
    ),
    (
        "a word for a number",
        [("batch_size: 400", "batch_size: many")],
        ["run.batch_size is 'many', which is not a whole number"],
    ),
    (
        "a number out of its bounds",
        [("batch_size: 400", "batch_size: 0")],
        ["run.batch_size is 0; it must be at least 1"],
    ),
    (
        "a share above one",
        [("direction_share: 0.6666666666666666", "direction_share: 2")],
        ["rules.direction_share is 2; it must be at most 1"],
    ),
    (
        "a threshold that is no number",
        [("relative_change: 0.5 ", "relative_change: .nan ")],
        ["rules.change.relative_change is nan, which is not a number"],
    ),
    (
        "a text for a list",
        [("outcomes: [leg_pain]", "outcomes: leg_pain")],
        ["claims[0] ('pain-vs-placebo').outcomes is 'leg_pain', which is not a list", "[a, b]"],
    ),
    (
        "a word YAML takes for a truth",
        [("names: [nortriptyline]", "names: [no]")],
        ["vocabulary.drugs.nortriptyline.names[0] is false, which is not text; put it in quotes"],
    ),
    (
        "a value left empty",
        [("    baseline: {direction: benefit, certainty: low}\n", "    baseline:\n")],
        ["('pain-vs-placebo').baseline is left empty; it needs keys: direction, certainty"],
    ),
    (
        "a text left blank",
        [("  title: Gabapentin for sciatica", "  title: ' '")],
        ["review.title: must not be empty"],
    ),
    (
        "a misspelt choice",
        [("asserts: little_or_none", "asserts: little_or_nothing")],
        ["claims[4] ('class-effect').asserts", "did you mean 'little_or_none'?"],
    ),
    (
        "an unknown choice",
        [("source: pubmed", "source: embase")],
        ["searches.pubmed.source is 'embase'; it can be 'pubmed', 'files', 'clinicaltrials' or"],
    ),
    (
        "a claim id used twice",
        [("- id: class-effect", "- id: disability")],
        ["claims[4] repeats the id 'disability'; give it its own"],
    ),
    (
        "a criterion id used twice",
        [("- id: outcome", "- id: design")],
        ["eligibility[4] repeats the id 'design'; give it its own"],
    ),
    (
        "a claim on an unknown outcome",
        [("outcomes: [disability]", "outcomes: [disabilty]")],
        [
            "claims[3] ('disability').outcomes names the outcome 'disabilty'",
            "did you mean 'disability'?",
            "vocabulary.outcomes",
        ],
    ),
    (
        "a claim on an outcome like none",
        [("outcomes: [disability]", "outcomes: [zzz]")],
        ["the outcome 'zzz', but vocabulary.outcomes has only adverse_events, ", "add it there"],
    ),
    (
        "a claim on an unknown drug",
        [("intervention: gabapentin\n", "intervention: aspirin\n")],
        ["claims[0] ('pain-vs-placebo').intervention names the drug 'aspirin'", "vocabulary.drugs"],
    ),
    (
        "a claim against an unknown comparator",
        [("comparators: [pregabalin]", "comparators: [placbo]")],
        ["claims[5] ('pain-vs-pregabalin').comparators", "'placbo'; did you mean 'placebo'?"],
    ),
    (
        "a claim with an unknown MID",
        [("mid: disability", "mid: disabilities")],
        ["claims[3] ('disability').mid names the MID 'disabilities'", "rules.mids"],
    ),
    (
        "a claim that contradicts an unknown one",
        [("contradicts: [pain-vs-placebo,", "contradicts: [pain-vs-plcebo,")],
        ["claims[4] ('class-effect').contradicts", "did you mean 'pain-vs-placebo'?"],
    ),
    (
        "a claim on an unknown background drug",
        [("needs_background: [amitriptyline]", "needs_background: [amitryptyline]")],
        ["claims[8] ('add-on-amitriptyline').needs_background", "did you mean 'amitriptyline'?"],
    ),
    (
        "a claim about nothing",
        [("    intervention: gabapentin\n    comparators", "    comparators")],
        ["claims[0] ('pain-vs-placebo') needs an intervention and an outcome"],
    ),
    (
        "a window that is shut",
        [("window: {over: 12}", "window: {over: 12, up_to: 6}")],
        ["claims[2] ('long-term-pain').window: no time is over 12 and up to 6 weeks"],
    ),
    (
        "a drug of an unknown class",
        [("drug_class: other_gabapentinoid", "drug_class: other_gabapentinoids")],
        ["vocabulary.drugs.mirogabalin.drug_class", "did you mean 'other_gabapentinoid'?"],
    ),
    (
        "an outcome that is part of an unknown one",
        [("part_of: allodynia", "part_of: alodynia")],
        ["vocabulary.outcomes.withdrawal_threshold.part_of", "did you mean 'allodynia'?"],
    ),
    (
        "a typical SD of an unknown outcome",
        [("typical_sd: {leg_pain: 2.0", "typical_sd: {legpain: 2.0")],
        ["rules.pool.typical_sd names the outcome 'legpain'; did you mean 'leg_pain'?"],
    ),
    (
        "a bad cron line",
        [('update: "0 3 * * *"', 'update: "0 25 * * *"')],
        ["run.schedules.update: '0 25 * * *' is no cron line", "five fields such as '0 3 * * *'"],
    ),
    (
        "a cron line in words",
        [('update: "0 3 * * *"', "update: every night")],
        ["run.schedules.update: 'every night' is no cron line"],
    ),
    (
        "a cron line that never comes round",
        [('recheck_included: "0 15 * * *"', 'recheck_included: "0 15 31 2 *"')],
        ["run.schedules.recheck_included: '0 15 31 2 *' is no cron line that comes round"],
    ),
    (
        "an unknown time zone",
        [("timezone: UTC", "timezone: Europe/Berln")],
        ["run.schedules.timezone: 'Europe/Berln' is not a time zone", "Europe/Berlin"],
    ),
    (
        "a bad date",
        [("date: 2022-12-31", "date: 31.12.2022")],
        ["review.baseline.date is '31.12.2022', which is not a date; write it as 2022-12-31"],
    ),
    (
        "a day that does not exist",
        [("date: 2022-12-31", "date: 2022-02-30")],
        ["review.baseline.date is '2022-02-30', which is not a date"],
    ),
    (
        "a files search without a path",
        [("source: pubmed", "source: files")],
        ["searches.pubmed: a search of source 'files' needs a non-empty 'path'"],
    ),
    (
        "a key given twice",
        [("  batch_size: 400", "  batch_size: 400\n  batch_size: 100")],
        ["the key 'batch_size' stands already on line", "keep one of the two"],
    ),
    (
        "a key given twice in braces",
        [("window: {up_to: 12}", "window: {up_to: 12, up_to: 6}")],
        ["the key 'up_to' stands already on line", "keep one of the two"],
    ),
    (
        "a claim given its intervention twice",
        [("    primary: true\n", "    primary: true\n    intervention: pregabalin\n")],
        ["the key 'intervention' stands already on line"],
    ),
    (
        "text with a colon and no quotes",
        [("  title: Gabapentin for sciatica", "  title: Gabapentin: for sciatica")],
        ["line 5, column 20 is not YAML", "put text with a colon in quotes"],
    ),
    (
        "a tab for an indentation",
        [("  batch_size: 400", "\tbatch_size: 400")],
        ["is not YAML", "mind the indentation"],
    ),
]

SEARCHES = re.compile(r"\nsearches:\n.*?(?=\neligibility:)", re.DOTALL)


def fault(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        config.parse(text)
    return str(caught.value)


@pytest.mark.parametrize(("edits", "words"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_config_gets_a_sentence_with_the_place_and_the_way_out(edits, words):
    said = fault(edited(*edits))
    assert said.startswith("config.yaml:")
    for word in words:
        assert word in said


@pytest.mark.parametrize(("edits", "words"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_the_sentence_is_one_line_in_plain_words(edits, words):
    said = fault(edited(*edits))
    assert "\n" not in said
    assert len(said) < 400
    assert not re.search(r"[.?!][.]|  |[.]$", said), "one stop too many"
    jargon = r"pydantic|input should|valid (tuple|dict|string)|_forbidden|Traceback|\bNone\b"
    assert not re.search(jargon, said)


@pytest.mark.parametrize(
    ("searches", "words"),
    [
        ("searches: {}", "searches is empty; give at least one"),
        ("searches: []", "searches is [], which has no entries by name"),
        ("searches: {pubmed: {source: pubmed}}", "needs a non-empty 'query'"),
        ("searches: {pubmed: {source: pubmed, query: ' '}}", "needs a non-empty 'query'"),
        ("searches: {pubmed: {source: pubmed, path: x}}", "needs a non-empty 'query'"),
        ("searches: {pubmed: {source: pubmed, query: q, path: x}}", "takes no 'path'"),
        ("searches: {notices: {source: crossref, query: q}}", "takes no 'query'"),
        (
            "searches: {mine: {source: files, path: ''}}",
            "searches.mine: a search of source 'files'",
        ),
        ("searches: {1: {source: files, path: x}}", "the name searches[1] is 1, which is not text"),
    ],
)
def test_a_search_must_ask_for_something(searches, words):
    assert words in fault(SEARCHES.sub(f"\n{searches}\n", TEXT))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty; `living-review init DIR` makes one that works"),
        ("# only a comment\n", "is empty"),
        ("- review\n- claims\n", "holds a list where keys such as 'review:' and 'claims:' belong"),
        ("just words", "holds a single value where keys such as"),
        ("review: {", "is not YAML"),
        ("review: *nowhere", "is not YAML"),
        ("review: !!python/object:os.system x", "is not YAML"),
        ("? [a, b]\n: c\n", "config.yaml:"),
        ("review: \x00", "is not text"),
        ("{}", "review is missing; add it"),
    ],
)
def test_what_is_no_config_at_all_is_said_to_be_none(text, words):
    assert words in fault(text)
    assert "\n" not in fault(text)


def test_a_missing_file_names_the_command_that_makes_one(tmp_path):
    with pytest.raises(ConfigError, match=r"config.yaml: there is no such file; .*init DIR"):
        config.load(tmp_path / "config.yaml")


def test_a_folder_in_place_of_the_file_is_no_traceback(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path)


def test_a_file_in_another_encoding_is_said_to_be_so(tmp_path):
    (tmp_path / "config.yaml").write_bytes("review: {title: Ischiasbeschwerdén}".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"config.yaml: is not text: .* save it as UTF-8"):
        config.load(tmp_path / "config.yaml")


def test_errors_name_the_file_by_the_name_it_has(tmp_path):
    (tmp_path / "protocol.yaml").write_text("[]")
    with pytest.raises(ConfigError, match=r"^protocol\.yaml: "):
        config.load(tmp_path / "protocol.yaml")


# CLAIMS: id → (asserts, comparators, outcomes, settled by, baseline direction, baseline certainty)
CLAIMS = {
    "pain-vs-placebo": (
        "benefit", {"placebo", "no_treatment", "usual_care"}, {"leg_pain"},
        {"rct", "systematic_review"}, "benefit", "low",
    ),
    "short-term-pain": (
        "benefit", {"placebo"}, {"leg_pain"}, {"rct", "systematic_review"}, "benefit", "low",
    ),
    "long-term-pain": (
        "benefit", {"placebo"}, {"leg_pain"}, {"rct", "systematic_review"},
        "uncertain", "very_low",
    ),
    "disability": (
        "benefit", {"placebo", "no_treatment", "usual_care"}, {"disability"},
        {"rct", "systematic_review"}, "benefit", "low",
    ),
    "class-effect": (
        "little_or_none", {"placebo"}, {"leg_pain"}, {"rct", "systematic_review"},
        "little_or_none", None,
    ),
    "pain-vs-pregabalin": (
        "benefit", {"pregabalin"}, {"leg_pain"}, {"rct", "systematic_review"}, "benefit", "low",
    ),
    "safety-vs-pregabalin": (
        "benefit", {"pregabalin"}, {"adverse_events"},
        {"rct", "nonrandomised_trial", "cohort", "systematic_review"}, "benefit", "low",
    ),
    "harms-vs-placebo": (
        "harm", {"placebo"}, {"adverse_events"}, {"rct", "systematic_review"},
        "not_addressed", None,
    ),
    "add-on-amitriptyline": (
        "benefit", {"baseline", "no_treatment"}, {"leg_pain", "disability"},
        {"rct", "nonrandomised_trial", "cohort"}, "benefit", "very_low",
    ),
    "refractory-cases": (
        "benefit", {"baseline"}, {"leg_pain"}, {"case_report", "cohort"}, "benefit", "very_low",
    ),
    "ectopic-discharge": (
        "benefit", None, {"ectopic_discharge"}, {"animal", "in_vitro"}, "benefit", "low",
    ),
    "allodynia": ("benefit", None, {"allodynia"}, {"animal"}, "benefit", "low"),
    "spinal-glia": (
        "benefit", None, {"glial_markers"}, {"animal", "in_vitro"}, "benefit", "very_low",
    ),
    "evidence-quality": ("low", set(), set(), set(), None, "low"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    return config.load(ROOT / "config.yaml")


def test_the_shipped_config_watches_the_claims_of_the_seed_and_no_others(shipped):
    assert [claim.id for claim in shipped.claims] == list(CLAIMS)


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_a_claim_is_what_the_seed_asserts_with_its_baseline(shipped, claim_id):
    asserts, comparators, outcomes, settled_by, direction, certainty = CLAIMS[claim_id]
    claim = shipped.claim(claim_id)
    assert claim.asserts == asserts
    # Mechanism claims are against whatever control the experiment had.
    assert comparators is None or set(claim.comparators) == comparators
    assert set(claim.outcomes) == outcomes
    assert set(claim.settled_by) == settled_by
    assert (claim.baseline.direction, claim.baseline.certainty) == (direction, certainty)


def test_the_seed_contradicts_itself_on_the_class(shipped):
    assert {c.id: c.contradicts for c in shipped.claims if c.contradicts} == {
        "class-effect": ("pain-vs-placebo", "short-term-pain", "disability")
    }


def test_the_windows_of_short_and_long_meet_at_twelve_weeks(shipped):
    assert shipped.claim("short-term-pain").window.up_to == 12
    assert shipped.claim("long-term-pain").window.over == 12


def test_the_baseline_counts_from_the_end_of_its_year(shipped):
    assert shipped.review.baseline.date.isoformat() == "2022-12-31"


def test_the_template_that_init_copies_is_the_protocol_of_the_project():
    template = ROOT / "src" / "living_review" / "sample" / "config.yaml"
    assert template.read_text(encoding="utf-8") == TEXT


def test_a_config_says_the_same_however_it_is_laid_out(shipped):
    laid_out_anew = edited(
        (
            "  batch_size: 400\n  lock_wait_seconds: 30",
            "  lock_wait_seconds: 30\n  batch_size: 400",
        ),
        ("window: {up_to: 12}", "window:\n      up_to: 12.0"),
    )
    assert config.fingerprint(config.parse(laid_out_anew)) == config.fingerprint(shipped)


def test_a_reworded_claim_has_another_fingerprint(shipped):
    reworded = config.parse(edited(("Gabapentin reduces leg pain", "Gabapentin lowers leg pain")))
    assert config.fingerprint(reworded.claims) != config.fingerprint(shipped.claims)
    assert config.fingerprint(reworded.vocabulary) == config.fingerprint(shipped.vocabulary)
