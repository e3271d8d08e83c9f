"""The cue lists of `cues.yaml`, read once."""

from hashlib import sha256
from importlib.resources import files
from typing import cast

import yaml

_TEXT = files(__package__).joinpath("cues.yaml").read_text(encoding="utf-8")
VERSION = sha256(_TEXT.encode()).hexdigest()[:8]  # an edited list is another reader

_NOT_CUES = {
    "change", "meant", "norms", "thresholds", "parts_of_the_body", "times_as", "not_significantly",
    "good_nouns", "likenesses", "effects", "turning_nouns", "lower_is_better", "higher_is_better",
    "say_nothing", "say_little",
}  # fmt: skip
_DATA = yaml.safe_load(_TEXT)


def words(name: str) -> tuple[str, ...]:
    """The phrases of one list of `cues.yaml`; KeyError when there is none of that name."""
    return tuple(cast("list[str]", _DATA[name]))


def phrases() -> list[tuple[str, str, str]]:
    """Every cue as (kind, name, phrase), for a `PhraseTable`."""
    found = [
        ("change", name, phrase)
        for name, listed in sorted(_DATA["change"].items())
        for phrase in listed
    ]
    for kind in sorted(set(_DATA) - _NOT_CUES):
        found += [(kind, kind, phrase) for phrase in _DATA[kind]]
    return found
