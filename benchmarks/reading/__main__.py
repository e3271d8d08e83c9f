"""Print one measure of reading, or all.

    python -m benchmarks.reading                       every measure
    python -m benchmarks.reading directions [FILE …]   one of them, on files of the same shape
    python -m benchmarks.reading directions --wrong    with every wrong answer

Files: `eligibility [EVIDENCE]`, `design [FILE …]` (the shape of each is recognised),
`gabapentinoids [RECORDS LABELS]`, `directions [FILE …]`, `speed [FILE]` (JSON lines or PubMed
XML, packed or not).
"""

import sys
from collections.abc import Sequence

from benchmarks import reading


def main(arguments: Sequence[str]) -> None:
    """Print one measure, or all."""
    named = [a for a in arguments if not a.startswith("--")]
    if not named:
        found = reading.rows()
    elif named[0] in reading.MEASURES:
        found = reading.MEASURES[named[0]](named[1:], "--wrong" in arguments)
    else:
        sys.exit(f"there is no measure '{named[0]}'; known: {', '.join(reading.MEASURES)}")
    for what, figure in found:
        print(f"{what}: {figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
