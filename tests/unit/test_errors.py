"""Each error has the exit code of DESIGN 7, and says what it is about."""

import inspect

import pytest

from living_review import errors
from living_review.errors import (
    CheckFailed,
    ConfigError,
    DecisionError,
    ImportError_,
    LivingReviewError,
    MigrationEdited,
    SchemaTooNew,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    UnreadableRecord,
    UserError,
    WarehouseBusy,
    WarehouseError,
    is_worth_retrying,
)

EXIT_CODES = {
    LivingReviewError: 1,
    UserError: 2,
    DecisionError: 2,
    ImportError_: 2,
    ConfigError: 3,
    SourceError: 4,
    SourceUnavailable: 4,
    SourceRefused: 4,
    UnreadableRecord: 4,
    WarehouseError: 5,
    MigrationEdited: 5,
    SchemaTooNew: 5,
    WarehouseBusy: 5,
    CheckFailed: 5,
}
KNOWN = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind in EXIT_CODES]


def test_every_error_has_its_exit_code_here():
    defined = {
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, BaseException)
    }
    assert defined == set(EXIT_CODES)


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_an_error_leaves_with_its_exit_code(kind):
    assert kind.exit_code == EXIT_CODES[kind]
    assert issubclass(kind, LivingReviewError)


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_only_what_may_pass_by_itself_is_worth_retrying(kind):
    error = kind("a check", ["a row"]) if kind is CheckFailed else kind("a reason")
    assert is_worth_retrying(error) is (kind in {SourceUnavailable, WarehouseBusy})


def test_a_bug_is_not_worth_retrying():
    assert not is_worth_retrying(ValueError())


def test_a_failed_check_names_itself_how_many_rows_and_the_first_three():
    error = CheckFailed("fail_x", [{"n": n} for n in range(5)])
    assert str(error) == (
        "check 'fail_x' found 5 bad row(s), first: {'n': 0}; {'n': 1}; {'n': 2}. "
        "Nothing was published; the data are kept."
    )
    assert len(error.rows) == 5


def test_an_unreadable_record_names_itself_where_that_much_is_known():
    assert str(UnreadableRecord("it has no title", "pmid:1")) == "pmid:1: it has no title"
    nameless = UnreadableRecord("it has no PMID")
    assert (str(nameless), nameless.record_id) == ("it has no PMID", None)
    assert UnreadableRecord("it has no title", "pmid:1").reason == "it has no title"


def test_the_tree_in_the_docstring_names_every_error():
    assert [k.__name__ for k in EXIT_CODES if k.__name__ not in (errors.__doc__ or "")] == []
