"""`config.yaml` → a frozen Protocol, or one sentence that names the path in the file."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from living_review import config_faults
from living_review.errors import ConfigError
from living_review.protocol import Protocol


def load(path: Path) -> Protocol:
    """Read and check a review's `config.yaml`; ConfigError says what to mend and where."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: there is no such file; `living-review init DIR` makes a review folder"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path.name}: is not text: byte {error.start} is not UTF-8; save it as UTF-8"
        ) from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); is it a file?") from error
    # As stages of a run ask, so that the text is read and checked once.
    return parse(text) if path.name == "config.yaml" else parse(text, path.name)


@lru_cache(maxsize=32)  # every stage of a run asks again for the same text
def parse(text: str, name: str = "config.yaml") -> Protocol:
    """Check the text of a `config.yaml`; `name` is what errors call it."""
    data = _read(text, name)
    if data is None:
        raise ConfigError(f"{name}: is empty; `living-review init DIR` makes one that works")
    if not isinstance(data, dict):
        raise ConfigError(
            f"{name}: holds a {_plain_kind(data)} where keys such as 'review:' and 'claims:' belong"
        )
    try:
        protocol = Protocol.model_validate(data)
    except ValidationError as error:
        raise ConfigError(f"{name}: {config_faults.first_sentence(error, data)}") from error
    for sentence in config_faults.loose_ends(protocol):
        raise ConfigError(f"{name}: {sentence}")
    return protocol


def _plain_kind(data: Any) -> str:
    return "list" if isinstance(data, list) else "single value"


def fingerprint(part: BaseModel | tuple[BaseModel, ...]) -> str:
    """Hash of a part of the protocol: equal for equal meaning, whatever the file's layout."""
    parts = part if isinstance(part, tuple) else (part,)
    dumped = json.dumps([p.model_dump(mode="json") for p in parts], sort_keys=True)
    return hashlib.sha256(dumped.encode()).hexdigest()[:16]


class _Loader(yaml.CSafeLoader):
    """Safe YAML that refuses a key given twice, of which plain YAML keeps the last in silence.

    In C, since every command reads the protocol and the Python one takes a sixth of a second.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        first_seen: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode):
                if key.value in first_seen:
                    raise ConfigError(
                        f" line {line}: the key '{key.value}' stands already on line "
                        f"{first_seen[key.value]}; keep one of the two"
                    )
                first_seen[key.value] = line
        return super().construct_mapping(node, deep)


# Dates stay text: the protocol reads them, and says of a wrong one where it stands.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(text: str, name: str) -> Any:
    try:
        return yaml.load(text, _Loader)  # noqa: S506  # a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ConfigError(
            f"{name}:{where} is not YAML: {error.problem}; "
            "mind the indentation and put text with a colon in quotes"
        ) from error
    except yaml.reader.ReaderError as error:
        raise ConfigError(
            f"{name}: is not text: {error.reason} at character {error.position}; save it as UTF-8"
        ) from error
    except ConfigError as error:
        raise ConfigError(f"{name}:{error}") from error
