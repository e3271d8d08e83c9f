"""Words, phrases, sentences and abbreviations, before anything is made of them."""

import pytest

from living_review.model import Record, Section
from living_review.tagging.sentences import abbreviations, part_of, sentences, split
from living_review.tagging.words import PhraseTable, same_word, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("randomised", "randomized"), ("behaviour", "behavior"), ("oedema", "edema"),
        ("Analogue", "analog"), ("scores", "score"), ("therapies", "therapy"),
        ("ischaemia", "ischemia"), ("patient’s", "patient"),
    ],
)  # fmt: skip
def test_spelling_case_and_plural_do_not_make_another_word(one, other):
    assert same_word(one) == same_word(other)


@pytest.mark.parametrize("word", ["analysis", "diabetes", "versus", "raise", "disease", "less"])
def test_words_that_only_look_plural_or_british_stay(word):
    assert same_word(word) == word


def found(text, *phrases):
    table = PhraseTable(("term", name, phrase) for name, phrase in phrases)
    return [mark.name for mark in table.find(tokens(text))]


def test_the_longest_phrase_wins_over_the_one_inside_it():
    assert found("severe back pain", ("pain", "pain"), ("back", "back pain")) == ["back"]


def test_a_phrase_is_found_hyphenated_or_not_and_never_inside_a_word():
    assert found("non-specific pain", ("np", "non specific pain")) == ["np"]
    assert found("painting", ("pain", "pain")) == []


@pytest.mark.parametrize(
    ("text", "names"), [("with CCI.", ["cci"]), ("with cci.", []), ("CCIs", ["cci"])]
)
def test_a_short_form_is_only_found_in_capitals(text, names):
    assert found(text, ("cci", "CCI")) == names


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Pain fell. Sleep did not.", 2), ("It was 3.5 vs. 4.1 points.", 1),
        ("Dr. Smith et al. treated them.", 1), ("Pain fell (p<0.05). RESULTS were clear.", 2),
        ("One line\nand another", 2), ("Is it so? It is.", 2), ("It fell.Then it rose.", 2),
    ],
)  # fmt: skip
def test_decimals_initials_and_vs_do_not_end_a_sentence(text, count):
    assert len(split(text)) == count


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("RESULTS AND CONCLUSIONS", "conclusion"), ("FINDINGS", "results"), ("PURPOSE",
         "objective"),
        ("MAIN OUTCOME MEASURES", "methods"), ("Background:", "background"), (None, "other"),
        ("XYZ", "other"),
    ],
)  # fmt: skip
def test_a_label_names_a_part_of_the_paper(label, part):
    assert part_of(label) == part


def test_labels_run_into_an_unlabelled_abstract_still_part_it():
    text = "BACKGROUND: Teeth ache.METHODS: We looked.RESULTS: Pain fell."
    one = Record("pmid:1", "Title", abstract=(Section(None, text),))
    assert [s.part for s in sentences(one)] == ["title", "background", "methods", "results"]


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("We gave alphacin (ALF) daily.", {}),  # the letters do not stand in the word in order
        ("A visual analogue scale (VAS, 0-10) was used.", {"VAS": "visual analogue scale"}),
        ("Chronic toothache (CT) is common.", {"CT": "Chronic toothache"}),
        ("They were old (65 years).", {}),
    ],
)
def test_abbreviations_are_those_whose_letters_stand_in_the_words_before(text, defined):
    one = Record("pmid:1", "", abstract=(Section(None, text),))
    assert abbreviations(sentences(one)) == defined
