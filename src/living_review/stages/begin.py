"""The frame around one update: the lock, the run number, the date, the note of how it ended.

While an update runs, `store/run.json` says who holds the store and what the run is about;
tasks pass only the review folder and the run number, and find the rest there.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from living_review import config
from living_review.errors import LivingReviewError, UserError, WarehouseBusy
from living_review.protocol import Protocol
from living_review.warehouse import Warehouse, database_path, store_path


@dataclass(frozen=True)
class Context:
    """What every stage of a run knows."""

    review: Path
    run_no: int
    as_of: date
    today: date
    trigger: str
    protocol: Protocol
    protocol_hash: str
    protocol_text: str
    draft: str | None  # named by `weigh`; None before it, and when nothing is new

    def open(self) -> Warehouse:
        """The store, for as short a time as a stage needs it."""
        return Warehouse(database_path(self.review))


def today() -> date:
    """The UTC date; only the outermost face asks for it."""
    return datetime.now(UTC).date()


@contextmanager
def hold(review: Path, as_of: date | None, trigger: str, doing: str = "update") -> Iterator[int]:
    """Hold the review for one update and give its run number.

    `as_of` None means today. `doing` is "recheck" for a run that searches for nothing new and so
    is no sign that the review is up to date. Raises ConfigError, WarehouseBusy when another update
    holds the store longer than `run.lock_wait_seconds`, and UserError for a date before the latest
    version.
    """
    started = datetime.now(UTC)
    note: dict[str, object] = {
        "started": started.isoformat(timespec="seconds"),
        "as_of": str(as_of or started.date()),
        "trigger": trigger,
        "doing": doing,
    }
    try:
        with _locked(review, config.load(review / "config.yaml")):
            run_no = _open_run(review, as_of or started.date(), started, trigger)
            note["run_no"] = run_no
            yield run_no
    except BaseException as error:
        note |= {"outcome": "failed", "error": _sentence(error)}
        raise
    else:
        note |= {"outcome": "done"}
    finally:
        _append_attempt(review, note)


def load(review: Path, run_no: int) -> Context:
    """The context of the run that holds the review; UserError when it is not that run."""
    held = _held(store_path(review))
    if held.get("run_no") != run_no:
        raise UserError(
            f"run {run_no} does not hold {review}; start one with `living-review update`"
        )
    text = (store_path(review) / "protocol.yaml").read_text(encoding="utf-8")
    return Context(
        review=review,
        run_no=run_no,
        as_of=date.fromisoformat(held["as_of"]),
        today=date.fromisoformat(held["today"]),
        trigger=held["trigger"],
        protocol=config.parse(text),
        protocol_hash=protocol_hash(text),
        protocol_text=text,
        draft=held["draft"],
    )


def note_draft(context: Context, draft: str | None) -> None:
    """Tell the later stages of this run which draft is theirs."""
    path = store_path(context.review) / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"draft": draft}))


def protocol_hash(text: str) -> str:
    """The key under which the text of a protocol is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def writing(review: Path) -> Iterator[tuple[Warehouse, int]]:
    """The store and a run number of its own for a decision or an import, in one transaction.

    Above that of a run under way, which may have written nothing yet: it must not find half-way
    what it has not weighed.
    """
    with Warehouse(database_path(review)) as store, store.transaction():
        last = store.rows("last_run")[0]["run_no"]
        yield store, max(last, _held(store_path(review)).get("run_no", 0)) + 1


@contextmanager
def _locked(review: Path, protocol: Protocol) -> Iterator[None]:
    folder = store_path(review)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "run.lock", timeout=protocol.run.lock_wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise WarehouseBusy(
            f"another update holds {review} ({_holder(folder)}); try again when it is done"
        ) from error
    try:
        yield
    finally:
        (folder / "run.json").unlink(missing_ok=True)
        lock.release()


def _held(folder: Path) -> dict[str, Any]:
    """What the run that holds the store says of itself; nothing where none does."""
    try:
        return dict(json.loads((folder / "run.json").read_text()))
    except (FileNotFoundError, ValueError):  # one that is being written is no holder yet
        return {}


def _holder(folder: Path) -> str:
    held = _held(folder)
    if not held:
        return "its name is not known"
    return f"process {held['pid']}, started {held['started']}, as of {held['as_of']}"


def _open_run(review: Path, as_of: date, started: datetime, trigger: str) -> int:
    if as_of > started.date():
        raise UserError(
            f"--as-of {as_of} is in the future (today is {started.date()}, UTC): "
            "nobody knows that world yet"
        )
    text = (review / "config.yaml").read_text(encoding="utf-8")
    with Warehouse(database_path(review)) as store:
        latest = store.rows("latest_version")
        if latest and as_of < latest[0]["as_of"]:
            raise UserError(
                f"--as-of {as_of} is before version {latest[0]['version']} "
                f"({latest[0]['as_of']}); a review only moves forward. "
                "Use a new review folder to replay the past"
            )
        run_no: int = store.rows("last_run")[0]["run_no"] + 1
    folder = store_path(review)
    # The run keeps its own copy: an edit of config.yaml half-way must not mix two protocols.
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    held = {
        "run_no": run_no,
        "pid": os.getpid(),
        "started": started.isoformat(timespec="seconds"),
        "as_of": str(as_of),
        "today": str(started.date()),
        "trigger": trigger,
        "draft": None,
    }
    (folder / "run.json").write_text(json.dumps(held))
    return run_no


def _sentence(error: BaseException) -> str:
    if isinstance(error, LivingReviewError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _append_attempt(review: Path, note: Mapping[str, object]) -> None:
    folder = store_path(review)
    folder.mkdir(parents=True, exist_ok=True)
    ended = {**note, "ended": datetime.now(UTC).isoformat(timespec="seconds")}
    with (folder / "attempts.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(ended, sort_keys=True) + "\n")
