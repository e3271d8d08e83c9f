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

from living_review.tagging.design_words import Quote, has_any, says
from living_review.tagging.marked import MarkedText

_TEXT = files(__package__).joinpath("allotted.yaml").read_text(encoding="utf-8")
VERSION = sha256(_TEXT.encode()).hexdigest()[:8]  # an edited list is another reader

_DATA = yaml.safe_load(_TEXT)
_Cues = tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
_STRONG, _WEAK = (
    tuple((tuple(cue["needs"]), re.compile(cue["words"])) for cue in _DATA[kind].values())
    for kind in ("strong", "weak")
)
_MESH = frozenset(_DATA["mesh"])
_AGAINST = re.compile(_DATA["against"])
_ENOUGH, _ENOUGH_AGAINST = 2, 4  # a strong cue counts 2, a weak one 1


def trial(text: MarkedText) -> Quote:
    """The first words of a controlled trial, where there are enough of them."""
    if _MESH & {term.lower().lstrip("*") for term in text.record.mesh}:
        return "from PubMed field MeSH"
    if _enough(text.low) is None:
        return None
    own = [s for s in text.sentences if not says("wished", s.low)]
    low = "\n".join(s.low for s in own)
    place = _enough(low)
    if place is None:
        return None
    ends = accumulate(len(s.low) + 1 for s in own)
    return next(s.text for s, end in zip(own, ends, strict=True) if place < end)


def _enough(low: str) -> int | None:
    """Where the strongest cue stands, if there are enough in lower-case text."""
    strong, weak = _found(_STRONG, low), _found(_WEAK, low)
    score = 2 * len(strong) + len(weak)
    if score < _ENOUGH or (score < _ENOUGH_AGAINST and _AGAINST.search(low)):
        return None
    return (strong or weak)[0].start()


def _found(cues: _Cues, low: str) -> list[re.Match[str]]:
    return [m for needs, words in cues if has_any(needs, low) and (m := words.search(low))]
