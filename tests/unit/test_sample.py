"""The bundled corpus is as DESIGN 6 says: real publications, our own words, no invented number."""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

SAMPLE = Path(__file__).parents[2] / "src" / "living_review" / "sample"
UNDATED = "2026-11-01"  # the last replay date, at which an undated record enters


def json_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


FACTS = {fact["record_id"]: fact for fact in json_lines(SAMPLE / "facts.jsonl")}
XML = ElementTree.parse(SAMPLE / "pubmed.xml").getroot()
COMMENT, *BEYOND = json_lines(SAMPLE / "beyond_pubmed.jsonl")


def flat(element: ElementTree.Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def xml_record(article: ElementTree.Element) -> dict:
    ids = {i.get("IdType"): i.text for i in article.findall("PubmedData/ArticleIdList/ArticleId")}
    texts = article.findall("MedlineCitation/Article/Abstract/AbstractText")
    return {
        "record_id": f"pmid:{article.findtext('MedlineCitation/PMID')}",
        "pmid": article.findtext("MedlineCitation/PMID"),
        "pubmed": ids.get("pubmed"),
        "doi": ids.get("doi"),
        "title": flat(article.find("MedlineCitation/Article/ArticleTitle")),
        "abstract": "\n".join(flat(text) for text in texts),
        "day": article.findtext(".//PubDate/Year") or article.findtext(".//PubDate/MedlineDate"),
    }


def line_record(line: dict) -> dict:
    abstract = "\n".join(section["text"] for section in line.get("abstract") or [])
    return {**line, "abstract": abstract}


IN_PUBMED = [xml_record(article) for article in XML.findall("PubmedArticle")]
RECORDS = {r["record_id"]: r for r in [*IN_PUBMED, *map(line_record, BEYOND)]}
each_record = pytest.mark.parametrize("record_id", sorted(RECORDS))

# Numbers as digits: 1,234 and 1 234 are thousands, 0.05 and .05 and 0·05 are the same.
DIGITS = re.compile(r"\d+(?:[,\u2009\u00a0 ]\d{3}(?!\d))+(?:[.·]\d+)?|\d*[.·,]\d+|\d+")
SMALL = (  # noqa: SIM905
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
WORD = {word: value for value, word in enumerate(SMALL, 1)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
SPELLED = re.compile(
    rf"\b(?:(?P<hundreds>{'|'.join(SMALL)}) hundred(?: and)?\s*)?"
    rf"(?P<tens>{'|'.join(TENS)})?[- ]?(?P<ones>{'|'.join(SMALL)})?\b",
    re.IGNORECASE,
)


def numbers(text: str) -> set[float]:
    """Every number of the text as a value, in digits or, from four on, in words.

    Below four a word counts things that the text names: the two drugs, all three groups.
    """
    return {value for value in written(text) if value is not None}


def written(text: str) -> Iterator[float | None]:
    for found in DIGITS.finditer(text):
        digits = re.sub(r"[\u2009\u00a0 ]", "", found.group().replace("·", "."))
        if re.fullmatch(r"\d+(,\d{3})+(\.\d+)?", digits):
            digits = digits.replace(",", "")
        yield float(digits.replace(",", "."))
    for found in SPELLED.finditer(text):
        parts = {name: WORD[word.lower()] for name, word in found.groupdict().items() if word}
        value = 100 * parts.get("hundreds", 0) + parts.get("tens", 0) + parts.get("ones", 0)
        if value > 3:
            yield value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("P = .035 and p=0·035", {0.035}),
        ("1,234 patients, 1 234 controls", {1234}),
        ("81% vs 19%, 95% CI -0.51 to 0.16", {81, 19, 95, 0.51, 0.16}),
        ("7,5 points", {7.5}),
        ("Five hundred seventy-one patients in two groups", {571}),
        ("Forty, then twelve; the two drugs", {40, 12}),
        ("007 agents", {7}),
    ],
)
def test_numbers_are_found_however_they_are_written(text, values):
    assert numbers(text) == values


@each_record
def test_a_record_stands_in_the_facts_under_the_same_name(record_id):
    record, fact = RECORDS[record_id], FACTS[record_id]
    assert record["title"] == fact["title"]
    assert record.get("pmid") == fact["pmid"]
    assert (record.get("doi") or "").lower() == (fact["doi"] or "").lower()


def test_facts_and_records_are_the_same_ones_each_once():
    assert len(IN_PUBMED) + len(BEYOND) == len(RECORDS)
    assert sorted(RECORDS) == sorted(FACTS)


def test_no_pmid_is_invented():
    known = {fact["pmid"] for fact in FACTS.values()} - {None}
    assert {record["pmid"] for record in IN_PUBMED} == known
    assert all(record["pubmed"] == record["pmid"] for record in IN_PUBMED)
    everywhere = {element.text for element in XML.iter("PMID")}
    assert everywhere <= known


def test_records_without_a_pmid_stay_out_of_the_xml():
    assert not any(line["record_id"].startswith("pmid:") or "pmid" in line for line in BEYOND)


@each_record
def test_every_number_in_an_abstract_stands_in_its_facts(record_id):
    fact = FACTS[record_id]
    stated = numbers("\n".join([fact["title"], *fact["facts"]]))
    assert numbers(RECORDS[record_id]["abstract"]) - stated == set()


def test_a_number_beyond_the_facts_would_be_seen():
    fact = FACTS["pmid:30326006"]
    stated = numbers("\n".join(fact["facts"]))
    assert numbers(RECORDS["pmid:30326006"]["abstract"] + " In 47 patients.") - stated == {47}


def test_the_files_say_that_the_abstracts_are_in_our_own_words():
    comment = re.search(r"<!--(.*?)-->", (SAMPLE / "pubmed.xml").read_text(encoding="utf-8"))
    for said in (comment.group(1), COMMENT["comment"]):
        assert "publications are real" in said
        assert "NOT the authors'" in said
        assert "our own words" in said
        assert "Do not cite them" in said


def sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.;?!])\s+(?=[A-Z0-9])|\n", text)
    return [re.sub(r"\W+", " ", part).strip().lower() for part in parts]


