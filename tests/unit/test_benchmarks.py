"""That the benchmarks can be run at all: each is imported by the command that runs them all."""

import importlib
from pathlib import Path

import pytest

import benchmarks

NAMES = sorted(
    f"benchmarks.{path.relative_to(Path(benchmarks.__file__).parent).with_suffix('')}".replace(
        "/", "."
    )
    for path in Path(benchmarks.__file__).parent.rglob("*.py")
)


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_can_be_imported(name):
    importlib.import_module(name)
