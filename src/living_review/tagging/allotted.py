"""Whether people were allotted to what they got, where the text never says that it was by chance.

Trials from before the reporting guidelines often say "either A or B", "crossover" or "the treatment
and the control group" and no more; in labelled records most of those were randomised. The words
are in `allotted.yaml`; what they show is inferred, and screening asks a human about it.
"""

import re
from hashlib import sha256
from importlib.resources import files
from itertools import accumulate

import yaml

from living_review.tagging.design_words import Quote, says
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
    own = [s for s in text.sentences if not says("wished", s.low)]
    low = "\n".join(s.low for s in own)
    strong = [m for p in _STRONG if (m := p.search(low))]
    weak = [m for p in _WEAK if (m := p.search(low))]
    needed = _ENOUGH_AGAINST if _AGAINST.search(low) else _ENOUGH
    if 2 * len(strong) + len(weak) < needed:
        return None
    place = (strong or weak)[0].start()
    ends = accumulate(len(s.low) + 1 for s in own)
    return next(s.text for s, end in zip(own, ends, strict=True) if place < end)
