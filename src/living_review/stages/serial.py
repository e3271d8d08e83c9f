"""Model objects to and from the JSON text that the store keeps."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(value: object, kind: Any = None) -> str:
    """The JSON text of a model object; `kind` where its own class does not say enough."""
    chosen: Any = kind or type(value)
    return _adapter(chosen).dump_json(value).decode()


def load(kind: type[T], text: str) -> T:
    """The model object of a JSON text that `dump` made."""
    chosen: Any = kind
    value: T = _adapter(chosen).validate_json(text)
    return value
