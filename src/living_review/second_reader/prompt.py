"""The question: instructions made from the vocabulary, and the record as data beside them."""

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files

from living_review.model import Record
from living_review.protocol import SecondReader, Vocabulary
from living_review.second_reader import answers

TEMPLATE = "prompt_1.txt"


def instructions(vocabulary: Vocabulary) -> str:
    """What the model is told before any record: the same for all of them."""
    text = (files(__package__) / TEMPLATE).read_text(encoding="utf-8")
    drugs = {name: entry.names for name, entry in vocabulary.drugs.items()}
    classes = {name: entry.names for name, entry in vocabulary.drug_classes.items()}
    comparators = {name: entry.names for name, entry in vocabulary.comparators.items()}
    parts = {
        "interventions": _listed({**drugs, **classes}),
        "comparators": _listed(comparators),
        "outcomes": "\n".join(
            f"- {name}: {', '.join(entry.names)} ({entry.better} is better)"
            for name, entry in sorted(vocabulary.outcomes.items())
        ),
    }
    for name, listed in parts.items():
        text = text.replace(f"{{{name}}}", listed)
    return text


def question(record: Record) -> str:
    """One record as JSON: whatever it says stays inside the quotes."""
    return json.dumps(
        {
            "title": record.title,
            "abstract": [{"label": part.label, "text": part.text} for part in record.abstract],
        },
        ensure_ascii=False,
    )


def reader_name(reader: SecondReader, vocabulary: Vocabulary) -> str:
    """The name of who reads: the model, with a hash of what it is told and how it is understood."""
    told = f"{answers.VERSION}|{instructions(vocabulary)}"
    return f"model:{reader.model}:{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _listed(names: Mapping[str, tuple[str, ...]]) -> str:
    return "\n".join(f"- {name}: {', '.join(words)}" for name, words in sorted(names.items()))
