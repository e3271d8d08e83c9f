"""Everything that can go wrong on purpose, each with its exit code.

LivingReviewError
├── UserError            what is wrong, where, and what to do; shown without a traceback
│   ├── ConfigError
│   ├── DecisionError
│   └── ImportError_
├── SourceError
│   ├── SourceUnavailable    worth retrying
│   ├── SourceRefused        our request is wrong, do not retry
│   └── UnreadableRecord     one record: kept as received, counted, listed
└── WarehouseError
    ├── MigrationEdited
    ├── SchemaTooNew
    ├── WarehouseBusy
    └── CheckFailed
"""

from collections.abc import Sequence


class LivingReviewError(Exception):
    """Base of every error this program raises knowingly."""

    exit_code = 1


class UserError(LivingReviewError):
    """Something the user can put right; one sentence, no traceback."""

    exit_code = 2


class ConfigError(UserError):
    """`config.yaml` is wrong; the message names the path in the file."""

    exit_code = 3


class DecisionError(UserError):
    """A human decision or judgement cannot be taken as given."""


class ImportError_(UserError):
    """A file given to `import` cannot be read as what it claims to be."""


class SourceError(LivingReviewError):
    """A source of records did not do what was asked."""

    exit_code = 4


class SourceUnavailable(SourceError):
    """The source did not answer, or answered that it is unwell; try again."""


class SourceRefused(SourceError):
    """The source says that our request is wrong; trying again will not help."""


class UnreadableRecord(SourceError):
    """One record cannot be read. `record_id` is None where not even that is known."""

    def __init__(self, reason: str, record_id: str | None = None) -> None:
        super().__init__(reason if record_id is None else f"{record_id}: {reason}")
        self.reason = reason
        self.record_id = record_id


class WarehouseError(LivingReviewError):
    """The store cannot be used as it is."""

    exit_code = 5


class MigrationEdited(WarehouseError):
    """A migration that this store has already run was changed afterwards."""


class SchemaTooNew(WarehouseError):
    """The store was written by a newer version of this program."""


class WarehouseBusy(WarehouseError):
    """Another process holds the store."""


class CheckFailed(WarehouseError):
    """A data rule was broken; nothing was published."""

    def __init__(self, check: str, rows: Sequence[object], way_out: str = "") -> None:
        first = "; ".join(str(row) for row in rows[:3])
        told = f"check '{check}' found {len(rows)} bad row(s), first: {first}"
        super().__init__(f"{told}. {way_out or 'Nothing was published; the data are kept.'}")
        self.check = check
        self.rows = tuple(rows)


def is_worth_retrying(error: BaseException) -> bool:
    """Whether doing the same again may succeed."""
    return isinstance(error, SourceUnavailable | WarehouseBusy)
