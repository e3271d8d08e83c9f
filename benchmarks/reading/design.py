"""Designs and species read off title and abstract, against human labels."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from benchmarks.reading.common import VOCABULARY, Line, Row, agreement, lines, part, record
from living_review import tagging

FILES = ("design/pubmed_design_2019.jsonl.gz", "design/medline_rct_dev.jsonl.gz")
RODENTS = frozenset(("rat", "mouse", "hamster", "guinea pig", "gerbil", "rodent"))

Read = dict[str, str]
Kind = tuple[str, tuple[str, ...], Callable[[Read], bool]]


def is_trial(tags: Read) -> bool:
    """Whether a record was read as a randomised trial."""
    return tags["design"] == "rct"


KINDS_2019: tuple[Kind, ...] = (
    ("randomised trial, 2019", ("randomized_trial",), is_trial),
    (
        "systematic review, 2019",
        ("systematic_review", "meta_analysis"),
        lambda tags: tags["design"] == "systematic_review",
    ),
    ("protocol, 2019", ("protocol",), lambda tags: tags["design"] == "protocol"),
    ("rodent, 2019", ("rodent",), lambda tags: tags.get("species") in RODENTS),
)
KINDS_MEDLINE: tuple[Kind, ...] = (("randomised trial, MEDLINE 2000", ("pt_rct",), is_trial),)


def rows(files: Sequence[str] = (), wrong: bool = False) -> Iterator[Row]:
    """Agreement for each kind a file labels; `files` of either shape in place of ours."""
    trials: list[tuple[bool, bool]] = []
    for file in files or FILES:
        labelled = lines(file)
        kinds = KINDS_MEDLINE if "pt_rct" in labelled[0] else KINDS_2019
        found = [(line, _read(line)) for line in labelled]
        for name, labels, is_read in kinds:
            parts: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
            for line, tags in found:
                pair = (any(map(line.get, labels)), is_read(tags))
                for where in {"all", part(line["pmid"], not files)}:
                    parts[where].append(pair)
                if wrong and pair[0] != pair[1]:
                    print(
                        f"{name}: labelled {pair[0]}, read {tags['design']} "
                        f"{tags.get('randomised', '')} {tags.get('species')}: "
                        f"{line['pmid']} {line['title']}"
                    )
            if is_read is is_trial:
                trials += parts["all"]
            for where in ("all", "tuning", "held back"):
                if where in parts:
                    positive = sum(label for label, _ in parts[where])
                    yield f"{name}, {where} ({positive})", agreement(parts[where])
    if len(files or FILES) > 1:
        yield f"randomised trial, every file ({sum(t for t, _ in trials)})", agreement(trials)


def _read(line: Line) -> Read:
    return {t.name: t.value for t in reversed(tagging.tag(record(line), VOCABULARY))}
