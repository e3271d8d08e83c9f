"""The store: the only module that imports duckdb. SQL is found by file name, never written here.

A query or write is `warehouse/<folder>/<name>.sql`; parameters are named (`$as_of`, `$cut`),
and rows go in through a DataFrame that the SQL calls `incoming` (one row at a time is a
thousand times slower). Views are table macros that take (as_of, cut), re-made at each start.
"""

import hashlib
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pandas as pd

from living_review.errors import (
    MigrationEdited,
    SchemaTooNew,
    UserError,
    WarehouseBusy,
    WarehouseError,
)

Row = dict[str, Any]
_LOCKED = re.compile(r"Could not set lock(?:.*\(PID (\d+)\))?", re.S)
_BUSY_AFTER_SECONDS = 20.0
# What only our own mistakes raise; every other error of the database is about the file.
_BUGS = (duckdb.ProgrammingError, duckdb.IntegrityError, duckdb.DataError, duckdb.NotSupportedError)


def store_path(review: Path) -> Path:
    """Where a review keeps its state."""
    return review / "warehouse" / "store"


def database_path(review: Path) -> Path:
    """The store's database, which stages open briefly."""
    return store_path(review) / "review.duckdb"


def readers_path(review: Path) -> Path:
    """The readers' copy, replaced after each publish, import or decision."""
    return store_path(review) / "read.duckdb"


@cache
def sql(folder: str, name: str) -> str:
    """The text of `warehouse/<folder>/<name>.sql`; KeyError-like WarehouseError when absent."""
    resource = files("living_review.sql") / folder / f"{name}.sql"
    if not resource.is_file():
        raise WarehouseError(f"there is no warehouse/{folder}/{name}.sql")
    return resource.read_text(encoding="utf-8")


@cache
def names(folder: str) -> tuple[str, ...]:
    """Every SQL file of a folder by name, sorted."""
    folder_files = (files("living_review.sql") / folder).iterdir()
    return tuple(sorted(f.name[:-4] for f in folder_files if f.name.endswith(".sql")))


