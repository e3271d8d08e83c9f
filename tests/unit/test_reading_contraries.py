"""Sentences that were once read as their contrary, or as a result where there is none.

Found by two readers of the program who tried to mislead it. A reading may be left to a human; it
may not be wrong.
"""

import pytest

from tests.reading_builders import findings_of

FAVOURS, AGAINST, SAME = "favours_intervention", "favours_comparator", "no_difference"
NOTHING = None
SAID = [
    ("Pain fell by 1.1 points with alphacin and by 2.2 points with placebo (P = 0.01).", AGAINST),
    ("Pain fell by 3.1 points with alphacin and by 2.9 points with placebo (P = 0.60).", SAME),
    ("Alphacin reduced pain by 1.2 points and placebo by 1.1 points (P = 0.8).", SAME),
    (
        "Chewing improved by 8 points with alphacin versus 15 points with placebo (P = 0.01).",
        AGAINST,
    ),
    ("Pain decreased by 25% with alphacin and by 48% with placebo (p<0.01).", AGAINST),
    ("Both alphacin and placebo reduced pain.", NOTHING),
    ("Pain was reduced by both alphacin and placebo.", NOTHING),
    ("Pain was reduced equally by alphacin and placebo.", SAME),
    ("Pain was reduced similarly by alphacin and placebo.", SAME),
    ("Pain decreased significantly with alphacin (P<.001) and with placebo (P<.001).", NOTHING),
    ("No advantage of alphacin over placebo was seen for pain.", SAME),
    ("Alphacin had no significant advantage over placebo for pain.", SAME),
    ("Alphacin reduced pain no more than placebo (P = 0.8).", SAME),
    ("Alphacin relieved pain no better than placebo.", SAME),
    ("Alphacin reduced pain, but not more than placebo.", SAME),
    ("The reduction in pain with alphacin did not exceed that with placebo.", SAME),
    ("Alphacin conferred little advantage over placebo for pain.", SAME),
    ("Any advantage of alphacin over placebo for pain was absent.", SAME),
    ("A superior effect of alphacin over placebo on pain was ruled out.", SAME),
    ("Previous trials found that alphacin reduced pain compared with placebo.", NOTHING),
    ("It remains unknown whether alphacin reduces pain more than placebo.", NOTHING),
    ("Pain relief with alphacin was inferior to placebo.", AGAINST),
    ("Alphacin gave inferior pain relief compared with placebo.", AGAINST),
    ("Alphacin increased pain relief compared with placebo.", FAVOURS),
    ("Alphacin reduced pain relief compared with placebo.", AGAINST),
    ("Fewer patients on alphacin than on placebo achieved pain relief.", AGAINST),
    ("Alphacin had a greater effect on pain than placebo.", FAVOURS),
    ("The effect on pain was greater with alphacin than with placebo.", FAVOURS),
    ("Pain was no longer lower with alphacin than with placebo.", SAME),
    ("Alphacin reduced pain and placebo did not.", FAVOURS),
    ("Alphacin reduced pain, which placebo did not.", FAVOURS),
    ("Alphacin improved chewing, not pain, compared with placebo.", SAME),
    ("Apart from pain, all outcomes favoured alphacin over placebo.", SAME),
    ("Alphacin reduced pain without an increase in adverse events compared with placebo.", FAVOURS),
    ("Mean pain reduction was 2.1 with alphacin and 3.4 with placebo (p = 0.02).", AGAINST),
    ("Pain was reduced in 20% with alphacin versus 60% with placebo (p = 0.001).", AGAINST),
    ("Pain was present in 12 of 60 with alphacin and 30 of 50 with placebo (p = 0.001).", FAVOURS),
    (
        "Pain relief was told by 30% of the alphacin group and 62% of the placebo group (p=0.01).",
        AGAINST,
    ),
    (
        "Pain was recorded weekly. There were no differences between the groups in age or sex.",
        NOTHING,
    ),
    ("Chewing problems decreased with alphacin compared with placebo.", FAVOURS),
    ("Pain was lower in the affected limb with alphacin than with placebo.", FAVOURS),
    ("Alphacin gave significantly lower leg pain scores than placebo.", FAVOURS),
    ("Both drugs were better than placebo for pain.", FAVOURS),
    ("Time to pain relief was longer with alphacin than with placebo.", AGAINST),
    ("Alphacin was the least effective treatment for pain compared with placebo.", AGAINST),
]


@pytest.mark.parametrize(("sentence", "direction"), SAID)
def test_what_a_sentence_says_against_placebo_is_never_its_contrary(sentence, direction):
    found = findings_of(sentence)
    asked = "chewing" if sentence.startswith("Chewing") else "pain"
    clear = {
        f.direction
        for f in found
        if (f.outcome, f.comparator) == (asked, "placebo") and f.direction != "mixed_unclear"
    }
    assert clear <= {direction}


def test_most_of_them_are_read():
    read = sum(
        any(f.comparator == "placebo" and f.direction == direction for f in findings_of(sentence))
        for sentence, direction in SAID
        if direction
    )
    assert read / sum(direction is not None for _, direction in SAID) > 0.9