def test_no_two_abstracts_share_a_sentence():
    homes = defaultdict(set)
    for record_id, record in RECORDS.items():
        for sentence in sentences(record["abstract"]):
            # Five words such as "there was no control group" come to anyone.
            if len(sentence.split()) > 5:
                homes[sentence].add(record_id)
    assert {sentence: ids for sentence, ids in homes.items() if len(ids) > 1} == {}


def test_abstracts_differ_in_length_and_in_how_they_are_sectioned():
    lengths = sorted(len(record["abstract"].split()) for record in RECORDS.values())
    assert lengths[0] == 0, "some real records have no abstract"
    assert lengths[-1] > 2 * lengths[len(lengths) // 2]
    labelled = [a for a in XML.iter("Abstract") if a.find("AbstractText[@Label]") is not None]
    assert 0 < len(labelled) < len(IN_PUBMED)


def test_an_undated_record_enters_at_the_last_replay_date_only():
    dates = ("published", "published_online", "entered")
    undated = [line for line in BEYOND if not any(line.get(name) for name in dates)]
    assert {line.get("available_from") for line in undated} == {UNDATED}
    assert [r["record_id"] for r in IN_PUBMED if not r["day"]] == []


def effects() -> list[dict]:
    lines = (SAMPLE / "effects.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_entered_effects_are_of_records_that_the_sample_carries():
    entered = effects()
    assert len(entered) == 9
    assert {row["record_id"] for row in entered} <= set(RECORDS)


# Against the shared evidence, which is not in the repository.


@pytest.fixture(scope="module")
def evidence(shared_data):
    lines = json_lines(shared_data / "evidence" / "evidence.jsonl")
    return {line["id"]: line for line in lines}


def texts(value: object) -> list[str]:
    """The values of an evidence field as strings; a list also joined, as the facts give it."""
    if isinstance(value, list):
        return [", ".join(map(str, value)), *map(str, value)]
    return [str(value)]


def test_each_fact_is_one_of_the_evidence_word_for_word(evidence):
    unknown = []
    for record_id, fact in FACTS.items():
        source = evidence[fact["evidence_id"]]
        for stated in fact["facts"]:
            field, _, value = stated.partition(": ")
            if value not in texts(source["results" if field == "result" else field]):
                unknown.append((record_id, stated))
    assert unknown == []


def test_identifiers_and_titles_are_those_of_the_evidence(evidence):
    for fact in FACTS.values():
        source = evidence[fact["evidence_id"]]
        assert (fact["title"], fact["doi"]) == (source["title"], source["doi"])
        assert fact["pmid"] in (source["pmid"], None)


def test_every_on_topic_record_of_the_evidence_is_carried_but_the_seed_itself(evidence):
    carried = Counter(fact["evidence_id"] for fact in FACTS.values())
    assert set(carried.values()) == {1}
    on_topic = {name for name, source in evidence.items() if not source["near_miss"]}
    assert on_topic - set(carried) == {"seed_consensus"}


def test_at_least_sixty_near_misses_are_carried(evidence):
    near = [f for f in FACTS.values() if evidence[f["evidence_id"]]["near_miss"]]
    assert len(near) >= 60


def test_entered_effects_are_those_of_the_nine_trials_digit_for_digit(shared_data):
    with (shared_data / "evidence" / "openmeta_trials.csv").open(encoding="utf-8") as lines:
        trials = {
            f"pmid:{row['pmid']}" if row["pmid"] else row["doi"] or row["study"]: row
            for row in csv.DictReader(lines)
        }
    told = {
        row["record_id"].removeprefix("doi:").removeprefix("nct:"): (
            row["intervention"],
            row["value"],
            row["variance"],
        )
        for row in effects()
    }
    assert told == {key: (row["drug"], row["smd"], row["variance"]) for key, row in trials.items()}