class Warehouse:
    """An open store. Use as a context manager; every write happens inside `transaction()`."""

    def __init__(self, path: Path, *, read_only: bool = False, wait: float = _BUSY_AFTER_SECONDS):
        if read_only and not path.exists():
            raise WarehouseError(
                f"{path.parent}: nothing is stored yet; run `living-review update`"
            )
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._connection = _connect(path, read_only, wait)
        if not read_only:
            try:
                if not self._is_up_to_date():
                    self._migrate()
                    self._remake_views()
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or none of it."""
        self._execute("BEGIN")
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            # A store that broke on the way has nothing left to roll back; say what broke it.
            with suppress(duckdb.Error):
                self._connection.execute("ROLLBACK")
            raise

    def rows(self, name: str, /, **parameters: object) -> list[Row]:
        """The answer of `queries/<name>.sql`, one dict a row."""
        return self._fetch(sql("queries", name), parameters)

    def check(self, name: str, /, **parameters: object) -> list[Row]:
        """The bad rows that `checks/<name>.sql` finds; empty is well."""
        return self._fetch(sql("checks", name), parameters)

    def write(self, name: str, incoming: Sequence[Mapping[str, object]]) -> None:
        """Append rows through `writes/<name>.sql`; nothing happens for no rows."""
        if not incoming:
            return
        # Object columns keep None as NULL, also where a whole column is empty.
        frame = pd.DataFrame(list(incoming), dtype=object)
        self._connection.register("incoming", frame)
        try:
            self._execute(sql("writes", name))
        finally:
            # A transaction that failed lets nothing be put away; its error is the one to show.
            with suppress(duckdb.TransactionException):
                self._connection.unregister("incoming")

    def copy_out(
        self, name: str, outgoing: Iterable[Mapping[str, object]], columns: Sequence[str], to: Path
    ) -> None:
        """Write rows to a file of their own through `writes/<name>.sql`; the store is as before.

        UserError where the file cannot be written.
        """
        frame = pd.DataFrame(list(outgoing), columns=list(columns), dtype=object)
        self._connection.register("incoming", frame)
        try:
            self._connection.execute(sql("writes", name), {"target": str(to)})
        except duckdb.IOException as error:
            said = str(error).splitlines()[0]
            raise UserError(f"{to} cannot be written: {said}") from error
        finally:
            self._connection.unregister("incoming")

    def snapshot_for_readers(self, target: Path) -> None:
        """Replace the readers' copy, and close; only after a checkpoint is the file whole."""
        self._execute("CHECKPOINT")
        aside = target.with_suffix(".part")
        # Held against other writers until the copy is in its place. Let go before `whole` is
        # closed: closing any handle of a file gives up this process's lock on it.
        with self.path.open("rb") as whole:
            with aside.open("wb") as copy:
                shutil.copyfileobj(whole, copy)
            aside.replace(target)
            self._connection.close()

    def _execute(
        self, text: str, parameters: Mapping[str, object] | None = None
    ) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(text, parameters)
        except _BUGS:
            raise
        except duckdb.Error as error:
            raise _unusable(self.path, error) from error

    def _fetch(self, text: str, parameters: Mapping[str, object]) -> list[Row]:
        asked = {p: v for p, v in parameters.items() if re.search(rf"\${p}\b", text)}
        done = self._execute(text, asked)
        columns = [column[0] for column in done.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in done.fetchall()]

    def _is_up_to_date(self) -> bool:
        """Whether these very migrations and views have been made here; asked at every opening."""
        try:
            applied = {row["name"]: row["sha256"] for row in self.rows("applied_migrations")}
            return applied == _migrations() and self.rows("made_views") == [{"sha256": _views()}]
        except duckdb.CatalogException:  # a new store has no such table yet
            return False

    def _migrate(self) -> None:
        self._execute(sql("writes", "create_schema_migration"))
        applied = {row["name"]: row["sha256"] for row in self.rows("applied_migrations")}
        known = _migrations()
        for name, digest in applied.items():
            if name not in known:
                raise SchemaTooNew(
                    f"{self.path} was written by a newer living-review (migration {name}); "
                    "install that version or newer"
                )
            if known[name] != digest:
                raise MigrationEdited(
                    f"migration {name} was changed after {self.path} ran it; "
                    "restore its text and put the change into a new migration"
                )
        for name in sorted(set(known) - set(applied)):
            with self.transaction():
                self._execute(sql("migrations", name))
                self.write("schema_migration", [{"name": name, "sha256": known[name]}])

    def _remake_views(self) -> None:
        """Make every view again, and note which ones this store has now."""
        self._execute(sql("writes", "create_made_views"))
        with self.transaction():
            for name in names("views"):
                self._execute(sql("views", name))
            self.write("made_views", [{"sha256": _views()}])


@cache
def _migrations() -> dict[str, str]:
    """The hash of each migration of this program."""
    return {name: _sha256(sql("migrations", name)) for name in names("migrations")}


@cache
def _views() -> str:
    """The hash of all views of this program."""
    return _sha256("".join(sql("views", name) for name in names("views")))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _connect(path: Path, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    patience = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(
                str(path), read_only=read_only, config={"autoinstall_known_extensions": False}
            )
        except duckdb.IOException as error:
            locked = _LOCKED.search(str(error))
            if not locked:
                raise _unusable(path, error) from error
            if time.monotonic() > patience:
                holder = f"process {locked.group(1)}" if locked.group(1) else "another process"
                raise WarehouseBusy(
                    f"{path} is held by {holder}; try again when it is done"
                ) from error
            time.sleep(0.1)
        except duckdb.Error as error:
            raise _unusable(path, error) from error


def _unusable(path: Path, error: duckdb.Error) -> WarehouseError:
    said = str(error).splitlines()[0].rstrip("!. ")
    return WarehouseError(
        f"{path} is damaged or cannot be used ({said}); make room if the disk is full, "
        "else move it aside and restore a copy, or rebuild it with `living-review update`"
    )
