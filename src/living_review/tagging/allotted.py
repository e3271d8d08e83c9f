"""Whether people were allotted to what they got, where the text never says that it was by chance.

Trials from before the reporting guidelines often say "either A or B", "crossover" or "the treatment
and the control group" and no more; in labelled records most of those were randomised. The words
are in `allotted.yaml`; what they show is inferred, and screening asks a human about it.
"""

import re
from hashlib import sha256
from importlib.resources import files

import yaml

from living_review.tagging.design_words import Quote
from living_review.tagging.marked import MarkedText

_TEXT = files(__package__).joinpath("allotted.yaml").read_text(encoding="utf-8")
VERSION = sha256(_TEXT.encode()).hexdigest()[:8]  # an edited list is another reader

_DATA = yaml.safe_load(_TEXT)
_STRONG = tuple(map(re.compile, _DATA["strong"].values()))
_WEAK = tuple(map(re.compile, _DATA["weak"].values()))
_AGAINST = re.compile(_DATA["against"])
_ENOUGH, _ENOUGH_AGAINST = 2, 4  # a strong cue counts 2, a weak one 1


def trial(text: MarkedText) -> Quote:
    """The first words of a controlled trial, where there are enough of them."""
    strong = [m for p in _STRONG if (m := p.search(text.low))]
    weak = [m for p in _WEAK if (m := p.search(text.low))]
    needed = _ENOUGH_AGAINST if _AGAINST.search(text.low) else _ENOUGH
    if 2 * len(strong) + len(weak) < needed:
        return None
    return _sentence_at((strong or weak)[0].start(), text)


def _sentence_at(place: int, text: MarkedText) -> str:
    end = -1
    for sentence in text.sentences:
        end += len(sentence.low) + 1
        if place < end:
            return sentence.text
    return text.record.title
