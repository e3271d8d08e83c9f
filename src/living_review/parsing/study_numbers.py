"""Which registered study a record tells of."""

import re

from living_review.model import Record

# A PROSPERO number is a review's own, and groups nothing: other reviews quote the same trials.
STUDY_REGISTERS = (
    "NCT", "ISRCTN", "ACTRN", "EUCTR", "CHICTR", "UMIN", "JPRN", "JAPICCTI", "JRCT", "DRKS", "CTRI",
    "IRCT", "KCT", "PACTR", "TCTR", "RBR", "RPCEC", "SLCTR", "NTR",
)  # fmt: skip
REVIEWS = frozenset({"Systematic Review", "Meta-Analysis", "Review"})
REVIEW_TITLE = re.compile(r"systematic(?:ally)? review|meta-?\s?analy", re.IGNORECASE)


def study_numbers(record: Record) -> tuple[str, ...]:
    """The numbers under which the record's own study is registered, sorted.

    None for a review, and none where one register has several: such a record tells of several
    studies, and would make one of them. A registration has the number it was made under.
    """
    if is_review(record):
        return ()
    by_register: dict[str, set[str]] = {}
    for number in (*record.registrations, *_own_number(record)):
        if number.upper().startswith(STUDY_REGISTERS):
            by_register.setdefault(_register(number.upper()), set()).add(number.upper())
    for number in _own_number(record):
        by_register[_register(number)] = {number}
    if any(len(numbers) > 1 for numbers in by_register.values()):
        return ()
    return tuple(sorted(number for numbers in by_register.values() for number in numbers))


def is_review(record: Record) -> bool:
    """Whether a record tells of the studies of others, by its types or its title."""
    typed = not REVIEWS.isdisjoint(record.publication_types)
    return typed or REVIEW_TITLE.search(record.title) is not None


def _own_number(record: Record) -> tuple[str, ...]:
    number = record.record_id.partition(":")[2].upper()
    own = record.kind == "registration" and number.startswith(STUDY_REGISTERS)
    return (number,) if own else ()


def _register(number: str) -> str:
    return next(register for register in STUDY_REGISTERS if number.startswith(register))
